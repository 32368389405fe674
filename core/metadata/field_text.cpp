#include "metadata/field_text.h"

#include <boost/json.hpp>

namespace tessera::metadata {

std::string field_text(const FieldDescription& f, const void* record) {
    if (f.none(record)) return {};
    std::string json;
    JsonWriter  writer(json);
    f.json(record, writer);
    if (json.empty() || json.front() != '"') return json;
    if (json.find('\\') == std::string::npos) return json.substr(1, json.size() - 2);
    const auto text = boost::json::parse(json);
    return {text.get_string().data(), text.get_string().size()};
}

std::int64_t reference_id(const FieldDescription& f, const void* record) {
    if (f.none(record)) return 0;
    if (f.number) return f.number(record);
    const auto   digits = field_text(f, record);
    std::int64_t id     = 0;
    std::from_chars(digits.data(), digits.data() + digits.size(), id);
    return id;
}

Currency currency_of(const EntityDescription& e, const void* record, const Books& books) {
    for (const auto& f : e.fields)
        if (f.is_currency && !f.none(record)) return books.currency_of(field_text(f, record));
    return books.currency;
}

const FieldDescription* label_field(const EntityDescription& e) {
    const auto* f = e.display.empty() ? nullptr : e.find(e.display);
    return f && f->kind == FieldKind::text ? f : nullptr;
}

}  // namespace tessera::metadata
