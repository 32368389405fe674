#pragma once
// The schema of a database: the kernel's own tables, then a table per entity, then what modules add. Made when the books
// are, and only added to later, by upgrade.h; a fingerprint of all declarations tells whether there is anything to do.

#include <tessera/kernel.h>

#include "database/engine.h"

namespace tessera::migrations {

inline constexpr int kernel_schema_number = 2;

std::vector<database::TableDefinition> kernel_tables();
std::string                            fingerprint(const Kernel& kernel);

// Runs (or, with execute = false, only lists) what the declarations need. Refused "kernel.newer_schema" when the database
// was written by a newer Tessera or a newer version of a module.
TESSERA_API std::vector<std::string> bring_up_to_date(database::Connection& connection, const Kernel& kernel, bool execute = true);
// Modules the database has records of and that are not running here. Their records cannot be read or proven, and what
// the others declare is no full picture: it is not recorded as the state of the schema.
std::vector<std::string> missing_modules(database::Connection& connection, const Kernel& kernel);
// Whether the books have the schema that the modules here declare. Refused "kernel.no_books" and "kernel.newer_schema".
TESSERA_API bool is_up_to_date(database::Connection& connection, const Kernel& kernel);
// Refused "kernel.no_books", "kernel.schema_outdated" when the database must be migrated first, and "kernel.no_modules"
// when none of its modules is running. The location is told as it may be shown.
void require_up_to_date(database::Connection& connection, const Kernel& kernel, std::string_view location);

// For writers: makes the schema where there is no company yet, or where it may change that of one; otherwise as above.
void make_or_require(database::Connection& connection, const Kernel& kernel, std::string_view location, bool may_change);

std::optional<std::string> setting(database::Connection& connection, std::string_view name);
void                       set_setting(database::Connection& connection, std::string_view name, std::string_view value);

}  // namespace tessera::migrations
