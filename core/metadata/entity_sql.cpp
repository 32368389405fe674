#include "metadata/entity_sql.h"

#include <tessera/kernel.h>

namespace tessera::metadata {

namespace entity_sql {

database::ColumnType column_type(FieldKind kind) {
    switch (kind) {
        case FieldKind::date: return database::ColumnType::date;
        case FieldKind::instant: return database::ColumnType::instant;
        case FieldKind::boolean: return database::ColumnType::boolean;
        case FieldKind::text:
        case FieldKind::choice: return database::ColumnType::text;
        default: return database::ColumnType::integer;
    }
}

// Not IN: for more than two choices SQLite would build an index of them for every row that is written.
std::string choices_check(const FieldDescription& f) {
    std::string check;
    for (auto choice : f.choices) check += (check.empty() ? "" : " OR ") + f.name + " = '" + std::string(choice) + "'";
    return check;
}

// Nobody looks for those that refer to nothing: they need not be in the index.
bool may_be_none(const EntityDescription& e, const FieldDescription& f) {
    return f.kind == FieldKind::reference && !f.required && f.name != e.parent_field;
}

std::string default_literal(const FieldDescription& f) {
    if (f.kind == FieldKind::choice) return "'" + std::string(f.choices.front()) + "'";
    return "0";
}

}  // namespace entity_sql

void prepare_sql(EntityDescription& e, const Kernel& kernel) {
    e.fresh = e.make();
    for (const auto& f : e.fields)
        if (f.kind == FieldKind::reference) e.references.push_back({&f, kernel.find_entity(f.references)});
    std::string columns = "id, version", values = ":id, 1";
    for (const auto& f : e.fields) {
        columns += ", " + f.name;
        values += ", :" + f.name;
    }
    e.insert_sql = "INSERT INTO " + e.table + " (" + columns + ") VALUES (" + values + ")";
    e.select_sql = "SELECT " + columns + " FROM " + e.table;
    e.delete_sql = "DELETE FROM " + e.table + " WHERE id = :id";
    if (!e.parent_field.empty()) e.select_lines_sql = e.select_sql + " WHERE " + e.parent_field + " = :document ORDER BY id";
}

void prepare_sql(BalanceDescription& b) {
    std::string columns, values, key, sums, asked, of_key;
    for (const auto* fields : {&b.keys, &b.sums})
        for (const auto& f : *fields) {
            columns += (columns.empty() ? "" : ", ") + f.name;
            values += (values.empty() ? ":" : ", :") + f.name;
        }
    for (const auto& f : b.keys) {
        key += (key.empty() ? "" : ", ") + f.name;
        of_key += (of_key.empty() ? "" : " AND ") + fmt::format("{0} = :{0}", f.name);
    }
    for (const auto& f : b.sums) {
        sums += (sums.empty() ? "" : ", ") + fmt::format("{0} = {1}.{0} + excluded.{0}", f.name, b.table);
        asked += (asked.empty() ? "" : ", ") + f.name;
    }
    b.add_sql = fmt::format("INSERT INTO {} ({}) VALUES ({}) ON CONFLICT ({}) DO UPDATE SET {}", b.table, columns, values, key, sums);
    b.select_sql = fmt::format("SELECT {} FROM {} WHERE {}", asked, b.table, of_key);
}

database::TableDefinition table_definition(const BalanceDescription& b) {
    database::TableDefinition table{.name = b.table};
    for (const auto& f : b.keys) {
        table.columns.push_back({.name = f.name, .type = entity_sql::column_type(f.kind), .required = true});
        table.key.push_back(f.name);
    }
    for (const auto& f : b.sums) table.columns.push_back({.name = f.name, .type = database::ColumnType::integer, .required = true});
    return table;
}

std::string update_sql(const EntityDescription& e, const std::vector<bool>& changed) {
    std::string text = "UPDATE " + e.table + " SET version = version + 1";
    for (std::size_t i = 0; i < e.fields.size(); ++i)
        if (changed[i]) text += ", " + e.fields[i].name + " = :" + e.fields[i].name;
    return text + " WHERE id = :id";
}

namespace entity_sql {

database::TableDefinition table_of(const EntityDescription& e, const Kernel& kernel, bool with_custom_fields) {
    database::TableDefinition table;
    table.name        = e.table;
    table.append_only = e.append_only;
    table.columns.push_back({.name = "version", .type = database::ColumnType::integer, .required = true, .default_value = "1"});
    for (const auto& f : e.fields) {
        if (f.custom && !with_custom_fields) continue;
        database::ColumnDefinition c;
        c.name     = f.name;
        c.type     = column_type(f.kind);
        c.unique   = f.unique;
        c.indexed  = f.indexed && !f.unique && !may_be_none(e, f);
        c.required = !f.nullable || f.name == e.parent_field;
        if (!f.nullable) c.default_value = entity_sql::default_literal(f);
        if (f.kind == FieldKind::choice && !f.nullable) c.check = entity_sql::choices_check(f);
        if (f.kind == FieldKind::reference) {
            c.references = kernel.find_entity(f.references)->table;
            c.cascade    = f.name == e.parent_field;
        }
        table.columns.push_back(std::move(c));
        if (f.indexed && !f.unique && entity_sql::may_be_none(e, f)) table.indexes.push_back({.columns = {f.name}, .where = f.name + " IS NOT NULL"});
    }
    for (const auto& index : e.indexes) table.indexes.push_back({.columns = index});
    for (const auto& rule : e.unique_rules) table.indexes.push_back({.columns = rule.fields, .unique = true, .where = rule.where});
    return table;
}

}  // namespace entity_sql

database::TableDefinition table_definition(const EntityDescription& e, const Kernel& kernel) { return entity_sql::table_of(e, kernel, true); }
database::TableDefinition declared_table(const EntityDescription& e, const Kernel& kernel) { return entity_sql::table_of(e, kernel, false); }

}  // namespace tessera::metadata
