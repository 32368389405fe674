#include "database/sqlite/statement_cache.h"

#include "database/sqlite/sqlite_failure.h"

#include <algorithm>
#include <stdexcept>

namespace tessera::database::sqlite {

SqliteStatement& StatementCache::prepare(std::string_view sql) {
    Kept& kept = kept_.at(sql).second;
    kept.used  = transaction_;
    for (const auto& statement : kept.statements) {
        if (statement->is_in_use()) continue;
        statement->hand_out();
        return *statement;
    }
    return add(kept, sql);
}

SqliteStatement& StatementCache::add(Kept& kept, std::string_view sql) {
    sqlite3_stmt* handle = nullptr;
    const char*   rest   = nullptr;
    const int     code   = sqlite3_prepare_v3(connection_, sql.data(), static_cast<int>(sql.size()),
                                              SQLITE_PREPARE_PERSISTENT, &handle, &rest);
    if (code != SQLITE_OK) throw_failure(connection_, code, sql);
    if (handle == nullptr) throw std::logic_error("an empty statement was prepared");
    kept.statements.push_back(std::make_unique<SqliteStatement>(handle, watch_));
    if (sql.substr(static_cast<std::size_t>(rest - sql.data())).find_first_not_of(" \t\r\n;") != sql.npos)
        throw std::logic_error("only one statement can be prepared at a time: " + std::string(sql));
    kept.statements.back()->hand_out();
    return *kept.statements.back();
}

void StatementCache::reset_all() {
    for (auto& [text, kept] : kept_)
        for (const auto& statement : kept.statements)
            if (statement->is_in_use()) statement->reset();
}

void StatementCache::start_transaction() {
    ++transaction_;
    if (kept_.size() >= forget_at_) [[unlikely]]
        forget_unused();
}

void StatementCache::forget_unused() {
    std::vector<std::uint64_t> uses;
    for (const auto& [text, kept] : kept_) uses.push_back(kept.used);
    const auto middle = uses.begin() + static_cast<std::ptrdiff_t>(uses.size() / 2);
    std::nth_element(uses.begin(), middle, uses.end());

    const auto in_use = [](const auto& statement) { return statement->is_in_use(); };
    kept_.erase_if([&](const auto& entry) {
        return entry.second.used < *middle && std::ranges::none_of(entry.second.statements, in_use);
    });
    watch_.forget();
    forget_at_ = std::max(kept_max, kept_.size() + kept_max / 2);
}

}  // namespace tessera::database::sqlite
