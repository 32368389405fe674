#pragma once
// The prepared statements of one connection, by their text. Finding one again costs no allocation: texts are string
// literals nearly always, so a small table remembers by address which statement a text was, and only compares; other
// texts are looked up by their hash. A text is kept until several thousand others have been used since.

#include "database/sqlite/sqlite_statement.h"

#include <array>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
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
    struct Hash {
        using is_transparent = void;
        std::size_t operator()(std::string_view text) const { return std::hash<std::string_view>{}(text); }
    };
    using Map = std::unordered_map<std::string, Kept, Hash, std::equal_to<>>;
    struct Recent {
        const char*      address = nullptr;
        Map::value_type* entry   = nullptr;
    };
    static constexpr std::size_t kept_max = 2000;

    Map::value_type& find(std::string_view sql);
    SqliteStatement& add(Kept& kept, std::string_view sql);
    void             forget_unused();

    sqlite3*                connection_;
    TransactionWatch&       watch_;
    Map                     kept_;
    std::array<Recent, 512> recent_{};
    std::uint64_t           transaction_ = 0;
    std::size_t             forget_at_   = kept_max;
};

}  // namespace tessera::database::sqlite
