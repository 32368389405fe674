#include "reports/pdf_canvas.h"

#include <cairo-pdf.h>
#include <pango/pangocairo.h>

#include <algorithm>
#include <array>
#include <map>
#include <stdexcept>
#include <utility>

namespace tessera::reports {
namespace pdf_canvas {

constexpr std::size_t ascii_first = 0x20, ascii_last = 0x7E;
using Advances = std::array<double, ascii_last - ascii_first + 1>;

cairo_status_t append_bytes(void* closure, const unsigned char* data, unsigned int size) {
    static_cast<std::string*>(closure)->append(reinterpret_cast<const char*>(data), size);
    return CAIRO_STATUS_SUCCESS;
}

double points(int pango_units) { return static_cast<double>(pango_units) / PANGO_SCALE; }

template <class T>
struct Unref {
    void operator()(T* object) const { g_object_unref(object); }
};
struct FreeDescription {
    void operator()(PangoFontDescription* description) const { pango_font_description_free(description); }
};
using Description = std::unique_ptr<PangoFontDescription, FreeDescription>;

}  // namespace pdf_canvas

struct PdfCanvas::State {
    using FontKey = std::pair<double, bool>;

    std::string                                                  bytes{};
    cairo_surface_t*                                             surface = nullptr;
    cairo_t*                                                     cairo   = nullptr;
    std::unique_ptr<PangoLayout, pdf_canvas::Unref<PangoLayout>> layout{};
    std::map<FontKey, pdf_canvas::Description>                   fonts{};
    std::map<FontKey, pdf_canvas::Advances>                      advances{};
    const PangoFontDescription*                                  current_font = nullptr;

    ~State() {
        layout.reset();
        if (cairo != nullptr) cairo_destroy(cairo);
        if (surface != nullptr) cairo_surface_destroy(surface);
    }

    void set_font(const PdfFont& font) {
        auto& description = fonts[{font.size, font.bold}];
        if (!description) {
            description.reset(pango_font_description_from_string("DejaVu Sans"));
            pango_font_description_set_absolute_size(description.get(), font.size * PANGO_SCALE);
            pango_font_description_set_weight(description.get(), font.bold ? PANGO_WEIGHT_BOLD : PANGO_WEIGHT_NORMAL);
        }
        if (current_font != description.get()) pango_layout_set_font_description(layout.get(), description.get());
        current_font = description.get();
    }

    void set_text(std::string_view text, const PdfFont& font, double width, int lines_max) {
        set_font(font);
        pango_layout_set_width(layout.get(), width < 0 ? -1 : static_cast<int>(width * PANGO_SCALE));
        pango_layout_set_height(layout.get(), lines_max > 0 ? -lines_max : -1);
        pango_layout_set_text(layout.get(), text.data(), static_cast<int>(text.size()));
    }

    double shaped_width(std::string_view text, const PdfFont& font) {
        pango_layout_set_ellipsize(layout.get(), PANGO_ELLIPSIZE_NONE);
        set_text(text, font, -1, 0);
        int width = 0;
        pango_layout_get_size(layout.get(), &width, nullptr);
        return pdf_canvas::points(width);
    }

