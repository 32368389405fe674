#include "database/sqlite/transaction_watch.h"

#include "database/constraint_refusal.h"

#include <boost/algorithm/string/case_conv.hpp>

#include <memory>
#include <string_view>
#include <vector>

namespace tessera::database::sqlite {

namespace transaction_watch {

struct Finalize {
    void operator()(sqlite3_stmt* statement) const { sqlite3_finalize(statement); }
};
using Handle = std::unique_ptr<sqlite3_stmt, Finalize>;

Handle prepare(sqlite3* connection, const std::string& sql) {
    sqlite3_stmt* statement = nullptr;
    sqlite3_prepare_v2(connection, sql.c_str(), static_cast<int>(sql.size()), &statement, nullptr);
    return Handle(statement);
}

std::string text(sqlite3_stmt* statement, int column) {
    const auto* value = sqlite3_column_text(statement, column);
    return value == nullptr ? "" : reinterpret_cast<const char*>(value);
}

bool is_delete(std::string_view sql) {
    const auto start = sql.find_first_not_of(" \t\r\n");
    return start != sql.npos && boost::algorithm::to_lower_copy(std::string(sql.substr(start, 6))) == "delete";
}

// The name after INTO, UPDATE or FROM.
std::string table_of(std::string_view sql) {
    std::string word, previous;
    for (const char c : std::string(sql) + ' ') {
        const bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
        if (letter) word += c;
        if (letter || word.empty()) continue;
        if (previous == "into" || previous == "from" || (previous == "update" && word != "OR" && word != "or"))
            return word;
        previous = boost::algorithm::to_lower_copy(word);
        word.clear();
    }
    return {};
}

struct Reference {
    std::string column, table;
};

std::vector<Reference> references_of(sqlite3* connection, const std::string& table) {
    std::vector<Reference> found;
    const Handle           list = prepare(connection, "PRAGMA foreign_key_list(\"" + table + "\")");
    while (list && sqlite3_step(list.get()) == SQLITE_ROW) found.push_back({text(list.get(), 3), text(list.get(), 2)});
    return found;
}

}  // namespace transaction_watch

std::string TransactionWatch::unknown_column(const std::string& table) const {
    for (const auto& reference : transaction_watch::references_of(connection_, table)) {
        const auto query = transaction_watch::prepare(
            connection_,
            fmt::format("SELECT 1 FROM \"{0}\" a WHERE a.rowid = {1} AND a.\"{2}\" IS NOT NULL AND NOT EXISTS "
                        "(SELECT 1 FROM \"{3}\" b WHERE b.id = a.\"{2}\")",
                        table, row_, reference.column, reference.table));
        if (query && sqlite3_step(query.get()) == SQLITE_ROW) return reference.column;
    }
    return {};
}

Refused TransactionWatch::given_up() {
    return Refused("kernel.group_undone", "To save this, try again: the database has undone it.").with_status(503);
}

Refused TransactionWatch::refusal() const {
    if (opened_by_ == nullptr) return constraint::unknown_reference({}, {});
    const char*       sql   = sqlite3_sql(opened_by_);
    const std::string table = transaction_watch::table_of(sql);
    if (transaction_watch::is_delete(sql)) return constraint::in_use(table);
    return constraint::unknown_reference(table, unknown_column(table));
}

}  // namespace tessera::database::sqlite
