#include "migrations/schema.h"

#include "audit/digest.h"
#include "fields/custom_field.h"
#include "metadata/entity_sql.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

namespace tessera::migrations {

using database::ColumnType;
using database::TableDefinition;

// What one row means:
std::vector<TableDefinition> kernel_tables() {
    const auto text    = [](std::string name) { return database::ColumnDefinition{.name = std::move(name), .type = ColumnType::text, .required = true}; };
    const auto integer = [](std::string name) { return database::ColumnDefinition{.name = std::move(name), .type = ColumnType::integer, .required = true}; };
    const auto instant = [](std::string name) { return database::ColumnDefinition{.name = std::move(name), .type = ColumnType::instant, .required = true}; };
    const auto key     = [](std::string name) { return database::ColumnDefinition{.name = std::move(name), .type = ColumnType::text, .required = true, .unique = true}; };
    return {
        // a fact about the whole database: its currency, its schema
        {.name = "kernel_setting", .columns = {key("name"), text("value")}},
        // the highest id an entity ever had, noted when records are deleted, so that no id is given twice
        {.name = "kernel_retired_id", .columns = {key("entity"), integer("last_id")}},
        // how far a series of document numbers has come in a year
        {.name    = "kernel_number_series",
         .columns = {integer("company"), text("series"), integer("year"), integer("last")},
         .key     = {"company", "series", "year"}},
        // one command: who did what, when, why, and what it changed; by what it was proven who, and in which form it is sealed
        {.name        = "kernel_audit",
         .columns     = {integer("company"), instant("at"), text("user_name"), text("command"), {.name = "reason", .type = ColumnType::text}, text("changes"), text("hash"),
                         {.name = "format", .type = ColumnType::integer, .required = true, .default_value = "1"}, {.name = "via", .type = ColumnType::text},
                         {.name = "request", .type = ColumnType::text}},
         .indexes     = {{.columns = {"user_name", "id"}}},
         .append_only = true},
        // a record a command touched
        {.name        = "kernel_audit_record",
         .columns     = {text("entity"), integer("record"), integer("audit")},
         .key         = {"entity", "record", "audit"},
         .append_only = true},
        // a personal value in an entry, which seals only a digest of salt and value: gone when the person was erased
        {.name    = "kernel_audit_personal",
         .columns = {integer("audit"), text("path"), text("salt"), text("value")},
         .key     = {"audit", "path"}},
        // a request that was done: its key decides what the same request gets when it comes again
        {.name    = "kernel_request",
         .columns = {text("user_name"), text("key"), text("digest"), integer("record"), integer("version"), {.name = "answer", .type = ColumnType::text}, instant("at")},
         .indexes = {{.columns = {"user_name", "key"}, .unique = true}}},
        // where an imported record came from, so that the same file twice makes nothing twice
        {.name    = "kernel_import_key",
         .columns = {text("profile"), text("entity"), text("key"), integer("record")},
         .indexes = {{.columns = {"profile", "entity", "key"}, .unique = true}}},
        // what search finds: made from the records again whenever it is lacking (search/index.h)
        {.name    = "kernel_search_document",
         .columns = {text("entity"), integer("record"), text("title"), text("keywords"), text("body"), text("language"), integer("standing")},
         .indexes = {{.columns = {"entity", "record"}, .unique = true}}},
        {.name = "kernel_search_word", .columns = {text("stem"), text("word"), integer("documents")}, .key = {"stem", "word"}},
        {.name = "kernel_search_position", .columns = {key("name"), integer("value")}},
    };
}

namespace schema {

std::string text_of(const TableDefinition& t) {
    std::string text = t.name + (t.append_only ? "!" : "");
    for (const auto& c : t.columns)
        text += fmt::format("|{} {} {}{}{} {} {} {} {}", c.name, static_cast<int>(c.type), c.required, c.unique, c.indexed, c.references, c.check, c.default_value, c.cascade);
    for (const auto& c : t.key) text += "|k " + c;
    for (const auto& i : t.indexes) {
        text += i.unique ? "|u" : "|i";
        for (const auto& c : i.columns) text += " " + c;
        text += " " + i.where;
    }
    return text + "\n";
}

std::vector<TableDefinition> all_tables(const Kernel& kernel) {
    auto tables = kernel_tables();
    for (const auto* e : kernel.entities()) tables.push_back(metadata::declared_table(*e, kernel));
    for (const auto* b : kernel.balances()) tables.push_back(metadata::table_definition(*b));
    return tables;
}

// "1.10.0" is newer than "1.9.3".
bool newer(std::string_view a, std::string_view b) {
    const auto next = [](std::string_view& text) {
        int        number = 0;
        const auto rest   = std::from_chars(text.data(), text.data() + text.size(), number).ptr;
        text.remove_prefix(std::min(text.size(), static_cast<std::size_t>(rest - text.data()) + 1));
        return number;
    };
    while (!a.empty() || !b.empty()) {
        const int x = next(a), y = next(b);
        if (x != y) return x > y;
    }
    return false;
}

void refuse_newer(database::Connection& connection, const Kernel& kernel) {
    if (const auto number = setting(connection, "schema_number"); number && std::stoi(*number) > kernel_schema_number)
        throw Refused("kernel.newer_schema", "To open this database, use a newer Tessera: it has schema {}, this one knows {}.", *number, kernel_schema_number);
    for (const auto& m : kernel.modules()) {
        if (!m.refused.empty()) continue;
        const auto known = setting(connection, "module." + m.name);
        if (known && newer(*known, m.version))
            throw Refused("kernel.newer_schema", "To open this database, use {} {} or newer: it was written by it, and this is {}.", m.name, *known, m.version);
    }
}

bool is_running(const Kernel& kernel, std::string_view module) {
    return std::ranges::any_of(kernel.modules(), [&](const auto& m) { return m.name == module && m.refused.empty(); });
}

bool recorded_as_running(database::Connection& connection, const Kernel& kernel) {
    return std::ranges::all_of(kernel.modules(), [&](const auto& m) { return !m.refused.empty() || setting(connection, "module." + m.name) == m.version; });
}

}  // namespace schema

std::optional<std::string> setting(database::Connection& connection, std::string_view name) {
    auto& s = connection.prepare("SELECT value FROM kernel_setting WHERE name = :name");
    s.bind(1, name);
    std::optional<std::string> value;
    if (s.step()) {
        value = std::string(s.text(0));
        connection.release(s);
    }
    return value;
}

void set_setting(database::Connection& connection, std::string_view name, std::string_view value) {
    auto& s = connection.prepare("INSERT INTO kernel_setting (name, value) VALUES (:name, :value) ON CONFLICT (name) DO UPDATE SET value = excluded.value");
    s.bind(1, name);
    s.bind(2, value);
    s.step();
}

std::string fingerprint(const Kernel& kernel) {
    std::string text = "schema " + std::to_string(kernel_schema_number) + "\n";
    for (const auto& t : schema::all_tables(kernel)) text += schema::text_of(t);
    for (const auto& s : kernel.schema_statements()) text += s + "\n";
    for (const auto& m : kernel.modules())
        if (m.refused.empty()) text += m.name + " " + m.version + "\n";
    return audit::sha256_hex(text);
}

std::vector<std::string> missing_modules(database::Connection& connection, const Kernel& kernel) {
    std::vector<std::string> known, missing;
    auto&                    s = connection.prepare("SELECT name FROM kernel_setting WHERE name LIKE 'module.%' ORDER BY name");
    while (s.step()) known.emplace_back(s.text(0).substr(7));
    for (const auto& module : known)
        if (!schema::is_running(kernel, module)) missing.push_back(module);
    return missing;
}

std::vector<std::string> bring_up_to_date(database::Connection& connection, const Kernel& kernel, bool execute) {
    const auto wanted = fingerprint(kernel);
    if (connection.has_table("kernel_setting")) {
        schema::refuse_newer(connection, kernel);
        if (setting(connection, "schema_fingerprint") == wanted) return {};
    }
    const bool               whole = !connection.has_table("kernel_setting") || missing_modules(connection, kernel).empty();
    std::vector<std::string> done;
    for (const auto& table : schema::all_tables(kernel))
        for (auto& statement : connection.create(table, execute)) done.push_back(std::move(statement));
    for (const auto& statement : kernel.schema_statements()) {
        if (execute) connection.define(statement);
        done.push_back(statement);
    }
    if (!execute) return done;
    connection.make_word_index();
    fields::make_columns(connection, kernel);
    set_setting(connection, "schema_number", std::to_string(kernel_schema_number));
    if (whole) set_setting(connection, "schema_fingerprint", wanted);
    for (const auto& m : kernel.modules())
        if (m.refused.empty()) set_setting(connection, "module." + m.name, m.version);
    return done;
}

bool is_up_to_date(database::Connection& connection, const Kernel& kernel) {
    if (!connection.has_table("kernel_setting"))
        throw Refused("kernel.no_books", "To read this database, make it first: run tessera init --database FILE --name COMPANY.");
    schema::refuse_newer(connection, kernel);
    const bool whole = missing_modules(connection, kernel).empty();
    return whole ? setting(connection, "schema_fingerprint") == fingerprint(kernel) : schema::recorded_as_running(connection, kernel);
}

void require_up_to_date(database::Connection& connection, const Kernel& kernel, std::string_view location) {
    const bool up_to_date = is_up_to_date(connection, kernel);
    const auto missing    = missing_modules(connection, kernel);
    const auto of_library = [](const ModuleDescription& m) { return m.refused.empty() && !m.of_core; };
    if (!missing.empty() && std::ranges::none_of(kernel.modules(), of_library))
        throw Refused("kernel.no_modules", "To read this database, put the libraries of its modules into a module directory: none of {} is running.", fmt::join(missing, ", "));
    if (!up_to_date)
        throw Refused("kernel.schema_outdated", "To open {0}, run tessera migrate --database {0} first: its schema is not the one that the modules here need.", location);
}

void make_or_require(database::Connection& connection, const Kernel& kernel, std::string_view location, bool may_change) {
    const bool has_company = connection.has_table("kernel_setting") && setting(connection, "company.name").has_value();
    if (has_company && !may_change) return require_up_to_date(connection, kernel, location);
    bring_up_to_date(connection, kernel);
}

}  // namespace tessera::migrations
