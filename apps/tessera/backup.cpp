#include "backups/backup_folder.h"
#include "commands.h"
#include "database/engine.h"
#include "open_books.h"
#include "output.h"
#include "progress.h"

#include <filesystem>

namespace tessera::program {

namespace backing_up {

std::string proof_text(const backups::Manifest& manifest) {
    if (manifest.checks == 0) return "not proven by invariants, because it has an older schema";
    std::string text = fmt::format("proven by {} invariants", manifest.checks);
    for (const auto& module : manifest.unproven_modules) text += fmt::format(", none of {}", module);
    return text;
}

void make(const Options& options, const std::string& target) {
    const auto    books  = suite_options(options);
    const bool    folder = std::filesystem::is_directory(target);
    backups::Kept made{.file = target};
    if (options.given("keep") && !folder) throw options.misuse("name a folder that is there with --keep");
    const auto keep = options.given("keep") ? options.number("keep", 1, 100'000) : 0;
    {
        Progress             progress(options.flagged("progress"));
        const backups::Watch watch{.progress = [&](std::string_view what, std::int64_t one, std::int64_t all) { progress.tell(what, one, all); }};
        if (folder)
            made = backups::make_in(target, books, watch);
        else
            made.manifest = backups::make(books, target, watch);
    }
    print(fmt::format("Backed up {} to {}: {} rows of {} tables up to entry {} of the audit trail, {}.\n", made.manifest.company, made.file, made.manifest.rows(),
                      made.manifest.tables.size(), made.manifest.newest_entry, proof_text(made.manifest)));
    if (keep == 0) return;
    for (const auto& file : backups::remove_oldest(target, made, static_cast<std::size_t>(keep))) print(fmt::format("Removed {}.\n", file));
}

void check(const Options& options, const std::string& file) {
    SuiteOptions modules{.module_directories = module_directories(options)};
    const auto   manifest = backups::check(file, modules);
    print(fmt::format("{} is whole: {} as of {}, up to entry {} of the audit trail, {}.\n", file, manifest.company, manifest.made_at.str(), manifest.newest_entry,
                      proof_text(manifest)));
}

}  // namespace backing_up

int backup(const Words& words) {
    Options options("backup FILE|DIR --database FILE [--keep N]",
                    "Makes a backup in one file, also beside a running server: it holds everything that was acknowledged before. Before "
                    "it gets\n"
                    "its name it is opened, looked through for damage, and every invariant is proven on it. A file that exists is never\n"
                    "overwritten; in a folder the file is named after the company and the moment. --check proves a backup anew.");
    options.argument("file")
        .option("keep", "N", "in a folder: leave the newest N of these books, remove older ones")
        .flag("check", "prove the backup FILE; nothing is made or restored")
        .flag("progress", "tell how far it is")
        .books();
    if (options.parse(words) == Asked::for_help) return done;
    if (options.flagged("check"))
        backing_up::check(options, options.text("file"));
    else
        backing_up::make(options, options.text("file"));
    return done;
}

int restore(const Words& words) {
    Options options("restore FILE --database NEW",
                    "Makes new books from a backup: in a file that does not exist yet, or in an empty database of a server. The backup is "
                    "read\n"
                    "first and refused when a byte of it was changed; what was restored is proven like a backup before it gets its name.");
    options.argument("file").flag("progress", "tell how far it is").books();
    if (options.parse(words) == Asked::for_help) return done;
    const auto        to = suite_options(options);
    backups::Manifest manifest;
    {
        Progress             progress(options.flagged("progress"));
        const backups::Watch watch{.progress = [&](std::string_view what, std::int64_t one, std::int64_t all) { progress.tell(what, one, all); }};
        manifest = backups::restore(options.text("file"), to, watch);
    }
    print(fmt::format("Restored {} as of {} to {}: {} rows of {} tables up to entry {} of the audit trail, {}.\n", manifest.company, manifest.made_at.str(),
                      database::shown(to.database), manifest.rows(), manifest.tables.size(), manifest.newest_entry, backing_up::proof_text(manifest)));
    if (manifest.checks == 0) print(fmt::format("To use these books with this program, run: tessera migrate --database {}\n", database::shown(to.database)));
    return done;
}

}  // namespace tessera::program
