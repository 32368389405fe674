#pragma once
// CSV as RFC 4180 has it. CsvReader reads a file of any length, one record at a time; CsvWriter appends records to a
// text. Both treat a cell as text or as a number, never as a formula.
//
//     CsvReader reader(stream);                              // or a string_view, which must outlive the reader
//     while (reader.next())
//         import(reader["name"], reader.line());             // views are valid until the next next()
//
//     CsvWriter writer(out);
//     writer.text("Chain; 5\"").number(-1250, 2).end_row();   // "Chain; 5""",-12.5
//
// The reader takes CRLF, LF and CR line ends, a byte order mark, line breaks within quotes, and finds out by itself
// whether commas, semicolons or tabs separate the cells. Empty lines are passed over. The first record names the
// columns unless CsvHeader::none is given. It never holds more than one record and a buffer.
//
// What is not CSV is refused with "kernel.malformed_csv" (400), naming line and column: an unclosed quote, a quote in
// the middle of an unquoted cell, text after a closing quote, another number of cells than the first record has,
// invalid UTF-8, a NUL, a cell of more than 1 MiB or a line of more than 16, a column name that is empty or given
// twice. Nothing can be read after a refusal. Neither class is for two threads at once.

#include <tessera/refused.h>

#include <cstdint>
#include <iosfwd>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace tessera {

enum class CsvHeader { first_record, none };

class TESSERA_API CsvReader {
public:
    static constexpr char guessed = '\0';  // the delimiter is the one the first line has most of: , ; or tab

    explicit CsvReader(std::istream& input, CsvHeader header = CsvHeader::first_record, char delimiter = guessed);
    explicit CsvReader(std::string_view input, CsvHeader header = CsvHeader::first_record, char delimiter = guessed);
    ~CsvReader();
    CsvReader(const CsvReader&)            = delete;
    CsvReader& operator=(const CsvReader&) = delete;

    // The names of the columns, trimmed; empty for CsvHeader::none and for an empty file.
    const std::vector<std::string>& header() const { return header_; }
    std::optional<std::size_t>      column(std::string_view name) const;
    char                            delimiter() const { return delimiter_; }

    bool             next();  // false when there is no further record
    std::size_t      size() const { return cells_.size(); }
    std::string_view operator[](std::size_t column) const;     // the bytes of the cell
    std::string_view operator[](std::string_view name) const;  // "" when there is no such column
    std::string_view text(std::size_t column) const;           // without the apostrophe CsvWriter::text() put before it
    std::int64_t     line() const { return record_line_; }     // on which the record begins, from 1

private:
    struct Cell {
        std::size_t start = 0, size = 0;
    };
    class Source;

    bool              read_record();
    void              read_cell();
    void              read_quoted_cell();
    void              read_plain_cell();
    void              end_cell(std::size_t start);
    void              check_encoding() const;
    void              read_header();
    [[noreturn]] void refuse(std::int64_t line, std::size_t cell, std::string_view what) const;

    std::unique_ptr<Source>  source_;
    std::vector<std::string> header_{};
    std::vector<Cell>        cells_{};
    std::string              record_{};         // the bytes of all cells, one after the other
    std::size_t              expected_    = 0;  // cells per record; 0 until the first record is read
    std::int64_t             line_        = 1;
    std::int64_t             record_line_ = 1;
    char                     delimiter_   = ',';
};

// Appends to the text it is given; whoever owns that text may write it away and clear it after any row. text() puts an
// apostrophe before what a spreadsheet would run as a formula (= + - @ tab, carriage return), number() never does.
// CsvReader::text() takes exactly that apostrophe away again.
class TESSERA_API CsvWriter {
public:
    explicit CsvWriter(std::string& out, char delimiter = ',', std::string_view line_end = "\r\n");

    CsvWriter& text(std::string_view value);
    CsvWriter& number(std::string_view value);  // digits, dates and the like, written as they are
    CsvWriter& number(std::int64_t units, int decimals = 0, int minimum_decimals = 0);
    void       end_row();

private:
    void begin_cell();
    void append_quoted(std::string_view value, bool apostrophe);

    std::string&     out_;
    std::string_view line_end_;
    std::size_t      row_start_ = 0;
    std::size_t      cells_     = 0;  // of the row so far
    char             delimiter_;
};

}  // namespace tessera
