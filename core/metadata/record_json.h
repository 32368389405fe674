#pragma once
// Records to and from JSON, by their declaration. Out: every field, references as {"id", "label"}, lines with their ids.
// In: only declared fields that may be set from outside; anything else is refused by name.

#include <tessera/transaction.h>

#include <boost/json/fwd.hpp>

#include <map>

namespace tessera::metadata {

// Labels of referenced records, each looked up once per answer.
class Labels {
public:
    explicit Labels(const Snapshot& snapshot) : snapshot_(snapshot) {}
    const std::string& of(const std::string& entity, std::int64_t id);
    const Actor&       reader() const { return snapshot_.user(); }

private:
    const Snapshot&                                                  snapshot_;
    std::map<std::pair<std::string_view, std::int64_t>, std::string> known_;
};

void write_field(JsonWriter& json, const FieldDescription& field, const void* record, Labels& labels);
void write_record(JsonWriter& json, const EntityDescription& entity, const void* record, std::int64_t version, Labels& labels);

// Sets the given fields (and lines) of a record. Refused (422) kernel.unknown_field, kernel.read_only_field, and what
// the field types refuse, with the path of the field ("lines[2].quantity").
void assign_record(const Snapshot& snapshot, const EntityDescription& entity, void* record, const boost::json::object& input,
                   const std::string& path = {});
void assign_fields(const Snapshot& snapshot, const std::vector<FieldDescription>& fields, void* record, const boost::json::object& input,
                   const std::string& path, std::initializer_list<std::string_view> ignored = {});
// One value from outside into one field; text for a reference is looked up by id, then by the record's label.
void assign_field(const Snapshot& snapshot, const FieldDescription& field, void* record, const InputValue& value, Reading& reading,
                  const std::string& path);

}  // namespace tessera::metadata