    const pdf_canvas::Advances& advances_of(const PdfFont& font) {
        const auto [at, inserted] = advances.try_emplace({font.size, font.bold});
        if (!inserted) return at->second;
        for (std::size_t i = 0; i < at->second.size(); ++i) {
            const char c  = static_cast<char>(pdf_canvas::ascii_first + i);
            at->second[i] = shaped_width({&c, 1}, font);
        }
        return at->second;
    }
};

PdfCanvas::PdfCanvas(const Properties& properties) : state_(std::make_unique<State>()) {
    State& s  = *state_;
    s.surface = cairo_pdf_surface_create_for_stream(pdf_canvas::append_bytes, &s.bytes, 595, 842);
    s.cairo   = cairo_create(s.surface);
    // Always set, or cairo writes the time of day; it understands no fraction of a second.
    const std::string created = properties.made_at.str().substr(0, 19) + "Z";
    cairo_pdf_surface_set_metadata(s.surface, CAIRO_PDF_METADATA_CREATE_DATE, created.c_str());
    cairo_pdf_surface_set_metadata(s.surface, CAIRO_PDF_METADATA_TITLE, properties.title.c_str());
    cairo_pdf_surface_set_metadata(s.surface, CAIRO_PDF_METADATA_AUTHOR, properties.author.c_str());
    cairo_pdf_surface_set_metadata(s.surface, CAIRO_PDF_METADATA_SUBJECT, properties.subject.c_str());

    cairo_font_options_t* options = cairo_font_options_create();
    cairo_font_options_set_hint_style(options, CAIRO_HINT_STYLE_NONE);
    cairo_font_options_set_hint_metrics(options, CAIRO_HINT_METRICS_OFF);
    s.layout.reset(pango_cairo_create_layout(s.cairo));
    PangoContext* context = pango_layout_get_context(s.layout.get());
    pango_cairo_context_set_font_options(context, options);
    pango_cairo_context_set_resolution(context, 72);
    pango_context_set_round_glyph_positions(context, FALSE);
    cairo_font_options_destroy(options);
    pango_layout_set_wrap(s.layout.get(), PANGO_WRAP_WORD_CHAR);
    PangoAttrList* attributes = pango_attr_list_new();
    pango_attr_list_insert(attributes, pango_attr_insert_hyphens_new(FALSE));  // a broken number must not gain a sign
    pango_layout_set_attributes(s.layout.get(), attributes);
    pango_attr_list_unref(attributes);
}

PdfCanvas::~PdfCanvas() = default;

// Shaping every cell of a long report would cost seconds; plain letters and digits are added up instead.
double PdfCanvas::width(std::string_view text, const PdfFont& font) {
    const auto& advances = state_->advances_of(font);
    double      width    = 0;
    for (const char c : text) {
        const auto code = static_cast<unsigned char>(c);
        if (code < pdf_canvas::ascii_first || code > pdf_canvas::ascii_last) return state_->shaped_width(text, font);
        width += advances[code - pdf_canvas::ascii_first];
    }
    return width;
}

double PdfCanvas::line_height(const PdfFont& font) { return font.size * 1.28; }

int PdfCanvas::lines(std::string_view text, const PdfFont& font, double width, int lines_max) {
    const bool one_paragraph = text.find('\n') == std::string_view::npos;
    if (one_paragraph && this->width(text, font) <= width + tolerance) return 1;
    pango_layout_set_ellipsize(state_->layout.get(), PANGO_ELLIPSIZE_NONE);
    state_->set_text(text, font, width + tolerance, 0);
    return std::clamp(pango_layout_get_line_count(state_->layout.get()), 1, lines_max);
}

void PdfCanvas::begin_page(double width, double height) {
    cairo_pdf_surface_set_size(state_->surface, width, height);
    pango_cairo_update_layout(state_->cairo, state_->layout.get());
}

void PdfCanvas::draw(std::string_view text, const PdfFont& font, double x, double y, double width, PdfAlign align,
                     int lines_max) {
    if (text.empty()) return;
    PangoLayout* layout = state_->layout.get();
    pango_layout_set_ellipsize(layout, PANGO_ELLIPSIZE_END);
    state_->set_text(text, font, width + tolerance, lines_max);
    cairo_set_source_rgb(state_->cairo, font.grey, font.grey, font.grey);
    const int lines = std::min(pango_layout_get_line_count(layout), lines_max);
    for (int i = 0; i < lines; ++i) {
        PangoLayoutLine* line = pango_layout_get_line_readonly(layout, i);
        PangoRectangle   extents{};
        pango_layout_line_get_extents(line, nullptr, &extents);
        const bool   right    = align == PdfAlign::right;
        const double left     = right ? x + width - pdf_canvas::points(extents.width) : x;
        const double baseline = y + i * line_height(font) + font.size;
        cairo_move_to(state_->cairo, left, baseline);
        pango_cairo_show_layout_line(state_->cairo, line);
    }
}

void PdfCanvas::rule(double x, double y, double width, double thickness, double grey) {
    cairo_set_source_rgb(state_->cairo, grey, grey, grey);
    cairo_set_line_width(state_->cairo, thickness);
    cairo_move_to(state_->cairo, x, y);
    cairo_line_to(state_->cairo, x + width, y);
    cairo_stroke(state_->cairo);
}

void PdfCanvas::band(double x, double y, double width, double height, double grey) {
    cairo_set_source_rgb(state_->cairo, grey, grey, grey);
    cairo_rectangle(state_->cairo, x, y, width, height);
    cairo_fill(state_->cairo);
}

void PdfCanvas::end_page() { cairo_show_page(state_->cairo); }

std::string PdfCanvas::finish() {
    cairo_surface_finish(state_->surface);
    const cairo_status_t status = cairo_surface_status(state_->surface);
    if (status != CAIRO_STATUS_SUCCESS) throw std::logic_error(cairo_status_to_string(status));
    return std::move(state_->bytes);
}

}  // namespace tessera::reports
