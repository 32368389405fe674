#include "imports/scratch_tables.h"

#include <tessera/csv.h>

#include <fstream>

namespace tessera::imports {

namespace scratch_tables {

std::string sql_name(std::string_view name) {
    std::string out = "\"";
    for (const char c : name) out += c == '"' ? std::string("\"\"") : std::string(1, c);
    return out + '"';
}

std::string insert_sql(const std::string& table, std::size_t columns) {
    std::string sql = "INSERT INTO " + sql_name(table) + " VALUES (";
    for (std::size_t i = 0; i < columns; ++i) sql += (i == 0 ? ":c" : ", :c") + std::to_string(i);
    return sql + ")";
}

void fill(database::Connection& connection, const std::string& table, CsvReader& reader) {
    std::string columns;
    for (const auto& name : reader.header()) columns += (columns.empty() ? "" : ", ") + sql_name(name) + " TEXT";
    if (columns.empty())
        throw Refused("kernel.malformed_csv", "To import {}, give its file a first line that names the columns.",
                      table);
    connection.execute("CREATE TABLE " + sql_name(table) + " (" + columns + ")");
    auto& insert = connection.prepare(insert_sql(table, reader.header().size()));
    while (reader.next()) {
        for (std::size_t i = 0; i < reader.size(); ++i) {
            const auto cell = reader[i];
            if (cell.empty())
                insert.bind_null(static_cast<int>(i) + 1);
            else
                insert.bind(static_cast<int>(i) + 1, cell);
        }
        insert.step();
        insert.reset();
    }
}

}  // namespace scratch_tables

ScratchTables::ScratchTables() : connection_(database::open_scratch()) {}

void ScratchTables::load(const std::string& table, const std::filesystem::path& file) {
    std::ifstream input(file, std::ios::binary);
    if (!input || std::filesystem::is_directory(file))
        throw Refused("kernel.no_import_file", "To import, put the file {} where the profile looks for it.",
                      file.string())
            .with_status(404);
    try {
        CsvReader reader(input);
        connection_->begin();
        scratch_tables::fill(*connection_, table, reader);
        connection_->commit();
    } catch (const Refused& refused) {
        throw Refused(Refused::Plain{}, refused.code(), file.filename().string() + ": " + refused.sentence())
            .with_status(refused.status());
    }
}

void ScratchTables::add(const std::string& table, std::string_view csv) {
    CsvReader reader(csv);
    scratch_tables::fill(*connection_, table, reader);
}

void ScratchTables::run(const std::string& sql) { connection_->execute(sql); }

std::vector<std::string> ScratchTables::columns(const std::string& select) {
    auto&                    statement = connection_->prepare(select);
    std::vector<std::string> names;
    for (int i = 0; i < statement.column_count(); ++i) names.emplace_back(statement.column_name(i));
    connection_->release(statement);
    return names;
}

void ScratchTables::each(const std::string& select, const std::function<void(Statement&)>& visit) {
    auto& statement = connection_->prepare(select);
    try {
        while (statement.step()) visit(statement);
    } catch (...) {
        connection_->release(statement);
        throw;
    }
}

}  // namespace tessera::imports
