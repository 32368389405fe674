#pragma once
// The people who decide on a purchase together, what each of them looks at, and how we answer them.
//
//     const auto ben   = tx.insert(BuyingMember{.opportunity = deal, .contact = ben_contact, .role = BuyingRole::decider, .influence = 5, .stance = 1});
//     const auto price = tx.insert(Criterion{.opportunity = deal, .name = "Price"});
//     tx.insert(CriterionWeight{.member = ben, .criterion = price, .weight = 8, .position = -1});
//
// A weight may be changed at any time; what it was on a day is kept in entries that never change. How far the members are apart on a
// criterion is the standard deviation of their positions, each counted with influence × weight:
//
//     mean = Σ w·p / Σ w        conflict = √(Σ w·(p − mean)² / Σ w),  w = influence × weight
//
// 0 when all who care take the same position, 2 when half of the weight is at each end (positions go from −2 to 2).

#include <crm/opportunity.h>

namespace crm {

// Webster, F. E., Wind, Y. (1972), A general model for understanding organizational buying behavior, Journal of Marketing 36; the
// initiator after Bonoma, T. V. (1982), Major sales: who really does the buying, Harvard Business Review 60.
enum class BuyingRole { user, influencer, buyer, decider, gatekeeper, initiator };
constexpr auto names_of(BuyingRole) { return tessera::names("user", "influencer", "buyer", "decider", "gatekeeper", "initiator"); }

struct BuyingMember {                 // crm.buying_member
    Id<BuyingMember> id{};
    Id<Opportunity>  opportunity{};
    Id<Contact>      contact{};
    BuyingRole       role      = BuyingRole::user;
    std::int64_t     influence = 3;   // 1 little to 5 decides
    std::int64_t     stance    = 0;   // -2 against us to 2 for us
    std::string      note{};
};

struct Criterion {                    // crm.criterion: what the purchase is judged by
    Id<Criterion>   id{};
    Id<Opportunity> opportunity{};
    std::string     name{};           // "Price", "Delivery time"
    std::string     note{};
};

struct CriterionWeight {              // crm.criterion_weight: as it is now
    Id<CriterionWeight> id{};
    Id<BuyingMember>    member{};
    Id<Criterion>       criterion{};
    std::int64_t        weight   = 5; // 0 does not count to 10 counts most
    std::int64_t        position = 0; // -2 sees us badly to 2 sees us well
};

struct CriterionWeightEntry {         // crm.criterion_weight_entry: append-only; what it was from a day on
    Id<CriterionWeightEntry> id{};
    Id<BuyingMember>         member{};
    Id<Criterion>            criterion{};
    Date                     date{};
    Instant                  recorded_at{};
    std::int64_t             weight = 0, position = 0;
    std::string              entered_by{};
};

struct Argument {                     // crm.argument: what is to be said to whom about what
    Id<Argument>     id{};
    Id<BuyingMember> member{};
    Id<Criterion>    criterion{};
    std::string      text{};
    std::string      evidence{};      // "Test report of May, page 4"
    bool             done = false;
    Date             done_on{};
};

// How the members stand to one criterion.
struct Judgement {
    std::int64_t influence = 0, weight = 0, position = 0;
};
struct Agreement {
    std::int64_t weight = 0;          // Σ influence × weight
    Quantity     mean{};              // to four decimals
    Quantity     conflict{};          // to four decimals; 0 when nobody cares
};
Agreement agreement_of(const std::vector<Judgement>& judgements);

}  // namespace crm
