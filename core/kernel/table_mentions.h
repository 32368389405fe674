#pragma once
// Which records and balances a text of SQL reads or writes: those whose tables it names. What a command has inserted,
// saved or added is written before such a statement runs, and what it knows of records is read again after one that
// writes.
//
//     const auto& mentioned = mentions.of("SELECT … FROM purchasing_order_line WHERE …");   // {purchasing.order}
//
// A line belongs to its document. A view names what its own text names. A word that only happens to be the name of a
// table costs an early write, nothing else.

#include <tessera/kernel.h>

#include <unordered_map>

namespace tessera {

class TableMentions {
public:
    struct Mentioned {
        std::vector<const EntityDescription*>  entities{};     // documents, not their lines
        std::vector<const BalanceDescription*> balances{};
        bool                                  changes = false;
    };
    const Mentioned& of(const Kernel& kernel, std::string_view sql);

private:
    void      know_tables(const Kernel& kernel);
    Mentioned find(std::string_view sql) const;

    std::unordered_map<std::string, Mentioned> tables_;
    std::unordered_map<std::string, Mentioned> texts_;
};

}  // namespace tessera
