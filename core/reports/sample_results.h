#pragma once
// Results for the tests of the writers: a small one with everything that is awkward to write, and a trial balance of any
// length.

#include <tessera/report_result.h>

#include <fmt/format.h>

namespace tessera::reports::sample_results {

inline Decimal dollars(std::int64_t cents) { return {cents, 2, 2}; }
inline Decimal pieces(std::int64_t millionths) { return {millionths, 6, 0}; }

inline ReportResult awkward() {
    ReportResult result;
    result.report     = "sales.open_orders";
    result.title      = "Open orders <by customer>";
    result.company    = "Müller & Söhne";
    result.parameters = {{"as_of", "As of", "2026-01-31"}, {"customer", "Customer", ""}};
    result.columns    = {
           {.name       = "customer",
            .label      = "Customer",
            .drill_down = {.entity = "directory.party", .id_column = "customer_id"}},
           {.name = "customer_id", .label = "Customer id", .type = CellType::integer, .hidden = true},
           {.name = "due", .label = "Due", .type = CellType::date},
           {.name = "quantity", .label = "Quantity", .type = CellType::quantity},
           {.name       = "amount",
            .label      = "Amount",
            .type       = CellType::money,
            .total      = true,
            .drill_down = {.report     = "financials.general_ledger",
                           .parameters = {{"party", "customer"}, {"to", ":as_of"}, {"role", "=receivable"}}},
            .help       = "In the \"books\" currency"},
           {.name = "urgent", .label = "Urgent", .type = CellType::flag},
    };
    result.rows = {
        {std::string("Žilina, \"North\" & Co"), std::int64_t{7}, Date(2026, 2, 28), pieces(12'500'000),
         dollars(123'456'780), true},
        {std::string("=HYPERLINK(\"http://x\")"), std::int64_t{8}, Cell{}, pieces(3'000'000), dollars(-1'205), false},
        {std::string("東京\n商事"), std::int64_t{9}, Date(2026, 12, 1), Cell{}, Cell{}, Cell{}},
    };
    result.totals  = {Cell{}, Cell{}, Cell{}, Cell{}, dollars(123'455'575), Cell{}};
    result.made_at = Instant::parse("2026-01-31T10:15:30.123456Z");
    return result;
}

inline ReportResult trial_balance(int rows) {
    ReportResult result;
    result.report          = "financials.trial_balance";
    result.title           = "Trial balance";
    result.company         = "Demo Manufacturing";
    result.parameters      = {{"as_of", "As of", "2026-11-22"}, {"as_known_at", "As known at", "2026-11-22T10:15:00Z"}};
    result.columns         = {{.name = "account", .label = "Account"},
                              {.name = "name", .label = "Name"},
                              {.name = "opening", .label = "Opening balance", .type = CellType::money, .total = true},
                              {.name = "debit", .label = "Debit", .type = CellType::money, .total = true},
                              {.name = "credit", .label = "Credit", .type = CellType::money, .total = true},
                              {.name = "closing", .label = "Closing balance", .type = CellType::money, .total = true}};
    const char*  names[]   = {"Cash at bank",
                              "Trade receivables",
                              "Goods received, not invoiced",
                              "Inventory of finished goods",
                              "Wages and salaries",
                              "Depreciation of machinery and equipment",
                              "Sales of own products"};
    std::int64_t totals[4] = {};
    for (int i = 0; i < rows; ++i) {
        const std::int64_t opening    = (i * 7'919'333LL) % 900'000'000 - 300'000'000;
        const std::int64_t debit      = (i * 104'729LL * 31) % 50'000'000;
        const std::int64_t credit     = (i * 1'299'709LL * 17) % 60'000'000;
        const std::int64_t figures[4] = {opening, debit, credit, opening + debit - credit};
        result.rows.push_back({fmt::format("{}", 1000 + 10 * i), std::string(names[i % 7]), dollars(figures[0]),
                               dollars(figures[1]), dollars(figures[2]), dollars(figures[3])});
        for (int j = 0; j < 4; ++j) totals[j] += figures[j];
    }
    result.totals  = {Cell{}, Cell{}, dollars(totals[0]), dollars(totals[1]), dollars(totals[2]), dollars(totals[3])};
    result.made_at = Instant::parse("2026-11-22T10:15:30Z");
    return result;
}

}  // namespace tessera::reports::sample_results
