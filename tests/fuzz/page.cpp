// A web page that somebody else wrote: whatever it is made of, it becomes a text, and that text is drawn harmlessly or refused.

#include <tessera/document.h>
#include <tessera/text.h>

#include "harness.h"

#include <pugixml.hpp>

namespace tessera::fuzz {
namespace {

void try_page(std::string_view bytes) {
    HtmlPage page;
    if (!accepts([&] { page = read_html(bytes); })) return;
    must(valid_utf8(page.markdown) && valid_utf8(page.title) && valid_utf8(page.description), "what is read from a page is text");
    must(page.markdown.empty() || page.markdown.ends_with('\n'), "a text ends its last line");
    must(read_html(bytes).markdown == page.markdown, "a page reads the same at any time");

    std::string drawn;
    if (!accepts([&] { drawn = page_of({.title = page.title, .language = page.language, .markdown = page.markdown}); })) return;
    const auto begin = drawn.find("</header>\n") + 10, end = drawn.rfind("</main>");
    pugi::xml_document body;
    must(begin <= end && body.load_string(("<page>" + drawn.substr(begin, end - begin) + "</page>").c_str()), "what is drawn of it is well-formed");
    must(body.select_nodes("//script | //style | //iframe | //object | //form | //svg").empty(), "nothing in it runs");
}
HARNESS(page)

}  // namespace
}  // namespace tessera::fuzz
