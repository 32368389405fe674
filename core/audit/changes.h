#pragma once
// What one command changed, record by record, gathered while it runs and written as its audit entry at its end. Rows of
// append-only ledgers are not repeated here: they never change and name their source themselves.

#include <tessera/entity.h>

#include "audit/personal.h"

namespace tessera::audit {

class Changes {
public:
    void inserted(const EntityDescription& entity, std::int64_t id, const void* record);
    void changed(const EntityDescription& entity, std::int64_t id, const void* before, const void* after, const std::vector<bool>& fields);
    void removed(const EntityDescription& entity, std::int64_t id, const void* record);
    // These fields of the record, or of the lines of a document, were erased: what they held before is not kept either.
    void erased(const EntityDescription& entity, std::int64_t id, const std::vector<std::string>& fields);
    void erased_lines(const EntityDescription& line, std::int64_t document, const std::vector<std::string>& fields);
    void keep_no_personal_values() { keeps_personal_ = false; }

    struct Touched {
        const EntityDescription* entity;
        std::int64_t             id;
        std::int64_t             parent;          // of a line: its document
        std::string              owner_entity{};  // of what belongs to a record: whose
        std::int64_t             owner = 0;
    };
    bool                        empty() const { return touched_.empty(); }
    const std::vector<Touched>& touched() const { return touched_; }
    // The values whose digests are in the text below.
    const std::vector<PersonalValue>& personal() const { return personal_; }
    // [{"entity": …, "id": …, "document": … (of a line), "owner": {"entity": …, "id": …} (of what belongs to a record),
    //   "did": "insert" | "change" | "remove", "before": {…}, "after": {…}}, …]
    // and [{"entity": …, "id": …, "document": … (of lines), "did": "erase", "fields": […]}, …]
    std::string                 json() const { return touched_.empty() ? std::string("[]") : "[" + json_ + "]"; }

private:
    void begin(const EntityDescription& entity, std::int64_t id, std::string_view did, std::int64_t document, const RecordOwner& owner = {});
    void end_erased(const std::vector<std::string>& fields);
    template <class Shown>
    void write(std::string_view side, const EntityDescription& entity, const void* record, const Shown& is_shown);
    void write_personal(JsonWriter& json, std::string_view side, const FieldDescription& field, const void* record);

    std::vector<Touched>       touched_;
    std::vector<PersonalValue> personal_;
    std::string                json_;
    bool                       keeps_personal_ = true;
};

}  // namespace tessera::audit
