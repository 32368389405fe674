#pragma once
// Leads and opportunities in one line each, for the tests of this module.

#include <crm/lead.h>

#include "tests/customers.h"

namespace crm::tests {

// What the transitions of leads and opportunities ask for.
struct LostWith {
    Id<LostReason> reason{};
    Id<Competitor> competitor{};
    Date           date{};
    static void describe(tessera::Fields<LostWith>& f) { f.field("reason", &LostWith::reason).field("competitor", &LostWith::competitor).field("date", &LostWith::date); }
};
struct MovedTo {
    Id<Stage> stage{};
    static void describe(tessera::Fields<MovedTo>& f) { f.field("stage", &MovedTo::stage); }
};

class Selling : public Customers {
public:
    using Customers::Customers;

    Id<Opportunity> deal(const char* title, const char* amount = "0", Date on = {}) {
        return company.insert(Opportunity{.title = title, .party = acme, .amount = company.money(amount)}, on);
    }
    Id<LostReason> reason(const char* name) { return *company.value<Id<LostReason>>("SELECT id FROM crm_lost_reason WHERE name = :name", std::string(name)); }
    Id<Stage>      stage(const char* name) { return *company.value<Id<Stage>>("SELECT id FROM crm_stage WHERE name = :name", std::string(name)); }
    std::string    stands(Id<Opportunity> deal) {
        std::string text;
        company.read([&](const Snapshot& tx) { text = tx.label_of(tx.load(deal).stage); });
        return text;
    }
    void tick(Id<Opportunity> deal, const char* step) {
        company.insert(CheckedItem{.opportunity = deal, .item = *company.value<Id<StageItem>>("SELECT id FROM crm_stage_item WHERE text = :text", std::string(step))});
    }
};

}  // namespace crm::tests
