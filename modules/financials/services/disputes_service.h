#pragma once
// Disputes that others open and resolve for what they are about.

#include <financials/dunning.h>

namespace financials {

class DisputesService : public Disputes {
public:
    Id<Dispute> open(Transaction& tx, Id<OpenItem> item, std::string reason, const Source& source) override;
    void        resolve(Transaction& tx, const Source& source, const std::string& outcome) override;
};

}  // namespace financials
