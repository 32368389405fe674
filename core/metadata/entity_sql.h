#pragma once
// From an entity's declaration to SQL: its table and the statements that every record of it uses.

#include <tessera/balance.h>
#include <tessera/entity.h>

#include "database/engine.h"

namespace tessera {
class Kernel;
}

namespace tessera::metadata {

// Fills in add_sql and select_sql.
void prepare_sql(BalanceDescription& balance);
// Fills in fresh, references, insert_sql, select_sql ("SELECT id, version, … FROM table"), select_lines_sql and delete_sql.
void prepare_sql(BalanceDescription& balance);
void prepare_sql(EntityDescription& entity, const Kernel& kernel);

database::TableDefinition table_definition(const BalanceDescription& balance);
database::TableDefinition table_definition(const EntityDescription& entity, const Kernel& kernel);
// The same without the operator's own fields: what the modules declare.
database::TableDefinition declared_table(const EntityDescription& entity, const Kernel& kernel);

// "UPDATE table SET version = version + 1, a = :a WHERE id = :id" for the fields whose position is set in `changed`.
std::string update_sql(const EntityDescription& entity, const std::vector<bool>& changed);

}  // namespace tessera::metadata
