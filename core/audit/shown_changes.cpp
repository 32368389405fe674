#include "audit/shown_changes.h"

#include <tessera/kernel.h>
#include <tessera/text.h>

#include "access/narrowing.h"

namespace tessera::audit {

namespace shown_changes {

std::string text_of(const boost::json::value& v) {
    if (v.is_string()) return std::string(v.get_string().c_str());
    return boost::json::serialize(v);
}

std::string name_of_entity(const boost::json::object& change) { return std::string(change.at("entity").as_string().c_str()); }

std::int64_t number(const boost::json::object& change, std::string_view name) {
    const auto* value = change.if_contains(boost::json::string_view(name.data(), name.size()));
    return value && value->is_int64() ? value->get_int64() : 0;
}

const boost::json::object* side_of(const boost::json::object& change, std::string_view side) {
    const auto* value = change.if_contains(boost::json::string_view(side.data(), side.size()));
    return value && value->is_object() ? &value->get_object() : nullptr;
}

}  // namespace shown_changes

ShownChanges::ShownChanges(const Snapshot& snapshot, std::int64_t entry, const std::string& changes) : snapshot_(snapshot), changes_(boost::json::parse(changes).as_array()) {
    if (changes.find(digest_key) != std::string::npos) personal_ = personal_values(snapshot, entry);
}

std::optional<ShownChanges::Subject> ShownChanges::subject_of(const boost::json::object& change) const {
    const auto* entity   = snapshot_.kernel().find_entity(shown_changes::name_of_entity(change));
    const auto  document = shown_changes::number(change, "document");
    if (entity && document) {
        const auto* parent = entity->find(entity->parent_field);
        return parent ? std::optional(Subject{snapshot_.kernel().find_entity(parent->references), document}) : std::nullopt;
    }
    return entity ? std::optional(Subject{entity, shown_changes::number(change, "id")}) : std::nullopt;
}

std::optional<ShownChanges::Subject> ShownChanges::subject() const {
    for (const auto& change : changes_)
        if (auto found = subject_of(change.as_object())) return found;
    return {};
}

void ShownChanges::write_of(JsonWriter& json, const EntityDescription& entity, std::int64_t id) const {
    for (std::size_t place = 0; place < changes_.size(); ++place) {
        const auto of = subject_of(changes_[place].as_object());
        if (!of) continue;
        if (of->entity == &entity && of->record == id) write_change(json, place, {});
        else if (const auto* owner = shown_changes::side_of(changes_[place].as_object(), "owner"); owner && shown_changes::name_of_entity(*owner) == entity.name && shown_changes::number(*owner, "id") == id)
            write_change(json, place, lower_ascii(of->entity->title) + " " + std::to_string(of->record) + ": ");
    }
}

void ShownChanges::write_all(JsonWriter& json, const Subject& subject) const {
    for (std::size_t place = 0; place < changes_.size(); ++place) {
        const auto of = subject_of(changes_[place].as_object());
        if (!of) continue;
        const bool own = of->entity == subject.entity && of->record == subject.record;
        write_change(json, place, own ? std::string() : fmt::format("{} {}: ", of->entity->title, snapshot_.label_of(of->entity->name, of->record)));
    }
}

void ShownChanges::write_change(JsonWriter& json, std::size_t place, const std::string& prefix) const {
    const auto&  change = changes_[place].as_object();
    const auto*  before = shown_changes::side_of(change, "before");
    const auto*  after  = shown_changes::side_of(change, "after");
    ChangedField of{snapshot_.kernel().find_entity(shown_changes::name_of_entity(change)), place, prefix};
    if (shown_changes::number(change, "document")) of.prefix += fmt::format("line {}: ", shown_changes::number(change, "id"));
    if (!before && !after) return;
    const bool belongs = change.if_contains("owner");  // to a record that is known where this is read
    for (const auto& [name, value] : after ? *after : *before)
        if (!belongs || (name != "entity" && name != "record")) write_field(json, of, std::string(name), before ? before->if_contains(name) : nullptr, after ? &value : nullptr);
}

void ShownChanges::write_field(JsonWriter& json, const ChangedField& of, const std::string& name, const boost::json::value* before, const boost::json::value* after) const {
    const auto* field = of.entity->find(name);
    if (field && access::hides(snapshot_.user(), *of.entity, *field)) return;
    json.begin_object();
    json.member("field", of.prefix + name);
    json.key("before");
    write_side(json, of, name, "before", before);
    json.key("after");
    write_side(json, of, name, "after", after);
    json.end_object();
}

void ShownChanges::write_side(JsonWriter& json, const ChangedField& of, const std::string& name, std::string_view side, const boost::json::value* value) const {
    if (!value || value->is_null()) return json.null();
    const auto* field = of.entity->find(name);
    if (!value->is_object()) return write_value(json, field, *value);
    const auto kept = personal_.find(fmt::format("{}.{}.{}", of.place, side, name));
    if (kept == personal_.end()) return json.value("(erased)");
    write_value(json, field, boost::json::parse(kept->second.value));
}

// A reference as in the record, the rest as text.
void ShownChanges::write_value(JsonWriter& json, const FieldDescription* field, const boost::json::value& value) const {
    if (!field || field->kind != FieldKind::reference || !value.is_int64()) return json.value(std::string_view(shown_changes::text_of(value)));
    json.begin_object();
    json.member("id", value.get_int64());
    json.member("label", std::string_view(snapshot_.label_of(field->references, value.get_int64())));
    json.end_object();
}

}  // namespace tessera::audit
