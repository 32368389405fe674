#pragma once
// Opening the books that the options name. Modules that cannot run are named on standard error, one sentence each.

#include <tessera/replica.h>

#include "backups/schedule.h"
#include "options.h"

#include <filesystem>

namespace tessera::database { class Engine; }

namespace tessera::program {

// --database, else TESSERA_DATABASE; Misuse when neither is there.
std::string  database_of(const Options& options);
// Whose signature modules in further folders need: --modules-signed-by, else the file that TESSERA_MODULES_SIGNED_BY names.
std::vector<std::string> module_signers(const Options& options);
// Further folders with modules: --modules, else the one that TESSERA_MODULES names.
std::vector<std::string> module_directories(const Options& options);
SuiteOptions suite_options(const Options& options);

std::unique_ptr<Suite> open_for_reading(const Options& options);  // beside a running server
std::unique_ptr<Suite> open_for_reading(const Options& options, const std::string& database);
// What --replica names, where it is given: a database that follows these books.
std::unique_ptr<Replica> open_replica(const Options& options, Suite& books);
// What --backup-directory asks for, where it is given.
std::unique_ptr<backups::Schedule> open_schedule(const Options& options);
std::unique_ptr<Suite> open_for_writing(const Options& options, const std::string& note);
// Opens a database and refuses one in which no company has been made ("kernel.no_books").
std::unique_ptr<Suite> open_books(SuiteOptions options);

// A new database with a company in it. When the company is refused, no file is left behind. With `fresh` the file must
// not exist yet ("kernel.file_exists").
enum class Place { any, fresh };
std::unique_ptr<Suite> make_books(const Options& options, const InitOptions& company, Place place);

// What the modules declare, without any database.
std::unique_ptr<Kernel> load_modules(const Options& options);
// With the operator's own fields of these books.
std::unique_ptr<Kernel> load_modules(const Options& options, database::Engine* books);

void                  deliver_outbox(Suite& suite);     // what the commands of this program left to be delivered
std::filesystem::path resource(std::string_view name);  // share/tessera/<name>, beside the program

}  // namespace tessera::program
