#pragma once
// The prepared statements of one connection, by their text. A text is kept until several thousand others have been used
// since.

#include "database/sqlite/sqlite_statement.h"
#include "database/text_table.h"

#include <cstdint>
#include <memory>
#include <string_view>
#include <vector>

namespace tessera::database::sqlite {

class StatementCache {
public:
    StatementCache(sqlite3* connection, TransactionWatch& watch) : connection_(connection), watch_(watch) {}

    SqliteStatement& prepare(std::string_view sql);
    void             reset_all();
    void             start_transaction();  // the moment at which statements long unused are forgotten
    std::size_t      size() const { return kept_.size(); }

private:
    struct Kept {
        std::vector<std::unique_ptr<SqliteStatement>> statements;
        std::uint64_t                                 used = 0;
    };
    static constexpr std::size_t kept_max = 2000;

    SqliteStatement& add(Kept& kept, std::string_view sql);
    void             forget_unused();

    sqlite3*          connection_;
    TransactionWatch& watch_;
    TextTable<Kept>   kept_;
    std::uint64_t     transaction_ = 0;
    std::size_t       forget_at_   = kept_max;
};

}  // namespace tessera::database::sqlite
