#pragma once
// What the first line of an imported CSV file names: the record's id, fields of the record, and fields of its lines as
// "lines.quantity". Refused: kernel.import_empty (no first line), kernel.import_unknown_column.

#include <tessera/csv.h>
#include <tessera/entity.h>

namespace tessera::metadata {

struct CsvColumn {
    const FieldDescription* field = nullptr;
    std::size_t             index = 0;
};

struct CsvLineColumns {
    const LinesDescription*    lines = nullptr;
    std::optional<std::size_t> id{};
    std::vector<CsvColumn>     fields{};  // in the order of declaration
};

struct CsvColumns {
    CsvColumns(const EntityDescription& entity, const CsvReader& reader);

    std::optional<std::size_t>  id{};
    std::vector<CsvColumn>      fields{};  // in the order of declaration, so that a currency comes before its amounts
    std::vector<CsvLineColumns> lines{};   // one for each kind of line, also when the file has none of it

    const CsvColumn* find(std::string_view field) const;
};

}  // namespace tessera::metadata
