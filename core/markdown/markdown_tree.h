#pragma once
// Markdown as the tree that cmark-gfm makes of it, within the limits of tessera/markdown.h. HTML that is written in it has become
// text, comments have gone.

#include <cmark-gfm.h>

#include <functional>
#include <memory>
#include <string_view>

namespace tessera::markdown {

inline constexpr std::size_t bytes_max = 256 * 1024;
inline constexpr int         depth_max = 100;

struct FreeTree {
    void operator()(cmark_node* node) const { cmark_node_free(node); }
};
using Tree = std::unique_ptr<cmark_node, FreeTree>;

Tree tree_of(std::string_view text);

// Visits every node when it is entered and when it is left.
void walk(cmark_node* root, const std::function<void(cmark_node*, bool entering)>& visit);

std::string_view literal_of(cmark_node* node);  // "" when it has none
std::string_view type_of(cmark_node* node);     // "paragraph", "table_cell"

}  // namespace tessera::markdown
