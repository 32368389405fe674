#pragma once
// Compares deliveries with what their customers call quality.

#include <crm/quality.h>

namespace crm {

bool meets(QualityComparison comparison, Quantity measured, Quantity target);
// Refused crm.unknown_measure (422).
void require_measure(const Snapshot& tx, std::string_view measure);

class CustomerQualityService : public CustomerQuality {
public:
    std::vector<QualityCheck> check(Transaction& tx, const Delivered& delivered) const override;
};

}  // namespace crm
