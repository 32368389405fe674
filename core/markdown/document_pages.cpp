#include "markdown/document_pages.h"

#include <cairo-pdf.h>
#include <pango/pangocairo.h>

#include <algorithm>
#include <stdexcept>

namespace tessera::markdown {

namespace document_pages {

constexpr double sheet_width = 595, sheet_height = 842, margin = 56, foot = 30, cell_padding = 4, quote_step = 12;
constexpr double bottom = sheet_height - margin, point_of_dot = 0.75, room_of_caption = 16;

cairo_status_t append_bytes(void* closure, const unsigned char* data, unsigned int size) {
    static_cast<std::string*>(closure)->append(reinterpret_cast<const char*>(data), size);
    return CAIRO_STATUS_SUCCESS;
}

double points(int pango_units) { return static_cast<double>(pango_units) / PANGO_SCALE; }

struct Unref {
    void operator()(PangoLayout* layout) const { g_object_unref(layout); }
};
using Layout = std::unique_ptr<PangoLayout, Unref>;

double height_of(PangoLayout* layout) {
    int height = 0;
    pango_layout_get_size(layout, nullptr, &height);
    return points(height);
}

}  // namespace document_pages

struct DocumentPages::State {
    std::string      bytes{};
    cairo_surface_t* surface = nullptr;
    cairo_t*         cairo   = nullptr;
    double           y       = document_pages::margin;
    int              page    = 1;
    bool             fresh   = true;   // nothing stands on the page yet

    ~State() {
        if (cairo) cairo_destroy(cairo);
        if (surface) cairo_surface_destroy(surface);
    }

    document_pages::Layout layout(const std::string& markup, const BlockStyle& style, double width) const {
        using namespace document_pages;
        Layout layout(pango_cairo_create_layout(cairo));
        auto*  font = pango_font_description_from_string(style.fixed_width ? "DejaVu Sans Mono" : "DejaVu Sans");
        pango_font_description_set_absolute_size(font, style.size_tenths * PANGO_SCALE / 10.0);
        pango_font_description_set_weight(font, style.bold ? PANGO_WEIGHT_BOLD : PANGO_WEIGHT_NORMAL);
        pango_layout_set_font_description(layout.get(), font);
        pango_font_description_free(font);
        pango_layout_set_width(layout.get(), static_cast<int>(width * PANGO_SCALE));
        pango_layout_set_wrap(layout.get(), PANGO_WRAP_WORD_CHAR);
        pango_layout_set_markup(layout.get(), markup.data(), static_cast<int>(markup.size()));
        return layout;
    }

    void end_page() {
        using namespace document_pages;
        const auto number = layout(std::to_string(page), {.size_tenths = 80}, sheet_width - 2 * margin);
        pango_layout_set_alignment(number.get(), PANGO_ALIGN_RIGHT);
        paint(number.get(), margin, sheet_height - foot - height_of(number.get()), 0.45);
        cairo_show_page(cairo);
        ++page;
        y     = margin;
        fresh = true;
    }
    void make_room(double height) {
        if (!fresh && y + height > document_pages::bottom) end_page();
    }

