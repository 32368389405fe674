#include <tessera/markdown.h>

#include <tessera/text.h>

#include "markdown/allowed_html.h"
#include "markdown/markdown_tree.h"

#include <cstdlib>

namespace tessera {

namespace markdown {

AllowedHtml rendered(std::string_view text) {
    struct Free {
        void operator()(char* bytes) const { std::free(bytes); }
    };
    const auto                        tree = tree_of(text);
    const std::unique_ptr<char, Free> html(cmark_render_html(tree.get(), CMARK_OPT_DEFAULT, nullptr));
    return allowed_html(html.get());
}

bool ends_a_line(std::string_view type) {
    return type == "paragraph" || type == "heading" || type == "table_row" || type == "table_header";
}

// Blocks that hold blocks have begun a line already when theirs ends.
void end_line(std::string& text) {
    while (!text.empty() && text.back() == ' ') text.pop_back();
    if (!text.empty() && text.back() != '\n') text += '\n';
}

std::string words_of(cmark_node* root) {
    std::string words;
    walk(root, [&](cmark_node* node, bool entering) {
        const auto type = type_of(node);
        if (entering) words += literal_of(node);
        if (type == "softbreak" || type == "linebreak" || (type == "table_cell" && !entering)) words += ' ';
        if (type == "code_block" || (!entering && ends_a_line(type))) end_line(words);
    });
    return words;
}

}  // namespace markdown

std::string html_from_markdown(std::string_view text) { return markdown::rendered(text).html; }

std::vector<MarkdownHeading> headings_of_markdown(std::string_view text) { return markdown::rendered(text).headings; }

std::string text_of_markdown(std::string_view text) {
    const auto tree = markdown::tree_of(text);
    return markdown::words_of(tree.get());
}

std::vector<MarkdownSection> sections_of_markdown(std::string_view text) {
    const auto                   tree = markdown::tree_of(text);
    std::vector<MarkdownSection> sections;
    for (auto* node = cmark_node_first_child(tree.get()); node; node = cmark_node_next(node)) {
        const bool heading = cmark_node_get_type(node) == CMARK_NODE_HEADING;
        auto       words   = markdown::words_of(node);
        int        level   = heading ? cmark_node_get_heading_level(node) : 7;
        for (auto open = sections.rbegin(); open != sections.rend() && level > 1; ++open) {
            if (open->level >= level) continue;
            if (!heading) open->text += words;
            level = open->level;
        }
        if (heading) sections.push_back({cmark_node_get_heading_level(node), std::string(trim(words)), {}});
    }
    return sections;
}

std::vector<std::string> links_of_markdown(std::string_view text) {
    const auto               tree = markdown::tree_of(text);
    std::vector<std::string> links;
    markdown::walk(tree.get(), [&](cmark_node* node, bool entering) {
        const auto type = cmark_node_get_type(node);
        if (entering && (type == CMARK_NODE_LINK || type == CMARK_NODE_IMAGE)) links.emplace_back(cmark_node_get_url(node));
    });
    return links;
}

}  // namespace tessera
