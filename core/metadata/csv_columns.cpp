#include "metadata/csv_columns.h"

#include <tessera/text.h>

#include <algorithm>

namespace tessera::metadata {

namespace csv_columns {

std::vector<CsvColumn> present(const EntityDescription& e, const std::string& prefix, const CsvReader& reader,
                               std::vector<bool>& known) {
    std::vector<CsvColumn> found;
    for (const auto& f : e.fields) {
        if (!e.parent_field.empty() && f.name == e.parent_field) continue;
        const auto index = reader.column(prefix + f.name);
        if (!index) continue;
        found.push_back({&f, *index});
        known[*index] = true;
    }
    return found;
}

std::optional<std::size_t> id_column(const std::string& prefix, const CsvReader& reader, std::vector<bool>& known) {
    const auto index = reader.column(prefix + "id");
    if (index) known[*index] = true;
    return index;
}

std::string all_names(const EntityDescription& e) {
    std::string all = "id";
    for (const auto& f : e.fields) all += ", " + f.name;
    for (const auto& l : e.lines)
        for (const auto& f : l.entity->fields)
            if (f.name != l.entity->parent_field) all += ", " + l.name + "." + f.name;
    return all;
}

}  // namespace csv_columns

CsvColumns::CsvColumns(const EntityDescription& e, const CsvReader& reader) {
    if (reader.header().empty())
        throw Refused("kernel.import_empty",
                      "To import {}, send a CSV file whose first line names its columns, of: {}.",
                      lower_ascii(e.plural), csv_columns::all_names(e))
            .with_status(422);
    std::vector<bool> known(reader.header().size());
    id     = csv_columns::id_column({}, reader, known);
    fields = csv_columns::present(e, {}, reader, known);
    for (const auto& l : e.lines) {
        const auto prefix  = l.name + ".";
        const auto line_id = csv_columns::id_column(prefix, reader, known);
        lines.push_back({&l, line_id, csv_columns::present(*l.entity, prefix, reader, known)});
    }
    for (std::size_t i = 0; i < known.size(); ++i)
        if (!known[i])
            throw Refused("kernel.import_unknown_column",
                          "To import {}, name the columns in line 1 after their fields ({}); \"{}\" is none of them.",
                          lower_ascii(e.plural), csv_columns::all_names(e), excerpt(reader.header()[i]))
                .with_status(422)
                .with_field(excerpt(reader.header()[i]));
}

const CsvColumn* CsvColumns::find(std::string_view field) const {
    const auto it = std::ranges::find_if(fields, [&](const auto& c) { return c.field->name == field; });
    return it == fields.end() ? nullptr : &*it;
}

}  // namespace tessera::metadata
