#include "services/setup.h"

#include <algorithm>

namespace financials {
namespace setup {

struct OfCommand {
    std::shared_ptr<const Setup> setup{};
};
struct Mapping {
    std::string role{};
    Id<Account> account{};
};

}  // namespace setup

Setup::Setup(const Snapshot& snapshot) {
    snapshot.each<AccountFacts>("SELECT id, code, name, postable, active, control FROM financials_account",
                                [&](AccountFacts& account) { accounts_.emplace(account.id, std::move(account)); });
    snapshot.each<setup::Mapping>(
        "SELECT role, account FROM financials_account_role_mapping",
        [&](setup::Mapping& mapping) { roles_.emplace(std::move(mapping.role), mapping.account); });
    periods_ =
        snapshot.rows<PeriodFacts>("SELECT name, starts_on, ends_on, state FROM financials_period ORDER BY starts_on");
}

const Setup::AccountFacts* Setup::account(Id<Account> id) const {
    const auto it = accounts_.find(id);
    return it == accounts_.end() ? nullptr : &it->second;
}

const Setup::PeriodFacts* Setup::period(Date date) const {
    const auto after = std::ranges::upper_bound(periods_, date, {}, &PeriodFacts::starts_on);
    if (after == periods_.begin()) return nullptr;
    const auto& period = *std::prev(after);
    return date <= period.ends_on ? &period : nullptr;
}

Id<Account> Setup::account_of(std::string_view role) const {
    const auto it = roles_.find(role);
    return it == roles_.end() ? Id<Account>{} : it->second;
}

std::optional<Date> Setup::first_open(Date date) const {
    for (const auto& period : periods_)
        if (period.ends_on >= date && period.state == PeriodState::open) return std::max(date, period.starts_on);
    return std::nullopt;
}

std::shared_ptr<const Setup> SetupCache::of(const Snapshot& snapshot) {
    // A command asks many times, and hears of what it changes itself.
    if (auto* tx = dynamic_cast<Transaction*>(const_cast<Snapshot*>(&snapshot))) {
        auto& kept = tx->scratch<setup::OfCommand>().setup;
        if (!kept) kept = read(snapshot);
        return kept;
    }
    return read(snapshot);
}

std::shared_ptr<const Setup> SetupCache::read(const Snapshot& snapshot) {
    const auto changed_at =
        snapshot.value<std::int64_t>("SELECT changed_at FROM financials_setup WHERE id = 1").value_or(0);
    {
        const std::lock_guard lock(mutex_);
        if (setup_ && changed_at_ == changed_at) return setup_;
    }
    auto                  fresh = std::make_shared<const Setup>(snapshot);
    const std::lock_guard lock(mutex_);
    setup_      = fresh;
    changed_at_ = changed_at;
    return fresh;
}

void SetupCache::changed(Transaction& tx) {
    {
        const std::lock_guard lock(mutex_);
        setup_.reset();
    }
    tx.scratch<setup::OfCommand>().setup.reset();
    tx.execute(R"sql(INSERT INTO financials_setup (id, changed_at) VALUES (1, :now)
                     ON CONFLICT (id) DO UPDATE SET changed_at = excluded.changed_at)sql",
               tx.now());
}

}  // namespace financials
