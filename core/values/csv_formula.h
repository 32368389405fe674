#pragma once
// Which cells a spreadsheet would run as a formula. Leading apostrophes are looked through, so that taking one away is
// always the exact reverse of having put one there.

#include <string_view>

namespace tessera::values::csv_formula {

inline bool runs(std::string_view cell) {
    const auto first = cell.find_first_not_of('\'');
    return first != std::string_view::npos && std::string_view("=+-@\t\r").find(cell[first]) != std::string_view::npos;
}

}  // namespace tessera::values::csv_formula
