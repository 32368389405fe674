#pragma once
// A warranty claim: what a customer reports as broken, what we decide, and what it costs us.
//
//     open --accept--> accepted --settle--> settled
//      `----refuse---> refused
//
// What stands below include/warranty/ is the plugin's contract: another plugin that says NEEDS warranty may include it, load
// claims and hear of their acceptance. Everything else here is private.
//
//     kernel.after(order_the_spare_part);      // void order_the_spare_part(Transaction&, const warranty::ClaimAccepted&)

#include <catalog/records.h>
#include <directory/records.h>

namespace warranty {

using tessera::Date;
using tessera::Id;
using tessera::Money;

// States are stored and shown by their names, so their order may change; their names should not.
enum class ClaimState { open, accepted, refused, settled };
constexpr auto names_of(ClaimState) { return tessera::names("open", "accepted", "refused", "settled"); }

// A record is a plain struct. Every member has a default, so that a fresh one holds nothing by accident.
struct Claim {                        // warranty.claim
    Id<Claim>            id{};        // every record has one; the kernel gives it
    std::string          number{};    // "WC-2026-00001", by which people know the claim
    Id<directory::Party> customer{};  // a reference to another module's record: checked, shown and opened by its name
    Id<catalog::Product> product{};
    Date                 bought_on{};
    Date                 claimed_on{};
    std::string          fault{};
    Money                estimated_cost{};  // provided for when the claim is accepted
    Money                actual_cost{};     // known when it is settled
    std::string          refused_because{};
    Date                 escalated_on{};    // the day it had waited too long; empty until then
    ClaimState           state = ClaimState::open;
};

// What this plugin adds to every product; beside the product, not in it (product_terms.cpp).
struct ProductTerms {                 // warranty_months of catalog.product
    std::optional<std::int64_t> months{};  // nothing: two years
};

// Events are facts, named in the past tense. They carry what listeners mostly ask for; the rest they load.
struct ClaimAccepted {                // warranty.claim_accepted
    Id<Claim>            claim{};
    std::string          number{};
    Id<directory::Party> customer{};
};

}  // namespace warranty
