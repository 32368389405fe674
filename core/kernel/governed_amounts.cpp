#include "kernel/governed_amounts.h"

#include "kernel/one_value.h"

#include <algorithm>

namespace tessera {

namespace governed_amounts {

Currency currency_in(const FieldDescription& f, const void* record, const Books& books) {
    std::string text;
    JsonWriter  json(text);
    f.json(record, json);
    return books.currency_of(std::string_view(text).substr(1, 3));
}

void govern(const EntityDescription& e, void* record, Reading& reading) {
    for (const auto& f : e.fields) {
        if (f.is_currency) {
            OneValue none;
            f.none(record) ? f.read(record, none, 0, reading) : void(reading.currency = currency_in(f, record, *reading.books));
        } else if (f.kind == FieldKind::money && !f.none(record)) {
            OneValue amount(f.number(record));
            f.read(record, amount, 0, reading);
        }
    }
}

}  // namespace governed_amounts

void govern_amounts(const EntityDescription& e, void* record, const Books& books) {
    Reading reading{&books, books.currency};
    governed_amounts::govern(e, record, reading);
    Currency   of_lines = books.currency;
    const auto own      = std::ranges::find_if(e.fields, [](const auto& f) { return f.is_currency; });
    if (own != e.fields.end()) of_lines = governed_amounts::currency_in(*own, record, books);
    for (const auto& l : e.lines)
        for (std::size_t i = 0; i < l.size(record); ++i) {
            Reading of_line{&books, of_lines};
            governed_amounts::govern(*l.entity, l.at(record, i), of_line);
        }
}

}  // namespace tessera
