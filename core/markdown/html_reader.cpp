#include <tessera/document.h>
#include <tessera/text.h>

#include <libxml/HTMLparser.h>
#include <libxml/tree.h>

#include <algorithm>
#include <array>
#include <cstring>
#include <functional>
#include <memory>

namespace tessera {

namespace html_reader {

constexpr std::size_t bytes_max = 4 << 20;
constexpr int         depth_max = 200;

using Names = std::string_view;

constexpr std::array<Names, 16> left_out{"script", "style", "noscript", "template", "head", "form", "button", "select", "textarea", "nav", "iframe", "object", "svg", "math", "footer", "input"};

struct FreeDocument {
    void operator()(xmlDocPtr document) const { xmlFreeDoc(document); }
};
using Tree = std::unique_ptr<xmlDoc, FreeDocument>;

Names name_of(const xmlNode* node) { return node->type == XML_ELEMENT_NODE ? Names(reinterpret_cast<const char*>(node->name)) : Names(); }

bool is_one_of(const xmlNode* node, std::initializer_list<Names> names) { return std::ranges::find(names, name_of(node)) != names.end(); }

std::string attribute(const xmlNode* node, const char* name) {
    std::unique_ptr<xmlChar, void (*)(void*)> value(xmlGetProp(const_cast<xmlNode*>(node), reinterpret_cast<const xmlChar*>(name)), [](void* bytes) { xmlFree(bytes); });
    return value ? std::string(reinterpret_cast<const char*>(value.get())) : std::string();
}

std::string content(const xmlNode* node) {
    std::unique_ptr<xmlChar, void (*)(void*)> value(xmlNodeGetContent(node), [](void* bytes) { xmlFree(bytes); });
    return value ? std::string(reinterpret_cast<const char*>(value.get())) : std::string();
}

const xmlNode* find(const xmlNode* node, const std::function<bool(const xmlNode*)>& wanted) {
    for (const auto* one = node; one; one = one->next) {
        if (one->type == XML_ELEMENT_NODE && wanted(one)) return one;
        if (const auto* below = find(one->children, wanted)) return below;
    }
    return nullptr;
}

void check_depth(const xmlNode* node) {
    int depth = 0;
    for (const auto* at = node; at;) {
        if (at->children && at->type == XML_ELEMENT_NODE) {
            if (++depth > depth_max) throw Refused("document.too_deep", "To read this page, nest it less: at most {} deep.", depth_max).with_status(422);
            at = at->children;
            continue;
        }
        while (at && !at->next) {
            at = at->parent;
            --depth;
            if (!at || at->type != XML_ELEMENT_NODE) return;
        }
        at = at->next;
    }
}

// Runs of white space are one space, as a browser shows them.
std::string collapsed(std::string_view text) {
    std::string out;
    for (const char c : text) {
        const bool space = c == ' ' || c == '\n' || c == '\t' || c == '\r';
        if (!space) out += c;
        else if (out.empty() || out.back() != ' ') out += ' ';
    }
    return out;
}

// What would be read as a sign of Markdown is marked as text.
std::string escaped(std::string_view text) {
    std::string out;
    for (const char c : text) {
        if (std::strchr("\\`*_[]<>|~", c) && c) out += '\\';
        out += c;
    }
    return out;
}

// At the beginning of a line, a few more signs mean something.
std::string at_line_start(std::string text) {
    const auto first = std::min(text.find_first_not_of(' '), text.size());
    text.erase(0, first);
    if (text.empty()) return text;
    const auto digits = text.find_first_not_of("0123456789");
    if (text[0] == '#' || text[0] == '+' || text[0] == '=' || (text[0] == '-')) text.insert(0, "\\");
    else if (digits != 0 && digits < 10 && digits < text.size() && (text[digits] == '.' || text[digits] == ')')) text.insert(digits, "\\");
    return text;
}

std::string fenced(std::string_view text, std::string_view language) {
    std::size_t longest = 2, run = 0;
    for (const char c : text) longest = std::max(longest, run = c == '`' ? run + 1 : 0);
    const std::string fence(longest + 1, '`');
    return fence + std::string(language) + "\n" + std::string(text) + (text.ends_with('\n') ? "" : "\n") + fence;
}

std::string code(const std::string& text) {
    std::size_t longest = 0, run = 0;
    for (const char c : text) longest = std::max(longest, run = c == '`' ? run + 1 : 0);
    const std::string fence(longest + 1, '`');
    const bool        apart = longest > 0 || text.starts_with(' ');
    return fence + (apart ? " " : "") + text + (apart ? " " : "") + fence;
}

std::string indented(const std::string& text, std::string_view first, std::string_view rest) {
    std::string out(first);
    for (std::size_t at = 0; at < text.size(); ++at) {
        out += text[at];
        if (text[at] == '\n' && at + 1 < text.size() && text[at + 1] != '\n') out += rest;
    }
    return out;
}

class Reader {
public:
    // The blocks below a node, divided by empty lines.
    std::string blocks(const xmlNode* parent) {
        std::string out, line;
        const auto  end_line = [&] {
            if (const auto text = trim(line); !text.empty()) add(out, at_line_start(std::string(text)));
            line.clear();
        };
        for (const auto* node = parent->children; node; node = node->next) {
            if (is_block(node)) {
                end_line();
                if (const auto text = block(node); !text.empty()) add(out, text);
            } else {
                line += inline_of(node);
            }
        }
        end_line();
        return out;
    }

private:
    static void add(std::string& out, const std::string& block) { out += (out.empty() ? "" : "\n\n") + block; }
    static bool is_left_out(const xmlNode* node) { return std::ranges::find(left_out, name_of(node)) != left_out.end(); }
    static bool is_block(const xmlNode* node) {
        return is_one_of(node, {"p", "div", "section", "article", "main", "header", "aside", "figure", "figcaption", "address", "details", "summary", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "dl", "dt", "dd", "li",
                                "pre", "blockquote", "table", "hr", "body", "center"});
    }
    std::string inlines(const xmlNode* parent) {
        std::string out;
        for (const auto* node = parent->children; node; node = node->next) out += inline_of(node);
        return out;
    }
    std::string one_line(const xmlNode* parent) {
        auto text = std::string(trim(inlines(parent)));
        std::ranges::replace(text, '\n', ' ');
        return text;
    }

