#include "reports/report_writer.h"

#include <tessera/text.h>

#include "commands.h"
#include "open_books.h"
#include "output.h"

namespace tessera::program {

namespace report_command {

using reports::ReportFormat;

constexpr const char* usage = "report [NAME] [--PARAMETER VALUE …] [--format FORMAT] [--output FILE]";
constexpr const char* explanation =
    "Runs a report on one consistent snapshot, also beside a running server. Without NAME it lists them; NAME --help "
    "shows\n"
    "a report's parameters.";

void declare_common(Options& options) {
    options.option("format", "FORMAT", "text, csv, json, html, xlsx or pdf", "text")
        .option("output", "FILE", "write the result there")
        .option("replica", "DATABASE", "read it there, from a database that follows the books")
        .books();
}

ReportFormat format_of(const Options& options) {
    if (const auto format = reports::report_format(options.text("format"))) return *format;
    throw options.misuse("choose text, csv, json, html, xlsx or pdf as --format");
}

void refuse_binary_terminal(const Options& options, ReportFormat format) {
    if ((format == ReportFormat::xlsx || format == ReportFormat::pdf) && options.text("output").empty() &&
        output_is_terminal())
        throw options.misuse(fmt::format("say where to write the {} with --output FILE", options.text("format")));
}

void list(const Options& options, const Kernel& kernel) {
    ReportResult table{.report = "reports", .title = "Reports", .made_at = Instant::now()};
    table.columns = {{.name = "report", .label = "Report"},
                     {.name = "title", .label = "Title"},
                     {.name = "help", .label = "What it answers"}};
    for (const auto* report : kernel.reports())
        table.rows.push_back({report->name, report->title, report->help.empty() ? Cell{} : Cell{report->help}});
    const auto format = format_of(options);
    refuse_binary_terminal(options, format);
    write_to(options.text("output"), [&](const auto& write) { write(reports::write_report(table, format)); });
}

std::string described(const ParameterDescription& parameter) {
    std::string text = parameter.help.empty() ? parameter.label : parameter.help;
    if (parameter.required) text += " (required)";
    if (!parameter.default_value.empty()) text += fmt::format(" ({} when not given)", parameter.default_value);
    if (!parameter.choices.empty()) text += fmt::format(": {}", fmt::join(parameter.choices, ", "));
    return text;
}

std::string placeholder(const ParameterDescription& parameter) {
    switch (parameter.kind) {
        case FieldKind::date:
            return "YYYY-MM-DD";
        case FieldKind::instant:
            return "MOMENT";
        case FieldKind::integer:
            return "N";
        case FieldKind::boolean:
            return "true|false";
        case FieldKind::reference:
            return "RECORD";
        default:
            return "VALUE";
    }
}

// "--as-of" means "--as_of".
Words with_underscores(Words words) {
    for (auto& word : words)
        if (word.starts_with("--"))
            for (std::size_t i = 2; i < word.size() && word[i] != '='; ++i)
                if (word[i] == '-') word[i] = '_';
    return words;
}

// Nothing older than the newest change that is there is lacking.
Instant as_of(Suite& replica) {
    Instant newest;
    replica.read(Actor{}, [&](const Snapshot& tx) {
        newest = tx.value<Instant>("SELECT at FROM kernel_audit ORDER BY id DESC LIMIT 1").value_or(Instant{});
    });
    return newest;
}

int run_named(const Options& common, const ReportDescription& report, const Words& words, Suite* suite) {
    Options options(fmt::format("report {} --database FILE [--PARAMETER VALUE …]", report.name),
                    report.title + (report.help.empty() ? "" : ".\n" + report.help));
    for (const auto& parameter : report.parameters)
        options.option(parameter.name, placeholder(parameter), described(parameter));
    declare_common(options);
    if (options.parse(with_underscores(words)) == Asked::for_help) return done;
    Suite::ParameterTexts parameters;
    for (const auto& parameter : report.parameters)
        if (options.given(parameter.name)) parameters.emplace_back(parameter.name, options.text(parameter.name));
    const auto format = format_of(common);
    refuse_binary_terminal(common, format);
    write_to(common.text("output"), [&](const auto& write) {
        const auto         sink = reports::streaming_writer(format, write);
        reports::DatedSink dated(*sink, common.given("replica") ? as_of(*suite) : Instant{});
        suite->report(Actor{}, report.name, parameters, dated);
    });
    return done;
}

const ReportDescription& report_named(const Kernel& kernel, const std::string& name) {
    if (const auto* report = kernel.find_report(name)) return *report;
    throw Refused("kernel.no_report",
                  "To run a report, name one that exists; \"{}\" does not (tessera report lists them).", excerpt(name));
}

}  // namespace report_command

int report(const Words& words) {
    using namespace report_command;
    Options common(usage, explanation);
    declare_common(common);
    auto       rest     = common.take_known(words);
    const bool is_named = !rest.empty() && !rest.front().starts_with("--");
    const bool help     = common.flagged("help");
    if (!is_named && help) {
        print(common.help());
        return done;
    }
    if (!is_named && !rest.empty()) throw common.misuse(fmt::format("name the report before {}", rest.front()));
    if (!is_named || help) {
        const auto kernel = load_modules(common);
        if (is_named)
            return run_named(common, report_named(*kernel, rest.front()), {rest.begin() + 1, rest.end()}, nullptr);
        list(common, *kernel);
        return done;
    }
    format_of(common);
    const auto suite =
        common.given("replica") ? open_for_reading(common, common.text("replica")) : open_for_reading(common);
    return run_named(common, report_named(suite->kernel(), rest.front()), {rest.begin() + 1, rest.end()}, suite.get());
}

}  // namespace tessera::program
