#pragma once
// A result as people see it, shared by text, HTML, PDF and the column widths of XLSX: which columns are drawn, how they
// align, and the text of each cell. Figures are grouped, 1,234,567.80; all figures of one column show as many decimals as
// the one that needs most, so the points stand below each other; nothing is ever rounded. Integers are grouped only in
// columns with a total: a year or an account number is no amount.

#include <tessera/report_result.h>

namespace tessera::reports {

// "As of: 2026-01-31", or "From 2026-01-01 to 2026-01-31": a span of days is one.
struct DrawnParameter {
    std::string label{}, value{};
    bool        span = false;
    std::string text() const { return label + (span ? " " : ": ") + value; }
};

struct DrawnColumn {
    std::size_t index = 0;  // in ReportResult::columns
    std::string label{};
    CellType    type     = CellType::text;
    bool        right    = false;  // figures; everything else stands left
    bool        grouped  = false;
    int         decimals = 0;
};

class DrawnTable {
public:
    explicit DrawnTable(const ReportResult& result);  // which must outlive the table

    const std::vector<DrawnColumn>& columns() const { return columns_; }
    bool                            has_totals() const { return !result_.totals.empty(); }
    std::string                     cell(const std::vector<Cell>& row, const DrawnColumn& column) const;
    std::string total(const DrawnColumn& column) const;  // "Total" in the first column when it has none itself

    std::vector<DrawnParameter> parameters() const;  // those that have a value
    std::string              made_at() const;    // "2026-11-22 10:15 UTC"
    // "As of 2026-11-29 12:03:04 UTC, from the replica, 3 s behind"; "" when it was read from the primary.
    std::string              as_of() const;
    std::string              row_count() const;  // "1 row", "1,204 rows"

private:
    std::string text(const Cell& cell, const DrawnColumn& column) const;

    const ReportResult&      result_;
    std::vector<DrawnColumn> columns_{};
};

bool is_figure(CellType type);
// How many decimals this figure needs: 12.500000 with at least 2 needs 2, with at least 0 one.
int         needed_decimals(const Decimal& value);
std::string grouped(const Decimal& value, int decimals);  // padded with zeros to so many decimals

}  // namespace tessera::reports
