// A text in Markdown, of whoever may write one: what becomes of it is well-formed, and nothing in it runs or leads elsewhere.

#include <tessera/markdown.h>
#include <tessera/text.h>

#include "harness.h"
#include "markdown/allowed_html.h"

#include <pugixml.hpp>

#include <algorithm>
#include <array>
#include <set>

namespace tessera::fuzz {
namespace {

constexpr std::array<std::string_view, 28> tags{"page", "p",  "h1", "h2", "h3", "h4", "h5",  "h6",    "em",    "strong", "del", "code", "pre", "blockquote",
                                                "ul",   "ol", "li", "a",  "br", "hr", "img", "table", "thead", "tbody",  "tr",  "th",   "td",  "input"};
constexpr std::array<std::string_view, 12> attributes{"href", "rel", "src", "alt", "title", "id", "class", "align", "start", "type", "checked", "disabled"};

template <std::size_t N>
bool is_one_of(const std::array<std::string_view, N>& all, std::string_view one) {
    return std::ranges::find(all, one) != all.end();
}

void must_lead_somewhere_harmless(const pugi::xml_node& link) {
    const std::string_view address = link.attribute("href").value();
    const auto             target  = markdown::target_of(address);
    must(target != markdown::Target::refused, "a link leads to the web, to mail or within the server");
    must((target == markdown::Target::outside) == (std::string_view(link.attribute("rel").value()) == "noopener nofollow"), "a link that leads out says so");
}

void must_be_harmless(const pugi::xml_node& node, std::set<std::string>& ids) {
    must(is_one_of(tags, node.name()), "only tags of the list pass");
    for (const auto& attribute : node.attributes()) must(is_one_of(attributes, attribute.name()), "only attributes of the list pass");
    const std::string_view tag = node.name();
    if (tag == "a") must_lead_somewhere_harmless(node);
    if (tag == "img") must(std::string_view(node.attribute("src").value()).starts_with("/api/"), "pictures come from this server");
    if (const auto id = node.attribute("id")) must(ids.insert(id.value()).second && std::string_view(id.value()).starts_with("section-"), "an id is a section's, and there once");
}

void try_markdown(std::string_view bytes) {
    std::string html;
    if (!accepts([&] { html = html_from_markdown(bytes); })) return;
    must(valid_utf8(html), "what is drawn is text");
    pugi::xml_document    page;
    const auto            read = page.load_string(("<page>" + html + "</page>").c_str());
    std::set<std::string> ids;
    must(static_cast<bool>(read), "what is drawn is well-formed");
    for (const auto& node : page.select_nodes("//*")) must_be_harmless(node.node(), ids);
    must(page.select_nodes("//comment() | //processing-instruction()").empty(), "only tags and text pass");

    const auto headings = headings_of_markdown(bytes);
    must(headings.size() == ids.size() && std::ranges::all_of(headings, [&](const auto& h) { return ids.contains(h.id); }), "every heading has an id");
    must(html_from_markdown(bytes) == html, "a text looks the same at any time");
    must(valid_utf8(text_of_markdown(bytes)), "its words are text");
    links_of_markdown(bytes);
}
HARNESS(markdown)

}  // namespace
}  // namespace tessera::fuzz
