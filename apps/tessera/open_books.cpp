#include "open_books.h"

#include "database/engine.h"
#include "loader/loader.h"
#include "output.h"

#include <cstdlib>

namespace tessera::program {

namespace books {

void name_refused_modules(const Kernel& kernel) {
    for (const auto& module : kernel.modules())
        if (!module.refused.empty()) complain(module.refused + "\n");
}

SuiteOptions of(const Options& options, const std::string& database) {
    return {.database           = database,
            .module_directories = module_directories(options),
            .background         = false,
            .plugin_signers     = module_signers(options),
            .via                = "command line"};
}

}  // namespace books

std::string database_of(const Options& options) {
    if (options.given("database")) return options.text("database");
    if (const char* given = std::getenv("TESSERA_DATABASE"); given && *given) return given;
    throw options.misuse("name the books with --database FILE");
}

std::vector<std::string> module_directories(const Options& options) {
    auto directories = options.texts("modules");
    if (const char* named = std::getenv("TESSERA_MODULES"); directories.empty() && named && *named) directories.emplace_back(named);
    return directories;
}

std::vector<std::string> module_signers(const Options& options) {
    auto keys = options.texts("modules-signed-by");
    if (const char* named = std::getenv("TESSERA_MODULES_SIGNED_BY"); keys.empty() && named && *named) keys.emplace_back(named);
    return keys;
}

SuiteOptions suite_options(const Options& options) { return books::of(options, database_of(options)); }

std::unique_ptr<Suite> open_books(SuiteOptions options) {
    const auto database = options.database;
    auto       suite    = Suite::open(std::move(options));
    books::name_refused_modules(suite->kernel());
    if (suite->company_name().empty())
        throw Refused("kernel.no_books",
                      "To use {0}, make a company in it first: tessera init --database {0} --name COMPANY",
                      database::shown(database));
    return suite;
}

std::unique_ptr<Suite> open_for_reading(const Options& options) {
    return open_for_reading(options, database_of(options));
}

std::unique_ptr<Suite> open_for_reading(const Options& options, const std::string& database) {
    auto how      = books::of(options, database);
    how.read_only = true;
    return open_books(std::move(how));
}

std::unique_ptr<Replica> open_replica(const Options& options, Suite& books) {
    if (!options.given("replica")) return nullptr;
    const std::chrono::seconds lag_max(options.number("replica-lag-max", 2, 86400));
    return std::make_unique<Replica>(books, books::of(options, options.text("replica")), lag_max);
}

std::unique_ptr<backups::Schedule> open_schedule(const Options& options) {
    if (!options.given("backup-directory")) return nullptr;
    return std::make_unique<backups::Schedule>(suite_options(options),
                                               backups::Plan{.folder      = options.text("backup-directory"),
                                                             .every       = std::chrono::hours(options.number("backup-every", 1, 8760)),
                                                             .keep        = static_cast<std::size_t>(options.number("backup-keep", 1, 100'000)),
                                                             .prove_every = options.number("backup-prove-every", 1, 100'000)});
}

std::unique_ptr<Suite> open_for_writing(const Options& options, const std::string& note) {
    auto how      = suite_options(options);
    how.lock_note = note;
    return open_books(std::move(how));
}

std::unique_ptr<Suite> make_books(const Options& options, const InitOptions& company, Place place) {
    auto       how   = suite_options(options);
    const bool there = database::exists(how.database);
    if (there && place == Place::fresh)
        throw Refused("kernel.file_exists", "To make a new company, name a file that does not exist yet: {} does.",
                      database::shown(how.database));
    how.create          = true;
    how.lock_note       = "being made";
    const auto database = how.database;
    try {
        auto suite = Suite::open(std::move(how));
        books::name_refused_modules(suite->kernel());
        suite->init(company);
        return suite;
    } catch (...) {
        if (!there) database::remove_new(database);
        throw;
    }
}

std::unique_ptr<Kernel> load_modules(const Options& options) { return load_modules(options, nullptr); }

std::unique_ptr<Kernel> load_modules(const Options& options, database::Engine* books) {
    auto            kernel = std::make_unique<Kernel>();
    loader::Options where;
    if (books) where.custom_fields = fields::stored(*books, fields::Columns::must_be_there);
    for (const auto& directory : module_directories(options)) where.directories.emplace_back(directory);
    where.directories.push_back(loader::own_directory());
    where.signers = module_signers(options);
    loader::load(*kernel, where);
    return kernel;
}

void deliver_outbox(Suite& suite) {
    while (suite.run_outbox() == 100) {
    }
}

std::filesystem::path resource(std::string_view name) {
    std::error_code error;
    const auto      program = std::filesystem::read_symlink("/proc/self/exe", error);
    return program.parent_path().parent_path() / "share" / "tessera" / name;
}

}  // namespace tessera::program
