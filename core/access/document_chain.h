#pragma once
// The documents that a document stands on: what it refers to, what those refer to, and so on; lines count as their document, entries of
// ledgers as what they come from. Master data (a supplier, a bank account) is there where the document itself names it.
//
//     DocumentChain(tx, payment, &record).documents()      // the payment, its bills, their orders; the supplier

#include <tessera/kernel.h>

#include <set>

namespace tessera::access {

class DocumentChain {
public:
    struct Document {
        const EntityDescription* entity = nullptr;
        std::int64_t             id     = 0;
        auto                     operator<=>(const Document&) const = default;
    };
    DocumentChain(const Snapshot& tx, const EntityDescription& entity, const void* record);
    DocumentChain(const Snapshot& tx, const EntityDescription& entity, std::int64_t id);

    const std::vector<Document>& documents() const { return documents_; }

private:
    void add(const EntityDescription& entity, std::int64_t id, int depth);
    void follow(const EntityDescription& entity, const void* record, int depth);
    void follow_fields(const EntityDescription& entity, const void* record, int depth);

    const Snapshot&       tx_;
    std::vector<Document> documents_;
};

// What a command needs: "purchasing.order.create_and_approve" needs what creating and what approving does. Empty for commands that no
// entity declares.
std::vector<std::string> permissions_of(const Kernel& kernel, std::string_view command);

}  // namespace tessera::access
