#include "reports/chunked_output.h"
#include "reports/format_writers.h"

#include <tessera/csv.h>

#include <cassert>

namespace tessera::reports {
namespace csv_writer {

struct WriteCell {
    CsvWriter& csv;

    void operator()(std::monostate) const { csv.number(std::string_view{}); }
    void operator()(bool value) const { csv.number(std::string_view(value ? "true" : "false")); }
    void operator()(std::int64_t value) const { csv.number(value); }
    void operator()(const Decimal& value) const { csv.number(value.units, value.decimals, value.minimum_decimals); }
    void operator()(const Date& value) const { csv.number(value.str()); }
    void operator()(const Instant& value) const { csv.number(value.empty() ? std::string{} : value.str()); }
    void operator()(const std::string& value) const { csv.text(value); }
};

class CsvSink final : public ReportSink {
public:
    explicit CsvSink(Output out) : output_(std::move(out)) {}

    void begin(const ReportResult& heading) override {
        for (std::size_t i = 0; i < heading.columns.size(); ++i)
            if (!heading.columns[i].hidden) shown_.push_back(i);
        for (const std::size_t i : shown_) csv_.text(heading.columns[i].name);
        csv_.end_row();
    }

    void row(const std::vector<Cell>& cells) override {
        for (const std::size_t i : shown_) {
            assert(i < cells.size());
            std::visit(WriteCell{csv_}, cells[i]);
        }
        csv_.end_row();
        output_.flush_when_full();
    }

    void end(const std::vector<Cell>&) override { output_.flush(); }

private:
    ChunkedOutput            output_;
    CsvWriter                csv_{output_.text()};
    std::vector<std::size_t> shown_{};
};

}  // namespace csv_writer

std::unique_ptr<ReportSink> csv_sink(Output out) { return std::make_unique<csv_writer::CsvSink>(std::move(out)); }

}  // namespace tessera::reports
