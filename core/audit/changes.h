#pragma once
// What one command changed, record by record, gathered while it runs and written as its audit entry at its end. Rows of
// append-only ledgers are not repeated here: they never change and name their source themselves.

#include <tessera/entity.h>

namespace tessera::audit {

class Changes {
public:
    void inserted(const EntityDescription& entity, std::int64_t id, const void* record);
    void changed(const EntityDescription& entity, std::int64_t id, const void* before, const void* after, const std::vector<bool>& fields);
    void removed(const EntityDescription& entity, std::int64_t id, const void* record);

    struct Touched {
        const EntityDescription* entity;
        std::int64_t             id;
        std::int64_t             parent;          // of a line: its document
    };
    bool                        empty() const { return touched_.empty(); }
    const std::vector<Touched>& touched() const { return touched_; }
    // [{"entity": …, "id": …, "document": … (of a line), "did": "insert" | "change" | "remove", "before": {…}, "after": {…}}, …]
    std::string                 json() const { return touched_.empty() ? std::string("[]") : "[" + json_ + "]"; }

private:
    void begin(const EntityDescription& entity, std::int64_t id, std::string_view did, const void* record);

    std::vector<Touched> touched_;
    std::string          json_;
};

}  // namespace tessera::audit
