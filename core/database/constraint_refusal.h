#pragma once
// What a record is refused with when the database itself does not take it: the same sentences whichever engine it was.
//
//     throw constraint::duplicate({"directory_party", {"number"}});   // "To save this directory party, change its number: …"

#include <tessera/refused.h>

#include <string>
#include <string_view>
#include <vector>

namespace tessera::database {

std::string in_words(std::string_view name);  // "purchase_order" → "purchase order"

namespace constraint {

struct Place {
    std::string              table{};
    std::vector<std::string> columns{};
};

Refused duplicate(const Place& place);
Refused missing(const Place& place);
Refused unfit(const Place& place);
Refused append_only(std::string_view table);
Refused in_use(std::string_view table);                                      // of a record that others refer to
Refused unknown_reference(std::string_view table, std::string_view column);  // either may be empty

}  // namespace constraint
}  // namespace tessera::database
