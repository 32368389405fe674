// The general ledger: every line of one account, or of all, with the balance it leads to. It streams.

#include "reports/ledger_lines.h"
#include "services/kept_balances.h"

#include <tessera/kernel.h>

namespace financials {
namespace general_ledger {

using Emit = tessera::ReportBuilder<LedgerRow>::Emit;

struct Named {
    Id<Account> id{};
    std::string code{};
    std::string name{};
};

void run_account(const Snapshot& snapshot, const Window& window, const Named& account, bool even_empty,
                 const Emit& emit) {
    auto balance = balance_until(snapshot, account.id, window.from.plus_days(-1), window.known);
    bool opened  = even_empty || !balance.is_zero();
    if (opened) emit(opening_row(account.code, account.name, window.from, balance));
    each_line(snapshot, account.id, window, [&](LedgerLine& line) {
        if (!opened) emit(opening_row(account.code, account.name, window.from, balance));
        opened = true;
        balance += line.amount;
        emit(ledger_row(account.code, account.name, line, balance));
    });
}

void run(const Snapshot& snapshot, const tessera::Parameters& parameters, const Emit& emit) {
    const auto window = window_of(snapshot, parameters);
    if (const auto id = parameters.reference<Account>("account")) {
        const auto account = snapshot.load(id);
        return run_account(snapshot, window, {id, account.code, account.name}, true, emit);
    }
    for (const auto& account : snapshot.rows<Named>("SELECT id, code, name FROM financials_account ORDER BY code"))
        run_account(snapshot, window, account, false, emit);
}

}  // namespace general_ledger

void declare_general_ledger(tessera::Kernel& kernel) {
    using namespace tessera;
    auto&& report = kernel.report<LedgerRow>("financials.general_ledger", "General ledger");
    report.help("Every line of an account, or of all accounts, from its opening balance on.")
        .parameter<Id<Account>>("account", help("All accounts when left out"));
    with_ledger_columns(with_window(std::move(report))).run(general_ledger::run);
}

}  // namespace financials