    std::string inline_of(const xmlNode* node) {
        if (node->type == XML_TEXT_NODE || node->type == XML_CDATA_SECTION_NODE) return escaped(collapsed(content(node)));
        if (node->type != XML_ELEMENT_NODE || is_left_out(node)) return {};
        if (is_one_of(node, {"br"})) return "\\\n";
        if (is_one_of(node, {"code", "kbd", "samp", "tt"})) return code(collapsed(content(node)));
        if (is_one_of(node, {"img"})) return picture(node);
        if (is_one_of(node, {"a"})) return link(node);
        if (is_one_of(node, {"b", "strong"})) return around(node, "**");
        if (is_one_of(node, {"i", "em", "cite"})) return around(node, "*");
        if (is_one_of(node, {"s", "del", "strike"})) return around(node, "~~");
        return inlines(node);
    }
    // Signs stand at the words, not at the spaces beside them.
    std::string around(const xmlNode* node, const char* sign) {
        const auto text  = inlines(node);
        const auto words = std::string(trim(text));
        if (words.empty()) return text;
        return (text.starts_with(' ') ? " " : "") + (sign + words + sign) + (text.ends_with(' ') ? " " : "");
    }
    static std::string address_of(const std::string& address) {
        const bool plain = !address.empty() && address.find_first_of(" ()<>\n") == std::string::npos;
        std::string safe = address;
        std::erase_if(safe, [](char c) { return c == '<' || c == '>' || c == '\n'; });
        return plain ? address : "<" + safe + ">";
    }
    std::string link(const xmlNode* node) {
        const auto words = one_line(node), address = attribute(node, "href");
        return address.empty() || words.empty() ? words : "[" + words + "](" + address_of(address) + ")";
    }
    static std::string picture(const xmlNode* node) {
        const auto source = attribute(node, "src"), description = escaped(collapsed(attribute(node, "alt")));
        return source.empty() || source.starts_with("data:") ? description : "![" + description + "](" + address_of(source) + ")";
    }

