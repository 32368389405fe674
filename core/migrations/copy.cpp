#include "migrations/copy.h"

#include "audit/digest.h"
#include "database/schema_text.h"
#include "migrations/schema.h"

#include <fmt/ranges.h>

#include <algorithm>
#include <filesystem>
#include <map>
#include <set>

namespace tessera::migrations {

using database::ColumnType;
using database::Connection;
using database::TableDefinition;

namespace copying {

// What the engine keeps for itself, and what is made again from the records.
bool stays_behind(std::string_view table) { return table == "tessera_server" || table == "tessera_turn" || table.starts_with("kernel_search_"); }

std::vector<std::string> tables_of(Connection& connection) {
    auto tables = connection.tables();
    std::erase_if(tables, stays_behind);
    return tables;
}

TableDefinition look_at(Connection& connection, std::string_view name) {
    auto table = connection.stored(name);
    std::ranges::sort(table.columns, {}, &database::ColumnDefinition::name);
    return table;
}

std::vector<std::string> column_names(const TableDefinition& table) {
    std::vector<std::string> names;
    for (const auto& column : table.columns) names.push_back(database::quoted_name(column.name));
    return names;
}

std::string select_text(const TableDefinition& table) {
    std::vector<std::string> order;
    for (const auto& column : table.key) order.push_back(database::quoted_name(column));
    if (table.key.empty())
        for (const auto& column : column_names(table)) order.push_back(column + " NULLS FIRST");
    return fmt::format("SELECT {} FROM {} ORDER BY {}", fmt::join(column_names(table), ", "), database::quoted_name(table.name), fmt::join(order, ", "));
}

std::string insert_text(const TableDefinition& table) {
    std::vector<std::string> values;
    for (const auto& column : table.columns) values.push_back(":" + column.name);
    return fmt::format("INSERT INTO {} ({}) VALUES ({})", database::quoted_name(table.name), fmt::join(column_names(table), ", "), fmt::join(values, ", "));
}

std::string_view kind_of(ColumnType type) {
    switch (type) {
        case ColumnType::real: return "real";
        case ColumnType::text: return "text";
        case ColumnType::blob: return "blob";
        default: return "integer";
    }
}

class Seal {
public:
    explicit Seal(const TableDefinition& table) : table_(table), text_(table.name) {
        for (const auto& column : table.columns) text_ += fmt::format("|{} {}", column.name, kind_of(column.type));
        digest_ = audit::sha256_hex(text_);
    }

    void add(Statement& row) {
        text_ = digest_;
        for (std::size_t i = 0; i < table_.columns.size(); ++i) add_value(row, static_cast<int>(i), table_.columns[i].type);
        digest_ = audit::sha256_hex(text_);
        ++rows_;
    }

    CopiedTable result() const { return {.name = table_.name, .rows = rows_, .digest = digest_}; }

private:
    void add_value(Statement& row, int column, ColumnType type) {
        if (row.is_null(column)) {
            text_ += '-';
        } else if (type == ColumnType::real) {
            fmt::format_to(std::back_inserter(text_), "r{};", row.real(column) + 0.0);  // of two zeros one
        } else if (type == ColumnType::text || type == ColumnType::blob) {
            const auto bytes = row.text(column);
            fmt::format_to(std::back_inserter(text_), "{}{}:", type == ColumnType::text ? 't' : 'b', bytes.size());
            text_ += bytes;
        } else {
            fmt::format_to(std::back_inserter(text_), "i{};", row.integer(column));
        }
    }

