#include "kernel/pending_balances.h"

#include <tessera/decimal.h>

#include <algorithm>
#include <functional>
#include <iterator>
#include <tuple>
#include <utility>

namespace tessera {

namespace pending_balances {

constexpr std::size_t followed_max = 100'000;

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

std::size_t PendingBalances::KeyHash::operator()(const Key& key) const {
    std::size_t hash = std::hash<const void*>{}(key.balance);
    for (const auto number : key.numbers) hash = (hash ^ static_cast<std::size_t>(number)) * 0x9e3779b97f4a7c15 + (hash >> 29);
    return hash;
}

PendingBalances::Key PendingBalances::key_of(const BalanceDescription& balance, const void* row) {
    Key key{.balance = &balance};
    for (std::size_t i = 0; i < balance.key_numbers.size(); ++i) key.numbers[i] = balance.key_numbers[i](row);
    return key;
}

void PendingBalances::add(const BalanceDescription& balance, const void* row) {
    auto& change = of_command_.emplace_back(Change{.key = key_of(balance, row)});
    for (std::size_t i = 0; i < balance.sums.size(); ++i) change.sums[i] = balance.sums[i].number(row);
    follow(change, 1);
}

void PendingBalances::follow(const Change& change, int sign) {
    if (std::ranges::find(asked_, change.key.balance) == asked_.end()) return;
    const auto known = followed_.find(change.key);
    if (known == followed_.end()) return;
    auto sums = change.sums;
    if (sign < 0) std::ranges::transform(sums, sums.begin(), std::negate{});
    pending_balances::add(known->second, sums);
}

PendingBalances::Numbers PendingBalances::current(database::Connection& connection, const BalanceDescription& balance, const void* row) {
    const auto key   = key_of(balance, row);
    const auto known = followed_.find(key);
    if (known != followed_.end()) return known->second;
    auto       sums     = written(connection, key);
    const auto add_from = [&](const Changes& changes) {
        for (const auto& change : changes)
            if (!change.written && change.key == key) pending_balances::add(sums, change.sums);
    };
    add_from(of_group_);
    add_from(of_command_);
    if (followed_.size() >= pending_balances::followed_max) stop_following();
    if (std::ranges::find(asked_, &balance) == asked_.end()) asked_.push_back(&balance);
    return followed_[key] = sums;
}

PendingBalances::Numbers PendingBalances::written(database::Connection& connection, const BalanceDescription& balance, const void* row) {
    return written(connection, key_of(balance, row));
}

PendingBalances::Numbers PendingBalances::written(database::Connection& connection, const Key& key) {
    Numbers sums{};
    auto&   statement = connection.prepare(key.balance->select_sql);
    for (std::size_t i = 0; i < key.balance->keys.size(); ++i) pending_balances::bind_key(statement, static_cast<int>(i) + 1, key.balance->keys[i], key.numbers[i]);
    if (statement.step())
        for (std::size_t i = 0; i < key.balance->sums.size(); ++i) sums[i] = statement.integer(static_cast<int>(i));
    connection.release(statement);
    return sums;
}

void PendingBalances::write(database::Connection& connection, Changes& changes) {
    std::ranges::sort(changes, {}, [](const Change& c) { return std::tie(c.key.balance->name, c.key.numbers); });
    for (auto one = changes.begin(); one != changes.end();) {
        const auto& key = one->key;
        auto        sum = one->sums;
        for (++one; one != changes.end() && one->key == key; ++one) pending_balances::add(sum, one->sums);
        if (pending_balances::is_zero(sum)) continue;
        auto& statement = connection.prepare(key.balance->add_sql);
        int   parameter = 0;
        for (std::size_t i = 0; i < key.balance->keys.size(); ++i) pending_balances::bind_key(statement, ++parameter, key.balance->keys[i], key.numbers[i]);
        for (std::size_t i = 0; i < key.balance->sums.size(); ++i) statement.bind(++parameter, sum[i]);
        statement.step();
    }
}

void PendingBalances::write_all(database::Connection& connection) {
    write(connection, of_group_);
    of_group_.clear();
}

void PendingBalances::write(database::Connection& connection, Descriptions balances) {
    if (of_command_.empty() && of_group_.empty()) return;
    const auto asked = [&](const Change& change) { return std::ranges::find(balances, change.key.balance) != balances.end(); };
    Changes    all;
    std::ranges::copy_if(of_group_, std::back_inserter(all), asked);
    std::erase_if(of_group_, asked);
    written_by_command_.insert(written_by_command_.end(), all.begin(), all.end());
    for (auto& change : of_command_) {
        if (change.written || !asked(change)) continue;
        all.push_back(change);
        change.written = true;
    }
    write(connection, all);
}

void PendingBalances::command_done() {
    std::ranges::copy_if(of_command_, std::back_inserter(of_group_), [](const Change& change) { return !change.written; });
    of_command_.clear();
    written_by_command_.clear();
    changed_by_sql_ = false;
}

void PendingBalances::command_undone() {
    if (std::exchange(changed_by_sql_, false)) stop_following();
    for (const auto& change : of_command_) follow(change, -1);
    of_command_.clear();
    of_group_.insert(of_group_.end(), written_by_command_.begin(), written_by_command_.end());
    written_by_command_.clear();
}

void PendingBalances::forget() {
    of_command_.clear();
    of_group_.clear();
    written_by_command_.clear();
    changed_by_sql_ = false;
    stop_following();
}

void PendingBalances::changed_by_sql() {
    changed_by_sql_ = true;
    stop_following();
}

void PendingBalances::stop_following() {
    followed_.clear();
    asked_.clear();
}

}  // namespace tessera
