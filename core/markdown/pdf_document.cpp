#include <tessera/document.h>
#include <tessera/text.h>

#include "markdown/document_pages.h"
#include "markdown/markdown_tree.h"

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

std::string markup_of(cmark_node* parent) {
    std::string markup;
    for (auto* node = cmark_node_first_child(parent); node; node = cmark_node_next(node)) {
        const auto type       = type_of(node);
        const auto [open, end] = tags_of(type);
        if (type == "softbreak") markup += ' ';
        else if (type == "linebreak") markup += '\n';
        else if (type == "code") markup += "<tt>" + escaped(literal_of(node)) + "</tt>";
        else markup += std::string(open) + escaped(literal_of(node)) + markup_of(node) + std::string(end);
    }
    return markup;
}

class Setter {
public:
    explicit Setter(const Document& document) : pages_(document) {
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
        else if (type == "paragraph") pages_.block(markup_of(node), {.indent = indent, .quote_depth = quotes}, take_sign());
        else if (type == "code_block") code(node, indent, quotes);
        else if (type == "block_quote") blocks(node, indent, quotes + 1);
        else if (type == "list") list(node, indent, quotes);
        else if (type == "table") table(node, indent);
        else if (type == "thematic_break") pages_.rule(indent);
        else blocks(node, indent, quotes);
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
