#include "metadata/csv_import.h"

#include <tessera/text.h>

#include "kernel/records.h"
#include "metadata/field_text.h"
#include "metadata/record_commands.h"
#include "metadata/record_json.h"
#include "metadata/record_views.h"

#include <algorithm>

namespace tessera::metadata {

namespace csv_import {

bool same(const EntityDescription& e, const void* a, const void* b) {
    for (const auto& f : e.fields)
        if (!f.equal(a, b)) return false;
    for (const auto& l : e.lines) {
        if (l.size(a) != l.size(b)) return false;
        for (std::size_t i = 0; i < l.size(a); ++i) {
            void* x = l.at(const_cast<void*>(a), i);
            void* y = l.at(const_cast<void*>(b), i);
            if (l.entity->id(x) != l.entity->id(y) || !same(*l.entity, x, y)) return false;
        }
    }
    return true;
}

// The combinations of fields whose values name one record.
std::vector<std::vector<std::string>> keys_of(const EntityDescription& e) {
    std::vector<std::vector<std::string>> keys;
    for (const auto& f : e.fields)
        if (f.unique) keys.push_back({f.name});
    for (const auto& rule : e.unique_rules)
        if (rule.where.empty()) keys.push_back(rule.fields);
    return keys;
}

// "Line 2: …" of the check of a document's lines counts its lines; here the file's line has been named already.
std::string without_place(const std::string& sentence) {
    if (!sentence.starts_with("Line ")) return sentence;
    const auto colon = sentence.find(": ");
    return colon == std::string::npos ? sentence : sentence.substr(colon + 2);
}

}  // namespace csv_import

CsvImport::CsvImport(Transaction& tx, const EntityDescription& entity, std::string_view csv)
    : tx_(tx), entity_(entity), reader_(csv), columns_(entity, reader_) {}

ImportOutcome CsvImport::run() {
    while (reader_.next()) {
        const bool head = has_any(columns_.fields, columns_.id);
        if (head) {
            finish_document();
            begin_document();
        }
        for (std::size_t list = 0; list < columns_.lines.size(); ++list) {
            const auto& columns = columns_.lines[list];
            if (!has_any(columns.fields, columns.id)) continue;
            if (!document_.record)
                throw Refused("kernel.import_no_record",
                              "To import line {}, fill in the columns of the {} itself: there is none above whose line "
                              "this could be.",
                              reader_.line(), lower_ascii(entity_.title))
                    .with_status(422);
            add_line(list);
        }
    }
    finish_document();
    return outcome_;
}

bool CsvImport::has_any(const std::vector<CsvColumn>& columns, std::optional<std::size_t> id) const {
    if (id && !trim(reader_[*id]).empty()) return true;
    return std::ranges::any_of(columns, [&](const auto& c) { return !trim(reader_[c.index]).empty(); });
}

// Spaces around anything but text mean nothing.
std::string_view CsvImport::cell(const CsvColumn& c) const {
    const auto text = reader_.text(c.index);
    return c.field->kind == FieldKind::text || c.field->kind == FieldKind::reference ? text : trim(text);
}

void CsvImport::begin_document() {
    document_     = {};
    document_.row = reader_.line();
    document_.lines.resize(columns_.lines.size());
    const auto id    = existing_record();
    document_.record = entity_.make();
    if (id) {
        const auto [earlier, first] = rows_by_id_.emplace(id, document_.row);
        if (!first)
            throw Refused("kernel.import_given_twice",
                          "To import line {}, put it together with line {}: both are the same {}.", document_.row,
                          earlier->second, lower_ascii(entity_.title))
                .with_status(422);
        records::load(tx_, entity_, id, document_.record.get(), records::Missing::refuse);
        document_.original = entity_.copy(document_.record.get());
    }
    assign(entity_, document_.record.get(), columns_.fields, !id, tx_.books().currency, std::nullopt, 0);
}

std::int64_t CsvImport::existing_record() {
    if (columns_.id && !trim(reader_[*columns_.id]).empty()) return record_by_id(*columns_.id);
    for (const auto& key : csv_import::keys_of(entity_))
        if (const auto id = record_by_key(key)) return id;
    return 0;
}

std::int64_t CsvImport::record_by_id(std::size_t column) {
    try {
        const auto id = field::integer_from(InputValue::of_text(trim(reader_[column])));
        if (tx_.value<std::int64_t>("SELECT id FROM " + entity_.table + " WHERE id = :id", id)) return id;
        throw Refused("kernel.import_unknown_id",
                      "To change a {}, give the id of one that exists; leave the cell empty to make a new one.",
                      lower_ascii(entity_.title))
            .with_status(422);
    } catch (const Refused& cause) {
        refuse(reader_.line(), column_name(column), cause);
    }
}

std::int64_t CsvImport::record_by_key(const std::vector<std::string>& fields) {
    const auto  values = entity_.make();
    std::string condition;
    Reading     reading{&tx_.books(), tx_.books().currency};
    for (const auto& name : fields) {
        const auto* column = columns_.find(name);
        if (!column || cell(*column).empty()) return 0;
        assign_cell(*column, values.get(), cell(*column), reading);
        condition += (condition.empty() ? "" : " AND ") + name + " = :" + name;
    }
    const auto text = "SELECT id FROM " + entity_.table + " WHERE " + condition;
    sql::Use   use(tx_, text);
    int        parameter = 0;
    for (const auto& name : fields) entity_.find(name)->bind(values.get(), *use, ++parameter);
    return use->step() ? use->integer(0) : 0;
}

void CsvImport::add_line(std::size_t list) {
    const auto& lines  = *columns_.lines[list].lines;
    auto&       given  = document_.lines[list];
    void*       record = document_.record.get();
    if (given.rows.empty()) {
        for (std::size_t i = 0; i < lines.size(record); ++i)
            given.before.push_back(lines.entity->copy(lines.at(record, i)));
        lines.clear(record);
    }
    const auto place = given.rows.size();
    given.rows.push_back(reader_.line());
    void*      line  = line_to_fill(list, place);
    const bool fresh = lines.entity->id(line) == 0;
    assign(*lines.entity, line, columns_.lines[list].fields, fresh, currency_of(entity_, record, tx_.books()), list,
           place);
}

void* CsvImport::line_to_fill(std::size_t list, std::size_t place) {
    const auto& columns = columns_.lines[list];
    const auto& lines   = *columns.lines;
    auto&       before  = document_.lines[list].before;
    void*       line    = lines.append(document_.record.get());
    if (!columns.id) {
        if (place < before.size()) lines.assign(line, before[place].get());
        return line;
    }
    const auto text = trim(reader_[*columns.id]);
    if (text.empty()) return line;
    try {
        const auto id = field::integer_from(InputValue::of_text(text));
        const auto it =
            std::ranges::find_if(before, [&](const auto& b) { return b && lines.entity->id(b.get()) == id; });
        if (it == before.end())
            throw Refused("kernel.unknown_line",
                          "To change a line, give the id of one this {} has, once; leave the cell empty to add a line.",
                          lower_ascii(entity_.title))
                .with_status(422);
        lines.assign(line, it->get());
        it->reset();
        return line;
    } catch (const Refused& cause) {
        refuse(reader_.line(), column_name(*columns.id), cause);
    }
}

void CsvImport::assign(const EntityDescription& e, void* record, const std::vector<CsvColumn>& columns, bool fresh,
                       Currency currency, std::optional<std::size_t> list, std::size_t line) {
    Reading reading{&tx_.books(), currency};
    for (const auto& f : e.fields) {
        const auto column = std::ranges::find_if(columns, [&](const auto& c) { return c.field == &f; });
        if (column != columns.end()) {
            const auto text  = cell(*column);
            const bool given = !text.empty();
            if (given && f.read_only) {
                const auto value = e.make();
                assign_cell(*column, value.get(), text, reading);
                if (!f.equal(value.get(), record))
                    document_.claims.push_back({&f, value, reader_.line(), column_name(column->index), list, line});
            } else if (given || (!fresh && f.nullable && !f.read_only)) {
                assign_cell(*column, record, text, reading);
            }
        }
        if (f.is_currency && !f.none(record)) reading.currency = tx_.books().currency_of(field_text(f, record));
    }
}

void CsvImport::assign_cell(const CsvColumn& column, void* record, std::string_view text, Reading& reading) {
    const auto& f = *column.field;
    try {
        if (f.kind != FieldKind::reference || text.empty())
            return assign_field(tx_, f, record, InputValue::of_text(text), reading, column_name(column.index));
        const auto [known, fresh] = references_.try_emplace({f.references, std::string(text)});
        if (!fresh && known->second) return f.assign(record, InputValue::of_integer(known->second), reading);
        assign_field(tx_, f, record, InputValue::of_text(text), reading, column_name(column.index));
        known->second = reference_id(f, record);
    } catch (const Refused& cause) {
        refuse(reader_.line(), column_name(column.index), cause);
    }
}

void CsvImport::finish_document() {
    if (!document_.record) return;
    const bool fresh = !document_.original;
    if (fresh || !unchanged()) try {
            save();
        } catch (const Refused& cause) {
            refuse_saving(cause);
        }
    check_claims();
    if (fresh) rows_by_id_.emplace(entity_.id(document_.record.get()), document_.row);
    ++(fresh ? outcome_.created : outcome_.updated);
    document_ = {};
}

bool CsvImport::unchanged() const {
    return csv_import::same(entity_, document_.original.get(), document_.record.get());
}

void CsvImport::save() {
    if (!document_.original) {
        record_commands::check_editable(entity_, nullptr, entity_.creatable, "create");
        records::insert(tx_, entity_, document_.record.get());
    } else {
        record_commands::check_editable(entity_, document_.original.get(), entity_.editable, "change");
        records::save(tx_, entity_, document_.record.get());
    }
    tx_.write_out();  // what the database refuses belongs to this line
}

void CsvImport::check_claims() {
    for (const auto& claim : document_.claims) {
        const void* holder = document_.record.get();
        if (claim.list) {
            const auto& lines = *columns_.lines[*claim.list].lines;
            holder = claim.line < lines.size(holder) ? lines.at(document_.record.get(), claim.line) : nullptr;
        }
        if (holder && claim.field->equal(claim.value.get(), holder)) continue;
        refuse(claim.row, claim.column,
               Refused("kernel.read_only_field",
                       "To import this, leave the cell empty: {} is never set from outside, and here it is \"{}\".",
                       claim.field->name, holder ? excerpt(field_text(*claim.field, holder)) : "")
                   .with_status(422));
    }
}

void CsvImport::refuse(std::int64_t row, const std::string& column, const Refused& cause) const {
    auto sentence = cause.sentence();
    if (const auto prefix = column + ": "; sentence.starts_with(prefix)) sentence.erase(0, prefix.size());
    throw Refused(Refused::Plain{}, cause.code(), fmt::format("Line {}, column {}: {}", row, excerpt(column), sentence))
        .with_status(cause.status())
        .with_field(column);
}

// A refusal of the whole record names a field of it, or of one of its lines ("lines[1].quantity").
void CsvImport::refuse_saving(const Refused& cause) const {
    const auto& path = cause.field();
    for (std::size_t list = 0; list < columns_.lines.size(); ++list) {
        const auto& name = columns_.lines[list].lines->name;
        if (!path.starts_with(name + "[")) continue;
        std::size_t place = 0;
        std::from_chars(path.data() + name.size() + 1, path.data() + path.size(), place);
        const auto& rows  = document_.lines[list].rows;
        const auto  dot   = path.find("].");
        const auto  field = dot == std::string::npos ? std::string() : path.substr(dot + 2);
        refuse(place < rows.size() ? rows[place] : document_.row, name + "." + field,
               Refused(Refused::Plain{}, cause.code(), csv_import::without_place(cause.sentence()))
                   .with_status(cause.status()));
    }
    if (!path.empty()) refuse(document_.row, path, cause);
    throw Refused(Refused::Plain{}, cause.code(), fmt::format("Line {}: {}", document_.row, cause.sentence()))
        .with_status(cause.status());
}

ImportOutcome import_csv(Transaction& tx, const EntityDescription& e, std::string_view csv) {
    if (!e.parent_field.empty() || (!e.creatable && !e.editable))
        throw Refused("kernel.not_importable", "To add {}, use the documents that make them: they cannot be imported.",
                      lower_ascii(e.plural));
    return CsvImport(tx, e, csv).run();
}

}  // namespace tessera::metadata
