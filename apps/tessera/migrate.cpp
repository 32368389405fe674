#include "backups/backup_folder.h"
#include "commands.h"
#include "database/engine.h"
#include "fields/custom_field.h"
#include "migrations/schema.h"
#include "migrations/upgrade.h"
#include "open_books.h"
#include "output.h"

#include <filesystem>

namespace tessera::program {

namespace migration {

// Where the backup goes, or lies already; "" when none is wanted.
std::string backup_of(const Options& options, const std::string& database) {
    if (options.flagged("no-backup")) return {};
    if (options.given("backup")) return options.text("backup");
    return database::is_on_server(database) ? "" : backups::place_for(database);
}

void require_backup(const Options& options, const std::string& database) {
    if (!database::is_on_server(database) || options.flagged("no-backup")) return;
    if (options.given("backup") && std::filesystem::exists(options.text("backup"))) return;
    throw Refused("kernel.no_backup",
                  "To migrate books on a server, make a backup with the program that wrote them and name it with --backup, or trust the server's own with "
                  "--no-backup.");
}

// Nobody writes meanwhile: the backup and the books hold the same.
void back_up(const SuiteOptions& books, const Kernel& kernel, const std::string& file) {
    const auto manifest = std::filesystem::exists(file) ? backups::check(file, books) : backups::make(books, file);
    if (const auto found = backups::differences(manifest, migrations::contents(books.database, kernel)); !found.empty())
        throw Refused("kernel.backup_not_proven", "To migrate {}, name a backup of the books as they are now: against {}, {}.",
                      database::shown(books.database), file, found.front());
}

std::string compared_text(const migrations::Upgraded& upgraded) {
    std::string text = fmt::format("{} reports read the same before and after.\n", upgraded.alike);
    for (const auto& name : upgraded.not_comparable) text += fmt::format("{} could not be run before, so it was not compared.\n", name);
    for (const auto& name : upgraded.different) text += fmt::format("{} reads otherwise afterwards.\n", name);
    return text;
}

void print_statements(const std::vector<std::string>& statements) {
    for (const auto& statement : statements) print(statement + ";\n");
}

void rehearse(const Options& options, const SuiteOptions& books, const Kernel& kernel) {
    if (database::is_on_server(books.database))
        throw Refused("kernel.no_copy", "To rehearse the migration of books on a server, migrate a copy of them that the server has made.");
    const auto rehearsed = migrations::rehearse(books, kernel, {.reports = options.texts("reports")});
    print_statements(rehearsed.upgraded.statements);
    print(compared_text(rehearsed.upgraded));
    for (const auto& finding : rehearsed.findings) print(finding + "\n");
    if (!rehearsed.findings.empty() || !rehearsed.upgraded.different.empty())
        throw Refused("kernel.rehearsal_failed", "To migrate {}, look into the {} differences and {} findings above first; nothing was changed.", books.database,
                      rehearsed.upgraded.different.size(), rehearsed.findings.size());
    print(fmt::format("Rehearsed on a copy: {} invariants hold. Nothing was changed.\n", rehearsed.checks));
}

void run(const Options& options, const SuiteOptions& books, const Kernel& kernel) {
    require_backup(options, books.database);
    const auto file     = backup_of(options, books.database);
    const auto upgraded = migrations::upgrade(books, kernel, {.reports = options.texts("reports"), .before = [&] {
                                                                  if (!file.empty()) back_up(books, kernel, file);
                                                              }});
    print_statements(upgraded.statements);
    print(fmt::format("Migrated {}: {}", database::shown(books.database), compared_text(upgraded)));
    if (!file.empty()) print(fmt::format("The books as they were before are in {}.\n", file));
}

std::size_t lacking_columns(database::Engine& engine) {
    using fields::Columns;
    return fields::stored(engine, Columns::may_be_added).size() - fields::stored(engine, Columns::must_be_there).size();
}

}  // namespace migration

int migrate(const Words& words) {
    Options options("migrate --database FILE [--dry-run|--rehearse]",
                    "Brings the schema of the books up to date with the modules: tables, columns and indexes are added, nothing is removed. A "
                    "proven\n"
                    "backup is made first, beside the books unless it is named. All is done in one transaction or not at all, and only when the\n"
                    "reports read the same before and after. No other command changes the schema of books that are there.");
    options.flag("dry-run", "print the statements, run none")
        .flag("rehearse", "do all of it on a copy, with every invariant and report, and change nothing")
        .option("backup", "FILE", "the backup: made there, or made already of the books as they are now")
        .flag("no-backup", "make none")
        .repeated("reports", "REPORT", "compare this one; every report that needs no parameter when not given")
        .books();
    if (options.parse(words) == Asked::for_help) return done;
    if (options.given("backup") && options.flagged("no-backup")) throw options.misuse("give --backup or --no-backup");

    const auto books  = suite_options(options);
    const auto engine = database::open(books.database);
    const auto kernel = load_modules(options, engine.get());
    const auto reader = engine->connect(database::Access::read);
    if (migrations::is_up_to_date(*reader, *kernel)) {
        const auto lacking = migration::lacking_columns(*engine);
        if (lacking && !options.flagged("dry-run") && !options.flagged("rehearse")) Suite::open(books);      // adds them
        print(lacking ? fmt::format("{} custom field{} had no column yet.\n", lacking, lacking == 1 ? "" : "s") : "The database is up to date.\n");
    } else if (options.flagged("dry-run")) {
        migration::print_statements(migrations::bring_up_to_date(*reader, *kernel, false));
    } else if (options.flagged("rehearse")) {
        migration::rehearse(options, books, *kernel);
    } else {
        migration::run(options, books, *kernel);
    }
    return done;
}

}  // namespace tessera::program
