#pragma once
// Parts that the views of this module write alike.

#include <tessera/transaction.h>

namespace crm {

// "party":{"id":7,"label":"Acme"}, or null.
inline void write_reference(tessera::JsonWriter& json, std::string_view key, const tessera::Snapshot& tx, std::string_view entity, std::int64_t id) {
    json.key(key);
    if (!id) return json.null();
    json.begin_object();
    json.member("id", id);
    json.member("label", tx.label_of(entity, id));
    json.end_object();
}

template <class Fixed>
void write_decimal(tessera::JsonWriter& json, std::string_view key, Fixed value) {
    json.key(key).decimal(value.raw(), Fixed::decimals, 0);
}

}  // namespace crm
