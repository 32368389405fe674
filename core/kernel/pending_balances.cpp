#include "kernel/pending_balances.h"

#include <tessera/decimal.h>

#include <algorithm>

namespace tessera {

namespace pending_balances {

using Numbers = BalanceDescription::Numbers;

void add(Numbers& sums, const Numbers& more) {
    for (std::size_t i = 0; i < sums.size(); ++i) sums[i] = narrow(Wide{sums[i]} + more[i]);
}

bool is_zero(const Numbers& sums) {
    return std::ranges::all_of(sums, [](std::int64_t n) { return n == 0; });
}

}  // namespace pending_balances

void PendingBalances::add(const BalanceDescription& balance, const void* row) {
    BalanceDescription::Numbers key{}, sums{};
    for (std::size_t i = 0; i < balance.key_numbers.size(); ++i) key[i] = balance.key_numbers[i](row);
    for (std::size_t i = 0; i < balance.sums.size(); ++i) sums[i] = balance.sums[i].number(row);
    auto& kept = of_command_[&balance][key];
    if (!kept.row) kept.row = balance.copy(row);
    pending_balances::add(kept.numbers, sums);
}

void PendingBalances::add_up(ByName& into, const ByName& from) {
    for (const auto& [balance, rows] : from)
        for (const auto& [key, sums] : rows) {
            auto& kept = into[balance][key];
            if (!kept.row) kept.row = sums.row;
            pending_balances::add(kept.numbers, sums.numbers);
        }
}

void PendingBalances::write(database::Connection& connection, const BalanceDescription& balance) {
    const auto group = of_group_.extract(&balance), own = of_command_.extract(&balance);
    ByName     both;
    if (group) add_up(both, {{&balance, group.mapped()}});
    if (group) add_up(written_by_command_, {{&balance, group.mapped()}});
    if (own) add_up(both, {{&balance, own.mapped()}});
    for (const auto& [key, sums] : both[&balance]) {
        if (pending_balances::is_zero(sums.numbers)) continue;
        auto& statement = connection.prepare(balance.add_sql);
        int   parameter = 0;
        for (std::size_t i = 0; i < balance.keys.size(); ++i) {
            ++parameter;
            if (balance.keys[i].kind == FieldKind::date) balance.keys[i].bind(sums.row.get(), statement, parameter);
            else statement.bind(parameter, key[i]);             // a reference to none is 0: a key is never NULL
        }
        for (std::size_t i = 0; i < balance.sums.size(); ++i) statement.bind(++parameter, sums.numbers[i]);
        statement.step();
    }
}

void PendingBalances::write_all(database::Connection& connection) {
    std::vector<const BalanceDescription*> all;
    for (const auto* pending : {&of_command_, &of_group_})
        for (const auto& [balance, rows] : *pending)
            if (std::ranges::find(all, balance) == all.end()) all.push_back(balance);
    std::ranges::sort(all, {}, &BalanceDescription::name);
    for (const auto* balance : all) write(connection, *balance);
    written_by_command_.clear();
}

void PendingBalances::write(database::Connection& connection, Descriptions balances) {
    if (!any()) return;
    for (const auto* balance : balances) write(connection, *balance);
}

void PendingBalances::command_done() {
    if (of_group_.empty()) of_group_.swap(of_command_);
    else add_up(of_group_, of_command_);
    of_command_.clear();
    written_by_command_.clear();
}

void PendingBalances::command_undone() {
    of_command_.clear();
    add_up(of_group_, written_by_command_);
    written_by_command_.clear();
}

void PendingBalances::forget() {
    of_command_.clear();
    of_group_.clear();
    written_by_command_.clear();
}

}  // namespace tessera
