#include "http/reports_api.h"

#include <tessera/kernel.h>
#include <tessera/text.h>

#include "http/problem.h"
#include "http/replica_reading.h"
#include "http/target.h"
#include "reports/report_writer.h"

namespace tessera::http {
namespace reports_api {

reports::ReportFormat format_of(const Request& request) {
    const auto name = parameter(request, "format");
    if (name.empty()) return reports::ReportFormat::json;
    if (const auto format = reports::report_format(name)) return *format;
    throw Refused("kernel.unknown_format",
                  "To get a report, choose json, csv, html, text, xlsx or pdf; \"{}\" is none of them.", excerpt(name))
        .with_status(400)
        .with_field("format");
}

Response heading_of(const std::string& report, reports::ReportFormat format) {
    Response heading{.content_type = reports::media_type(format)};
    if (format == reports::ReportFormat::json) return heading;
    // HTML is shown, everything else is a file to keep.
    const auto manner = format == reports::ReportFormat::html ? "inline" : "attachment";
    heading.with("Content-Disposition",
                 fmt::format("{}; filename=\"{}.{}\"", manner, report, reports::file_extension(format)));
    return heading;
}

Suite::ParameterTexts parameters_of(const Request& request) {
    Suite::ParameterTexts texts;
    for (const auto& [name, value] : request.parameters)
        if (name != "format") texts.emplace_back(name, parameter(request, name));
    return texts;
}

// Passes a report on as long as it does not become longer than it may.
class LimitedSink final : public ReportSink {
public:
    LimitedSink(ReportSink& sink, std::size_t rows_max) : sink_(sink), rows_left_(rows_max) {}

    void begin(const ReportResult& heading) override { sink_.begin(heading); }
    void row(const std::vector<Cell>& cells) override {
        if (rows_left_-- == 0)
            throw Refused("kernel.too_many_rows", "To get this report, ask for less: it has more rows than may be made at once.").with_status(503);
        sink_.row(cells);
    }
    void end(const std::vector<Cell>& totals) override { sink_.end(totals); }

private:
    ReportSink& sink_;
    std::size_t rows_left_;
};

}  // namespace reports_api

void answer_report(Service& service, const std::shared_ptr<Exchange>& exchange, const std::string& name) {
    using namespace reports_api;
    auto& request = exchange->request;
    request.route = Route::report;
    if (!service.suite.kernel().find_report(name)) return exchange->answer(nothing_here());
    const auto format = format_of(request);
    in_background(service, exchange, [&service, name, format, parameters = parameters_of(request)](Exchange& e) {
        read_where_current(service, e, [&](const ReadingPlace& place) {
            auto heading = heading_of(name, format);
            heading.headers += place.headers;
            LongAnswer         answer(e, std::move(heading));
            const auto         sink = reports::streaming_writer(format, [&](std::string_view bytes) { answer.write(bytes); });
            reports::DatedSink dated(*sink, place.as_of, place.seconds_behind);
            LimitedSink        limited(dated, service.options.limits.report_rows_max);
            place.suite.report(actor_of(e), name, parameters, limited, service.options.limits.job_time_max, &e.cancelled);
            answer.finish();
        });
    });
}

}  // namespace tessera::http
