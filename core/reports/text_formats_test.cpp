#include "reports/report_writer.h"
#include "reports/sample_results.h"

#include <tessera/json.h>

#include <doctest/doctest.h>

#include <boost/json.hpp>

namespace tessera::reports {
namespace text_formats_test {

using sample_results::awkward;
using sample_results::trial_balance;

ReportResult of_one_column(CellType type, std::vector<Cell> cells, bool total = false) {
    ReportResult result;
    result.title   = "One";
    result.columns = {{.name = "value", .label = "Value", .type = type, .total = total}};
    for (auto& cell : cells) result.rows.push_back({std::move(cell)});
    return result;
}

// The lines of the table's body as the text format draws them.
std::vector<std::string> drawn(const ReportResult& result) {
    const std::string        text = write_report(result, ReportFormat::text);
    std::vector<std::string> lines;
    std::size_t              start = 0;
    for (std::size_t end; (end = text.find('\n', start)) != std::string::npos; start = end + 1)
        lines.push_back(text.substr(start, end - start));
    return {lines.begin() + 4, lines.begin() + 4 + static_cast<std::ptrdiff_t>(result.rows.size())};
}

TEST_CASE("report writer: formats are known by their name and by the ending of a file") {
    CHECK(report_format("text") == ReportFormat::text);
    CHECK(report_format("txt") == ReportFormat::text);
    CHECK(report_format("xlsx") == ReportFormat::xlsx);
    CHECK_FALSE(report_format("PDF").has_value());
    CHECK_FALSE(report_format("").has_value());
    CHECK(media_type(ReportFormat::csv) == "text/csv; charset=utf-8; header=present");
    CHECK(file_extension(ReportFormat::text) == "txt");
    CHECK(file_extension(ReportFormat::pdf) == "pdf");
}

TEST_CASE("report as text: columns line up, figures are grouped, hidden columns and control characters stay away") {
    CHECK(write_report(awkward(), ReportFormat::text) ==
          "Open orders <by customer>\n"
          "Müller & Söhne\n"
          "As of: 2026-01-31\n"
          "\n"
          "Customer                Due         Quantity        Amount  Urgent\n"
          "----------------------  ----------  --------  ------------  ------\n"
          "Žilina, \"North\" & Co    2026-02-28      12.5  1,234,567.80  yes\n"
          "=HYPERLINK(\"http://x\")                   3.0        -12.05  no\n"
          "東京 商事               2026-12-01\n"
          "----------------------  ----------  --------  ------------  ------\n"
          "Total                                         1,234,555.75\n"
          "\n"
          "3 rows, made 2026-01-31 10:15 UTC\n");
}

TEST_CASE("report as text: a terminal is never told to do anything") {
    const auto lines = drawn(of_one_column(CellType::text, {std::string("a\x1b[2Jb\xc2\x9b"), std::string("\xff!")}));
    CHECK(lines[0] == "a [2Jb");
    CHECK(lines[1] == "\xEF\xBF\xBD!");
}

TEST_CASE("report as text: a long text is cut at sixty characters, a figure never") {
    const auto texts = drawn(of_one_column(CellType::text, {std::string(61, 'x'), std::string(60, 'y')}));
    CHECK(texts[0] == std::string(59, 'x') + "…");
    CHECK(texts[1] == std::string(60, 'y'));
    CHECK(drawn(of_one_column(CellType::money, {Decimal{INT64_MIN, 2, 2}}))[0] == "-92,233,720,368,547,758.08");
}

TEST_CASE("report for people: how each kind of cell reads") {
    struct Row {
        CellType    type;
        Cell        cell;
        bool        total;
        std::string reads;
    };
    const std::vector<Row> rows{
        {CellType::money, Decimal{12'345'678'900, 4, 4}, true, "1,234,567.8900"},
        {CellType::money, Decimal{-5, 2, 2}, true, "-0.05"},
        {CellType::money, Decimal{-123'456, 2, 2}, true, "-1,234.56"},
        {CellType::money, Decimal{100'000, 0, 0}, true, "100,000"},
        {CellType::money, Decimal{999, 0, 0}, true, "  999"},
        {CellType::quantity, Decimal{12'000'000, 6, 0}, false, "   12"},
        {CellType::rate, Decimal{10'834'500'000, 10, 0}, false, "1.08345"},
        {CellType::percent, Decimal{8'250'000, 6, 0}, false, "8.25%"},
        {CellType::integer, std::int64_t{2026}, false, " 2026"},
        {CellType::integer, std::int64_t{-1'234'567}, true, "-1,234,567"},
        {CellType::date, Date(2026, 2, 28), false, "2026-02-28"},
        {CellType::instant, Instant::parse("2026-02-28T23:59:58.7Z"), false, "2026-02-28 23:59:58 UTC"},
        {CellType::flag, false, false, "no"},
        {CellType::money, std::string("various"), false, "various"},
        {CellType::money, Cell{}, false, ""},
    };
    for (const auto& row : rows) {
        CAPTURE(row.reads);
        CHECK(drawn(of_one_column(row.type, {row.cell}, row.total))[0] == row.reads);
    }
}

TEST_CASE("report for people: the points of one column stand below each other and nothing is rounded") {
    const auto lines =
        drawn(of_one_column(CellType::quantity, {Decimal{12'500'000, 6, 0}, Decimal{3, 0, 0}, Decimal{1'250, 3, 0}}));
    CHECK(lines == std::vector<std::string>{"12.50", " 3.00", " 1.25"});
}

TEST_CASE("report as CSV: the exact rows and nothing else; a text is never a formula") {
    CHECK(write_report(awkward(), ReportFormat::csv) ==
          "customer,due,quantity,amount,urgent\r\n"
          "\"Žilina, \"\"North\"\" & Co\",2026-02-28,12.5,1234567.80,true\r\n"
          "\"'=HYPERLINK(\"\"http://x\"\")\",,3,-12.05,false\r\n"
          "\"東京\n商事\",2026-12-01,,,\r\n");
}

TEST_CASE(
    "report as JSON: hidden columns, drill-downs and totals are there, decimals are strings, what is absent is null") {
    const auto json        = parse_json(write_report(awkward(), ReportFormat::json));
    const auto parameters  = parse_json(R"({"as_of":"2026-01-31","customer":null})");
    const auto to_customer = parse_json(R"({"entity":"directory.party","id_column":"customer_id"})");
    const auto hidden      = parse_json(
             R"({"name":"customer_id","label":"Customer id","type":"integer","total":false,"hidden":true,"help":"",)"
                  R"("drill_down":null})");
    const auto amount = parse_json(
        R"({"name":"amount","label":"Amount","type":"money","total":true,"hidden":false,"help":"In the \"books\" currency",)"
        R"("drill_down":{"report":"financials.general_ledger",)"
        R"("parameters":{"party":"customer","to":":as_of","role":"=receivable"}}})");
    const auto rows = parse_json(
        R"([{"customer":"Žilina, \"North\" & Co","customer_id":7,"due":"2026-02-28","quantity":"12.5",)"
        R"("amount":"1234567.80","urgent":true},)"
        R"json({"customer":"=HYPERLINK(\"http://x\")","customer_id":8,"due":null,"quantity":"3",)json"
        R"("amount":"-12.05","urgent":false},)"
        R"({"customer":"東京\n商事","customer_id":9,"due":"2026-12-01","quantity":null,"amount":null,"urgent":null}])");
    CHECK(json.at("report") == "sales.open_orders");
    CHECK(json.at("parameters") == parameters);
    CHECK(json.at("columns").as_array().size() == 6);
    CHECK(json.at("columns").at(0).at("drill_down") == to_customer);
    CHECK(json.at("columns").at(1) == hidden);
    CHECK(json.at("columns").at(4) == amount);
    CHECK(json.at("rows") == rows);
    CHECK(json.at("totals").at("amount") == "1234555.75");
    CHECK(json.at("totals").as_object().size() == 1);
    CHECK(json.at("made_at") == "2026-01-31T10:15:30.123456Z");
}

TEST_CASE("report as JSON: without rows it is still a whole report") {
    auto result     = trial_balance(0);
    result.totals   = {};
    const auto json = parse_json(write_report(result, ReportFormat::json));
    CHECK(json.at("rows").as_array().empty());
    CHECK(json.at("totals").as_object().empty());
}

TEST_CASE("report as HTML: one page that needs nothing else and runs nothing") {
    const std::string page = write_report(awkward(), ReportFormat::html);
    CHECK(page.starts_with("<!DOCTYPE html>"));
    CHECK(page.ends_with("</html>\n"));
    CHECK(page.find("<script") == std::string::npos);
    CHECK(page.find("url(") == std::string::npos);
    CHECK(page.find("default-src 'none'") != std::string::npos);
    CHECK(page.find("prefers-color-scheme: dark") != std::string::npos);
    CHECK(page.find("@media print") != std::string::npos);
    const std::string table =
        "<table>\n<thead>\n<tr><th scope=\"col\">Customer</th><th scope=\"col\">Due</th>"
        "<th scope=\"col\" class=\"figure\">Quantity</th>"
        "<th title=\"In the &quot;books&quot; currency\" scope=\"col\" class=\"figure\">Amount</th>"
        "<th scope=\"col\">Urgent</th></tr>\n</thead>\n<tbody>\n"
        "<tr><td class=\"fixed\">Žilina, &quot;North&quot; &amp; Co</td><td class=\"fixed\">2026-02-28</td>"
        "<td class=\"figure\">12.5</td><td class=\"figure\">1,234,567.80</td><td class=\"fixed\">yes</td></tr>\n"
        "<tr><td class=\"fixed\">=HYPERLINK(&quot;http://x&quot;)</td><td class=\"fixed\"></td>"
        "<td class=\"figure\">3.0</td><td class=\"figure\">-12.05</td><td class=\"fixed\">no</td></tr>\n"
        "<tr><td class=\"fixed\">東京\n商事</td><td class=\"fixed\">2026-12-01</td>"
        "<td class=\"figure\"></td><td class=\"figure\"></td><td class=\"fixed\"></td></tr>\n"
        "</tbody>\n<tfoot>\n<tr><td class=\"fixed\">Total</td><td class=\"fixed\"></td><td class=\"figure\"></td>"
        "<td class=\"figure\">1,234,555.75</td><td class=\"fixed\"></td></tr>\n</tfoot>\n</table>\n";
    CHECK(page.substr(page.find("<table>"), table.size()) == table);
    CHECK(page.find("<h1>Open orders &lt;by customer&gt;</h1>") != std::string::npos);
    CHECK(page.find("<dt>As of</dt><dd>2026-01-31</dd>") != std::string::npos);
}

TEST_CASE("report writer: a span of days is printed as one, and a day that is not asked about is not printed") {
    const auto days = [](std::vector<ReportParameterValue> parameters) {
        auto result       = awkward();
        result.parameters = std::move(parameters);
        const auto  text  = write_report(result, ReportFormat::text);
        const auto  begin = text.find(result.company) + result.company.size();
        const auto  lines = text.substr(begin, text.find("\n\n", begin) - begin);
        return lines.empty() ? lines : lines.substr(1);
    };
    const ReportParameterValue as_of{"as_of", "As of", "2026-03-31"}, from{"from", "From", "2026-01-01"}, to{"to", "To", "2026-01-31"};
    const ReportParameterValue no_day{"as_of", "As of", ""}, party{"party", "Party", "ACME"};
    CHECK(days({party, from, to}) == "Party: ACME\nFrom 2026-01-01 to 2026-01-31");
    CHECK(days({no_day, from, to}) == "From 2026-01-01 to 2026-01-31");
    CHECK(days({as_of, from, {"to", "To", ""}, party}) == "From 2026-01-01 to 2026-03-31\nParty: ACME");
    CHECK(days({as_of}) == "As of: 2026-03-31");
    CHECK(days({to}) == "Up to 2026-01-31");
    CHECK(days({from}) == "From 2026-01-01 on");
    CHECK(days({no_day, party}) == "Party: ACME");
    CHECK(days({no_day}) == "");

    auto result       = awkward();
    result.parameters = {no_day, from, to};
    const auto page   = write_report(result, ReportFormat::html);
    CHECK(page.find("<dt>From</dt><dd>2026-01-01 to 2026-01-31</dd>") != std::string::npos);
    CHECK(page.find("As of") == std::string::npos);
}

TEST_CASE("report writer: CSV and JSON leave in chunks while the rows still come, and together they are the whole") {
    const auto result = trial_balance(5'000);
    for (const auto format : {ReportFormat::csv, ReportFormat::json}) {
        CAPTURE(file_extension(format));
        std::string whole;
        std::size_t longest = 0;
        const auto  sink    = streaming_writer(format, [&](std::string_view chunk) {
            whole += chunk;
            longest = std::max(longest, chunk.size());
        });
        sink->begin(result);
        for (const auto& row : result.rows) sink->row(row);
        CHECK(whole.size() > 100'000);
        CHECK(longest < 66'000);
        sink->end(result.totals);
        CHECK(whole == write_report(result, format));
    }
}

TEST_CASE("report writer: a format that has to see every row gathers them") {
    const auto  result = trial_balance(3);
    std::string whole;
    const auto  sink = streaming_writer(ReportFormat::text, [&](std::string_view chunk) { whole += chunk; });
    sink->begin(result);
    for (const auto& row : result.rows) sink->row(row);
    CHECK(whole.empty());
    sink->end(result.totals);
    CHECK(whole == write_report(result, ReportFormat::text));
}

}  // namespace text_formats_test
}  // namespace tessera::reports
