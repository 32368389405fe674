#include "backups/backup.h"

#include "backups/sealed_file.h"
#include "backups/unfinished_file.h"
#include "database/engine.h"
#include "migrations/schema.h"

#include <algorithm>
#include <filesystem>

namespace tessera::backups {

namespace proving {

struct Entry {
    std::int64_t id = 0;
    std::string  seal{};
};

Entry entry(database::Connection& reader, std::string_view order) {
    auto& rows = reader.prepare(fmt::format("SELECT id, hash FROM kernel_audit ORDER BY id {} LIMIT 1", order));
    Entry found;
    if (rows.step()) {
        found = {rows.integer(0), std::string(rows.text(1))};
        reader.release(rows);
    }
    return found;
}

std::string seal_of(database::Connection& reader, std::int64_t id) {
    auto& rows = reader.prepare("SELECT hash FROM kernel_audit WHERE id = :id");
    rows.bind(1, id);
    std::string seal;
    if (rows.step()) {
        seal = rows.text(0);
        reader.release(rows);
    }
    return seal;
}

Refused not_proven(std::string_view goal, std::string_view first, std::size_t count) {
    const auto more = count > 1 ? fmt::format(" and {} more", count - 1) : "";
    return Refused("kernel.backup_not_proven", "To {}, have what tessera verify finds put right: {}{}.", goal, first, more);
}

void refuse(std::string_view goal, const std::vector<std::string>& sentences) {
    if (!sentences.empty()) throw not_proven(goal, sentences.front(), sentences.size());
}

migrations::CopyProgress progress_of(const Watch& watch) {
    return [&watch](std::string_view what, std::int64_t done, std::int64_t total) {
        if (watch.cancelled != nullptr && *watch.cancelled)
            throw Refused("kernel.query_cancelled", "To get the backup, make it again: it was given up.").with_status(503);
        if (watch.progress) watch.progress(what, done, total);
    };
}

SuiteOptions reading(const SuiteOptions& modules, const std::string& database) {
    auto how       = modules;
    how.database   = database;
    how.create     = false;
    how.read_only  = true;
    how.background = false;
    return how;
}

// Nothing when the books have another, older schema than the modules here.
std::unique_ptr<Suite> open_if_current(const SuiteOptions& how) {
    try {
        return Suite::open(how);
    } catch (const Refused& refused) {
        if (refused.code() != "kernel.schema_outdated") throw;
        return nullptr;
    }
}

// What was proven, and what was seen on the way.
struct Proof {
    std::int64_t                         checks = 0;
    std::vector<std::string>             unproven_modules{};
    std::vector<migrations::CopiedTable> tables{};
};

Proof prove(const std::string& database, const SuiteOptions& modules, std::string_view goal, const Watch& watch) {
    Proof      proof;
    const auto suite = open_if_current(reading(modules, database));
    if (suite) {
        std::vector<std::string> found;
        for (const auto& check : suite->verify(Actor::system())) {
            ++proof.checks;
            for (const auto& finding : check.findings)
                found.push_back(fmt::format("{}: {}: expected {}, found {}", check.check, finding.record, finding.expected, finding.found));
        }
        refuse(goal, found);
        for (const auto& module : suite->kernel().modules())
            if (!module.refused.empty()) proof.unproven_modules.push_back(module.name);
    } else {
        const auto engine = database::open(database);
        const auto reader = engine->connect(database::Access::read);
        refuse(goal, engine->check_integrity(*reader));
    }
    const Kernel none;
    proof.tables = migrations::contents(database, suite ? suite->kernel() : none, progress_of(watch));
    return proof;
}

Manifest prove_again(Manifest manifest, const std::string& database, const SuiteOptions& modules, const Watch& watch) {
    constexpr auto goal  = "trust what was backed up";
    auto           proof = prove(database, modules, goal, watch);
    refuse(goal, differences(manifest, proof.tables));
    manifest.checks           = proof.checks;
    manifest.unproven_modules = std::move(proof.unproven_modules);
    return manifest;
}

}  // namespace proving

namespace making {

// The tables as they were copied, where the engine does not copy itself.
std::vector<migrations::CopiedTable> copy_rows(const SuiteOptions& books, const std::string& file, const Watch& watch) {
    const auto source = Suite::open(proving::reading(books, books.database));
    const auto rows   = file + "-rows";
    auto       copied = migrations::copy(books.database, rows, source->kernel(), proving::progress_of(watch));
    database::open(rows)->copy_to(file, watch.cancelled);
    database::remove_new(rows);
    return copied;
}

Manifest describe(const std::string& file, Instant made_at, const std::string& engine) {
    const auto reader = database::open(file)->connect(database::Access::read);
    const auto oldest = proving::entry(*reader, "ASC"), newest = proving::entry(*reader, "DESC");
    return {.company      = migrations::setting(*reader, "company.name").value_or(""),
            .made_at      = made_at,
            .program      = "tessera " TESSERA_VERSION,
            .engine       = engine,
            .schema       = migrations::setting(*reader, "schema_fingerprint").value_or(""),
            .books        = oldest.seal,
            .newest_entry = newest.id,
            .newest_seal  = newest.seal};
}

}  // namespace making

Manifest make(const SuiteOptions& books, const std::string& file, const Watch& watch) {
    constexpr auto goal   = "have a backup that can be trusted";
    const auto     source = database::open(books.database);
    const auto     reader = source->connect(database::Access::read);
    if (!reader->has_table("kernel_audit"))
        throw Refused("kernel.no_books", "To make a backup, name books that a company has been made in: {} has none.", database::shown(books.database));
    const auto     before  = proving::entry(*reader, "DESC");
    const auto     made_at = Instant::now();
    UnfinishedFile beside(file);

    std::vector<migrations::CopiedTable> copied;
    if (database::is_on_server(books.database))
        copied = making::copy_rows(books, beside.name(), watch);
    else
        source->copy_to(beside.name(), watch.cancelled);

    auto manifest = making::describe(beside.name(), made_at, source->name());
    if (proving::seal_of(*database::open(beside.name())->connect(database::Access::read), before.id) != before.seal)
        throw proving::not_proven(goal, fmt::format("entry {} of the audit trail is not in the backup", before.id), 1);
    auto proof                = proving::prove(beside.name(), books, goal, watch);
    manifest.checks           = proof.checks;
    manifest.unproven_modules = std::move(proof.unproven_modules);
    manifest.tables           = std::move(proof.tables);
    if (!copied.empty()) proving::refuse(goal, differences(manifest, copied));
    seal(beside.name(), text_of(manifest));
    beside.publish(0400);
    return manifest;
}

Manifest check(const std::string& file, const SuiteOptions& modules, const Watch& watch) {
    const auto sealed = unseal(file);
    return proving::prove_again(manifest_of(sealed.manifest), file, modules, watch);
}

namespace restoring {

// A log that was left there would be taken for the newest part of what is restored.
void refuse_left_over_log(const std::string& database) {
    for (const char* suffix : {"-wal", "-journal"})
        if (std::filesystem::exists(database + suffix))
            throw Refused("kernel.file_exists", "To restore to {}, move {}{} away first: it belongs to books that were there.", database, database, suffix);
}

Manifest to_file(const Sealed& sealed, Manifest manifest, const SuiteOptions& to, const Watch& watch) {
    UnfinishedFile beside(to.database);
    refuse_left_over_log(to.database);
    write_database(sealed, beside.name());
    manifest = proving::prove_again(std::move(manifest), beside.name(), to, watch);
    beside.publish(0600);
    database::open(to.database)->connect(database::Access::write);  // from now on it keeps its log beside it
    return manifest;
}

Manifest to_server(const Sealed& sealed, const Manifest& manifest, const SuiteOptions& to, const Watch& watch) {
    const auto source = proving::open_if_current(proving::reading(to, sealed.file));
    if (!source)
        throw Refused("kernel.schema_outdated", "To restore {} to a server, restore it to a file, run tessera migrate on that, and copy it there with tessera copy.", sealed.file);
    const auto copied = migrations::copy(sealed.file, to.database, source->kernel(), proving::progress_of(watch));
    proving::refuse("trust what was backed up", differences(manifest, copied));
    return proving::prove_again(manifest, to.database, to, watch);
}

}  // namespace restoring

Manifest restore(const std::string& file, const SuiteOptions& to, const Watch& watch) {
    const auto sealed   = unseal(file);
    auto       manifest = manifest_of(sealed.manifest);
    if (database::is_on_server(to.database)) return restoring::to_server(sealed, manifest, to, watch);
    return restoring::to_file(sealed, std::move(manifest), to, watch);
}

Manifest try_to_restore(const std::string& file, const SuiteOptions& modules, const Watch& watch) {
    const auto     sealed = unseal(file);
    UnfinishedFile beside(file + "-restored");
    write_database(sealed, beside.name());
    return proving::prove_again(manifest_of(sealed.manifest), beside.name(), modules, watch);
}

}  // namespace tessera::backups
