#include "services/deferring.h"

#include "services/roles.h"

namespace sales {

using financials::JournalEntry;
using financials::Ledger;
using tessera::Refused;
using tessera::Snapshot;
using tessera::Transaction;

namespace deferring {

void append(Transaction& tx, const Deferral& deferral, Date on, Money amount, const tessera::Source& source) {
    tx.insert(EarnedEntry{.deferral = deferral.id, .date = on, .recorded_at = tx.now(), .amount = amount, .source_entity = source.entity, .source_id = source.id});
}

// From deferred revenue to what it is earned as.
void earn(JournalEntry& entry, const Deferral& deferral, Money amount) {
    entry.lines.push_back(financials::signed_line(roles::deferred_revenue, amount));
    auto revenue = financials::signed_line(deferral.account ? "" : roles::revenue, -amount);
    if (deferral.account) revenue.account = deferral.account;
    entry.lines.push_back(std::move(revenue));
}

void move(Transaction& tx, Deferral& deferral, Money amount, const JournalEntry& entry) {
    deferral.earned += amount;
    if (deferral.state != DeferralState::cancelled) deferral.state = deferral.earned == deferral.amount ? DeferralState::earned : DeferralState::open;
    append(tx, deferral, entry.date, amount, entry.source);
    tx.save(deferral);
}

JournalEntry entry_of(const Snapshot& tx, const RevenueRecognition& document, Date on, std::string memo) {
    return {.date = on, .journal = "sales", .memo = std::move(memo), .source = tx.source_of(document)};
}

}  // namespace deferring

Money earned_until(const Deferral& deferral, Date day) {
    if (deferral.state == DeferralState::cancelled) return Money{0, deferral.amount.currency()};
    if (day >= deferral.earned_to) return deferral.amount;
    if (day < deferral.basis_from) return deferral.basis_earned;
    const auto days = Quantity::of(day - deferral.basis_from + 1), all = Quantity::of(deferral.earned_to - deferral.basis_from + 1);
    return deferral.basis_earned + tessera::share(deferral.amount - deferral.basis_earned, days, all);
}

void defer_revenue(Transaction& tx, const Invoice& invoice) {
    for (const auto& line : invoice.lines) {
        if (line.earned_to.empty() || line.book_amount.is_zero()) continue;
        tx.insert(Deferral{.invoice      = invoice.id,
                           .invoice_line = line.id,
                           .customer     = invoice.customer,
                           .description  = line.description,
                           .earned_from  = line.earned_from,
                           .earned_to    = line.earned_to,
                           .amount       = line.book_amount,
                           .earned       = tx.books().zero(),
                           .basis_from   = line.earned_from,
                           .basis_earned = tx.books().zero(),
                           .account      = line.account});
    }
}

void cancel_deferrals(Transaction& tx, const Invoice& invoice) {
    JournalEntry entry{.date    = invoice.reversed_on,
                       .journal = "revenue",
                       .memo    = "What was earned of customer invoice " + invoice.number,
                       .source  = tx.source_of(invoice)};
    for (auto& deferral : tx.select<Deferral>("invoice = :invoice AND state <> 'cancelled' ORDER BY id", invoice.id)) {
        deferral.state    = DeferralState::cancelled;
        const auto earned = deferral.earned;
        if (!earned.is_zero()) deferring::earn(entry, deferral, -earned);
        if (earned.is_zero())
            tx.save(deferral);
        else
            deferring::move(tx, deferral, -earned, entry);
    }
    if (!entry.lines.empty()) tx.service<Ledger>().post(tx, entry);
}

void list_what_is_earned(const Snapshot& tx, RevenueRecognition& document) {
    document.lines.clear();
    document.amount = tx.books().zero();
    for (const auto& deferral : tx.select<Deferral>("state = 'open' ORDER BY id")) {
        const auto amount = earned_until(deferral, document.up_to) - deferral.earned;
        // what was posted for later days stays: it was earned by the forecast of its time
        if (amount.is_zero() || amount.is_negative() != deferral.amount.is_negative()) continue;
        document.lines.push_back({.deferral = deferral.id, .invoice = deferral.invoice, .amount = amount});
        document.amount += amount;
    }
}

void post_recognition(Transaction& tx, RevenueRecognition& document) {
    list_what_is_earned(tx, document);
    if (document.lines.empty()) throw Refused("sales.nothing_is_earned", "To recognise revenue, choose a later day: nothing more was earned until {}.", document.up_to);
    document.number = tx.number("RR", document.up_to);
    auto entry      = deferring::entry_of(tx, document, document.up_to, "Revenue recognition " + document.number);
    for (const auto& line : document.lines) {
        auto deferral = tx.load(line.deferral);
        deferring::earn(entry, deferral, line.amount);
        deferring::move(tx, deferral, line.amount, entry);
    }
    document.entry = tx.service<Ledger>().post(tx, entry);
}

void reverse_recognition(Transaction& tx, RevenueRecognition& document, Date on, const std::string& reason) {
    document.reversed_on = tx.service<Ledger>().reversal_date(tx, document.up_to, on);
    tx.because(reason);
    const auto entry = deferring::entry_of(tx, document, document.reversed_on, {});
    for (const auto& line : document.lines) {
        auto deferral = tx.load(line.deferral);
        if (deferral.state == DeferralState::cancelled)
            throw Refused("sales.deferral_is_cancelled", "To reverse {}, recognise the others anew: {} was reversed since then.", document.number, tx.label_of(deferral.invoice));
        deferring::move(tx, deferral, -line.amount, entry);
    }
    tx.service<Ledger>().reverse(tx, document.entry, document.reversed_on, reason);
}

void reforecast(Transaction& tx, Deferral& deferral, Date from, Date to, const std::string& reason) {
    if (from.empty()) from = tx.today();
    if (to < from)
        throw Refused("sales.earned_days_reversed", "To spread what is not earned yet, choose a last day from {} on.", from).with_status(422).with_field("earned_to");
    tx.because(reason);
    deferral.basis_from   = from;
    deferral.basis_earned = deferral.earned;
    deferral.earned_to    = to;
}

}  // namespace sales
