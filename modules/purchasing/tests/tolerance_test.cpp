#include "services/tolerance.h"

#include <doctest/doctest.h>

using namespace purchasing;

namespace {

constexpr auto                           chain = Id<catalog::Product>{7};
constexpr auto                           acme  = Id<directory::Party>{3};
const std::vector<Id<catalog::Category>> bikes_then_parts{Id<catalog::Category>{20}, Id<catalog::Category>{10}};

Tolerance percent(ToleranceScope scope, const char* upper) {
    return {.scope = scope, .upper_percent = Percent::parse(upper)};
}

std::string upper(const std::vector<Tolerance>& tolerances, Date on = Date(2026, 1, 1)) {
    const auto policy =
        resolve(tolerances, {.product = chain, .categories = bikes_then_parts, .supplier = acme, .on = on});
    return policy.price_above.percent ? policy.price_above.percent->str() : "none";
}

}  // namespace

TEST_CASE("tolerance: the most specific scope wins, whatever the order of entry") {
    auto company = percent(ToleranceScope::company, "1"), supplier = percent(ToleranceScope::supplier, "2"),
         parts = percent(ToleranceScope::category, "3"), bikes = percent(ToleranceScope::category, "4"),
         product      = percent(ToleranceScope::product, "5");
    supplier.supplier = acme;
    parts.category    = Id<catalog::Category>{10};
    bikes.category    = Id<catalog::Category>{20};
    product.product   = chain;
    CHECK(upper({}) == "0");
    CHECK(upper({company}) == "1");
    CHECK(upper({supplier, company}) == "2");
    CHECK(upper({parts, supplier, company}) == "3");
    CHECK(upper({parts, bikes, supplier}) == "4");
    CHECK(upper({product, bikes, company}) == "5");
    product.product = Id<catalog::Product>{8};
    CHECK(upper({product, bikes, company}) == "4");
}

TEST_CASE("tolerance: one of another kind, not yet valid or no longer valid does not apply") {
    auto old = percent(ToleranceScope::company, "1"), young = percent(ToleranceScope::company, "2"),
         quantity    = percent(ToleranceScope::company, "9");
    old.valid_to     = Date(2025, 12, 31);
    young.valid_from = Date(2026, 1, 1);
    quantity.kind    = ToleranceKind::quantity;
    CHECK(upper({old, young, quantity}, Date(2025, 12, 31)) == "1");
    CHECK(upper({old, young, quantity}, Date(2026, 1, 1)) == "2");
    old.valid_to = {};
    CHECK(upper({young, old}, Date(2026, 1, 1)) == "2");
}

TEST_CASE("tolerance: a policy kept as text is the same policy, and the strict one is no text") {
    CHECK(text_of(MatchPolicy{}) == "");
    CHECK(policy_of("") == MatchPolicy{});
    MatchPolicy policy;
    policy.price_above    = {Percent::parse("2"), Quantity::parse("50"), Outcome::block};
    policy.price_below    = {};
    policy.quantity_above = {std::nullopt, Quantity::parse("0.5"), Outcome::warn};
    CHECK(text_of(policy) == "price below ok; price above 2% 50 block; quantity below ok; quantity above 0.5 warn");
    CHECK(policy_of(text_of(policy)) == policy);
}

TEST_CASE("tolerance: the upper limit is the tighter of percent and absolute, and there is none where nothing blocks") {
    CHECK(upper_limit({Percent::parse("10"), {}, Outcome::block}, Quantity::of(50)) == Quantity::of(55));
    CHECK(upper_limit({Percent::parse("10"), Quantity::of(2), Outcome::block}, Quantity::of(50)) == Quantity::of(52));
    CHECK(upper_limit({Percent{}, {}, Outcome::block}, Quantity::of(50)) == Quantity::of(50));
    CHECK(upper_limit({Percent{}, {}, Outcome::warn}, Quantity::of(50)) == std::nullopt);
    CHECK(upper_limit({}, Quantity::of(50)) == std::nullopt);
}
