#include <tessera/document.h>

#include "markdown/pictures.h"

namespace tessera {

namespace page_document {

constexpr std::string_view style = R"css(
:root { color-scheme: light dark; --paper: #fff; --ink: #1a1d21; --soft: #5b636d; --line: #dfe3e8; --band: #f4f6f8; --link: #0b57a4; }
@media (prefers-color-scheme: dark) { :root { --paper: #15181c; --ink: #e6e9ed; --soft: #9aa4af; --line: #2d333b; --band: #1d2127; --link: #7ab3f0; } }
* { box-sizing: border-box; }
body { margin: 0; padding: 2rem; background: var(--paper); color: var(--ink); font: 16px/1.55 system-ui, "Segoe UI", "DejaVu Sans", sans-serif; }
main { max-width: 46rem; margin: 0 auto; overflow-wrap: break-word; }
h1, h2, h3, h4, h5, h6 { line-height: 1.25; margin: 1.6em 0 .5em; }
header h1 { margin-top: 0; }
dl { display: flex; flex-wrap: wrap; gap: .25rem 1.5rem; margin: .6rem 0 2rem; color: var(--soft); font-size: .9em; }
dl div { display: flex; gap: .4rem; }
dd { margin: 0; font-weight: 550; }
a { color: var(--link); }
img { max-width: 100%; height: auto; }
table { border-collapse: collapse; }
th, td { border: 1px solid var(--line); padding: .35em .7em; vertical-align: top; }
th { background: var(--band); }
pre { background: var(--band); padding: .8em 1em; overflow-x: auto; }
code { font: .92em ui-monospace, "DejaVu Sans Mono", monospace; }
blockquote { margin: 1em 0; padding-left: 1em; border-left: 3px solid var(--line); color: var(--soft); }
@page { size: A4; margin: 18mm; }
@media print { body { padding: 0; font-size: 10pt; } }
)css";

std::string escaped(std::string_view text) {
    std::string out;
    for (const char c : text) {
        switch (c) {
            case '&': out += "&amp;"; break;
            case '<': out += "&lt;"; break;
            case '>': out += "&gt;"; break;
            case '"': out += "&quot;"; break;
            default: out += static_cast<unsigned char>(c) < 0x20 ? ' ' : c;
        }
    }
    return out;
}

// What html_from_markdown() writes is known to the letter.
std::string with_pictures(const Document& document, const std::string& html) {
    constexpr std::string_view begin = "<img src=\"";
    std::string                out;
    std::size_t                from = 0;
    for (auto at = html.find(begin); at != std::string::npos; at = html.find(begin, from)) {
        const auto address = at + begin.size(), end = html.find('"', address);
        const auto picture = markdown::picture_at(document, std::string_view(html).substr(address, end - address));
        out.append(html, from, address - from);
        out += picture ? markdown::data_address_of(*picture) : html.substr(address, end - address);
        from = end;
    }
    return out.append(html, from);
}

}  // namespace page_document

std::string page_of(const Document& document) {
    using page_document::escaped;
    const auto  title = escaped(document.title);
    std::string page  = fmt::format("<!DOCTYPE html>\n<html lang=\"{}\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>{}</title>\n<style>{}</style>\n"
                                     "</head>\n<body>\n<main>\n<header>\n<h1>{}</h1>\n",
                                    escaped(document.language), title, page_document::style, title);
    if (!document.facts.empty()) page += "<dl>\n";
    for (const auto& [name, value] : document.facts) page += fmt::format("<div><dt>{}</dt><dd>{}</dd></div>\n", escaped(name), escaped(value));
    if (!document.facts.empty()) page += "</dl>\n";
    return page + "</header>\n" + page_document::with_pictures(document, html_from_markdown(document.markdown)) + "</main>\n</body>\n</html>\n";
}

}  // namespace tessera
