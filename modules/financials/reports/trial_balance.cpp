// The trial balance: what every account held at the beginning, what moved, what it holds. Its totals are zero, or equal.

#include "reports/account_amounts.h"

#include <tessera/kernel.h>

namespace financials {
namespace trial_balance {

struct Row {
    std::string account{};
    std::string name{};
    Money       opening{};
    Money       debit{};
    Money       credit{};
    Money       closing{};
};

void run(const Snapshot& snapshot, const tessera::Parameters& parameters,
         const tessera::ReportBuilder<Row>::Emit& emit) {
    const auto closing = parameters.flag("before_closing") ? ClosingEntries::left_out : ClosingEntries::counted;
    for (const auto& amounts : account_amounts(snapshot, window_of(snapshot, parameters), closing))
        emit({amounts.account.code, amounts.account.name, amounts.opening, amounts.debit, amounts.credit,
              amounts.closing()});
}

}  // namespace trial_balance

void declare_trial_balance(tessera::Kernel& kernel) {
    using namespace tessera;
    using trial_balance::Row;
    const auto ledger = opens(
        "financials.general_ledger",
        {{"account", "account"}, {"as_of", ":as_of"}, {"from", ":from"}, {"to", ":to"}, {"known_at", ":known_at"}});
    with_window(kernel.report<Row>("financials.trial_balance", "Trial balance"))
        .help("Opening, movement and closing of every account; debit positive.")
        .parameter<bool>("before_closing", help("Leaves out what closing a fiscal year posted within the days"))
        .column("account", &Row::account)
        .column("name", &Row::name)
        .column("opening", &Row::opening, total, ledger)
        .column("debit", &Row::debit, total, ledger)
        .column("credit", &Row::credit, total, ledger)
        .column("closing", &Row::closing, total, ledger)
        .run(trial_balance::run);
}

}  // namespace financials
