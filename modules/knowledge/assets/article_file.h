#pragma once
// An article in a file: Markdown with front matter, or a web page.
//
//     ---
//     title: "Rear shock"
//     author: ada
//     ---
//     Text with [links](../frame/pivot.md) and ![pictures](media/shock.png)

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>

namespace knowledge {

struct ArticleFile {
    std::map<std::string, std::string> front{};    // by small names: title, description, keywords, author, date, kind, language
    std::string                        body{};     // Markdown
};

ArticleFile read_article(const std::string& path, std::string_view bytes);

// The path that an address within a file names, from the folder of all; "" when it leads elsewhere. What follows # or ? is no part.
//     resolved("finance/a.md", "../frame/pivot.md#bolts")      // "frame/pivot.md"
std::string resolved(std::string_view from, std::string_view address);

// The text with every address of a link or picture replaced by what `other` says; "" leaves it.
std::string with_addresses(std::string_view markdown, const std::function<std::string(std::string_view address)>& other);

// The number that stands behind `before` in an address, up to a "#": "/knowledge/assets/17#oil" gives 17.
std::optional<std::int64_t> number_in(std::string_view address, std::string_view before);

}  // namespace knowledge