    const TableDefinition& table_;
    std::string            text_, digest_{};
    std::int64_t           rows_ = 0;
};

class Counted {
public:
    Counted(const CopyProgress& progress, std::int64_t total) : progress_(progress), total_(total) {}
    void begin(std::string_view verb, const std::string& table) { what_ = fmt::format("{} {}", verb, table); }
    void one() {
        if (progress_) progress_(what_, ++done_, total_);
    }

private:
    const CopyProgress& progress_;
    std::string         what_{};
    std::int64_t        done_ = 0, total_;
};

// ---- what is refused

bool has_column(const TableDefinition& table, std::string_view name) { return std::ranges::find(table.columns, name, &database::ColumnDefinition::name) != table.columns.end(); }

// The operator's own: one that is retired keeps its column, which no declaration speaks of.
bool is_custom(const database::ColumnDefinition& column) { return column.name.starts_with("custom_"); }

void add_retired_columns(Connection& source, Connection& target, const std::vector<std::string>& tables) {
    for (const auto& name : tables)
        for (const auto& column : source.stored(name).columns)
            if (is_custom(column) && !has_column(target.stored(name), column.name)) target.create({.name = name, .columns = {column}});
}

void require_known_tables(Connection& source, const Kernel& kernel) {
    const auto scratch = database::open_scratch();
    bring_up_to_date(*scratch, kernel);
    std::vector<std::string> unknown;
    for (const auto& name : tables_of(source)) {
        if (!scratch->has_table(name)) {
            unknown.push_back(name);
            continue;
        }
        const auto known = scratch->stored(name);
        for (const auto& column : source.stored(name).columns)
            if (!has_column(known, column.name) && !is_custom(column)) unknown.push_back(name + "." + column.name);
    }
    if (!unknown.empty())
        throw Refused("kernel.unknown_tables", "To copy all of these books, have the modules run that declare {}: nothing that runs here does.", fmt::join(unknown, ", "));
}

void require_all_modules(Connection& source, const Kernel& kernel) {
    if (const auto missing = missing_modules(source, kernel); !missing.empty())
        throw Refused("kernel.no_modules", "To copy these books and prove the copy, put the libraries of all their modules into a module directory: not running here is {}.",
                      fmt::join(missing, ", "));
}

Refused not_empty(const std::string& location) {
    return Refused("kernel.not_empty", "To copy books, name a file that does not exist yet or an empty database: {} is neither.", database::shown(location));
}

bool has_tables(const std::string& location) {
    const auto reader = database::open(location)->connect(database::Access::read);
    return !tables_of(*reader).empty();
}

// Whether it was made already; then only without tables.
bool require_empty(const std::string& location) {
    if (std::filesystem::exists(location)) throw not_empty(location);
    if (!database::exists(location)) return false;
    if (has_tables(location)) throw not_empty(location);
    return true;
}

// ---- the rows

// SQLite looks through whole tables for an open reference that a new row might close: what is referred to comes first.
std::vector<std::string> in_order_of_references(const std::vector<std::string>& tables, const Kernel& kernel) {
    std::map<std::string, std::set<std::string>> references;
    for (const auto* entity : kernel.entities())
        for (const auto& field : entity->fields)
            if (field.kind == FieldKind::reference) references[entity->table].insert(kernel.find_entity(field.references)->table);
    std::vector<std::string>                      ordered;
    std::set<std::string>                         seen;
    const std::function<void(const std::string&)> place = [&](const std::string& table) {
        if (!seen.insert(table).second) return;
        for (const auto& other : references[table]) place(other);
        ordered.push_back(table);
    };
    for (const auto& table : tables) place(table);
    return ordered;
}

std::int64_t count_rows(Connection& source, const std::vector<std::string>& tables) {
    std::int64_t total = 0;
    for (const auto& table : tables) {
        auto& count = source.prepare(fmt::format("SELECT count(*) FROM {}", database::quoted_name(table)));
        if (count.step()) total += count.integer(0);
        source.release(count);
    }
    return total;
}

void bind_value(Statement& insert, int parameter, Statement& row, ColumnType type) {
    const int column = parameter - 1;
    if (row.is_null(column)) return insert.bind_null(parameter);
    switch (type) {
        case ColumnType::real: return insert.bind(parameter, row.real(column));
        case ColumnType::text: return insert.bind(parameter, row.text(column));
        case ColumnType::blob: return insert.bind_blob(parameter, row.text(column));
        default: return insert.bind(parameter, row.integer(column));
    }
}

CopiedTable copy_table(Connection& source, Connection& target, const std::string& name, Counted& counted) {
    const auto table  = look_at(source, name);
    auto&      insert = target.prepare(insert_text(table));
    auto&      row    = source.prepare(select_text(table));
    Seal       seal(table);
    counted.begin("Copying", name);
    while (row.step()) {
        for (std::size_t i = 0; i < table.columns.size(); ++i) bind_value(insert, static_cast<int>(i) + 1, row, table.columns[i].type);
        insert.step();
        seal.add(row);
        counted.one();
    }
    target.settle();
    return seal.result();
}

std::vector<CopiedTable> copy_all(Connection& source, Connection& target, const Kernel& kernel, const CopyProgress& progress) {
    const auto tables = in_order_of_references(tables_of(source), kernel);
    Counted    counted(progress, count_rows(source, tables));
    bring_up_to_date(target, kernel);
    add_retired_columns(source, target, tables);
    target.prepare("DELETE FROM kernel_setting").step();
    std::vector<CopiedTable> copied;
    for (const auto& table : tables) copied.push_back(copy_table(source, target, table, counted));
    target.continue_ids();
    return copied;
}

std::vector<CopiedTable> write_all(Connection& source, database::Engine& engine, const std::string& location, const Kernel& kernel, const CopyProgress& progress) {
    engine.lock_for_writing("being copied into");
    const auto target = engine.connect(database::Access::write);
    target->begin();
    try {
        if (!tables_of(*target).empty()) throw not_empty(location);
        auto copied = copy_all(source, *target, kernel, progress);
        target->check_references();
        target->commit();
        engine.checkpoint(*target);
        return copied;
    } catch (...) {
        target->rollback();
        throw;
    }
}

// Unless somebody has made a company there meanwhile.
void take_away(const std::string& location) {
    try {
        if (!has_tables(location)) database::remove_new(location);
    } catch (const Refused&) {  // what the copy failed with says more
    }
}

void mark_ledgers(std::vector<CopiedTable>& copied, const Kernel& kernel) {
    for (auto& table : copied)
        table.ledger = table.name == "kernel_audit" ||
                       std::ranges::any_of(kernel.entities(), [&](const auto* entity) { return entity->append_only && entity->table == table.name; });
}

CopiedTable digest_of(Connection& reader, const std::string& name, Counted& counted) {
    const auto table = look_at(reader, name);
    auto&      row   = reader.prepare(select_text(table));
    Seal       seal(table);
    counted.begin("Comparing", name);
    while (row.step()) {
        seal.add(row);
        counted.one();
    }
    return seal.result();
}

}  // namespace copying

std::vector<CopiedTable> copy(const std::string& from, const std::string& to, const Kernel& kernel, const CopyProgress& progress) {
    const auto source = database::open(from);
    const auto reader = source->connect(database::Access::read);
    reader->begin_snapshot();
    source->make_durable();
    require_up_to_date(*reader, kernel, database::shown(from));
    copying::require_known_tables(*reader, kernel);
    copying::require_all_modules(*reader, kernel);
    const bool was_made = copying::require_empty(to);
    auto       target   = database::open(to, database::Create::yes);
    try {
        auto copied = copying::write_all(*reader, *target, to, kernel, progress);
        copying::mark_ledgers(copied, kernel);
        std::ranges::sort(copied, {}, &CopiedTable::name);
        return copied;
    } catch (...) {
        target.reset();
        if (!was_made) copying::take_away(to);
        throw;
    }
}

std::vector<std::string> differences(const std::vector<CopiedTable>& copied, const std::string& location, const CopyProgress& progress) {
    const auto engine = database::open(location);
    const auto reader = engine->connect(database::Access::read);
    reader->begin_snapshot();
    std::int64_t total = 0;
    for (const auto& table : copied) total += table.rows;
    copying::Counted         counted(progress, total);
    std::vector<std::string> sentences;
    for (const auto& table : copied) {
        if (!reader->has_table(table.name)) {
            sentences.push_back(fmt::format("{} is not there", table.name));
            continue;
        }
        const auto found = copying::digest_of(*reader, table.name, counted);
        if (found.rows != table.rows)
            sentences.push_back(fmt::format("{} has {} rows, {} were copied", table.name, found.rows, table.rows));
        else if (found.digest != table.digest)
            sentences.push_back(fmt::format("{} has other values than were copied", table.name));
    }
    return sentences;
}

std::vector<CopiedTable> contents(const std::string& location, const Kernel& kernel, const CopyProgress& progress) {
    const auto engine = database::open(location);
    const auto reader = engine->connect(database::Access::read);
    reader->begin_snapshot();
    const auto               tables = copying::tables_of(*reader);
    copying::Counted         counted(progress, copying::count_rows(*reader, tables));
    std::vector<CopiedTable> all;
    for (const auto& table : tables) all.push_back(copying::digest_of(*reader, table, counted));
    copying::mark_ledgers(all, kernel);
    std::ranges::sort(all, {}, &CopiedTable::name);
    return all;
}

}  // namespace tessera::migrations
