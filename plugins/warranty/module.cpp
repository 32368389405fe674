// The table of contents: everything that this plugin adds to the suite is declared from here. Read include/warranty/claim.h
// first, then the files in the order of the calls below.

#include <financials/ledger.h>

namespace warranty {

// Each of these stands at the end of the file named beside it.
void declare_claim(tessera::Kernel&);            // claim.cpp
void declare_product_terms(tessera::Kernel&);    // product_terms.cpp
void declare_decisions(tessera::Kernel&);        // decisions.cpp
void declare_letters(tessera::Kernel&);          // letters.cpp
void declare_waiting_claims(tessera::Kernel&);   // waiting_claims.cpp
void declare_cost_by_product(tessera::Kernel&);  // cost_by_product.cpp
void declare_pages(tessera::Kernel&);            // pages.cpp
void declare_provision_check(tessera::Kernel&);  // provision_check.cpp

namespace {

// A module may declare only names that begin with its own. warranty.read and warranty.edit are there without being declared.
void declare_permissions(tessera::Kernel& kernel) {
    kernel.permission("warranty.decide", "Accept and refuse warranty claims");
    kernel.permission("warranty.settle", "Settle accepted warranty claims");
}

// A module posts to roles and never names an account: which account a role means is for the accountant to say. The last word
// is a hint: new books take the account of the chart that has this tag.
void contribute_account_roles(tessera::Kernel& kernel) {
    using financials::AccountRole, financials::Kind;
    kernel.contribute(AccountRole{"warranty.expense", "Warranty expense", Kind::expense, "warranty_expense"});
    kernel.contribute(AccountRole{"warranty.provision", "Warranty provision", Kind::liability, "warranty_provision"});
    kernel.contribute(
        AccountRole{"warranty.repairs_owed", "Warranty repairs not yet billed", Kind::liability, "accrued_expenses"});
}

}  // namespace

void register_module(tessera::Kernel& kernel) {
    declare_permissions(kernel);
    contribute_account_roles(kernel);

    declare_claim(kernel);
    declare_product_terms(kernel);
    declare_decisions(kernel);
    declare_letters(kernel);
    declare_waiting_claims(kernel);

    declare_cost_by_product(kernel);
    declare_pages(kernel);
    declare_provision_check(kernel);
}

}  // namespace warranty

// The one thing that the library exports. .needs says what NEEDS says in CMakeLists.txt: the kernel loads those first.
TESSERA_MODULE({
    .name            = "warranty",
    .version         = "1.0.0",
    .title           = "Warranty claims",
    .needs           = {"directory", "catalog", "financials"},
    .register_module = warranty::register_module,
});
