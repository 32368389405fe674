#include "commands.h"
#include "database/engine.h"
#include "migrations/schema.h"
#include "open_books.h"
#include "output.h"

namespace tessera::program {

int migrate(const Words& words) {
    Options options(
        "migrate --database FILE [--dry-run]",
        "Brings the database up to date with the modules: tables, columns and indexes are added, nothing is removed. "
        "Any\n"
        "command that writes does the same when it opens the books; --dry-run only prints what would be run.");
    options.flag("dry-run", "print the statements, run none").books();
    if (options.parse(words) == Asked::for_help) return done;

    const auto engine  = database::open(database_of(options));
    const auto kernel  = load_modules(options);
    const auto reader  = engine->connect(database::Access::read);
    const auto changes = migrations::bring_up_to_date(*reader, *kernel, false);
    if (!options.flagged("dry-run") && !changes.empty()) open_for_writing(options, "being migrated");
    for (const auto& statement : changes) print(statement + ";\n");
    if (changes.empty()) print("The database is up to date.\n");
    return done;
}

}  // namespace tessera::program
