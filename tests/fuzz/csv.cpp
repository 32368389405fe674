// CSV files: read as a text and as a stream they say the same, and written again they do too.

#include <tessera/csv.h>
#include <tessera/text.h>

#include "harness.h"

#include <algorithm>
#include <optional>
#include <sstream>

namespace tessera::fuzz {
namespace {

using Rows = std::vector<std::vector<std::string>>;

struct Table {
    char                     delimiter = ',';
    std::vector<std::string> header{};
    Rows                     rows{}, texts{};  // their bytes, and what they mean
    std::int64_t             last_line = 0;
};

Table read(CsvReader& reader) {
    Table table{.delimiter = reader.delimiter(), .header = reader.header()};
    while (reader.next()) {
        auto& row   = table.rows.emplace_back();
        auto& texts = table.texts.emplace_back();
        for (std::size_t i = 0; i < reader.size(); ++i) {
            row.emplace_back(reader[i]);
            texts.emplace_back(reader.text(i));
        }
        must(table.rows.front().size() == row.size() && (table.header.empty() || table.header.size() == row.size()),
             "every record has as many cells as the first");
        must(reader.line() > table.last_line, "lines are counted upwards");
        table.last_line = reader.line();
    }
    return table;
}

template <class Input>
std::optional<Table> read(Input&& input, CsvHeader header, char delimiter = CsvReader::guessed) {
    std::optional<Table> table;
    accepts([&] {
        CsvReader reader(input, header, delimiter);
        table = read(reader);
    });
    return table;
}

std::string written(const Rows& rows, char delimiter, CsvWriter& (CsvWriter::*cell)(std::string_view)) {
    std::string text;
    CsvWriter   writer(text, delimiter);
    for (const auto& row : rows) {
        for (const auto& one : row) (writer.*cell)(one);
        writer.end_row();
    }
    return text;
}

void try_csv(std::string_view bytes) {
    for (const auto header : {CsvHeader::none, CsvHeader::first_record}) {
        std::istringstream stream{std::string(bytes)};
        const auto         table    = read(bytes, header);
        const auto         streamed = read(stream, header);
        must(table.has_value() == streamed.has_value(), "a stream is accepted like a text");
        if (!table) continue;
        must(table->rows == streamed->rows && table->header == streamed->header && table->last_line == streamed->last_line, "a stream says what the text says");
        for (const auto& name : table->header) must(!name.empty() && std::ranges::count(table->header, name) == 1, "columns have names of their own");
        if (header != CsvHeader::none) continue;

        const auto again       = [&](const std::string& text, char delimiter) { return read(std::string_view(text), header, delimiter); };
        const auto as_they_are = again(written(table->rows, table->delimiter, &CsvWriter::number), table->delimiter);
        must(as_they_are && as_they_are->rows == table->rows, "bytes that are written are read as what they were");
        const auto texts = again(written(table->texts, table->delimiter, &CsvWriter::text), table->delimiter);
        must(texts && texts->texts == table->texts, "texts that are written are read as what they were");
        if (bytes.starts_with("\xEF\xBB\xBF")) continue;
        const auto below = again("\n" + std::string(bytes), CsvReader::guessed);
        must(below && below->rows == table->rows, "an empty line at the beginning makes no difference");
    }
}
HARNESS(csv)

}  // namespace
}  // namespace tessera::fuzz
