// What verify proves of customer relations: sound books have nothing to tell, damaged ones do.
#include <crm/segment.h>

#include "tests/selling.h"

namespace crm::tests {

TEST_CASE("checks: an opportunity that is not what its newest entry says, a merged party in use and a stay that is there twice are found") {
    Selling    shop;
    const auto other   = shop.company.insert(Party{.name = "Other", .customer = true});
    const auto deal    = shop.deal("Bikes", "100");
    const auto segment = shop.company.insert(Segment{.name = "All", .conditions = {{.fact = "customer", .value = "yes"}}});
    shop.company.transition(segment, "refresh");
    CHECK(shop.company.verify() == "");
    shop.company.run([&](Transaction& tx) {
        tessera::testing::damage(tx, fmt::format("UPDATE crm_opportunity SET amount = amount + 1 WHERE id = {}", deal));
        tessera::testing::damage(tx, fmt::format("UPDATE directory_party SET crm_merged_into = {} WHERE id = {}", shop.acme, other));
        tessera::testing::damage(tx, fmt::format("UPDATE crm_segment_member SET party = {}", shop.acme));
    });
    const auto found = shop.company.verify();
    CHECK(found.find("crm.stage_history") != std::string::npos);
    CHECK(found.find("crm.merged_parties") != std::string::npos);
    CHECK(found.find("crm.segment_stays") != std::string::npos);
}

}  // namespace crm::tests
