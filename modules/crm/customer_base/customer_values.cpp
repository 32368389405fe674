// What the valuation writes.
#include <crm/customer_value.h>

#include "customer_base/declare.h"

namespace crm {

namespace customer_values {

void run_valuation(Transaction& tx, Valuation&) { tessera::jobs::ask_for(tx, "crm.customer_base"); }

}  // namespace customer_values

void declare_customer_values(tessera::Kernel& kernel) {
    using namespace tessera;
    kernel.entity<ModelFit>("crm.model_fit", "Model fit")
        .help("The parameters under which the purchases of all customers are most likely, and whether there are any")
        .field("model", &ModelFit::model, help("bg_nbd: whether and how often customers buy again. gamma_gamma: for how much"))
        .field("fit_number", &ModelFit::fit_number)
        .field("day", &ModelFit::day, required, help("Until which purchases were seen"))
        .field("state", &ModelFit::state)
        .field("customers", &ModelFit::customers)
        .field("parameters", &ModelFit::parameters, help("Times in weeks, money in the currency of the books"))
        .field("log_likelihood", &ModelFit::log_likelihood)
        .field("note", &ModelFit::note, not_in_list)
        .unique_together({"model", "fit_number"})
        .menu(Menu::ledgers)
        .append_only();
    kernel.entity<CustomerValue>("crm.customer_value", "Customer value")
        .help("What a customer has bought, is expected to buy, and what follows from it; rewritten every night")
        .field("party", &CustomerValue::party, required, unique, erased_with)
        .field("purchases", &CustomerValue::purchases, help("Days with a purchase"))
        .field("first_purchase", &CustomerValue::first_purchase, not_in_list)
        .field("last_purchase", &CustomerValue::last_purchase)
        .field("revenue", &CustomerValue::revenue, help("Of all purchases"))
        .field("frequency", &CustomerValue::frequency, not_in_list, help("Purchase days after the first"))
        .field("recency_days", &CustomerValue::recency_days, not_in_list, help("From the first purchase to the last"))
        .field("repeat_mean", &CustomerValue::repeat_mean, not_in_list, help("Mean of the purchase days after the first"))
        .field("alive", &CustomerValue::alive, label("Still buys"), help("The chance that they still buy, in percent. It is 100 without a repeat purchase, because the model says so: look at silence too"))
        .field("next_90_days", &CustomerValue::next_90_days, help("Purchases expected in 90 days"))
        .field("next_365_days", &CustomerValue::next_365_days, help("Purchases expected in 365 days"))
        .field("expected_spend", &CustomerValue::expected_spend, not_in_list, help("A purchase"))
        .field("expected_value", &CustomerValue::expected_value, indexed, help("Over the horizon of the basis, discounted, at the margin of the basis"))
        .field("score", &CustomerValue::score, help("Recency, frequency, money: 5 is best"))
        .field("segment", &CustomerValue::segment, longest(60))
        .field("stage", &CustomerValue::stage, longest(60))
        .field("tier", &CustomerValue::tier)
        .field("explanation", &CustomerValue::explanation, multiline, help("How this came about"))
        .field("purchase_fit", &CustomerValue::purchase_fit, not_in_list)
        .field("spend_fit", &CustomerValue::spend_fit, not_in_list)
        .menu(Menu::ledgers)
        .made_by_commands();
    kernel.entity<CustomerMove>("crm.customer_move", "Customer move")
        .help("A customer who has come into another stage, tier or segment")
        .field("party", &CustomerMove::party, required, indexed, erased_with)
        .field("day", &CustomerMove::day, required, indexed)
        .field("kind", &CustomerMove::kind)
        .field("before", &CustomerMove::before, label("From"))
        .field("after", &CustomerMove::after, label("To"))
        .field("reason", &CustomerMove::reason, not_in_list)
        .menu(Menu::ledgers)
        .append_only();
    kernel.entity<Valuation>("crm.valuation", "Valuation")
        .help("One reckoning of the whole customer base; one is made every night, others when somebody runs one")
        .field("day", &Valuation::day, help("Until which purchases are seen; today when left out"))
        .field("state", &Valuation::state, read_only)
        .field("customers", &Valuation::customers, read_only)
        .field("changed", &Valuation::changed, read_only, help("Customers whose figures are others than before"))
        .field("purchase_fit", &Valuation::purchase_fit, read_only)
        .field("spend_fit", &Valuation::spend_fit, read_only)
        .field("note", &Valuation::note, not_in_list)
        .menu(Menu::setup)
        .needs("crm.manage")
        .editable_while(ValuationState::draft);
    kernel.workflow(&Valuation::state)
        .transition("run", ValuationState::draft, ValuationState::asked, needs("crm.manage"), explained("Values all customers now"), customer_values::run_valuation);
}

}  // namespace crm
