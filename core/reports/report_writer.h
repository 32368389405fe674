#pragma once
// Draws one report result in every format. People get text, HTML and PDF: digits grouped (1,234,567.80), the decimals of
// a column aligned, hidden columns left out, totals in the last line. Machines get CSV and JSON: exact, ungrouped, one
// column for one name; JSON alone carries the hidden columns, the drill-downs and the totals, because a CSV whose last
// line is a sum is added twice sooner or later. XLSX is for both: real numbers and dates, and a total that follows the
// filter. Where a figure has more than the fifteen digits a spreadsheet keeps, its cell is text with every digit.
//
//     const std::string page = write_report(result, ReportFormat::html);
//
//     auto sink = streaming_writer(ReportFormat::csv, [&](std::string_view chunk) { response.write(chunk); });
//     sink->begin(heading);
//     while (query.step()) sink->row(cells);
//     sink->end({});
//
// The same result gives the same bytes, also as XLSX and PDF: their dates are the result's `made_at`, never the clock.
// A worksheet holds 1,048,576 lines and a PDF of more than 100,000 rows helps nobody: beyond that both refuse with
// "kernel.report_too_long". Everything here may be called from any thread; one sink belongs to one thread at a time.

#include <tessera/report_result.h>

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace tessera::reports {

enum class ReportFormat { text, csv, json, html, xlsx, pdf };

// "text" (or "txt"), "csv", "json", "html", "xlsx", "pdf"; nothing for any other name.
TESSERA_API std::optional<ReportFormat> report_format(std::string_view name);
TESSERA_API std::string_view media_type(ReportFormat format);      // "text/csv; charset=utf-8; header=present"
TESSERA_API std::string_view file_extension(ReportFormat format);  // "csv", "txt", …: without a point

TESSERA_API std::string write_report(const ReportResult& result, ReportFormat format);

// CSV and JSON go out in chunks of about 64 KB and hold one row, however long the report. The other formats have to know
// every row before they can draw the first: their sinks gather the rows and write at end(). A sink that is destroyed
// before end() has written only a part; the caller must not pass that on as a whole report.
TESSERA_API std::unique_ptr<ReportSink> streaming_writer(ReportFormat                          format,
                                                         std::function<void(std::string_view)> out);

// Passes a report on and says in its heading that it was read from a replica, and as of when; not when `as_of` is empty.
class TESSERA_API DatedSink final : public ReportSink {
public:
    DatedSink(ReportSink& sink, Instant as_of, std::int64_t seconds_behind = 0) : sink_(sink), as_of_(as_of), seconds_behind_(seconds_behind) {}

    void begin(const ReportResult& heading) override;
    void row(const std::vector<Cell>& cells) override { sink_.row(cells); }
    void end(const std::vector<Cell>& totals) override { sink_.end(totals); }

private:
    ReportSink&  sink_;
    Instant      as_of_;
    std::int64_t seconds_behind_;
};

}  // namespace tessera::reports
