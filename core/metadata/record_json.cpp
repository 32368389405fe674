#include "metadata/record_json.h"

#include <tessera/kernel.h>
#include <tessera/text.h>

#include "access/narrowing.h"
#include "metadata/record_lookup.h"

#include <boost/json.hpp>

#include <algorithm>

namespace tessera::metadata {

const std::string& Labels::of(const std::string& entity, std::int64_t id) {
    auto [it, fresh] = known_.try_emplace({entity, id});
    if (fresh) it->second = snapshot_.label_of(entity, id);
    return it->second;
}

void write_field(JsonWriter& json, const FieldDescription& f, const void* record, Labels& labels) {
    if (f.kind != FieldKind::reference || f.none(record)) return f.json(record, json);
    const auto id = f.number(record);
    json.begin_object();
    json.member("id", id);
    json.member("label", std::string_view(labels.of(f.references, id)));
    json.end_object();
}

void write_record(JsonWriter& json, const EntityDescription& e, const void* record, std::int64_t version, Labels& labels) {
    json.begin_object();
    json.member("id", e.id(const_cast<void*>(record)));
    if (version) json.member("version", version);
    for (const auto& f : e.fields) {
        if (access::hides(labels.reader(), e, f)) continue;
        json.plain_key(f.name);
        write_field(json, f, record, labels);
    }
    for (const auto& l : e.lines) {
        json.plain_key(l.name);
        json.begin_array();
        for (std::size_t i = 0; i < l.size(record); ++i) write_record(json, *l.entity, l.at(const_cast<void*>(record), i), 0, labels);
        json.end_array();
    }
    json.end_object();
}

namespace record_json {

InputValue input_of(const boost::json::value& v, FieldKind kind, const std::string& path) {
    switch (v.kind()) {
        case boost::json::kind::null: return {};
        case boost::json::kind::bool_: return InputValue::of_boolean(v.get_bool());
        case boost::json::kind::int64: return InputValue::of_integer(v.get_int64());
        case boost::json::kind::string: return InputValue::of_text({v.get_string().data(), v.get_string().size()});
        case boost::json::kind::object:
            if (const auto* id = v.get_object().if_contains("id"); id && kind == FieldKind::reference && id->is_int64()) return InputValue::of_integer(id->get_int64());
            [[fallthrough]];
        default: break;
    }
    throw Refused("kernel.wrong_type", "To set {}, give text, an integer or true/false; decimals are given as text (\"12.50\").", path)
        .with_status(422)
        .with_field(path);
}

std::int64_t look_up(const Snapshot& snapshot, const std::string& entity, std::string_view text, const std::string& path) {
    const auto& target = *snapshot.kernel().find_entity(entity);
    if (const auto id = record_with_id(snapshot, target, text)) return *id;
    if (const auto id = record_called(snapshot, target, text)) return *id;
    throw Refused("kernel.unknown_reference", "To set {}, name an existing {}; \"{}\" is none.", path, lower_ascii(target.title), excerpt(text)).with_status(422).with_field(path);
}

bool is_longer(std::string_view text, int characters) {
    if (text.size() <= static_cast<std::size_t>(characters)) return false;
    return std::ranges::count_if(text, [](char c) { return (c & 0xC0) != 0x80; }) > characters;
}

// Whether a read-only field is sent back as it was given out.
bool is_unchanged(const FieldDescription& f, const void* record, const boost::json::value& given) {
    std::string now;
    JsonWriter  json(now);
    f.json(record, json);
    const auto* id = given.is_object() ? given.get_object().if_contains("id") : nullptr;
    return boost::json::parse(now) == (id && f.kind == FieldKind::reference ? *id : given);
}

Refused unknown_field(const std::string& path, std::string_view name) {
    return Refused("kernel.unknown_field", "To set {}{}, use a field that exists.", path, excerpt(name)).with_status(422).with_field(path + std::string(name));
}

// The currency that a record gives to the amounts after it.
void take_currency(const FieldDescription& f, const void* record, Reading& reading) {
    if (!f.is_currency || f.none(record)) return;
    std::string code;
    JsonWriter  json(code);
    f.json(record, json);
    reading.currency = reading.books->currency_of(std::string_view(code).substr(1, 3));
}

}  // namespace record_json

void assign_field(const Snapshot& snapshot, const FieldDescription& f, void* record, const InputValue& value, Reading& reading,
                  const std::string& path) {
    try {
        if (f.kind == FieldKind::reference && value.kind == InputValue::Kind::text)
            return f.assign(record, InputValue::of_integer(record_json::look_up(snapshot, f.references, value.text, path)), reading);
        f.assign(record, value, reading);
        if (f.kind == FieldKind::text && record_json::is_longer(value.text, f.longest))
            throw Refused("kernel.too_long", "To set this, use at most {} characters.", f.longest).with_status(422);
    } catch (Refused& refused) {
        if (!refused.field().empty()) throw;
        throw Refused(Refused::Plain{}, refused.code(), path + ": " + refused.sentence()).with_status(refused.status() == 409 ? 422 : refused.status()).with_field(path);
    }
}

namespace record_json {

// What the user does not see is not there to be set; what is locked may be sent back as it was given out.
void check_rights(const Snapshot& snapshot, const EntityDescription& e, const void* record, const boost::json::object& input, const std::string& path) {
    if (!snapshot.user().permissions->are_narrowed()) return;
    for (const auto& f : e.fields) {
        const auto* given = input.if_contains(f.name);
        if (!given) continue;
        if (access::hides(snapshot.user(), e, f)) throw unknown_field(path, f.name);
        if (access::locks(snapshot.user(), e, f) && !is_unchanged(f, record, *given))
            throw Refused("kernel.not_permitted", "To change {}{}, ask an administrator: your roles let you read it only.", path, f.label).with_status(403).with_field(path + f.name);
    }
}

// `reading` begins with the currency in force where the record stands: of the books, or of the document of a line.
void assign(const Snapshot& snapshot, const std::vector<FieldDescription>& fields, void* record, const boost::json::object& input, Reading reading,
            const std::string& path, std::initializer_list<std::string_view> ignored) {
    for (const auto& [name, value] : input) {
        const std::string_view key(name.data(), name.size());
        if (std::ranges::find(ignored, key) != ignored.end()) continue;
        if (std::ranges::none_of(fields, [&](const auto& f) { return f.name == key; })) throw unknown_field(path, key);
    }
    // In the order of declaration, so that a currency comes before the amounts it governs.
    for (const auto& f : fields) {
        const auto* given = input.if_contains(f.name);
        if (!given || (f.read_only && is_unchanged(f, record, *given))) {
            take_currency(f, record, reading);
            continue;
        }
        if (f.read_only)
            throw Refused("kernel.read_only_field", "To change {}{}, use the document's transitions: it cannot be set.", path, f.label)
                .with_status(422)
                .with_field(path + f.name);
        assign_field(snapshot, f, record, input_of(*given, f.kind, path + f.name), reading, path + f.name);
    }
}

std::int64_t line_id(const boost::json::object& line, const std::string& path) {
    const auto* id = line.if_contains("id");
    if (!id || id->is_null()) return 0;
    if (!id->is_int64()) throw Refused("kernel.wrong_type", "To change a line, give its id as an integer.").with_status(422).with_field(path + "id");
    return id->get_int64();
}

void assign_lines(const Snapshot& snapshot, const LinesDescription& l, void* record, const boost::json::value& given, const Reading& reading,
                  const std::string& path) {
    if (!given.is_array()) throw Refused("kernel.wrong_type", "To set {}, give a list of lines.", path).with_status(422).with_field(path);
    const auto&                                   lines = given.get_array();
    std::map<std::int64_t, std::shared_ptr<void>> before;
    for (std::size_t i = 0; i < l.size(record); ++i) before[l.entity->id(l.at(record, i))] = l.entity->copy(l.at(record, i));
    l.clear(record);
    for (std::size_t i = 0; i < lines.size(); ++i) {
        const auto where = path + "[" + std::to_string(i) + "].";
        if (!lines[i].is_object()) throw Refused("kernel.wrong_type", "To set {}, give a list of lines.", path).with_status(422).with_field(path);
        const auto& line   = lines[i].get_object();
        const auto  id     = line_id(line, where);
        void*       target = l.append(record);
        if (id) {
            const auto known = before.extract(id);               // each line once
            if (known.empty())
                throw Refused("kernel.unknown_line", "To change line {} of {}, reload the document: it is not there.", id, path).with_status(422).with_field(path);
            l.assign(target, known.mapped().get());
        }
        check_rights(snapshot, *l.entity, target, line, where);
        assign(snapshot, l.entity->fields, target, line, reading, where, {"id", "version", l.entity->parent_field});
    }
}

}  // namespace record_json

void assign_fields(const Snapshot& snapshot, const std::vector<FieldDescription>& fields, void* record, const boost::json::object& input,
                   const std::string& path, std::initializer_list<std::string_view> ignored) {
    record_json::assign(snapshot, fields, record, input, {&snapshot.books(), snapshot.books().currency}, path, ignored);
}

void assign_record(const Snapshot& snapshot, const EntityDescription& e, void* record, const boost::json::object& input, const std::string& path) {
    const access::AsSeen seen(snapshot);
    record_json::check_rights(snapshot, e, record, input, path);
    boost::json::object fields;
    for (const auto& [name, value] : input) {
        const auto line = std::ranges::find_if(e.lines, [&name = name](const auto& l) { return l.name == std::string_view(name.data(), name.size()); });
        if (line == e.lines.end()) fields.emplace(name, value);
    }
    assign_fields(snapshot, e.fields, record, fields, path, {"id", "version", "transition_input"});
    Reading reading{&snapshot.books(), snapshot.books().currency};
    const auto currency = std::ranges::find_if(e.fields, [&](const auto& f) { return f.is_currency && !f.none(record); });
    if (currency != e.fields.end()) record_json::take_currency(*currency, record, reading);
    for (const auto& l : e.lines)
        if (const auto* given = input.if_contains(l.name)) record_json::assign_lines(snapshot, l, record, *given, reading, path + l.name);
}

}  // namespace tessera::metadata
