#pragma once
// Markdown is what people write longer texts in: CommonMark with tables, strikethrough, bare links and task lists, as GitHub has
// them. What becomes of it is safe to be put into a page, whoever wrote it:
//
//     html_from_markdown("## Torque\n\nSee [the manual](https://example.org).")
//     // <h2 id="section-torque">Torque</h2>
//     // <p>See <a href="https://example.org" rel="noopener nofollow">the manual</a>.</p>
//     for (const auto& heading : headings_of_markdown(text)) …          // a table of contents: level, text, id
//
// HTML in it stays text. Only tags and attributes of a list pass; links lead to http, https, mailto or within this server, those that
// lead out are rel="noopener nofollow"; images come from this server alone ("/api/…"), of others the description stays. Headings
// have ids, "section-" and their words, so that no id can pass for something else; "#torque" leads to one.
//
// Refused (422): markdown.too_long (262,144 bytes), markdown.not_text (not UTF-8), markdown.too_deep (nested 100 deep,
// where a list and its item are two), markdown.too_intricate (thousands of images and addresses, which would take long to tell apart).
//
// All functions may be called from every thread.

#include <tessera/refused.h>

#include <string>
#include <string_view>
#include <vector>

namespace tessera {

struct MarkdownHeading {
    int         level = 1;                // 1 to 6
    std::string text{};
    std::string id{};                     // "section-torque"
};

// What stands below a heading, the sections below it included; "" of one that is empty.
struct MarkdownSection {
    int         level = 1;
    std::string heading{}, text{};
};

TESSERA_API std::string                  html_from_markdown(std::string_view markdown);
TESSERA_API std::vector<MarkdownHeading> headings_of_markdown(std::string_view markdown);
TESSERA_API std::vector<MarkdownSection> sections_of_markdown(std::string_view markdown);
// The words alone, a line for each paragraph, heading, list item and row of a table.
TESSERA_API std::string                  text_of_markdown(std::string_view markdown);
// Where links in it lead, in their order, each as it is written; those of images too.
TESSERA_API std::vector<std::string>     links_of_markdown(std::string_view markdown);

}  // namespace tessera
