#pragma once
// One function or sink for each format; report_writer.cpp chooses among them. Each lives in the file of its name.

#include <tessera/report_result.h>

#include <functional>
#include <memory>
#include <string>
#include <string_view>

namespace tessera::reports {

using Output = std::function<void(std::string_view)>;

std::unique_ptr<ReportSink> csv_sink(Output out);
std::unique_ptr<ReportSink> json_sink(Output out);

std::string write_text(const ReportResult& result);
std::string write_html(const ReportResult& result);
std::string write_xlsx(const ReportResult& result);
std::string write_pdf(const ReportResult& result);

}  // namespace tessera::reports
