#include "reports/chunked_output.h"
#include "reports/format_writers.h"

#include <tessera/json.h>

#include <cassert>

namespace tessera::reports {
namespace json_writer {

struct WriteCell {
    JsonWriter& json;

    void operator()(std::monostate) const { json.null(); }
    void operator()(bool value) const { json.value(value); }
    void operator()(std::int64_t value) const { json.value(value); }
    void operator()(const Decimal& value) const { json.decimal(value.units, value.decimals, value.minimum_decimals); }
    void operator()(const Date& value) const { value.empty() ? json.null() : json.value(value.str()); }
    void operator()(const Instant& value) const { value.empty() ? json.null() : json.value(value.str()); }
    void operator()(const std::string& value) const { json.value(value); }
};

void write_drill_down(JsonWriter& json, const DrillDown& drill_down) {
    if (drill_down.empty()) return json.null();
    json.begin_object();
    if (!drill_down.entity.empty()) {
        json.member("entity", drill_down.entity);
        json.member("id_column", drill_down.id_column);
    } else {
        json.member("report", drill_down.report);
        json.key("parameters").begin_object();
        for (const auto& [parameter, source] : drill_down.parameters) json.member(parameter, source);
        json.end_object();
    }
    json.end_object();
}

void write_parameters(JsonWriter& json, const std::vector<ReportParameterValue>& parameters) {
    json.begin_object();
    for (const auto& parameter : parameters) {
        json.key(parameter.name);
        parameter.value.empty() ? json.null() : json.value(parameter.value);
    }
    json.end_object();
}

void write_column(JsonWriter& json, const ReportColumn& column) {
    json.begin_object();
    json.member("name", column.name);
    json.member("label", column.label);
    json.member("type", name_of(column.type));
    json.member("total", column.total);
    json.member("hidden", column.hidden);
    json.member("help", column.help);
    json.key("drill_down");
    write_drill_down(json, column.drill_down);
    json.end_object();
}

class JsonSink final : public ReportSink {
public:
    explicit JsonSink(Output out) : output_(std::move(out)) {}

    void begin(const ReportResult& heading) override {
        made_at_        = heading.made_at;
        as_of_          = heading.as_of;
        seconds_behind_ = heading.seconds_behind;
        json_.begin_object();
        json_.member("report", heading.report);
        json_.member("title", heading.title);
        json_.member("company", heading.company);
        write_parameters(json_.key("parameters"), heading.parameters);
        json_.key("columns").begin_array();
        for (const auto& column : heading.columns) {
            write_column(json_, column);
            names_.push_back(column.name);
        }
        json_.end_array();
        json_.key("rows").begin_array();
    }

    void row(const std::vector<Cell>& cells) override {
        assert(cells.size() == names_.size());
        json_.begin_object();
        for (std::size_t i = 0; i < names_.size(); ++i) std::visit(WriteCell{json_.key(names_[i])}, cells[i]);
        json_.end_object();
        output_.flush_when_full();
    }

    void end(const std::vector<Cell>& totals) override {
        json_.end_array();
        json_.key("totals").begin_object();
        for (std::size_t i = 0; i < totals.size(); ++i)
            if (!std::holds_alternative<std::monostate>(totals[i]))
                std::visit(WriteCell{json_.key(names_[i])}, totals[i]);
        json_.end_object();
        WriteCell{json_.key("made_at")}(made_at_);
        if (!as_of_.empty()) {
            json_.member("as_of", as_of_.str());
            json_.member("seconds_behind", seconds_behind_);
        }
        json_.end_object();
        output_.text() += '\n';
        output_.flush();
    }

private:
    ChunkedOutput            output_;
    JsonWriter               json_{output_.text()};
    std::vector<std::string> names_{};
    Instant                  made_at_{}, as_of_{};
    std::int64_t             seconds_behind_ = 0;
};

}  // namespace json_writer

std::unique_ptr<ReportSink> json_sink(Output out) { return std::make_unique<json_writer::JsonSink>(std::move(out)); }

}  // namespace tessera::reports
