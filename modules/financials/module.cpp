// Financials: the general ledger, what we owe and what is owed to us, and the reports an accountant closes a month with.

#include <tessera/access.h>
#include <tessera/module.h>

#include "services/disputes_service.h"
#include "services/ledger_service.h"
#include "services/open_items_service.h"
#include "services/payment_terms_service.h"
#include "services/tax_service.h"

namespace financials {

void declare_accounts(tessera::Kernel&);
void declare_fiscal_years(tessera::Kernel&);
void declare_journal(tessera::Kernel&);
void declare_open_items(tessera::Kernel&);
void declare_payment_terms(tessera::Kernel&);
void declare_tax_codes(tessera::Kernel&);
void declare_manual_entries(tessera::Kernel&);
void declare_payments(tessera::Kernel&);
void declare_customer_payments(tessera::Kernel&);
void declare_allocations(tessera::Kernel&);
void declare_bank_statements(tessera::Kernel&);
void declare_dunning(tessera::Kernel&);

void declare_period_workflow(tessera::Kernel&);
void declare_fiscal_year_close(tessera::Kernel&);
void declare_manual_entry_posting(tessera::Kernel&);
void declare_payment_workflow(tessera::Kernel&);
void declare_customer_payment_workflow(tessera::Kernel&);
void declare_allocation_workflow(tessera::Kernel&);
void declare_bank_statement_workflow(tessera::Kernel&);
void declare_dunning_workflow(tessera::Kernel&);

void declare_opening_setup(tessera::Kernel&);

void declare_trial_balance(tessera::Kernel&);
void declare_general_ledger(tessera::Kernel&);
void declare_account_statement(tessera::Kernel&);
void declare_journal_report(tessera::Kernel&);
void declare_balance_sheet(tessera::Kernel&);
void declare_income_statement(tessera::Kernel&);
void declare_item_reports(tessera::Kernel&);
void declare_customer_statement(tessera::Kernel&);
void declare_days_sales_outstanding(tessera::Kernel&);
void declare_invoiced_report(tessera::Kernel&);
void declare_setup_reports(tessera::Kernel&);

void declare_ledger_checks(tessera::Kernel&);
void declare_balance_checks(tessera::Kernel&);
void declare_open_item_checks(tessera::Kernel&);

namespace {

void declare_permissions(tessera::Kernel& kernel) {
    kernel.permission("financials.set_up", "Change the chart of accounts, role mappings, fiscal years, tax codes and payment terms");
    kernel.permission("financials.post", "Write and post manual entries");
    kernel.permission("financials.post_in_soft_locked", "Post in a soft-locked period");
    kernel.permission("financials.pay", "Write, post and reverse payments");
    kernel.permission("financials.collect", "Write, post and reverse payments of customers, allocate their credits");
    kernel.permission("financials.bank", "Read, match and post bank statements");
    kernel.permission("financials.dun", "Ask customers for what is overdue, record disputes and promises");
    kernel.permission("financials.write_off", "Give up receivables beyond the terms of their documents");
    kernel.permission("financials.lock_periods", "Lock and reopen periods");
    kernel.permission("financials.close_year", "Close and reopen fiscal years");
}

void contribute_duties(tessera::Kernel& kernel) {
    using tessera::access::Effect, tessera::access::StandardConflict, tessera::access::StandardRole;
    kernel.contribute(StandardRole{"Bookkeeper", "Writes and posts manual entries", {"*.read", "financials.post"}});
    kernel.contribute(StandardRole{"Treasurer", "Pays", {"*.read", "financials.pay"}});
    kernel.contribute(StandardRole{"Receivables clerk", "Enters what customers pay, asks for what is overdue",
                                    {"*.read", "financials.collect", "financials.bank", "financials.dun"}});
    kernel.contribute(StandardRole{"Credit manager", "Gives up what customers will not pay", {"*.read", "financials.write_off"}});
    kernel.contribute(StandardRole{"Controller", "Sets up the books, closes periods and years", {"*.read", "financials.set_up", "financials.lock_periods", "financials.close_year", "directory.write_letters"}});
    kernel.contribute(StandardRole{"Supplier manager", "Looks after parties, not where they are paid", {"*.read", "directory.edit"}});
    kernel.contribute(StandardRole{"Payee manager", "Enters where parties are paid", {"*.read", "directory.pay_to"}});
    kernel.contribute(StandardRole{"Payee checker", "Confirms where parties are paid", {"*.read", "directory.confirm_pay_to"}});

    kernel.contribute(StandardConflict{"directory.edit", "financials.pay", "A supplier is made up and paid", Effect::needs_mitigation});
    kernel.contribute(StandardConflict{"directory.pay_to", "financials.pay", "A payment is led to another bank account", Effect::blocks});
    kernel.contribute(StandardConflict{"directory.confirm_pay_to", "financials.pay", "A bank account is confirmed and paid to by one person", Effect::needs_mitigation});
    kernel.contribute(StandardConflict{"financials.collect", "financials.write_off", "Money is kept and the invoice given up", Effect::needs_mitigation});
    kernel.contribute(StandardConflict{"directory.edit", "financials.collect", "A customer is made up and paid back", Effect::reported});
    kernel.contribute(StandardConflict{"financials.post", "financials.lock_periods", "Figures of a period that was closed are changed", Effect::needs_mitigation});
    kernel.contribute(StandardConflict{"access.administer", "financials.pay", "The right to pay is given to oneself", Effect::blocks});
}

// The roles this module posts to itself; purchasing posts its discounts and taxes to some of them as well.
void contribute_roles(tessera::Kernel& kernel) {
    kernel.contribute(AccountRole{"financials.payable", "Trade payables", Kind::liability, "payables"});
    kernel.contribute(AccountRole{"financials.receivable", "Trade receivables", Kind::asset, "receivables"});
    kernel.contribute(AccountRole{"financials.bank", "Bank", Kind::asset, "bank"});
    kernel.contribute(AccountRole{"financials.input_tax", "Input tax", Kind::asset, "input_tax"});
    kernel.contribute(AccountRole{"financials.output_tax", "Output tax", Kind::liability, "output_tax"});
    kernel.contribute(AccountRole{"financials.discount_taken", "Purchase discounts taken", Kind::income, "discount"});
    kernel.contribute(AccountRole{"financials.write_off", "Written-off payables", Kind::income, "write_off"});
    kernel.contribute(AccountRole{"financials.discount_granted", "Sales discounts granted", Kind::income, "sales_discount"});
    kernel.contribute(AccountRole{"financials.bad_debt", "Written-off receivables", Kind::expense, "bad_debts"});
    kernel.contribute(AccountRole{"financials.dunning_fees", "Dunning fees", Kind::income, "other_income"});
    kernel.contribute(AccountRole{"financials.bank_fees", "Bank charges", Kind::expense, "bank_charges"});
    kernel.contribute(
        AccountRole{"financials.exchange_difference", "Exchange differences", Kind::expense, "exchange_difference"});
    kernel.contribute(AccountRole{"financials.rounding", "Rounding differences", Kind::expense, "rounding"});
    kernel.contribute(
        AccountRole{"financials.retained_earnings", "Retained earnings", Kind::equity, "retained_earnings"});
    kernel.contribute(AccountRole{"financials.opening_balance", "Opening balances", Kind::equity, "opening_balance"});
}

void provide_services(tessera::Kernel& kernel) {
    const auto setup = std::make_shared<SetupCache>();
    kernel.provide(setup);
    kernel.provide<Ledger>(std::make_shared<LedgerService>(setup));
    kernel.provide<OpenItems>(std::make_shared<OpenItemsService>());
    kernel.provide<Terms>(std::make_shared<TermsService>());
    kernel.provide<Taxes>(std::make_shared<TaxService>());
    kernel.provide<Disputes>(std::make_shared<DisputesService>());
}

}  // namespace

void register_module(tessera::Kernel& kernel) {
    declare_permissions(kernel);
    contribute_duties(kernel);
    contribute_roles(kernel);
    provide_services(kernel);

    declare_accounts(kernel);
    declare_fiscal_years(kernel);
    declare_journal(kernel);
    declare_open_items(kernel);
    declare_payment_terms(kernel);
    declare_tax_codes(kernel);
    declare_manual_entries(kernel);
    declare_payments(kernel);
    declare_customer_payments(kernel);
    declare_allocations(kernel);
    declare_bank_statements(kernel);
    declare_dunning(kernel);

    declare_period_workflow(kernel);
    declare_fiscal_year_close(kernel);
    declare_manual_entry_posting(kernel);
    declare_payment_workflow(kernel);
    declare_customer_payment_workflow(kernel);
    declare_allocation_workflow(kernel);
    declare_bank_statement_workflow(kernel);
    declare_dunning_workflow(kernel);

    declare_opening_setup(kernel);

    declare_trial_balance(kernel);
    declare_general_ledger(kernel);
    declare_account_statement(kernel);
    declare_journal_report(kernel);
    declare_balance_sheet(kernel);
    declare_income_statement(kernel);
    declare_item_reports(kernel);
    declare_customer_statement(kernel);
    declare_days_sales_outstanding(kernel);
    declare_invoiced_report(kernel);
    declare_setup_reports(kernel);

    declare_ledger_checks(kernel);
    declare_balance_checks(kernel);
    declare_open_item_checks(kernel);
}

}  // namespace financials

TESSERA_MODULE({
    .name            = "financials",
    .version         = "0.1.0",
    .title           = "Financials",
    .needs           = {"directory"},
    .register_module = financials::register_module,
});
