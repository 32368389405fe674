#pragma once
// Text made fit to be shown: what a terminal, a page or a worksheet would misread is replaced. Control characters become
// spaces (an escape sequence in a supplier's name must not repaint a terminal), bytes that are not UTF-8 become U+FFFD.

#include <string>
#include <string_view>

namespace tessera::reports {

enum class LineBreaks { keep, to_spaces };

std::string readable(std::string_view text, LineBreaks breaks = LineBreaks::to_spaces);

// How many cells of a terminal the text takes: combining marks none, East Asian wide characters two, others one.
int display_width(std::string_view text);

// The text, or its beginning and "…", within so many terminal cells.
std::string shortened(std::string_view text, int width_max);

}  // namespace tessera::reports
