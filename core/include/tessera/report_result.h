#pragma once
// ReportResult is what running a report gives: typed columns, rows of typed cells, totals. Every format (text, CSV,
// JSON, HTML, XLSX, PDF) is drawn from this one result, so they cannot disagree.

#include <tessera/date.h>
#include <tessera/money.h>

#include <string>
#include <utility>
#include <variant>
#include <vector>

namespace tessera {

// A cell. Decimals (money, quantities, prices, rates, percentages) are exact: an integer and its number of decimals.
struct Decimal {
    std::int64_t units            = 0;
    std::uint8_t decimals         = 0;
    std::uint8_t minimum_decimals = 0;
    std::string  str() const { return format_decimal(units, decimals, minimum_decimals); }
    friend bool operator==(const Decimal&, const Decimal&) = default;
};
using Cell = std::variant<std::monostate, bool, std::int64_t, Decimal, Date, Instant, std::string>;

enum class CellType { text, integer, money, quantity, price, rate, percent, date, instant, flag };
TESSERA_API std::string_view name_of(CellType type);       // "text", "integer", "money", …

// Where a figure leads. `report` names a report and how its parameters are filled: each pair is (parameter, source),
// source being a column of this report ("account"), a parameter of this run (":from"), or a constant ("=payables").
// `entity` names an entity instead, and `id_column` the column that holds the record's id.
struct DrillDown {
    std::string                                      report{};
    std::vector<std::pair<std::string, std::string>> parameters{};
    std::string                                      entity{};
    std::string                                      id_column{};
    bool empty() const { return report.empty() && entity.empty(); }
};

struct ReportColumn {
    std::string name{};                    // snake_case, stable: scripts rely on it
    std::string label{};
    CellType    type   = CellType::text;
    bool        total  = false;            // its sum is shown in the last line
    bool        hidden = false;            // carried for drill-down and machines; not drawn for people
    DrillDown   drill_down{};
    std::string help{};
};

struct ReportParameterValue {
    std::string name{};
    std::string label{};
    std::string value{};                   // as text, in the form the command line accepts; "" when not given
};

struct ReportResult {
    std::string                       report{};       // "financials.trial_balance"
    std::string                       title{};
    std::string                       company{};      // shown in the heading
    std::vector<ReportParameterValue> parameters{};
    std::vector<ReportColumn>         columns{};
    std::vector<std::vector<Cell>>    rows{};
    std::vector<Cell>                 totals{};       // one per column, monostate where there is none; empty: no totals
    Instant                           made_at{};
    Instant                           as_of{};            // where it was read from a replica: nothing older than this is lacking
    std::int64_t                      seconds_behind = 0; // of the replica, where it lacked something
};

TESSERA_API std::string text_of(const Cell& cell);     // "" for none, "true"/"false", decimals exactly, ISO dates

// A report of any length as a stream: begin, each row, end. The CSV and JSON writers are sinks that hold one row.
class TESSERA_API ReportSink {
public:
    virtual ~ReportSink();
    virtual void begin(const ReportResult& heading)          = 0;    // rows and totals still empty
    virtual void row(const std::vector<Cell>& cells)         = 0;
    virtual void end(const std::vector<Cell>& totals)        = 0;
};

}  // namespace tessera
