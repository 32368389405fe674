#pragma once
// What an entry of the audit trail changed, for people: {"field": "line 12: price", "before": "1.00", "after": "2.00"}. A reference is
// {"id", "label"} as in the record, a personal value that was erased "(erased)". Fields that are hidden from the reader are left out.

#include <tessera/transaction.h>

#include <boost/json.hpp>

#include "audit/personal.h"

#include <optional>

namespace tessera::audit {

class ShownChanges {
public:
    ShownChanges(const Snapshot& snapshot, std::int64_t entry, const std::string& changes);

    struct Subject {
        const EntityDescription* entity = nullptr;
        std::int64_t             record = 0;
    };
    // The record that the entry names first; of a line its document. None where nothing was changed, or what no module here declares.
    std::optional<Subject> subject() const;

    void write_of(JsonWriter& json, const EntityDescription& entity, std::int64_t id) const;   // the changes of one record and its lines
    void write_all(JsonWriter& json, const Subject& subject) const;                            // those of other records under their label

private:
    struct ChangedField {
        const EntityDescription* entity = nullptr;
        std::size_t              place  = 0;       // of the change in the entry
        std::string              prefix{};
    };
    std::optional<Subject> subject_of(const boost::json::object& change) const;
    void                   write_change(JsonWriter& json, std::size_t place, const std::string& prefix) const;
    void                   write_field(JsonWriter& json, const ChangedField& of, const std::string& name, const boost::json::value* before, const boost::json::value* after) const;
    void                   write_side(JsonWriter& json, const ChangedField& of, const std::string& name, std::string_view side, const boost::json::value* value) const;
    void                   write_value(JsonWriter& json, const FieldDescription* field, const boost::json::value& value) const;

    const Snapshot&                      snapshot_;
    boost::json::array                   changes_{};
    std::map<std::string, PersonalValue> personal_{};
};

}  // namespace tessera::audit
