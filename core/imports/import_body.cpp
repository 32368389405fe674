#include "imports/import_body.h"

#include <tessera/json.h>
#include <tessera/text.h>

#include "database/engine.h"

namespace tessera::imports {

namespace import_body {

using Part = Column::Part;

std::int64_t record_of(const Column& column, const std::string& key, const ImportKeys& keys) {
    if (const auto record = keys.find(column.reference, key)) return *record;
    throw Refused("kernel.import_reference", "To set {}, import the {} \"{}\" first.", column.name, column.reference,
                  excerpt(key))
        .with_status(422);
}

void write_value(JsonWriter& json, const Column& column, const std::string& value, const ImportKeys& keys) {
    json.key(column.name);
    if (column.reference.empty())
        json.value(value);
    else
        json.value(record_of(column, value, keys));
}

void write_fields(JsonWriter& json, const std::vector<Column>& columns, const Row& row, const ImportKeys& keys) {
    for (std::size_t i = 0; i < columns.size(); ++i)
        if (columns[i].field && columns[i].part != Part::input && !row[i].empty())
            write_value(json, columns[i], row[i], keys);
}

void write_input(JsonWriter& json, const StepPlan& plan, const Row& row, const ImportKeys& keys) {
    json.begin_object();
    for (std::size_t i = 0; i < plan.columns.size(); ++i)
        if (plan.columns[i].part == Part::input && !row[i].empty()) write_value(json, plan.columns[i], row[i], keys);
    json.end_object();
}

int decimals_of(const FieldDescription& field, const Books& books) {
    switch (field.kind) {
        case FieldKind::money:
            return books.currency.decimals();
        case FieldKind::quantity:
        case FieldKind::price:
        case FieldKind::percent:
            return 6;
        case FieldKind::rate:
            return 10;
        default:
            return 0;
    }
}

// The books keep amounts as integers; a body carries them as decimal texts.
void write_books_value(JsonWriter& json, const FieldDescription& field, Statement& s, int column, const Books& books) {
    if (s.is_null(column)) return;
    json.key(field.name);
    if (s.is_text(column))
        json.value(s.text(column));
    else if (field.kind == FieldKind::boolean)
        json.value(s.integer(column) != 0);
    else if (const int decimals = decimals_of(field, books))
        json.decimal(s.integer(column), decimals);
    else if (field.kind == FieldKind::money)
        json.value(format_decimal(s.integer(column), 0));
    else
        json.value(s.integer(column));
}

void bind_books_values(Statement& s, const StepPlan& plan, const Row& row, const ImportKeys& keys) {
    int parameter = 0;
    for (std::size_t i = 0; i < plan.columns.size(); ++i) {
        const auto& column = plan.columns[i];
        if (column.part != Part::books) continue;
        if (++parameter > s.parameter_count()) break;
        if (row[i].empty())
            s.bind_null(parameter);
        else if (column.reference.empty())
            s.bind(parameter, std::string_view(row[i]));
        else
            s.bind(parameter, record_of(column, row[i], keys));
    }
}

std::size_t write_lines_of_books(JsonWriter& json, const LinePlan& lines, const StepPlan& plan, const Row& row,
                                 const ImportKeys& keys, const Snapshot& tx) {
    sql::Use    use(tx, lines.step->books);
    std::size_t count = 0;
    bind_books_values(*use, plan, row, keys);
    while (use->step()) {
        ++count;
        json.begin_object();
        for (int i = 0; i < use->column_count(); ++i) {
            const auto  name  = use->column_name(i);
            const auto* field = lines.entity->find(name);
            if (!field)
                throw Refused("kernel.malformed_profile", "To take {} from the books, name a field of {}.", name,
                              lines.entity->name)
                    .with_status(422);
            write_books_value(json, *field, *use, i, tx.books());
        }
        json.end_object();
    }
    return count;
}

std::size_t write_lines(JsonWriter& json, const LinePlan& lines, const std::string& parent, const ImportKeys& keys,
                        Body& body) {
    const auto rows = lines.rows.find(parent);
    if (rows == lines.rows.end()) return 0;
    for (const auto& row : rows->second) {
        json.begin_object();
        write_fields(json, lines.columns, row, keys);
        json.end_object();
        if (!lines.keyed) continue;
        for (std::size_t i = 0; i < row.size(); ++i)
            if (lines.columns[i].part == Part::key) body.line_keys.push_back(row[i]);
    }
    if (lines.keyed) body.keyed_lines = &lines;
    return rows->second.size();
}

}  // namespace import_body

Body record_body(const StepPlan& plan, const Row& row, const ImportKeys& keys, const Snapshot& tx) {
    Body       body;
    JsonWriter json(body.json);
    json.begin_object();
    import_body::write_fields(json, plan.columns, row, keys);
    for (const auto& lines : plan.lines) {
        json.key(lines.step->name);
        json.begin_array();
        body.lines += lines.step->books.empty() ? import_body::write_lines(json, lines, row[plan.key], keys, body)
                                                : import_body::write_lines_of_books(json, lines, plan, row, keys, tx);
        json.end_array();
    }
    if (plan.transition) {
        json.key("transition_input");
        import_body::write_input(json, plan, row, keys);
    }
    json.end_object();
    return body;
}

std::string input_body(const StepPlan& plan, const Row& row, const ImportKeys& keys) {
    std::string out;
    JsonWriter  json(out);
    import_body::write_input(json, plan, row, keys);
    return out;
}

}  // namespace tessera::imports
