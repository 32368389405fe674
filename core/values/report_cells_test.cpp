#include <tessera/report_result.h>

#include <doctest/doctest.h>

namespace tessera::values::report_cells_test {

TEST_CASE("report: every kind of cell has one text") {
    struct Row {
        Cell             cell;
        std::string_view text;
    };
    for (const auto& row :
         {Row{Cell{}, ""}, Row{Cell{true}, "true"}, Row{Cell{false}, "false"}, Row{Cell{std::int64_t{-12}}, "-12"},
          Row{Cell{Decimal{1250, 2, 2}}, "12.50"}, Row{Cell{Decimal{12'500'000, 6, 0}}, "12.5"},
          Row{Cell{Date(2026, 1, 31)}, "2026-01-31"}, Row{Cell{Date{}}, ""},
          Row{Cell{Instant::parse("2026-01-31T10:15:30Z")}, "2026-01-31T10:15:30.000000Z"},
          Row{Cell{std::string("=1+1")}, "=1+1"}})
        CHECK(text_of(row.cell) == row.text);
}

TEST_CASE("report: cell types have names") {
    CHECK(name_of(CellType::text) == "text");
    CHECK(name_of(CellType::money) == "money");
    CHECK(name_of(CellType::flag) == "flag");
}

}  // namespace tessera::values::report_cells_test
