#include <tessera/document.h>
#include <tessera/text.h>

#include "markdown/document_pages.h"
#include "markdown/markdown_tree.h"
#include "markdown/pictures.h"

#include <array>

namespace tessera {

namespace pdf_document {

using markdown::BlockStyle;
using markdown::literal_of;
using markdown::type_of;

std::string escaped(std::string_view text) {
    std::string out;
    for (const char c : text) {
        switch (c) {
            case '&': out += "&amp;"; break;
            case '<': out += "&lt;"; break;
            case '>': out += "&gt;"; break;
            default:
                if (static_cast<unsigned char>(c) >= 0x20 || c == '\n' || c == '\t') out += c;
        }
    }
    return out;
}

// What stands between two tags of Pango's markup for an inline node.
std::array<std::string_view, 2> tags_of(std::string_view type) {
    if (type == "emph") return {"<i>", "</i>"};
    if (type == "strong") return {"<b>", "</b>"};
    if (type == "strikethrough") return {"<s>", "</s>"};
    if (type == "link") return {"<span foreground=\"#0b57a4\">", "</span>"};
    if (type == "image") return {"<i>[", "]</i>"};
    return {"", ""};
}

struct Drawn {
    markdown::Surface surface{};
    std::string       caption{};
};

// They stay in memory until their sheet is full: a document has so many dots of them, any further are named.
struct Pictures {
    const Document&    document;
    std::int64_t       dots_left = 100'000'000;
    std::vector<Drawn> drawn{};

    markdown::Surface surface_at(std::string_view address) {
        const auto picture = markdown::picture_at(document, address);
        auto       surface = picture ? markdown::surface_of(*picture) : nullptr;
        if (!surface) return nullptr;
        const auto dots = std::int64_t{cairo_image_surface_get_width(surface.get())} * cairo_image_surface_get_height(surface.get());
        if (dots > dots_left) return nullptr;
        dots_left -= dots;
        return surface;
    }
};

// Pictures that are taken stand below the text, not in it.
std::string markup_of(cmark_node* parent, Pictures* pictures = nullptr) {
    std::string markup;
    for (auto* node = cmark_node_first_child(parent); node; node = cmark_node_next(node)) {
        const auto type       = type_of(node);
        const auto [open, end] = tags_of(type);
        if (type == "softbreak") markup += ' ';
        else if (type == "linebreak") markup += '\n';
        else if (type == "code") markup += "<tt>" + escaped(literal_of(node)) + "</tt>";
        else if (auto surface = pictures && type == "image" ? pictures->surface_at(cmark_node_get_url(node)) : nullptr) pictures->drawn.push_back({std::move(surface), markup_of(node)});
        else markup += std::string(open) + escaped(literal_of(node)) + markup_of(node, pictures) + std::string(end);
    }
    return markup;
}

class Setter {
public:
    explicit Setter(const Document& document) : pictures_{document}, pages_(document) {
        pages_.block(escaped(document.title), {.size_tenths = 200, .bold = true, .space_after = 8});
        for (const auto& [name, value] : document.facts) pages_.block(escaped(name) + ": <b>" + escaped(value) + "</b>", {.size_tenths = 88, .space_after = 1});
        pages_.space(12);
    }
    void blocks(cmark_node* parent, int indent, int quotes) {
        for (auto* node = cmark_node_first_child(parent); node; node = cmark_node_next(node)) block(node, indent, quotes);
    }
    std::string finish() { return pages_.finish(); }

private:
    void block(cmark_node* node, int indent, int quotes) {
        const auto type = type_of(node);
        if (type == "heading") heading(node, indent, quotes);
        else if (type == "paragraph") paragraph(node, {.indent = indent, .quote_depth = quotes});
        else if (type == "code_block") code(node, indent, quotes);
        else if (type == "block_quote") blocks(node, indent, quotes + 1);
        else if (type == "list") list(node, indent, quotes);
        else if (type == "table") table(node, indent);
        else if (type == "thematic_break") pages_.rule(indent);
        else blocks(node, indent, quotes);
    }
    void paragraph(cmark_node* node, const BlockStyle& style) {
        const auto markup = markup_of(node, &pictures_);
        const auto drawn  = std::exchange(pictures_.drawn, {});
        if (drawn.empty() || markup.find_first_not_of(" \n") != std::string::npos) pages_.block(markup, style, take_sign());
        for (const auto& [surface, caption] : drawn) {
            pages_.picture(surface.get(), {.indent = style.indent, .quote_depth = style.quote_depth, .space_after = 2});
            pages_.block("<i>" + caption + "</i>", {.size_tenths = 85, .indent = style.indent, .quote_depth = style.quote_depth, .space_after = 8});
        }
    }
    void heading(cmark_node* node, int indent, int quotes) {
        static constexpr std::array<int, 6> sizes{160, 140, 120, 110, 100, 100};
        pages_.space(6);
        pages_.block(markup_of(node), {.size_tenths = sizes[static_cast<std::size_t>(cmark_node_get_heading_level(node) - 1)], .bold = true, .indent = indent, .quote_depth = quotes}, take_sign());
    }
    void code(cmark_node* node, int indent, int quotes) {
        auto text = literal_of(node);
        if (text.ends_with('\n')) text.remove_suffix(1);
        pages_.block(escaped(text), {.size_tenths = 85, .fixed_width = true, .banded = true, .indent = indent + 4, .quote_depth = quotes, .space_after = 8}, take_sign());
    }
    void list(cmark_node* list, int indent, int quotes) {
        int number = cmark_node_get_list_start(list);
        for (auto* item = cmark_node_first_child(list); item; item = cmark_node_next(item)) {
            sign_ = cmark_node_get_list_type(list) == CMARK_ORDERED_LIST ? std::to_string(number++) + "." : "•";
            blocks(item, indent + 20, quotes);
            sign_.clear();
        }
    }
    void table(cmark_node* table, int indent) {
        for (auto* row = cmark_node_first_child(table); row; row = cmark_node_next(row)) {
            std::vector<std::string> cells;
            for (auto* cell = cmark_node_first_child(row); cell; cell = cmark_node_next(cell)) cells.push_back(markup_of(cell));
            pages_.row(cells, type_of(row) == "table_header", indent);
        }
        pages_.space(8);
    }
    std::string take_sign() { return std::exchange(sign_, {}); }

    Pictures                pictures_;
    markdown::DocumentPages pages_;
    std::string             sign_{};   // of the list item whose first line is still to come
};

}  // namespace pdf_document

std::string pdf_of(const Document& document) {
    const auto           tree = markdown::tree_of(document.markdown);
    pdf_document::Setter setter(document);
    setter.blocks(tree.get(), 0, 0);
    return setter.finish();
}

}  // namespace tessera
