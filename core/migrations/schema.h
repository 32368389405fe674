#pragma once
// The schema of a database: the kernel's own tables, then a table per entity, then what modules add. Made when the books
// are opened for writing, and only added to later; a fingerprint of all declarations tells whether there is anything to do.

#include <tessera/kernel.h>

#include "database/engine.h"

namespace tessera::migrations {

inline constexpr int kernel_schema_number = 1;

std::vector<database::TableDefinition> kernel_tables();
std::string                            fingerprint(const Kernel& kernel);

// Runs (or, with execute = false, only lists) what the declarations need. Refused "kernel.newer_schema" when the database
// was written by a newer Tessera or a newer version of a module.
TESSERA_API std::vector<std::string> bring_up_to_date(database::Connection& connection, const Kernel& kernel, bool execute = true);
// Modules the database has records of and that are not running here. Their records cannot be read or proven, and what
// the others declare is no full picture: it is not recorded as the state of the schema.
std::vector<std::string> missing_modules(database::Connection& connection, const Kernel& kernel);
// For readers: Refused "kernel.no_books" or "kernel.schema_outdated" when a writer must open the database first, and
// "kernel.no_modules" when none of its modules is running.
void require_up_to_date(database::Connection& connection, const Kernel& kernel);

std::optional<std::string> setting(database::Connection& connection, std::string_view name);
void                       set_setting(database::Connection& connection, std::string_view name, std::string_view value);

}  // namespace tessera::migrations
