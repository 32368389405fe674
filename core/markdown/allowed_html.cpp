#include "markdown/allowed_html.h"

#include <tessera/text.h>

#include <pugixml.hpp>

#include <algorithm>
#include <array>
#include <set>
#include <stdexcept>

namespace tessera::markdown {

namespace allowed_tags {

using Tag = std::string_view;

constexpr std::array<Tag, 27> passing{"p",  "h1", "h2", "h3", "h4", "h5", "h6", "em",    "strong", "del",   "code",       "pre",  "blockquote", "ul",
                                      "ol", "li", "a",  "br", "hr", "img", "table", "thead", "tbody", "tr", "th", "td", "input"};
constexpr std::array<Tag, 4>  without_end{"br", "hr", "img", "input"};
constexpr std::string_view    id_start = "section-";

template <std::size_t N>
bool has(const std::array<Tag, N>& tags, Tag tag) {
    return std::ranges::find(tags, tag) != tags.end();
}

void escape(std::string& out, std::string_view text) {
    for (const char c : text) {
        switch (c) {
            case '&': out += "&amp;"; break;
            case '<': out += "&lt;"; break;
            case '>': out += "&gt;"; break;
            case '"': out += "&quot;"; break;
            default:
                if (static_cast<unsigned char>(c) >= 0x20 || c == '\n' || c == '\t') out += c;
        }
    }
}

std::string words_of(const pugi::xml_node& node) {
    std::string text;
    for (const auto& child : node.children()) text += child.type() == pugi::node_element ? words_of(child) : std::string(child.value());
    return text;
}

// Letters and digits in small, a "-" for what stands between them; letters other than the Latin ones stay as they are.
std::string slug(std::string_view text) {
    std::string made;
    for (const char c : lower_ascii(text)) {
        const bool kept = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || static_cast<unsigned char>(c) >= 0x80;
        if (kept) made += c;
        else if (!made.empty() && made.back() != '-') made += '-';
    }
    while (!made.empty() && made.back() == '-') made.pop_back();
    return made.empty() ? "part" : made;
}

class Writer {
public:
    void write(const pugi::xml_node& parent) {
        for (const auto& node : parent.children()) {
            if (node.type() == pugi::node_element) element(node);
            else if (node.type() == pugi::node_pcdata || node.type() == pugi::node_cdata) escape(made_.html, node.value());
        }
    }
    AllowedHtml take() { return std::move(made_); }

private:
    void element(const pugi::xml_node& node) {
        const Tag tag = node.name();
        if (!has(passing, tag)) return write(node);
        if (tag == "img" && !is_own_image(node.attribute("src").value())) return escape(made_.html, node.attribute("alt").value());
        const auto target = tag == "a" ? target_of(node.attribute("href").value()) : Target::inside;
        if (target == Target::refused) return write(node);
        made_.html += '<';
        made_.html += tag;
        attributes(node, tag, target);
        if (has(without_end, tag)) {
            made_.html += " />";
            return;
        }
        made_.html += '>';
        write(node);
        made_.html += "</";
        made_.html += tag;
        made_.html += '>';
    }
    void attributes(const pugi::xml_node& node, Tag tag, Target target) {
        if (tag.size() == 2 && tag[0] == 'h' && tag[1] >= '1' && tag[1] <= '6') heading(node, tag[1] - '0');
        else if (tag == "a") link(node, target);
        else if (tag == "img") copy(node, {"src", "alt", "title"});
        else if (tag == "th" || tag == "td") alignment(node.attribute("align").value());
        else if (tag == "ol") start(node.attribute("start").value());
        else if (tag == "code") language(node.attribute("class").value());
        else if (tag == "input") check_box(node.attribute("checked"));
    }
    void heading(const pugi::xml_node& node, int level) {
        MarkdownHeading h{level, words_of(node), std::string(id_start)};
        h.id += slug(h.text);
        const auto first = h.id;
        for (int times = 2; !ids_.insert(h.id).second; ++times) h.id = first + "-" + std::to_string(times);
        attribute("id", h.id);
        made_.headings.push_back(std::move(h));
    }
    void link(const pugi::xml_node& node, Target target) {
        std::string address = node.attribute("href").value();
        if (address.starts_with('#') && address.size() > 1 && !address.starts_with("#section-")) address = "#" + std::string(id_start) + address.substr(1);
        attribute("href", address);
        copy(node, {"title"});
        if (target == Target::outside) attribute("rel", "noopener nofollow");
    }
    void check_box(bool checked) {
        attribute("type", "checkbox");
        attribute("disabled", "");
        if (checked) attribute("checked", "");
    }
    void alignment(std::string_view align) {
        if (align == "left" || align == "right" || align == "center") attribute("align", align);
    }
    void start(std::string_view number) {
        if (!number.empty() && number.size() < 10 && std::ranges::all_of(number, [](char c) { return c >= '0' && c <= '9'; })) attribute("start", number);
    }
    void language(std::string_view name) {
        const auto plain = [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '+' || c == '#'; };
        if (name.starts_with("language-") && name.size() < 40 && std::ranges::all_of(name, plain)) attribute("class", name);
    }
    void copy(const pugi::xml_node& node, std::initializer_list<const char*> names) {
        for (const auto* name : names)
            if (const auto given = node.attribute(name)) attribute(name, given.value());
    }
    void attribute(std::string_view name, std::string_view value) {
        made_.html += ' ';
        made_.html += name;
        made_.html += "=\"";
        escape(made_.html, value);
        made_.html += '"';
    }
    static bool is_own_image(std::string_view source) { return source.starts_with("/api/") && target_of(source) == Target::inside; }

    AllowedHtml           made_{};
    std::set<std::string> ids_{};
};

}  // namespace allowed_tags

Target target_of(std::string_view address) {
    const auto outlandish = [](char c) { return static_cast<unsigned char>(c) <= 0x20 || c == 0x7f || c == '\\' || c == '<' || c == '>' || c == '"'; };
    if (address.empty() || std::ranges::any_of(address, outlandish)) return Target::refused;
    if (address.starts_with("//")) return Target::refused;
    const auto colon = address.find(':');
    if (colon >= address.find_first_of("/?#")) return Target::inside;
    const auto scheme = lower_ascii(address.substr(0, colon));
    if (scheme == "http" || scheme == "https") return Target::outside;
    return scheme == "mailto" ? Target::inside : Target::refused;
}

AllowedHtml allowed_html(const std::string& html) {
    pugi::xml_document document;
    const auto         read = document.load_buffer(html.data(), html.size(), pugi::parse_fragment | pugi::parse_escapes | pugi::parse_ws_pcdata, pugi::encoding_utf8);
    if (!read && read.status != pugi::status_no_document_element) throw std::logic_error(std::string("the HTML of a text is not well-formed: ") + read.description());
    allowed_tags::Writer writer;
    writer.write(document);
    return writer.take();
}

}  // namespace tessera::markdown
