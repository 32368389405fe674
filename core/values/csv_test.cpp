#include <tessera/csv.h>

#include <tessera/text.h>

#include "values/refusal.h"

#include <doctest/doctest.h>

#include <random>
#include <sstream>

namespace tessera::values::csv_test {

using Records = std::vector<std::vector<std::string>>;

Records read_all(CsvReader& reader) {
    Records records;
    while (reader.next()) {
        auto& record = records.emplace_back();
        for (std::size_t i = 0; i < reader.size(); ++i) record.emplace_back(reader[i]);
    }
    return records;
}

Records records_of(std::string_view text, CsvHeader header = CsvHeader::none) {
    CsvReader          from_text(text, header);
    const auto         records = read_all(from_text);
    std::istringstream stream{std::string(text)};
    CsvReader          from_stream(stream, header);
    CHECK(read_all(from_stream) == records);
    return records;
}

std::string sentence_of(std::string_view text, CsvHeader header = CsvHeader::first_record) {
    try {
        CsvReader reader(text, header);
        read_all(reader);
        return {};
    } catch (const Refused& refused) {
        CHECK(refused.code() == "kernel.malformed_csv");
        CHECK(refused.status() == 400);
        return refused.sentence();
    }
}

std::string random_cell(std::mt19937_64& random) {
    constexpr std::string_view bytes = "ab,;\t\"\r\n '=+-@1";
    std::string                cell;
    for (auto left = random() % 8; left > 0; --left) cell += bytes[random() % bytes.size()];
    return random() % 5 == 0 ? cell + "é€😀" : cell;
}

TEST_CASE("csv: every line end, quote and byte order mark of RFC 4180 is understood") {
    struct Row {
        std::string_view text;
        Records          records;
    };
    for (const auto& row :
         {Row{"", {}}, Row{"\n\r\n\r", {}}, Row{"a", {{"a"}}}, Row{"a,b\r\nc,d\r\n", {{"a", "b"}, {"c", "d"}}},
          Row{"a,b\nc,d", {{"a", "b"}, {"c", "d"}}}, Row{"a,b\rc,d\r", {{"a", "b"}, {"c", "d"}}},
          Row{"a,b\n\n\nc,d\n\n", {{"a", "b"}, {"c", "d"}}},
          Row{"\xEF\xBB\xBF"
              "a,b",
              {{"a", "b"}}},
          Row{",\n,", {{"", ""}, {"", ""}}}, Row{"\"\"\n", {{""}}}, Row{"\"a\"\"b\",\"\"\"\"", {{"a\"b", "\""}}},
          Row{"\"a\nb\",\"c\r\nd\"\r\n\"e,f\",g", {{"a\nb", "c\r\nd"}, {"e,f", "g"}}}, Row{" a , b ", {{" a ", " b "}}},
          Row{"a;b\n1,5;2", {{"a", "b"}, {"1,5", "2"}}}, Row{"a\tb\n1\t2", {{"a", "b"}, {"1", "2"}}},
          Row{"\"a,b,c\";d", {{"a,b,c", "d"}}}, Row{"\r\n\na;b\n1,5;2", {{"a", "b"}, {"1,5", "2"}}}})
        CHECK_MESSAGE(records_of(row.text) == row.records, row.text);
}

TEST_CASE("csv: cells are found by the name of their column, lines by their number") {
    CsvReader reader(std::string_view("name, price \n\"two\nlines\",5\n\nlast,6\n"));
    CHECK(reader.header() == std::vector<std::string>{"name", "price"});
    REQUIRE(reader.next());
    CHECK(reader["price"] == "5");
    CHECK(reader["colour"] == "");
    CHECK(reader.line() == 2);
    REQUIRE(reader.next());
    CHECK(reader["name"] == "last");
    CHECK(reader.line() == 5);
    CHECK(reader.column("price") == std::size_t{1});
    CHECK_FALSE(reader.column("colour").has_value());
    CHECK_FALSE(reader.next());
    CHECK_FALSE(reader.next());
}

TEST_CASE("csv: a given delimiter is not guessed") {
    CsvReader reader(std::string_view("a;b,c\n1;2,3"), CsvHeader::first_record, ',');
    CHECK(reader.header() == std::vector<std::string>{"a;b", "c"});
    CsvReader bars(std::string_view("a|b\n1|2"), CsvHeader::first_record, '|');
    CHECK(bars.header().size() == 2);
}

TEST_CASE("csv: what is malformed is refused with its line and column") {
    CHECK(sentence_of("a,b\n1,\"2\n3,4\n") == "To read line 2, column 2 (b), close the quote that opens here.");
    CHECK(sentence_of("a,b\n\"1\"x,2") ==
          "To read line 2, column 1 (a), end the cell after its closing quote, or double the quotes within it.");
    CHECK(sentence_of("a,b\n1,5\" pipe") ==
          "To read line 2, column 2 (b), put the whole cell in quotes and double the quotes within it.");
    CHECK(sentence_of("a,b\n1,2\n3\n") ==
          "To read line 3, column 1 (a), give 2 cells as in the first line; here are 1.");
    CHECK(sentence_of("a,b\n1,2,3\n") == "To read line 2, column 3, give no more than 2 cells.");
    CHECK(sentence_of("a,b\n1,\xE9\n") == "To read line 2, column 2 (b), save the file as UTF-8; this cell is not.");
    CHECK(sentence_of(std::string_view("a,b\n\0,2\n", 8)) == "To read line 2, column 1 (a), remove the NUL byte.");
    CHECK(sentence_of("a,b\n\xC3,\xA9\n") == "To read line 2, column 1 (a), save the file as UTF-8; this cell is not.");
    CHECK(sentence_of("a,\n1,2") == "To read line 1, column 2, give the column a name.");
    CHECK(sentence_of("a,b, a\n") ==
          "To read line 1, column 3, give the column another name than \"a\", which is taken.");
    CHECK(sentence_of("a\n\"1\r\n2\r3\n\"\n\"x") == "To read line 6, column 1 (a), close the quote that opens here.");
}

TEST_CASE("csv: sizes are limited so that a file cannot exhaust the memory") {
    constexpr std::size_t mebibyte = 1 << 20;
    const std::string     cell(mebibyte, 'x');
    CHECK(sentence_of("a\n" + cell) == "");
    CHECK(sentence_of("a\n\"" + cell + "\"") == "");
    CHECK(sentence_of("a\n" + cell + "x") == "To read line 2, column 1 (a), shorten the cell to 1 MiB.");
    CHECK(sentence_of("a\n\"" + cell + "x\"") == "To read line 2, column 1 (a), shorten the cell to 1 MiB.");
    CHECK(sentence_of(std::string(20'000, ',')) == "To read line 1, column 10001, give no more than 10000 cells.");
    std::string row;
    for (int i = 0; i < 17; ++i) row += cell + ",";
    CHECK(sentence_of(row, CsvHeader::none) == "To read line 1, column 17, shorten the line to 16 MiB.");
}

TEST_CASE("csv: a stream gives the same records wherever its chunks end") {
    for (std::size_t shift = 0; shift < 12; ++shift) {
        std::string text(65'530 - shift, 'x');
        text += ",\"a\r\nb\"\"c\"\r\n\"\xE2\x82\xAC\",2\r\n";
        const auto records = records_of(text);
        REQUIRE(records.size() == 2);
        CHECK(records[0][1] == "a\r\nb\"c");
        CHECK(records[1][0] == "€");
        std::istringstream stream(text);
        CsvReader          reader(stream, CsvHeader::none);
        while (reader.next()) {
        }
        CHECK(reader.line() == 4);
    }
}

TEST_CASE("csv: cells are quoted only when they must be") {
    std::string out;
    CsvWriter   writer(out);
    writer.text("plain").text("a,b").text("5\" pipe").text("two\nlines").text(" edge").text("").end_row();
    writer.number("-12.50").number(-1250, 2, 2).number(7).text("semi;colon").end_row();
    CHECK(out == "plain,\"a,b\",\"5\"\" pipe\",\"two\nlines\",\" edge\",\r\n-12.50,-12.50,7,semi;colon\r\n");
    std::string lines;
    CsvWriter   one(lines, ';', "\n");
    one.text("a;b").end_row();
    one.text("").end_row();
    CHECK(lines == "\"a;b\"\n\"\"\n");
    std::string mark;
    CsvWriter(mark).text("\xEF\xBB\xBFname").end_row();
    CHECK(records_of(mark) == Records{{"\xEF\xBB\xBFname"}});
}

TEST_CASE("csv: no text is ever a formula, and no number is changed") {
    struct Row {
        std::string_view text, written;
    };
    for (const auto& row :
         {Row{"=1+1", "'=1+1"}, Row{"+49 30 1234", "'+49 30 1234"}, Row{"-5", "'-5"}, Row{"@sum", "'@sum"},
          Row{"\tx", "'\tx"}, Row{"\rx", "\"'\rx\""}, Row{"=cmd|' /C calc'!A0,1", "\"'=cmd|' /C calc'!A0,1\""},
          Row{"'=1", "''=1"}, Row{"'quoted'", "'quoted'"}, Row{"1-1", "1-1"}, Row{"", ""}}) {
        std::string out;
        CsvWriter(out).text(row.text).number("-5").end_row();
        CHECK(out == fmt::format("{},-5\r\n", row.written));
        CsvReader reader(out, CsvHeader::none);
        REQUIRE(reader.next());
        CHECK(reader.text(0) == row.text);
        CHECK(reader[1] == "-5");
    }
}

TEST_CASE("csv: whatever is written reads back") {
    std::mt19937_64 random(4180);
    for (int i = 0; i < 20'000; ++i) {
        const auto  columns   = 1 + random() % 4;
        const char  delimiter = ",;\t"[random() % 3];
        std::string out;
        CsvWriter   writer(out, delimiter, random() % 2 == 0 ? "\r\n" : "\n");
        Records     written;
        for (auto rows = 1 + random() % 3; rows > 0; --rows) {
            auto& row = written.emplace_back();
            for (std::size_t c = 0; c < columns; ++c) writer.text(row.emplace_back(random_cell(random)));
            writer.end_row();
        }
        CsvReader reader(out, CsvHeader::none, delimiter);
        Records   read;
        while (reader.next()) {
            auto& row = read.emplace_back();
            for (std::size_t c = 0; c < reader.size(); ++c) row.emplace_back(reader.text(c));
        }
        REQUIRE(read == written);
    }
}

TEST_CASE("csv: any bytes are read or refused") {
    std::mt19937_64 random(3);
    for (int i = 0; i < 50'000; ++i) {
        constexpr std::string_view bytes("a,;\"\"\r\n\t\0\xC3\xA9\xFF", 12);
        std::string                text;
        for (auto left = random() % 24; left > 0; --left) text += bytes[random() % bytes.size()];
        const auto code = refusal([&] {
            CsvReader reader(text);
            while (reader.next())
                for (std::size_t c = 0; c < reader.size(); ++c) REQUIRE(valid_utf8(reader[c]));
        });
        REQUIRE((code.empty() || code == "kernel.malformed_csv"));
    }
}

}  // namespace tessera::values::csv_test
