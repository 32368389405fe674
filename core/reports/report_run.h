#pragma once
// Runs a declared report on a snapshot: checks the parameters, asks the question, adds up the totals, feeds a sink.

#include <tessera/report.h>

namespace tessera::reports {

using ParameterTexts = std::vector<std::pair<std::string, std::string>>;

// Refused (422) kernel.unknown_parameter, kernel.required, and what the types refuse.
Parameters read_parameters(const Snapshot& snapshot, const ReportDescription& report, const ParameterTexts& texts);
void       run(const Snapshot& snapshot, const ReportDescription& report, const ParameterTexts& texts, std::string_view company, ReportSink& sink);
// The names of a query's parameters in the order in which they first appear: the order they are bound in.
std::vector<std::string> parameter_names(std::string_view sql);
const ReportDescription& report_named(const Kernel& kernel, std::string_view name);      // Refused (404) kernel.no_report

// Keeps everything: the sink behind formats that need all rows at once.
class Collector : public ReportSink {
public:
    void begin(const ReportResult& heading) override { result = heading; }
    void row(const std::vector<Cell>& cells) override { result.rows.push_back(cells); }
    void end(const std::vector<Cell>& totals) override { result.totals = totals; }
    ReportResult result;
};

}  // namespace tessera::reports
