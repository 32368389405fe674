#include "services/deferring.h"

#include <tessera/kernel.h>

#include "declare.h"

#include <algorithm>

namespace sales {

using tessera::Parameters;
using tessera::Snapshot;

namespace deferred_revenue {

struct Month {
    std::string month{};
    Money       deferred{};
    Money       earns{};
    Money       remains{};
    Date        from{}, to{};
};

std::vector<Deferral> open_deferrals(const Snapshot& tx) { return tx.select<Deferral>("state = 'open' ORDER BY earned_to, id"); }

// Of what is not posted yet, that which is earned until `day`: what is overdue is earned in the first month.
Money earns_until(const Deferral& deferral, Date day) {
    const auto more = earned_until(deferral, day) - deferral.earned;
    return more.is_negative() == deferral.amount.is_negative() ? more : Money{0, more.currency()};
}

void months(const Snapshot& tx, const Parameters& parameters, const std::function<void(const Month&)>& emit) {
    const auto open = open_deferrals(tx);
    auto       rest = tx.books().zero();
    for (const auto& one : open) rest += one.amount - one.earned;
    if (open.empty()) return;
    auto       before = tx.books().zero();
    const auto last   = open.back().earned_to;
    for (Date day = std::min(parameters.date("from"), last).first_of_month(); day <= last; day = day.plus_months(1)) {
        auto until = tx.books().zero();
        for (const auto& one : open) until += earns_until(one, day.last_of_month());
        emit({day.str().substr(0, 7), rest - before, until - before, rest - until, day, day.last_of_month()});
        before = until;
    }
}

struct Row {
    std::string  invoice{};
    std::string  customer{};
    std::string  description{};
    Date         earned_from{}, earned_to{};
    Money        amount{};
    Money        earned{};
    Money        deferred{};
    Money        earns{};
    std::int64_t invoice_id = 0, customer_id = 0, deferral_id = 0;
};

void deferrals(const Snapshot& tx, const Parameters& parameters, const std::function<void(const Row&)>& emit) {
    const auto from = parameters.date("from"), to = parameters.date("to");
    for (const auto& one : open_deferrals(tx)) {
        const auto zero  = Money{0, one.amount.currency()};
        const auto until = to.empty() ? one.amount - one.earned : earns_until(one, to);
        const auto earns = until - (from.empty() || from <= tx.today().first_of_month() ? zero : earns_until(one, from.plus_days(-1)));
        if (parameters.given("to") && earns.is_zero()) continue;
        emit({tx.label_of(one.invoice), tx.label_of(one.customer), one.description, one.earned_from, one.earned_to, one.amount, one.earned, one.amount - one.earned, earns,
              one.invoice.value, one.customer.value, one.id.value});
    }
}

}  // namespace deferred_revenue

void declare_deferred_revenue(tessera::Kernel& kernel) {
    using namespace tessera;
    using deferred_revenue::Month;
    const auto lines = opens("sales.deferrals", {{"from", "from"}, {"to", "to"}});
    kernel.report<Month>("sales.deferred_revenue", "Deferred revenue by month")
        .help("What is invoiced and not earned yet, when it is going to be earned by the forecast of today, and what then remains")
        .parameter<Date>("from", by_default("today"), tessera::help("The first month; what should have been posted before is earned in it"))
        .column("month", &Month::month)
        .column("deferred", &Month::deferred, lines, meaning("When it begins"))
        .column("earns", &Month::earns, total, lines, titled("Is earned"))
        .column("remains", &Month::remains, lines, meaning("When it ends"))
        .column("from", &Month::from, hidden)
        .column("to", &Month::to, hidden)
        .run(deferred_revenue::months);
    using deferred_revenue::Row;
    kernel.report<Row>("sales.deferrals", "Deferred revenue")
        .help("Every invoice line that is not wholly earned: what is earned, what is not, and what of it is earned in the days asked for")
        .parameter<Date>("from", tessera::help("First day of what is earned"))
        .parameter<Date>("to", tessera::help("Last day; all when left out"))
        .column("invoice", &Row::invoice, opens_record("sales.invoice", "invoice_id"))
        .column("customer", &Row::customer, opens_record("directory.party", "customer_id"))
        .column("description", &Row::description, opens_record("sales.deferral", "deferral_id"))
        .column("earned_from", &Row::earned_from)
        .column("earned_to", &Row::earned_to)
        .column("amount", &Row::amount, total, opens_record("sales.deferral", "deferral_id"))
        .column("earned", &Row::earned, total, opens_record("sales.deferral", "deferral_id"), meaning("Posted so far"))
        .column("deferred", &Row::deferred, total, opens_record("sales.deferral", "deferral_id"))
        .column("earns", &Row::earns, total, opens_record("sales.deferral", "deferral_id"), titled("Is earned"))
        .column("invoice_id", &Row::invoice_id, hidden)
        .column("customer_id", &Row::customer_id, hidden)
        .column("deferral_id", &Row::deferral_id, hidden)
        .run(deferred_revenue::deferrals);
}

}  // namespace sales
