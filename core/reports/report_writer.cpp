#include "reports/report_writer.h"

#include "reports/format_writers.h"

#include <array>
#include <cassert>

namespace tessera::reports {
namespace report_writer {

struct Description {
    std::string_view name;
    std::string_view media_type;
    std::string_view extension;
};

constexpr std::array<Description, 6> descriptions{{
    {"text", "text/plain; charset=utf-8", "txt"},
    {"csv", "text/csv; charset=utf-8; header=present", "csv"},
    {"json", "application/json", "json"},
    {"html", "text/html; charset=utf-8", "html"},
    {"xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "xlsx"},
    {"pdf", "application/pdf", "pdf"},
}};

const Description& description(ReportFormat format) { return descriptions[static_cast<std::size_t>(format)]; }

void stream(const ReportResult& result, ReportSink& sink) {
    sink.begin(result);
    for (const auto& row : result.rows) sink.row(row);
    sink.end(result.totals);
}

class GatheringSink final : public ReportSink {
public:
    GatheringSink(ReportFormat format, Output out) : format_(format), out_(std::move(out)) {}

    void begin(const ReportResult& heading) override {
        result_ = heading;
        result_.rows.clear();
        result_.totals.clear();
    }
    void row(const std::vector<Cell>& cells) override { result_.rows.push_back(cells); }
    void end(const std::vector<Cell>& totals) override {
        result_.totals = totals;
        out_(write_report(result_, format_));
    }

private:
    ReportFormat format_;
    Output       out_;
    ReportResult result_{};
};

}  // namespace report_writer

void DatedSink::begin(const ReportResult& heading) {
    auto dated           = heading;
    dated.as_of          = as_of_;
    dated.seconds_behind = seconds_behind_;
    sink_.begin(dated);
}

std::optional<ReportFormat> report_format(std::string_view name) {
    for (std::size_t i = 0; i < report_writer::descriptions.size(); ++i) {
        const auto& one = report_writer::descriptions[i];
        if (name == one.name || name == one.extension) return static_cast<ReportFormat>(i);
    }
    return std::nullopt;
}

std::string_view media_type(ReportFormat format) { return report_writer::description(format).media_type; }

std::string_view file_extension(ReportFormat format) { return report_writer::description(format).extension; }

std::unique_ptr<ReportSink> streaming_writer(ReportFormat format, std::function<void(std::string_view)> out) {
    assert(out);
    if (format == ReportFormat::csv) return csv_sink(std::move(out));
    if (format == ReportFormat::json) return json_sink(std::move(out));
    return std::make_unique<report_writer::GatheringSink>(format, std::move(out));
}

std::string write_report(const ReportResult& result, ReportFormat format) {
    switch (format) {
        case ReportFormat::text:
            return write_text(result);
        case ReportFormat::html:
            return write_html(result);
        case ReportFormat::xlsx:
            return write_xlsx(result);
        case ReportFormat::pdf:
            return write_pdf(result);
        case ReportFormat::csv:
        case ReportFormat::json:
            break;
    }
    std::string written;
    const auto  sink = streaming_writer(format, [&](std::string_view chunk) { written += chunk; });
    report_writer::stream(result, *sink);
    return written;
}

}  // namespace tessera::reports
