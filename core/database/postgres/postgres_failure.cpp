#include "database/postgres/postgres_failure.h"

#include "database/constraint_refusal.h"
#include "database/engine.h"

#include <fmt/format.h>

#include <algorithm>
#include <new>
#include <stdexcept>
#include <string>

namespace tessera::database::postgres {

namespace failure {

using constraint::Place;

std::string field(const PGresult* result, int code) {
    const char* text = PQresultErrorField(result, code);
    return text == nullptr ? "" : text;
}

// Key (supplier, "year")=(1, 2026) already exists.
std::vector<std::string> columns_of_key(std::string_view detail) {
    std::vector<std::string> columns;
    const auto               begin = detail.find('('), end = detail.find(")=(");
    if (begin == detail.npos || end == detail.npos) return columns;
    auto list = detail.substr(begin + 1, end - begin - 1);
    while (!list.empty()) {
        const auto comma = list.find(", ");
        auto       one   = list.substr(0, comma);
        if (one.starts_with('"')) one = one.substr(1, one.size() - 2);
        columns.emplace_back(one);
        list = comma == list.npos ? std::string_view{} : list.substr(comma + 2);
    }
    return columns;
}

Place place_of(const PGresult* result) {
    Place place{field(result, PG_DIAG_TABLE_NAME), {}};
    if (auto column = field(result, PG_DIAG_COLUMN_NAME); !column.empty()) {
        place.columns.push_back(std::move(column));
    } else if (const auto name = field(result, PG_DIAG_CONSTRAINT_NAME); name.find("__") != name.npos) {
        place.columns.push_back(name.substr(name.find("__") + 2));
    }
    return place;
}

Refused foreign_key(const PGresult* result) {
    const auto detail  = field(result, PG_DIAG_MESSAGE_DETAIL);
    const auto columns = columns_of_key(detail);
    if (detail.find("is still referenced") == detail.npos)
        return constraint::unknown_reference(field(result, PG_DIAG_TABLE_NAME), columns.empty() ? "" : columns.front());
    // update or delete on table "directory_party" violates foreign key constraint …
    const auto message = field(result, PG_DIAG_MESSAGE_PRIMARY);
    const auto begin   = message.find('"'), end = message.find('"', begin + 1);
    return constraint::in_use(begin == message.npos || end == message.npos ? "record" : message.substr(begin + 1, end - begin - 1));
}

bool is_code(std::string_view text) {
    return text.find('.') != text.npos &&
           std::ranges::all_of(text, [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_' || c == '.'; });
}

Refused from_trigger(const std::string& message) {
    if (message.starts_with("append_only: ")) return constraint::append_only(message.substr(13));
    const auto colon = message.find(": ");
    if (colon == message.npos || !is_code(std::string_view(message).substr(0, colon))) throw std::runtime_error(message);
    return Refused(Refused::Plain{}, message.substr(0, colon), message.substr(colon + 2));
}

[[noreturn]] void mistake(const PGresult* result, std::string_view sql) {
    throw std::runtime_error(fmt::format("{} {} ({}) in: {}", field(result, PG_DIAG_MESSAGE_PRIMARY), field(result, PG_DIAG_MESSAGE_DETAIL),
                                         field(result, PG_DIAG_SQLSTATE), sql));
}

Refused of_result(const PGresult* result, std::string_view sql) {
    const auto state = field(result, PG_DIAG_SQLSTATE);
    if (state == "23505" || state == "23P01")
        return constraint::duplicate({field(result, PG_DIAG_TABLE_NAME), columns_of_key(field(result, PG_DIAG_MESSAGE_DETAIL))});
    if (state == "23502") return constraint::missing(place_of(result));
    if (state == "23514" || state == "22003" || state == "22021") return constraint::unfit(place_of(result));
    if (state == "23503") return foreign_key(result);
    if (state.starts_with("TS")) return from_trigger(field(result, PG_DIAG_MESSAGE_PRIMARY));
    if (state == "25P02") throw FailureCaught(fmt::format("{}: {}", field(result, PG_DIAG_MESSAGE_PRIMARY), sql));
    if (state == "40001" || state == "40P01")
        return Refused("kernel.conflict", "To save this, send it again: another change was made at the same time.").with_status(503);
    if (state == "55P03")
        return Refused("kernel.database_in_use", "To write, try again in a moment: another server has been writing for long.").with_status(503);
    if (state == "57014")
        return Refused("kernel.query_cancelled", "To get an answer in time, ask for less, or try again later.").with_status(503);
    if (state == "53100" || state == "53200")
        return Refused("kernel.storage_full", "To save changes, free space on the disk of the database server.").with_status(507);
    if (state.starts_with("58") || state == "XX001" || state == "XX002")
        return Refused("kernel.storage_failed", "To go on, look at the disk and the log of the database server: it reported {}.", state).with_status(503);
    if (state.starts_with("57P") || state.starts_with("08"))
        return Refused("kernel.database_lost", "To go on, try again in a moment: the connection to the database server was lost.").with_status(503);
    if (state == "42501")
        return Refused("kernel.cannot_open", "To use this database, give its role the right: {}.", field(result, PG_DIAG_MESSAGE_PRIMARY));
    if (state == "25006")
        return Refused("kernel.read_only_database", "To write, name the primary server: this one takes no changes.").with_status(503);
    if (state == "54000" || state == "54001")
        return Refused("kernel.too_large", "To save this, make it smaller: the database does not take texts this long.").with_status(413);
    mistake(result, sql);
}

}  // namespace failure

void throw_failure(const PGresult* result, std::string_view sql) {
    if (result == nullptr) throw std::bad_alloc();
    throw failure::of_result(result, sql);
}

void throw_lost() {
    throw Refused("kernel.database_lost", "To go on, try again in a moment: the connection to the database server was lost.").with_status(503);
}

void throw_cannot_connect(PGconn* connection, std::string_view where) {
    std::string reason = connection == nullptr ? "" : PQerrorMessage(connection);
    reason             = reason.substr(0, reason.find('\n'));
    if (const auto cause = reason.find("FATAL:  "); cause != reason.npos) reason = reason.substr(cause + 8);
    throw Refused("kernel.cannot_open", "To open {}, see that its server runs and lets you in: {}.", where, reason.empty() ? "no memory" : reason)
        .with_status(503);
}

}  // namespace tessera::database::postgres
