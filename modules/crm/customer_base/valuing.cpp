// Writes what was reckoned: the fits once, then customer after customer in short commands, only those whose figures are others than
// before. A command of five hundred customers takes moments, so nobody waits for the night's work.
#include "customer_base/reckoning.h"
#include "customer_base/declare.h"
#include "follow_ups/retiming.h"

#include <algorithm>

namespace crm {

namespace valuing {

using tessera::JobRun;

constexpr std::size_t batch_size = 500;

void write_fit(Transaction& tx, ModelFit& fit) {
    fit.fit_number = tx.value<std::int64_t>("SELECT max(fit_number) FROM crm_model_fit WHERE model = :model", fit.model).value_or(0) + 1;
    tx.insert(fit);
}

bool same_figures(const CustomerValue& a, const CustomerValue& b) {
    return a.purchases == b.purchases && a.first_purchase == b.first_purchase && a.last_purchase == b.last_purchase && a.revenue == b.revenue &&
           a.frequency == b.frequency && a.recency_days == b.recency_days && a.repeat_mean == b.repeat_mean && a.alive == b.alive &&
           a.next_90_days == b.next_90_days && a.next_365_days == b.next_365_days && a.expected_spend == b.expected_spend &&
           a.expected_value == b.expected_value && a.score == b.score && a.segment == b.segment && a.stage == b.stage && a.tier == b.tier &&
           a.explanation == b.explanation;
}

void note_moves(Transaction& tx, const CustomerValue& before, const CustomerValue& after, Date day) {
    const auto name_of_tier = [&](Id<ValueTier> tier) { return tier ? tx.label_of(tier) : std::string(); };
    const auto note         = [&](MoveKind kind, const std::string& from, const std::string& to) {
        if (from != to) tx.insert(CustomerMove{.party = after.party, .day = day, .kind = kind, .before = from, .after = to, .reason = after.explanation});
    };
    note(MoveKind::stage, before.stage, after.stage);
    note(MoveKind::segment, before.segment, after.segment);
    if (before.tier != after.tier) note(MoveKind::tier, name_of_tier(before.tier), name_of_tier(after.tier));
}

// Values of neighbouring parties; gives how many were others than before.
std::int64_t write_values(Transaction& tx, std::span<const CustomerValue> values, const Reckoning& reckoning) {
    std::int64_t changed  = 0;
    auto         existing = tx.select<CustomerValue>("party BETWEEN :first AND :last ORDER BY party", values.front().party, values.back().party);
    auto         old      = existing.begin();
    for (auto value : values) {
        while (old != existing.end() && old->party < value.party) ++old;
        const bool known = old != existing.end() && old->party == value.party;
        if (known && same_figures(*old, value)) continue;
        note_moves(tx, known ? *old : CustomerValue{}, value, reckoning.day);
        value.purchase_fit = reckoning.purchase_fit.id;
        value.spend_fit    = reckoning.spend_fit.id;
        if (known) value.id = old->id, tx.save(value);
        else tx.insert(value);
        ++changed;
    }
    return changed;
}

// Who was merged into another is valued with them.
void forget_merged(Transaction& tx) {
    for (const auto id : tx.rows<Id<CustomerValue>>("SELECT v.id FROM crm_customer_value v JOIN directory_party p ON p.id = v.party WHERE p.crm_merged_into IS NOT NULL")) tx.remove(id);
}

void close_valuations(Transaction& tx, const Reckoning& reckoning, std::int64_t changed) {
    auto asked = tx.select<Valuation>("state = 'asked' ORDER BY id");
    if (asked.empty()) asked.push_back({.note = "nightly"});
    for (auto& valuation : asked) {
        valuation.day          = reckoning.day;
        valuation.state        = ValuationState::done;
        valuation.customers    = static_cast<std::int64_t>(reckoning.values.size());
        valuation.changed      = changed;
        valuation.purchase_fit = reckoning.purchase_fit.id;
        valuation.spend_fit    = reckoning.spend_fit.id;
        if (valuation.id) tx.save(valuation);
        else tx.insert(valuation);
    }
}

// The day that was asked for last, today when none was.
Date day_asked(const Snapshot& tx) {
    const auto asked = tx.value<Date>("SELECT day FROM crm_valuation WHERE state = 'asked' ORDER BY id DESC LIMIT 1");
    return asked.value_or(tx.today());
}

void run(JobRun& job) {
    Reckoning reckoning;
    job.read([&](const Snapshot& tx) { reckoning = reckon(tx, day_asked(tx)); });
    job.write([&](Transaction& tx) {
        write_fit(tx, reckoning.purchase_fit);
        write_fit(tx, reckoning.spend_fit);
    });
    std::int64_t changed = 0;
    for (std::size_t at = 0; at < reckoning.values.size(); at += batch_size) {
        if (job.should_stop()) return;
        const auto   batch = std::span(reckoning.values).subspan(at, std::min(batch_size, reckoning.values.size() - at));
        std::int64_t these = 0;
        job.write([&](Transaction& tx) { these = write_values(tx, batch, reckoning); });
        changed += these;
        job.tell(fmt::format("{} of {} customers valued", at + batch.size(), reckoning.values.size()));
    }
    job.write([&](Transaction& tx) {
        forget_merged(tx);
        close_valuations(tx, reckoning, changed);
    });
    retime_calls(job);
}

}  // namespace valuing

void declare_valuing(tessera::Kernel& kernel) { kernel.job("crm.customer_base", "Value the customer base", tessera::daily_at(4), valuing::run); }

}  // namespace crm
