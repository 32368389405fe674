#include <tessera/csv.h>

#include <tessera/decimal.h>

#include "values/csv_formula.h"

namespace tessera {
namespace values::csv_writer {

constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";

// Spaces at the edges are quoted too, because some readers drop them, and so is what would be the mark of a file.
bool needs_quotes(std::string_view value, char delimiter) {
    if (value.empty()) return false;
    if (value.front() == ' ' || value.back() == ' ' || value.starts_with(byte_order_mark)) return true;
    for (const char c : value)
        if (c == delimiter || c == '"' || c == '\n' || c == '\r') return true;
    return false;
}

}  // namespace values::csv_writer

CsvWriter::CsvWriter(std::string& out, char delimiter, std::string_view line_end)
    : out_(out), line_end_(line_end), delimiter_(delimiter) {}

CsvWriter& CsvWriter::text(std::string_view value) {
    begin_cell();
    const bool apostrophe = values::csv_formula::runs(value);
    if (values::csv_writer::needs_quotes(value, delimiter_)) {
        append_quoted(value, apostrophe);
        return *this;
    }
    if (apostrophe) out_ += '\'';
    out_.append(value);
    return *this;
}

CsvWriter& CsvWriter::number(std::string_view value) {
    begin_cell();
    if (values::csv_writer::needs_quotes(value, delimiter_))
        append_quoted(value, false);
    else
        out_.append(value);
    return *this;
}

CsvWriter& CsvWriter::number(std::int64_t units, int decimals, int minimum_decimals) {
    begin_cell();
    append_decimal(out_, units, decimals, minimum_decimals);
    return *this;
}

void CsvWriter::end_row() {
    if (cells_ == 1 && out_.size() == row_start_) out_ += "\"\"";  // a bare line would be passed over when read
    out_.append(line_end_);
    cells_ = 0;
}

void CsvWriter::begin_cell() {
    if (cells_ == 0) row_start_ = out_.size();
    if (cells_ != 0) out_ += delimiter_;
    ++cells_;
}

void CsvWriter::append_quoted(std::string_view value, bool apostrophe) {
    out_ += '"';
    if (apostrophe) out_ += '\'';
    for (const char c : value) {
        if (c == '"') out_ += '"';
        out_ += c;
    }
    out_ += '"';
}

}  // namespace tessera
