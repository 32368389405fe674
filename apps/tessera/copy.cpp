#include "commands.h"
#include "database/engine.h"
#include "migrations/copy.h"
#include "open_books.h"
#include "output.h"
#include "progress.h"

namespace tessera::program {

namespace copy_books {

using Copied = std::vector<migrations::CopiedTable>;

std::string copied_text(const Suite& source, const std::string& target, const Copied& copied) {
    std::int64_t rows = 0;
    std::string  ledgers;
    for (const auto& table : copied) {
        rows += table.rows;
        if (table.ledger) ledgers += fmt::format("{} {} {}\n", table.name, table.rows, table.digest.substr(0, 16));
    }
    return fmt::format("{}Copied {} from {} to {}: {} rows of {} tables.\n", ledgers, source.company_name(),
                       source.database_name(), target, rows, copied.size());
}

std::vector<std::string> findings(Suite& suite) {
    std::vector<std::string> sentences;
    for (const auto& check : suite.verify(Actor{}))
        for (const auto& finding : check.findings)
            sentences.push_back(fmt::format("{}: {}: expected {}, found {}", check.check, finding.record,
                                            finding.expected, finding.found));
    return sentences;
}

void complain_of(const std::string& database, const std::vector<std::string>& sentences) {
    for (const auto& sentence : sentences) complain(fmt::format("{}: {}.\n", database, sentence));
}

void prove(Suite& source, Suite& target, const std::vector<std::string>& differences) {
    const auto in_source = findings(source), in_target = findings(target);
    const auto found = in_source.size() + in_target.size();
    complain_of(target.database_name(), differences);
    complain_of(source.database_name(), in_source);
    complain_of(target.database_name(), in_target);
    if (differences.empty() && found == 0) return print("Both hold the same and are sound.\n");
    throw Refused("kernel.copy_not_proven",
                  "To use the copy, have put right what was found and copy anew: {} tables differ, {} invariants do "
                  "not hold; {} is left as it is, to be looked at.",
                  differences.size(), found, target.database_name());
}

void run(const Options& options) {
    const auto               from = database_of(options), to = options.text("to");
    const auto               source = open_for_reading(options);
    Copied                   copied;
    std::vector<std::string> differences;
    {
        Progress   progress(options.flagged("progress"));
        const auto tell = [&](std::string_view what, std::int64_t done, std::int64_t total) {
            progress.tell(what, done, total);
        };
        copied      = migrations::copy(from, to, source->kernel(), tell);
        differences = migrations::differences(copied, to, tell);
    }
    print(copied_text(*source, database::shown(to), copied));
    auto how          = suite_options(options);
    how.database      = to;
    how.read_only     = true;
    const auto target = Suite::open(std::move(how));
    prove(*source, *target, differences);
}

}  // namespace copy_books

int copy(const Words& words) {
    Options options(
        "copy --database FILE --to DATABASE",
        "Copies the books into a new database: a file, or postgresql://USER@HOST:PORT/DATABASE where nothing is yet. "
        "All comes over\n"
        "as it was at one moment, whole or not at all; others may work in the source meanwhile. Then both are read "
        "again: the\n"
        "digests of all tables must agree (those of the ledgers are printed), and every invariant must hold in both. "
        "Exits with\n"
        "1 when one does not; the copy is left to be looked at.");
    options.option("to", "DATABASE", "the new file or the empty database")
        .flag("progress", "tell how far it is")
        .books();
    if (options.parse(words) == Asked::for_help) return done;
    if (!options.given("to")) throw options.misuse("name the new database with --to DATABASE");
    copy_books::run(options);
    return done;
}

}  // namespace tessera::program
