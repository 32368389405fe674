#pragma once
// The HTML that passes, of well-formed HTML: tags, attributes and links of a list (tessera/markdown.h). What does not pass leaves its
// text behind.

#include <tessera/markdown.h>

namespace tessera::markdown {

struct AllowedHtml {
    std::string                  html{};
    std::vector<MarkdownHeading> headings{};
};

AllowedHtml allowed_html(const std::string& html);

// Whether a link may lead there, and whether that is outside of this server.
enum class Target { refused, inside, outside };
Target target_of(std::string_view address);

}  // namespace tessera::markdown