    std::string block(const xmlNode* node) {
        if (is_left_out(node)) return {};
        const auto name = name_of(node);
        if (name.size() == 2 && name[0] == 'h' && name[1] >= '1' && name[1] <= '6') return heading(node, static_cast<std::size_t>(name[1] - '0'));
        if (name == "ul" || name == "ol") return list(node, name == "ol");
        if (name == "pre") return preformatted(node);
        if (name == "table") return table(node);
        if (name == "hr") return "---";
        const auto text = blocks(node);
        if (text.empty()) return {};
        if (name == "blockquote") return quoted(text);
        if (name == "dt") return "**" + text + "**";
        return text;
    }
    std::string heading(const xmlNode* node, std::size_t level) {
        const auto words = one_line(node);
        return words.empty() ? std::string() : std::string(level, '#') + " " + words;
    }
    static std::string quoted(const std::string& text) {
        std::string out = "> ";
        for (const char c : text) {
            out += c;
            if (c == '\n') out += "> ";
        }
        return out;
    }
    std::string list(const xmlNode* node, bool numbered) {
        std::string out;
        int         number = 1;
        for (const auto* item = node->children; item; item = item->next) {
            if (!is_one_of(item, {"li"})) continue;
            const auto sign = numbered ? std::to_string(number++) + ". " : std::string("- ");
            out += (out.empty() ? "" : "\n") + indented(blocks(item), sign, std::string(sign.size(), ' '));
        }
        return out;
    }
    static std::string preformatted(const xmlNode* node) {
        std::string language;
        const auto* marked = find(node->children, [](const xmlNode* one) { return name_of(one) == "code"; });
        const auto  names  = marked ? attribute(marked, "class") : std::string();
        if (const auto at = names.find("language-"); at != std::string::npos) language = names.substr(at + 9, names.find(' ', at) - at - 9);
        return fenced(content(node), language);
    }
    std::string table(const xmlNode* table) {
        std::vector<std::vector<std::string>> rows;
        collect(table, rows);
        std::size_t columns = 0;
        for (const auto& row : rows) columns = std::max(columns, row.size());
        if (columns == 0) return {};
        std::string out;
        for (std::size_t i = 0; i < rows.size(); ++i) {
            rows[i].resize(columns);
            out += i ? "\n|" : "|";
            for (const auto& cell : rows[i]) out += " " + cell + " |";
            if (i > 0) continue;
            out += "\n|";
            for (std::size_t c = 0; c < columns; ++c) out += " --- |";
        }
        return out;
    }
    void collect(const xmlNode* parent, std::vector<std::vector<std::string>>& rows) {
        for (const auto* node = parent->children; node; node = node->next) {
            if (is_one_of(node, {"thead", "tbody", "tfoot"})) collect(node, rows);
            if (!is_one_of(node, {"tr"})) continue;
            auto& row = rows.emplace_back();
            for (const auto* cell = node->children; cell; cell = cell->next)
                if (is_one_of(cell, {"td", "th"})) row.push_back(one_line_of_cell(cell));
        }
    }
    std::string one_line_of_cell(const xmlNode* cell) {
        auto text = blocks(cell);
        for (auto at = text.find("\\\n"); at != std::string::npos; at = text.find("\\\n", at)) text.replace(at, 2, " ");
        std::ranges::replace(text, '\n', ' ');
        return text;
    }
};

Tree parsed(std::string_view html) {
    if (html.size() > bytes_max) throw Refused("document.too_long", "To read this page, divide it: it has {} bytes, and one page may have {}.", html.size(), bytes_max).with_status(422);
    if (!valid_utf8(html)) throw Refused("markdown.not_text", "To keep this text, send it as UTF-8.").with_status(422);
    Tree tree(htmlReadMemory(html.data(), static_cast<int>(html.size()), nullptr, "UTF-8", HTML_PARSE_RECOVER | HTML_PARSE_NOERROR | HTML_PARSE_NOWARNING | HTML_PARSE_NONET | HTML_PARSE_COMPACT));
    if (tree) check_depth(xmlDocGetRootElement(tree.get()));
    return tree;
}

std::string described(const xmlNode* root, std::string_view name) {
    const auto* meta = find(root, [&](const xmlNode* node) { return name_of(node) == "meta" && lower_ascii(attribute(node, "name")) == name; });
    return meta ? std::string(trim(collapsed(attribute(meta, "content")))) : std::string();
}

}  // namespace html_reader

HtmlPage read_html(std::string_view html) {
    using namespace html_reader;
    const auto  tree = parsed(html);
    const auto* root = tree ? xmlDocGetRootElement(tree.get()) : nullptr;
    if (!root) return {};
    const auto* body = find(root, [](const xmlNode* node) { return is_one_of(node, {"main", "article"}); });
    if (!body) body = find(root, [](const xmlNode* node) { return name_of(node) == "body"; });
    HtmlPage page{.description = described(root, "description"), .language = attribute(root, "lang").substr(0, 2), .markdown = Reader().blocks(body ? body : root)};
    if (!page.markdown.empty()) page.markdown += '\n';
    const auto named = [&](std::initializer_list<Names> names) {
        const auto* node = find(root, [&](const xmlNode* one) { return is_one_of(one, names); });
        return node ? std::string(trim(collapsed(content(node)))) : std::string();
    };
    page.title = named({"title"});
    if (page.title.empty()) page.title = named({"h1", "h2"});
    return page;
}

}  // namespace tessera