    void paint(PangoLayout* text, double x, double top, double grey) const {
        cairo_set_source_rgb(cairo, grey, grey, grey);
        cairo_move_to(cairo, x, top);
        pango_cairo_show_layout(cairo, text);
    }
    void band(double x, double top, double width, double height, double grey) const {
        cairo_set_source_rgb(cairo, grey, grey, grey);
        cairo_rectangle(cairo, x, top, width, height);
        cairo_fill(cairo);
    }
    void line(PangoLayoutLine* line, double x, double baseline) const {
        cairo_set_source_rgb(cairo, 0.1, 0.1, 0.1);
        cairo_move_to(cairo, x, baseline);
        pango_cairo_show_layout_line(cairo, line);
    }
};

DocumentPages::DocumentPages(const Document& document) : state_(std::make_unique<State>()) {
    using namespace document_pages;
    auto& s             = *state_;
    s.surface           = cairo_pdf_surface_create_for_stream(append_bytes, &s.bytes, sheet_width, sheet_height);
    s.cairo             = cairo_create(s.surface);
    const auto  created = document.made_at.str().substr(0, 19) + "Z";
    cairo_pdf_surface_set_metadata(s.surface, CAIRO_PDF_METADATA_CREATE_DATE, created.c_str());
    cairo_pdf_surface_set_metadata(s.surface, CAIRO_PDF_METADATA_TITLE, document.title.c_str());
}

DocumentPages::~DocumentPages() = default;

void DocumentPages::block(const std::string& markup, const BlockStyle& style, const std::string& sign) {
    using namespace document_pages;
    auto&        s     = *state_;
    const double left  = margin + style.indent + style.quote_depth * quote_step;
    const double width = sheet_width - margin - left;
    const auto   text  = s.layout(markup, style, width);
    const int    lines = pango_layout_get_line_count(text.get());
    for (int i = 0; i < lines; ++i) {
        auto*          line = pango_layout_get_line_readonly(text.get(), i);
        PangoRectangle extents{};
        pango_layout_line_get_extents(line, nullptr, &extents);
        const double height = points(extents.height);
        s.make_room(height);
        if (style.banded) s.band(left - 4, s.y, width + 8, height + 0.5, 0.94);
        for (int depth = 0; depth < style.quote_depth; ++depth) s.band(margin + style.indent + depth * quote_step, s.y, 1.5, height + 0.5, 0.75);
        if (i == 0 && !sign.empty()) s.paint(s.layout(sign, {.size_tenths = style.size_tenths}, 40).get(), left - 16, s.y, 0.1);
        s.line(line, left, s.y - points(extents.y));
        s.y += height;
        s.fresh = false;
    }
    s.y += style.space_after;
}

void DocumentPages::row(const std::vector<std::string>& cells, bool heading, int indent) {
    using namespace document_pages;
    if (cells.empty()) return;
    auto&               s     = *state_;
    const double        left  = margin + indent;
    const double        width = (sheet_width - margin - left) / static_cast<double>(cells.size());
    const BlockStyle    style{.size_tenths = 88, .bold = heading};
    std::vector<Layout> texts;
    double              height = 0;
    for (const auto& cell : cells) {
        texts.push_back(s.layout(cell, style, std::max(10.0, width - 2 * cell_padding)));
        height = std::max(height, height_of(texts.back().get()) + 2 * cell_padding);
    }
    if (height > bottom - margin) {
        for (const auto& cell : cells) block(cell, {.size_tenths = 88, .bold = heading, .indent = indent});
        return;
    }
    s.make_room(height);
    if (heading) s.band(left, s.y, width * static_cast<double>(cells.size()), height, 0.94);
    for (std::size_t i = 0; i < texts.size(); ++i) s.paint(texts[i].get(), left + static_cast<double>(i) * width + cell_padding, s.y + cell_padding, 0.1);
    s.band(left, s.y + height, width * static_cast<double>(cells.size()), 0.5, 0.8);
    s.y += height;
    s.fresh = false;
}

void DocumentPages::picture(cairo_surface_t* picture, const BlockStyle& style) {
    using namespace document_pages;
    auto&        s      = *state_;
    const double left   = margin + style.indent + style.quote_depth * quote_step;
    const double width  = cairo_image_surface_get_width(picture);
    const double height = cairo_image_surface_get_height(picture);
    const double scale  = std::min({point_of_dot, std::max(10.0, sheet_width - margin - left) / width, (bottom - margin - room_of_caption) / height});
    s.make_room(height * scale + room_of_caption);
    cairo_save(s.cairo);
    cairo_translate(s.cairo, left, s.y);
    cairo_scale(s.cairo, scale, scale);
    cairo_set_source_surface(s.cairo, picture, 0, 0);
    cairo_paint(s.cairo);
    cairo_restore(s.cairo);
    s.y += height * scale + style.space_after;
    s.fresh = false;
}

void DocumentPages::rule(int indent) {
    using namespace document_pages;
    state_->make_room(12);
    state_->band(margin + indent, state_->y + 3, sheet_width - 2 * margin - indent, 0.7, 0.7);
    state_->y += 12;
}

void DocumentPages::space(int points) { state_->y += points; }

std::string DocumentPages::finish() {
    if (!state_->fresh) state_->end_page();
    cairo_surface_finish(state_->surface);
    const auto status = cairo_surface_status(state_->surface);
    if (status != CAIRO_STATUS_SUCCESS) throw std::logic_error(cairo_status_to_string(status));
    return std::move(state_->bytes);
}

}  // namespace tessera::markdown
