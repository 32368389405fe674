#include "database/constraint_refusal.h"

#include <fmt/format.h>

#include <algorithm>

namespace tessera::database {

std::string in_words(std::string_view name) {
    std::string words{name};
    std::replace(words.begin(), words.end(), '_', ' ');
    return words;
}

namespace constraint {

namespace sentence {

std::string list(const std::vector<std::string>& columns) {
    std::string text;
    for (std::size_t i = 0; i < columns.size(); ++i) {
        if (i > 0) text += i + 1 == columns.size() ? " or " : ", ";
        text += in_words(columns[i]);
    }
    return text;
}

std::string record(const Place& place) { return place.table.empty() ? "record" : in_words(place.table); }

Refused with_place(Refused refused, const Place& place, int status) {
    if (place.columns.size() == 1) refused.with_field(place.columns.front());
    return std::move(refused).with_status(status);
}

}  // namespace sentence

Refused duplicate(const Place& place) {
    if (place.columns.empty())
        return Refused("kernel.duplicate", "To save this, change it: another record has the same values.");
    return sentence::with_place(Refused("kernel.duplicate", "To save this {}, change its {}: another one has the same.",
                                        sentence::record(place), sentence::list(place.columns)),
                                place, 409);
}

Refused missing(const Place& place) {
    return sentence::with_place(Refused("kernel.constraint", "To save this {}, fill in its {}.",
                                        sentence::record(place), sentence::list(place.columns)),
                                place, 422);
}

Refused unfit(const Place& place) {
    if (place.columns.empty())
        return Refused("kernel.constraint", "To save this, correct it: a value is outside what is allowed.")
            .with_status(422);
    return sentence::with_place(
        Refused("kernel.constraint", "To save this {}, correct its {}: the value is not allowed.",
                sentence::record(place), sentence::list(place.columns)),
        place, 422);
}

Refused append_only(std::string_view table) {
    return Refused("kernel.append_only",
                   "To correct a {}, add an entry that reverses it: what is written there is never changed.",
                   in_words(table));
}

Refused in_use(std::string_view table) {
    return Refused("kernel.in_use", "To delete this {}, first delete or change what refers to it.", in_words(table));
}

Refused unknown_reference(std::string_view table, std::string_view column) {
    if (table.empty())
        return Refused("kernel.unknown_reference", "To save this, choose a record that exists.").with_status(422);
    if (column.empty())
        return Refused("kernel.unknown_reference", "To save this {}, choose only records that exist.", in_words(table))
            .with_status(422);
    return Refused("kernel.unknown_reference", "To save this {}, choose a {} that exists.", in_words(table),
                   in_words(column))
        .with_field(std::string(column))
        .with_status(422);
}

}  // namespace constraint
}  // namespace tessera::database
