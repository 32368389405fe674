#include "markdown/markdown_tree.h"

#include <tessera/refused.h>
#include <tessera/text.h>

#include <cmark-gfm-core-extensions.h>

#include <algorithm>
#include <stdexcept>
#include <vector>

namespace tessera::markdown {

namespace markdown_tree {

constexpr std::ptrdiff_t images_max = 1000, addresses_max = 5000;

struct FreeParser {
    void operator()(cmark_parser* parser) const { cmark_parser_free(parser); }
};

// What the parser takes more than linear time for.
bool is_intricate(std::string_view text) {
    std::ptrdiff_t images = 0;
    for (auto at = text.find("!["); at != std::string_view::npos; at = text.find("![", at + 2)) ++images;
    return images > images_max || std::ranges::count(text, '@') > addresses_max;
}

void check(std::string_view text) {
    if (text.size() > bytes_max)
        throw Refused("markdown.too_long", "To keep this text, divide it: it has {} bytes, and one text may have {}.", text.size(), bytes_max).with_status(422);
    if (!valid_utf8(text)) throw Refused("markdown.not_text", "To keep this text, send it as UTF-8.").with_status(422);
    if (is_intricate(text))
        throw Refused("markdown.too_intricate", "To keep this text, divide it: it has more than {} images or {} addresses.", images_max, addresses_max).with_status(422);
}

std::unique_ptr<cmark_parser, FreeParser> parser() {
    static const bool registered = [] {
        cmark_gfm_core_extensions_ensure_registered();
        return true;
    }();
    static_cast<void>(registered);
    std::unique_ptr<cmark_parser, FreeParser> made(cmark_parser_new(CMARK_OPT_DEFAULT));
    for (const auto* name : {"table", "strikethrough", "autolink", "tasklist"}) {
        auto* extension = cmark_find_syntax_extension(name);
        if (!extension) throw std::logic_error(std::string("cmark-gfm lacks its extension ") + name);
        cmark_parser_attach_syntax_extension(made.get(), extension);
    }
    return made;
}

bool is_comment(std::string_view html) {
    const auto text = trim(html);
    return text.starts_with("<!--") && text.size() >= 7 && text.find("-->") == text.size() - 3;
}

cmark_node* text_node(std::string_view text) {
    auto* node = cmark_node_new(CMARK_NODE_TEXT);
    cmark_node_set_literal(node, std::string(text).c_str());
    return node;
}

void turn_into_text(cmark_node* node) {
    const auto html = literal_of(node);
    if (is_comment(html)) return cmark_node_free(node);
    auto* shown = text_node(trim(html));
    if (cmark_node_get_type(node) == CMARK_NODE_HTML_BLOCK) {
        auto* paragraph = cmark_node_new(CMARK_NODE_PARAGRAPH);
        cmark_node_append_child(paragraph, shown);
        shown = paragraph;
    }
    if (!cmark_node_replace(node, shown)) {
        cmark_node_free(shown);
        throw std::logic_error("HTML where no text may stand");
    }
    cmark_node_free(node);
}

void keep_html_as_text(cmark_node* root) {
    std::vector<cmark_node*> html;
    walk(root, [&](cmark_node* node, bool entering) {
        const auto type = cmark_node_get_type(node);
        if (entering && (type == CMARK_NODE_HTML_BLOCK || type == CMARK_NODE_HTML_INLINE)) html.push_back(node);
    });
    for (auto* node : html) turn_into_text(node);
}

void check_depth(cmark_node* root) {
    int depth = 0;
    walk(root, [&](cmark_node* node, bool entering) {
        if (!cmark_node_first_child(node)) return;
        depth += entering ? 1 : -1;
        if (depth > depth_max)
            throw Refused("markdown.too_deep", "To keep this text, nest its lists, quotes and emphasis less: at most {} deep, where a list and its item are two.", depth_max).with_status(422);
    });
}

}  // namespace markdown_tree

Tree tree_of(std::string_view text) {
    using namespace markdown_tree;
    check(text);
    const auto reader = parser();
    cmark_parser_feed(reader.get(), text.data(), text.size());
    Tree root(cmark_parser_finish(reader.get()));
    if (!root) throw std::logic_error("cmark-gfm made nothing of a text");
    check_depth(root.get());
    keep_html_as_text(root.get());
    return root;
}

void walk(cmark_node* root, const std::function<void(cmark_node*, bool entering)>& visit) {
    struct Free {
        void operator()(cmark_iter* iterator) const { cmark_iter_free(iterator); }
    };
    const std::unique_ptr<cmark_iter, Free> iterator(cmark_iter_new(root));
    for (auto event = cmark_iter_next(iterator.get()); event != CMARK_EVENT_DONE; event = cmark_iter_next(iterator.get()))
        visit(cmark_iter_get_node(iterator.get()), event == CMARK_EVENT_ENTER);
}

std::string_view literal_of(cmark_node* node) {
    const auto* literal = cmark_node_get_literal(node);
    return literal ? std::string_view(literal) : std::string_view();
}

std::string_view type_of(cmark_node* node) { return cmark_node_get_type_string(node); }

}  // namespace tessera::markdown
