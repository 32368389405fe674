#include "kernel/pending_balances.h"

#include <tessera/decimal.h>

#include <algorithm>
#include <tuple>

namespace tessera {

namespace pending_balances {

void add(BalanceDescription::Numbers& sums, const BalanceDescription::Numbers& more) {
    for (std::size_t i = 0; i < sums.size(); ++i) sums[i] = narrow(Wide{sums[i]} + more[i]);
}

bool is_zero(const BalanceDescription::Numbers& sums) {
    return std::ranges::all_of(sums, [](std::int64_t n) { return n == 0; });
}

// A reference to none is 0: a key is never NULL.
void bind_key(Statement& statement, int parameter, const FieldDescription& field, std::int64_t number) {
    if (field.kind == FieldKind::date) FieldTraits<Date>::bind(statement, parameter, Date::from_days(static_cast<std::int32_t>(number)));
    else statement.bind(parameter, number);
}

}  // namespace pending_balances

void PendingBalances::add(const BalanceDescription& balance, const void* row) {
    auto& change = of_command_.emplace_back(Change{.balance = &balance});
    for (std::size_t i = 0; i < balance.key_numbers.size(); ++i) change.key[i] = balance.key_numbers[i](row);
    for (std::size_t i = 0; i < balance.sums.size(); ++i) change.sums[i] = balance.sums[i].number(row);
}

void PendingBalances::write(database::Connection& connection, Changes& changes) {
    std::ranges::sort(changes, {}, [](const Change& c) { return std::tie(c.balance->name, c.key); });
    for (auto one = changes.begin(); one != changes.end();) {
        auto sum = *one;
        for (++one; one != changes.end() && one->balance == sum.balance && one->key == sum.key; ++one) pending_balances::add(sum.sums, one->sums);
        if (pending_balances::is_zero(sum.sums)) continue;
        auto& statement = connection.prepare(sum.balance->add_sql);
        int   parameter = 0;
        for (std::size_t i = 0; i < sum.balance->keys.size(); ++i) pending_balances::bind_key(statement, ++parameter, sum.balance->keys[i], sum.key[i]);
        for (std::size_t i = 0; i < sum.balance->sums.size(); ++i) statement.bind(++parameter, sum.sums[i]);
        statement.step();
    }
}

PendingBalances::Changes PendingBalances::take(Changes& from, Descriptions balances) {
    Changes taken;
    std::erase_if(from, [&](const Change& change) {
        if (std::ranges::find(balances, change.balance) == balances.end()) return false;
        taken.push_back(change);
        return true;
    });
    return taken;
}

void PendingBalances::write_all(database::Connection& connection) {
    of_group_.insert(of_group_.end(), of_command_.begin(), of_command_.end());
    write(connection, of_group_);
    forget();
}

void PendingBalances::write(database::Connection& connection, Descriptions balances) {
    if (of_command_.empty() && of_group_.empty()) return;
    auto all = take(of_group_, balances);
    written_by_command_.insert(written_by_command_.end(), all.begin(), all.end());
    const auto own = take(of_command_, balances);
    all.insert(all.end(), own.begin(), own.end());
    write(connection, all);
}

void PendingBalances::command_done() {
    of_group_.insert(of_group_.end(), of_command_.begin(), of_command_.end());
    of_command_.clear();
    written_by_command_.clear();
}

void PendingBalances::command_undone() {
    of_group_.insert(of_group_.end(), written_by_command_.begin(), written_by_command_.end());
    of_command_.clear();
    written_by_command_.clear();
}

void PendingBalances::forget() {
    of_command_.clear();
    of_group_.clear();
    written_by_command_.clear();
}

}  // namespace tessera
