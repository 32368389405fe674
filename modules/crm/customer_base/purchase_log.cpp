// The purchases of all sources, and those of before these books.
#include <crm/purchases.h>

#include "customer_base/declare.h"
#include "services/party_family.h"

#include <map>

namespace crm {

namespace purchase_log {

// What was bought by parties that were merged is the survivor's.
class Log : public PurchaseLog {
public:
    void each(const Snapshot& tx, const PurchaseQuestion& question, const VisitPurchase& visit) const override {
        question.party ? each_of_one(tx, question, visit) : each_of_all(tx, question, visit);
    }

private:
    static void each_of_one(const Snapshot& tx, PurchaseQuestion question, const VisitPurchase& visit) {
        const auto survivor = survivor_of(tx, question.party);
        for (const auto party : family_of(tx, survivor)) {
            question.party = party;
            for (const auto& source : tx.contributions<PurchaseSource>())
                source.visit(tx, question, [&](const PurchaseFact& fact) { visit({survivor, fact.day, fact.amount}); });
        }
    }
    static void each_of_all(const Snapshot& tx, const PurchaseQuestion& question, const VisitPurchase& visit) {
        std::map<Id<Party>, Id<Party>> survivors;
        for (const auto& [party, survivor] : tx.rows<MergedParty>("SELECT id, crm_merged_into FROM directory_party WHERE crm_merged_into IS NOT NULL")) survivors.emplace(party, survivor);
        for (const auto& source : tx.contributions<PurchaseSource>())
            source.visit(tx, question, [&](const PurchaseFact& fact) {
                const auto merged = survivors.find(fact.party);
                visit({merged == survivors.end() ? fact.party : merged->second, fact.day, fact.amount});
            });
    }
    struct MergedParty { Id<Party> party{}, survivor{}; };
};

void visit_past_purchases(const Snapshot& tx, const PurchaseQuestion& question, const VisitPurchase& visit) {
    tx.each<PurchaseFact>(R"sql(
        SELECT party, day, amount FROM crm_past_purchase
         WHERE (:party IS NULL OR party = :party) AND (:from IS NULL OR day >= :from) AND (:until IS NULL OR day <= :until))sql",
                          visit, question.party, question.from, question.until);
}

}  // namespace purchase_log

void declare_purchase_log(tessera::Kernel& kernel) {
    using namespace tessera;
    kernel.entity<PastPurchase>("crm.past_purchase", "Past purchase")
        .help("What a customer bought before these books, from another system: so that customers can be valued from the first day on")
        .field("party", &PastPurchase::party, required, indexed, erased_with)
        .field("day", &PastPurchase::day, required)
        .field("amount", &PastPurchase::amount, not_negative, help("In the currency of the books, without tax"))
        .field("reference", &PastPurchase::reference, searchable, help("Its number in the other system"))
        .display("reference")
        .menu(Menu::master_data)
        .needs("crm.manage");
    kernel.contribute(PurchaseSource{"crm.past_purchases", "Purchases of before these books", purchase_log::visit_past_purchases});
    kernel.provide<PurchaseLog>(std::make_shared<purchase_log::Log>());
}

}  // namespace crm
