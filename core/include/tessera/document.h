#pragma once
// A document is a text in Markdown with a title, given to people who have no access to the books: as a web page of its own, or as a
// PDF to print. And the way back: a web page that somebody else wrote becomes Markdown.
//
//     const Document document{.title = "Rear shock", .facts = {{"Verified", "2026-06-15"}}, .markdown = body, .made_at = tx.now()};
//     page_of(document); pdf_of(document);                               // the same for the same document, at any time
//     const auto page = read_html(bytes);                                // headings, lists, tables, links and code are kept
//
// What stands in a page is as safe as html_from_markdown() makes it. A picture that `picture` knows is in the file itself: PNG and JPEG in both,
// GIF and WebP in a page, up to picture_bytes_max, in a PDF so many dots in all. Any other is named by its description.
//
// Refused: what tessera/markdown.h refuses; document.too_long (4 MiB), document.too_deep (422) of a page that is read.

#include <tessera/date.h>
#include <tessera/markdown.h>

#include <functional>
#include <optional>
#include <utility>

namespace tessera {

struct DocumentPicture {
    std::string media_type{}, bytes{};                                   // "image/png"
};

inline constexpr std::size_t picture_bytes_max = 8 << 20;

struct Document {
    std::string                                      title{}, language = "en";
    std::vector<std::pair<std::string, std::string>> facts{};            // shown below the title, in their order
    std::string                                      markdown{};
    Instant                                          made_at{};
    std::function<std::optional<DocumentPicture>(std::string_view address)> picture{};   // by the address that stands in the text
};

TESSERA_API std::string page_of(const Document& document);
TESSERA_API std::string pdf_of(const Document& document);

struct HtmlPage {
    std::string              title{}, description{}, language{};         // what the page says of itself; the title else of its first heading
    std::string              markdown{};
};
// Of a whole page its <main> or <article> where it has one. Scripts, styles, forms and menus are left out.
TESSERA_API HtmlPage read_html(std::string_view html);

}  // namespace tessera
