#include "reports/drawn_table.h"
#include "reports/pdf_canvas.h"
#include "reports/pdf_layout.h"
#include "reports/report_writer.h"
#include "reports/sample_results.h"

#include <doctest/doctest.h>

#include <unistd.h>

#include <array>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <numeric>

namespace tessera::reports {
namespace document_formats_test {

using sample_results::awkward;
using sample_results::dollars;
using sample_results::trial_balance;

bool contains(std::string_view text, std::string_view part) { return text.find(part) != std::string_view::npos; }

// What a program says about a document, "" when it is not installed.
std::string read_by(const std::string& program, const std::string& document, const std::string& arguments) {
    if (std::system(("command -v " + program + " >/dev/null 2>&1").c_str()) != 0) {
        MESSAGE(program << " is not installed: its part of this test is left out");
        return {};
    }
    const auto path = std::filesystem::temp_directory_path() / fmt::format("tessera-document-{}", ::getpid());
    std::ofstream(path, std::ios::binary) << document;
    FILE* pipe =
        ::popen(fmt::format("{} {}", program, fmt::format(fmt::runtime(arguments), path.string())).c_str(), "r");
    std::string            said;
    std::array<char, 4096> buffer{};
    while (const auto size = std::fread(buffer.data(), 1, buffer.size(), pipe)) said.append(buffer.data(), size);
    CHECK(::pclose(pipe) == 0);
    std::filesystem::remove(path);
    return said;
}

std::string sheet_of(const std::string& workbook) {
    return read_by("unzip", workbook, "-p {} xl/worksheets/sheet1.xml");
}
std::string texts_of(const std::string& workbook) { return read_by("unzip", workbook, "-p {} xl/sharedStrings.xml"); }
std::string pages_of(const std::string& document) { return read_by("pdftotext", document, "-layout {} -"); }

TEST_CASE("report from a replica: people read as of when it is, programs get the same bytes") {
    auto replica           = awkward();
    replica.as_of          = Instant::parse("2026-01-31T10:15:27.5Z");
    replica.seconds_behind = 3;
    const std::string line = "As of 2026-01-31 10:15:27 UTC, from the replica, 3 s behind";
    CHECK(contains(write_report(replica, ReportFormat::text), "\nAs of: 2026-01-31\n" + line + "\n\n"));
    CHECK(contains(write_report(replica, ReportFormat::html), ">" + line + "<"));
    const auto printed = read_by("pdftotext", write_report(replica, ReportFormat::pdf), "{} -");
    if (!printed.empty()) CHECK(contains(printed, line));
    CHECK(contains(write_report(replica, ReportFormat::json), R"("as_of":"2026-01-31T10:15:27.500000Z","seconds_behind":3)"));
    for (const auto format : {ReportFormat::csv, ReportFormat::xlsx}) CHECK(write_report(replica, format) == write_report(awkward(), format));

    replica.seconds_behind = 0;
    CHECK(contains(write_report(replica, ReportFormat::text), "\nAs of 2026-01-31 10:15:27 UTC, from the replica\n"));
    for (const auto format : {ReportFormat::text, ReportFormat::html, ReportFormat::json})
        CHECK_FALSE(contains(write_report(awkward(), format), format == ReportFormat::json ? "as_of\":\"2026-01-31T" : "replica"));
}

TEST_CASE("report as XLSX: real numbers, real dates, a frozen head with filter, and totals that follow the filter") {
    const std::string sheet = sheet_of(write_report(awkward(), ReportFormat::xlsx));
    if (sheet.empty()) return;
    CHECK(contains(sheet, "<pane ySplit=\"5\" topLeftCell=\"A6\" activePane=\"bottomLeft\" state=\"frozen\"/>"));
    CHECK(contains(sheet, "<autoFilter ref=\"A5:E8\"/>"));
    CHECK(contains(sheet, "><v>46081</v></c>"));  // 2026-02-28
    CHECK(contains(sheet, "><v>12.5</v></c>"));
    CHECK(contains(sheet, "><v>1234567.8</v></c>"));
    CHECK(contains(sheet, "><v>-12.05</v></c>"));
    CHECK(contains(sheet, "t=\"b\"><v>1</v></c>"));
    CHECK(contains(sheet, "<f>SUBTOTAL(109,D6:D8)</f><v>1234555.75</v>"));
}

TEST_CASE("report as XLSX: a text that begins like a formula stays a text, and hidden columns stay away") {
    const std::string workbook = write_report(awkward(), ReportFormat::xlsx);
    const std::string texts    = texts_of(workbook);
    if (texts.empty()) return;
    CHECK(contains(texts, "<t>=HYPERLINK(\"http://x\")</t>"));
    CHECK(contains(texts, "<t>Žilina, \"North\" &amp; Co</t>"));
    CHECK(contains(texts, "<t>Open orders &lt;by customer&gt;</t>"));
    CHECK_FALSE(contains(texts, "Customer id"));
    CHECK_FALSE(contains(sheet_of(workbook), "<f>HYPERLINK"));
}

TEST_CASE("report as XLSX: what has more than fifteen digits is written whole, as text, and so is its total") {
    ReportResult result;
    result.title               = "Large [amounts]: a/b?";
    result.columns             = {{.name = "amount", .label = "Amount", .type = CellType::money, .total = true}};
    result.rows                = {{Decimal{1'234'567'890'123'456'78, 2, 2}}, {Decimal{123'456'789'012'345, 4, 4}}};
    result.totals              = {Decimal{1'234'580'235'802'357'90, 2, 2}};
    const std::string workbook = write_report(result, ReportFormat::xlsx);
    const std::string texts    = texts_of(workbook);
    if (texts.empty()) return;
    CHECK(contains(texts, "<t>1234567890123456.78</t>"));
    CHECK(contains(texts, "<t>1234580235802357.90</t>"));
    CHECK(contains(sheet_of(workbook), "><v>12345678901.2345</v></c>"));
    CHECK_FALSE(contains(sheet_of(workbook), "SUBTOTAL"));
}

TEST_CASE("report as XLSX: a total that is not the sum of the rows is a figure, not a formula") {
    auto result             = trial_balance(3);
    result.totals[3]        = dollars(100);
    const std::string sheet = sheet_of(write_report(result, ReportFormat::xlsx));
    if (sheet.empty()) return;
    CHECK_FALSE(contains(sheet, "SUBTOTAL(109,D6:D8)"));
    CHECK(contains(sheet, "SUBTOTAL(109,E6:E8)"));
    CHECK(contains(sheet, "><v>1</v></c>"));
}

TEST_CASE("report as XLSX: a long report is written row by row and has every row") {
    const std::string sheet = sheet_of(write_report(trial_balance(12'000), ReportFormat::xlsx));
    if (sheet.empty()) return;
    CHECK(contains(sheet, "<row r=\"12006\""));
    CHECK(contains(sheet, "SUBTOTAL(109,C6:C12005)"));
}

TEST_CASE("report as XLSX and PDF: what no worksheet or printer can hold is refused") {
    ReportResult result;
    result.columns = {{.name = "value", .label = "Value"}};
    result.rows.assign(100'001, {Cell{}});
    CHECK_THROWS_AS(write_report(result, ReportFormat::pdf), Refused);
    result.rows.assign(1'048'576, {Cell{}});
    CHECK_THROWS_AS(write_report(result, ReportFormat::xlsx), Refused);
}

TEST_CASE("report as PDF: each page has the heading, the column heads and its number, the last has the totals") {
    const std::string text = pages_of(write_report(trial_balance(60), ReportFormat::pdf));
    if (text.empty()) return;
    const std::string first = text.substr(0, text.find('\f')), second = text.substr(first.size() + 1);
    for (const auto& page : {first, second}) {
        CHECK(contains(page, "Demo Manufacturing"));
        CHECK(contains(page, "made 2026-11-22 10:15 UTC"));
        CHECK(contains(page, "Trial balance"));
        CHECK(contains(page, "As of: 2026-11-22"));
        CHECK(contains(page, "Opening balance"));
    }
    CHECK(contains(first, "Page 1 of 2"));
    CHECK(contains(second, "Page 2 of 2"));
    CHECK(contains(first, "-2,920,806.67"));
    CHECK_FALSE(contains(first, "Total"));
    CHECK(contains(second, "1,651,818.61"));
    CHECK(contains(second, "-39,827,805.90"));
    CHECK(contains(second, "14,464,802.30"));
}

ReportResult with_periods(int periods) {
    auto result = trial_balance(40);
    for (int i = 0; i < periods; ++i) {
        result.columns.push_back({.name = "period", .label = fmt::format("Period {}", i), .type = CellType::money});
        result.totals.emplace_back();
        for (std::size_t row = 0; row < result.rows.size(); ++row)
            result.rows[row].push_back(dollars(100'000'000'000 + 1000 * i + static_cast<int>(row)));
    }
    return result;
}

TEST_CASE("report as PDF: no figure is cut, whatever the number of columns") {
    PdfCanvas canvas({});
    for (const int more : {0, 2, 6, 12, 30}) {
        CAPTURE(more);
        const auto       result = with_periods(more);
        const DrawnTable table(result);
        const PdfLayout  layout = pdf_layout(canvas, result, table, 60, 16);
        const double     gaps   = PdfLayout::column_gap * static_cast<double>(layout.widths.size());
        CHECK(std::accumulate(layout.widths.begin(), layout.widths.end(), gaps) <= layout.table_width() + 0.01);
        for (std::size_t i = 2; i < layout.widths.size(); ++i) {
            for (const auto& row : result.rows)
                CHECK(canvas.width(table.cell(row, table.columns()[i]), layout.font) <= layout.widths[i] + 0.01);
            CHECK(canvas.width(table.total(table.columns()[i]), layout.bold) <= layout.widths[i] + 0.01);
        }
    }
}

TEST_CASE("report as PDF: every figure of every row is there") {
    for (const int more : {2, 30}) {
        CAPTURE(more);
        const std::string text = pages_of(write_report(with_periods(more), ReportFormat::pdf));
        if (text.empty()) return;
        for (int i = 0; i < more; ++i)
            for (int row = 0; row < 40; ++row) {
                const int cents = 1000 * i + row;
                CHECK(contains(text, fmt::format("1,000,000,{:03}.{:02}", cents / 100, cents % 100)));
            }
    }
}

TEST_CASE("report as PDF: a page break never leaves the totals alone") {
    for (int rows = 40; rows < 56; ++rows) {
        CAPTURE(rows);
        const std::string text = pages_of(write_report(trial_balance(rows), ReportFormat::pdf));
        if (text.empty()) return;
        const std::string last_account = fmt::format("{}", 1000 + 10 * (rows - 1));
        const auto        totals       = text.find("\n Total");
        CHECK(totals != std::string::npos);
        CHECK(text.find('\f', text.find("\n " + last_account)) > totals);
    }
}

TEST_CASE("report as PDF: no rows, no columns, long texts and other scripts are drawn too") {
    CHECK(write_report(trial_balance(0), ReportFormat::pdf).starts_with("%PDF-1."));
    CHECK(write_report(ReportResult{}, ReportFormat::pdf).starts_with("%PDF-1."));
    auto result            = awkward();
    result.rows[0][0]      = std::string(20'000, 'x');
    result.rows[1][0]      = std::string("Ακρόπολη العربية \xff");
    const std::string text = pages_of(write_report(result, ReportFormat::pdf));
    if (text.empty()) return;
    CHECK(contains(text, "Ακρόπολη"));
    CHECK(contains(text, "Page 1 of 1"));
}

TEST_CASE("report writer: the same result gives the same bytes in every format") {
    for (const auto format : {ReportFormat::text, ReportFormat::csv, ReportFormat::json, ReportFormat::html,
                              ReportFormat::xlsx, ReportFormat::pdf}) {
        CAPTURE(file_extension(format));
        const auto first = write_report(trial_balance(70), format);
        if (format == ReportFormat::xlsx || format == ReportFormat::pdf) ::usleep(1'100'000);  // the clock has moved on
        CHECK(write_report(trial_balance(70), format) == first);
    }
}

}  // namespace document_formats_test
}  // namespace tessera::reports
