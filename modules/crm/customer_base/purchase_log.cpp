// The purchases of all sources, and those of before these books.
#include <crm/purchases.h>

#include "customer_base/declare.h"

namespace crm {

namespace purchase_log {

class Log : public PurchaseLog {
public:
    void each(const Snapshot& tx, const PurchaseQuestion& question, const VisitPurchase& visit) const override {
        for (const auto& source : tx.contributions<PurchaseSource>()) source.visit(tx, question, visit);
    }
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
