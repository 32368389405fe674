#pragma once
// A balance is a row of sums kept beside the entries it adds up, so that no report has to: the debits and credits of an
// account in a period, the goods that moved on a day. A module declares keys and sums and adds what its entries change;
// the kernel makes the table and writes it, once for all commands that share a commit and in the order of the keys.
//
//     struct PeriodBalance {
//         Id<Account> account{};
//         Date        period_start{};
//         Money       debit{}, credit{};
//     };
//     kernel.balance<PeriodBalance>("financials.period_balance")
//         .key("account", &PeriodBalance::account)
//         .key("period_start", &PeriodBalance::period_start)
//         .sum("debit", &PeriodBalance::debit)
//         .sum("credit", &PeriodBalance::credit);
//
//     tx.add(PeriodBalance{.account = line.account, .period_start = period.starts_on, .debit = line.amount});
//     const auto now = tx.balance(PeriodBalance{.account = line.account, .period_start = period.starts_on});
//
// The table is named like that of an entity (financials_period_balance). SQL of a command that names it sees what was
// added before. Keys are references, whole numbers and days; sums are amounts, quantities and whole numbers; at most four
// of each. A command that is undone takes what it added with it. A module proves its balances from its entries in a check.

#include <tessera/field.h>

#include <array>

namespace tessera {

struct BalanceDescription {
    static constexpr std::size_t most = 4;
    using Numbers                     = std::array<std::int64_t, most>;

    std::string                   name{};       // "financials.period_balance"
    std::string                   module{};
    std::string                   table{};      // "financials_period_balance"
    std::type_index               type{typeid(void)};
    std::vector<FieldDescription> keys{};
    std::vector<FieldDescription> sums{};

    std::vector<std::function<std::int64_t(const void*)>>      key_numbers{};
    // What the kernel prepares from the declaration.
    std::string add_sql{}, select_sql{};
};

namespace balance {
template <class T>
std::int64_t number_of(const T& value) {
    if constexpr (std::same_as<T, Date>) return value.days();
    else return field::number_of(value);
}
}  // namespace balance

template <class T>
class BalanceBuilder {
public:
    explicit BalanceBuilder(BalanceDescription& description) : d_(description) {}
    template <FieldType F>
    BalanceBuilder& key(std::string name, F T::* member) {
        d_.keys.push_back(describe_field<T, F>(std::move(name), member, {}));
        d_.key_numbers.push_back([member](const void* row) { return balance::number_of(static_cast<const T*>(row)->*member); });
        return *this;
    }
    template <FieldType F>
    BalanceBuilder& sum(std::string name, F T::* member) {
        d_.sums.push_back(describe_field<T, F>(std::move(name), member, {}));
        return *this;
    }

private:
    BalanceDescription& d_;
};

}  // namespace tessera
