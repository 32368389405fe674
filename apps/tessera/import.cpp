#include "commands.h"
#include "file_importing.h"
#include "imports/import_run.h"
#include "open_books.h"
#include "output.h"
#include "progress.h"
#include "reports/report_writer.h"

#include <tessera/json.h>

#include <fstream>
#include <sstream>

namespace tessera::program {

namespace import_data {

Cell count(std::int64_t number) { return number == 0 ? Cell{} : Cell{number}; }

ReportResult table_of(const imports::ProfileOutcome& outcome, const std::string& company) {
    ReportResult table{.report = "import", .title = outcome.title, .company = company, .made_at = Instant::now()};
    table.columns = {{.name = "step", .label = "Step"},
                     {.name = "entity", .label = "Records"},
                     {.name = "created", .label = "Created", .type = CellType::integer},
                     {.name = "updated", .label = "Updated", .type = CellType::integer},
                     {.name = "moved", .label = "Moved", .type = CellType::integer},
                     {.name = "known", .label = "Known", .type = CellType::integer},
                     {.name = "left_out", .label = "Left out", .type = CellType::integer}};
    for (const auto& step : outcome.steps)
        table.rows.push_back({step.title, step.entity, count(step.created), count(step.updated), count(step.moved),
                              count(step.known), count(step.left_out)});
    return table;
}

std::string speed(const imports::ProfileOutcome& outcome) {
    const auto rate =
        outcome.seconds > 0 ? static_cast<std::int64_t>(static_cast<double>(outcome.commands) / outcome.seconds) : 0;
    return fmt::format("{} records and documents in {:.1f} seconds, {} per second (files read in {:.1f} seconds).\n",
                       outcome.commands, outcome.seconds, rate, outcome.seconds_of_reading);
}

void print_text(const imports::ProfileOutcome& outcome, const std::string& company) {
    print(reports::write_report(table_of(outcome, company), reports::ReportFormat::text));
    for (const auto& summary : outcome.summaries)
        print("\n" + reports::write_report(summary, reports::ReportFormat::text));
    print("\n" + speed(outcome));
}

void print_json(const imports::ProfileOutcome& outcome, const std::string& company) {
    std::string out;
    JsonWriter  json(out);
    json.begin_object();
    json.member("commands", outcome.commands);
    json.member("milliseconds", static_cast<std::int64_t>(outcome.seconds * 1000));
    json.key("steps").raw(reports::write_report(table_of(outcome, company), reports::ReportFormat::json));
    json.key("summaries").begin_array();
    for (const auto& summary : outcome.summaries) json.raw(reports::write_report(summary, reports::ReportFormat::json));
    json.end_array();
    json.end_object();
    print(out + "\n");
}

// "adventureworks" is a profile of this installation; "mine.toml" and "./mine" are files.
std::filesystem::path profile_file(const std::string& named) {
    if (named.find('/') != std::string::npos || named.ends_with(".toml")) return named;
    const auto shipped = resource("profiles") / (named + ".toml");
    if (std::filesystem::exists(shipped)) return shipped;
    std::string     known;
    std::error_code ignored;
    for (const auto& entry : std::filesystem::directory_iterator(resource("profiles"), ignored))
        if (entry.path().extension() == ".toml") known += (known.empty() ? "" : ", ") + entry.path().stem().string();
    throw Refused(
        "kernel.no_profile",
        "To import, name a profile ({}), a profile's file, or an entity such as directory.party; \"{}\" is none.",
        known, named);
}

int import_profile(const Options& options, const std::string& named, const std::string& directory) {
    const auto profile = imports::read_profile(profile_file(named));
    if (!std::filesystem::is_directory(directory))
        throw Refused("kernel.no_import_file", "To import {}, name the folder of its files: {} is none.", profile.title,
                      directory);
    const auto              suite = open_for_writing(options, "being imported into");
    imports::ProfileOutcome outcome;
    {
        Progress progress(options.flagged("progress"));
        outcome = imports::run_profile(
            *suite, Actor{}, profile, directory,
            [&](std::string_view step, std::int64_t at, std::int64_t total) { progress.tell(step, at, total); });
    }
    deliver_outbox(*suite);
    options.text("format") == "json" ? print_json(outcome, suite->company_name())
                                     : print_text(outcome, suite->company_name());
    return done;
}

int import_file(const Options& options, Suite& suite, const std::string& entity, const std::string& file) {
    std::ifstream input(file, std::ios::binary);
    if (!input || std::filesystem::is_directory(file))
        throw Refused("kernel.no_import_file", "To import {}, name a CSV file: {} cannot be read.", entity, file);
    std::ostringstream text;
    text << input.rdbuf();
    const auto outcome = suite.import_csv({.reason = "Imported: " + std::filesystem::path(file).filename().string()}, entity, text.str());
    deliver_outbox(suite);
    if (options.text("format") == "json")
        print(fmt::format("{{\"created\":{},\"updated\":{}}}\n", outcome.created, outcome.updated));
    else
        print(fmt::format("Created {}, updated {}.\n", outcome.created, outcome.updated));
    return done;
}

void print_files(const Options& options, const FileImportOutcome& outcome) {
    if (options.text("format") == "json") {
        std::string out;
        JsonWriter  json(out);
        json.begin_object();
        json.member("created", outcome.created);
        json.member("updated", outcome.updated);
        json.member("unchanged", outcome.unchanged);
        json.key("notes").begin_array();
        for (const auto& note : outcome.notes) json.value(std::string_view(note));
        json.end_array();
        json.end_object();
        return print(out + "\n");
    }
    for (const auto& note : outcome.notes) print(note + "\n");
    print(fmt::format("Created {}, updated {}, unchanged {}.\n", outcome.created, outcome.updated, outcome.unchanged));
}

int import_named(const Options& options, const std::string& named, const std::string& where) {
    const auto suite = open_for_writing(options, "being imported into");
    if (const auto outcome = import_files(*suite, options, named, where)) {
        deliver_outbox(*suite);
        print_files(options, *outcome);
        return done;
    }
    return import_file(options, *suite, named, where);
}

}  // namespace import_data

int import(const Words& words) {
    Options options(
        "import PROFILE DIR | import ENTITY FILE.csv | import IMPORTER DIR|FILE",
        "Takes over data. With a profile (such as adventureworks, or a file of your own) and the folder of the other\n"
        "system's CSV files: every record and document goes through the same door as anything else; what is refused "
        "stops\n"
        "the import with step and key, and the same command goes on from there. With an entity (such as "
        "directory.party)\n"
        "and a CSV file whose columns are its fields: all of it, or nothing. With an importer of a module (such as "
        "knowledge.articles)\n"
        "and a folder or a file: the files that it knows.");
    options.argument("PROFILE")
        .argument("DIR")
        .option("format", "FORMAT", "text or json", "text")
        .flag("progress", "tell how far it is")
        .books();
    if (options.parse(words) == Asked::for_help) return done;
    if (const auto format = options.text("format"); format != "text" && format != "json")
        throw options.misuse("choose text or json as --format");
    const auto named = options.text("PROFILE"), where = options.text("DIR");
    const bool is_entity =
        named.find('.') != std::string::npos && named.find('/') == std::string::npos && !named.ends_with(".toml");
    return is_entity ? import_data::import_named(options, named, where)
                     : import_data::import_profile(options, named, where);
}

}  // namespace tessera::program
