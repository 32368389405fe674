#pragma once
// A record of whatever entity, with what extensions and the operator's own fields add to it: read, changed and saved through the kernel
// like any other, with all its checks.
//
//     WholeRecord order(tx, *tx.kernel().find_entity("purchasing.order"), 7);
//     order.refer(*order.entity().find("supplier"), acme.value);
//     order.save();

#include <tessera/kernel.h>

namespace crm {

class WholeRecord {
public:
    WholeRecord(tessera::Transaction& tx, const tessera::EntityDescription& entity, std::int64_t id);

    const tessera::EntityDescription& entity() const { return entity_; }
    void*                             get() { return record_.get(); }
    void                              refer(const tessera::FieldDescription& field, std::int64_t to);
    void                              copy(const tessera::FieldDescription& field, WholeRecord& from);
    void                              save();

private:
    tessera::Transaction&             tx_;
    const tessera::EntityDescription& entity_;
    std::int64_t                      id_;
    std::shared_ptr<void>             record_;
};

}  // namespace crm
