#pragma once
// A module writes its own tables and nobody else's: "warranty" may change "warranty_claim". Other records it changes through
// services, commands and transitions of the module they belong to. What breaks this is the author's mistake, not the user's:
// std::logic_error, and the command is undone.

#include <tessera/entity.h>

namespace tessera::containment {

// Every table that the text would write; a text that is no SELECT, INSERT, UPDATE, DELETE or WITH writes "everything".
std::vector<std::string> tables_written(std::string_view sql);

void require_own_table(std::string_view module, std::string_view table);
void require_own_tables(std::string_view module, std::string_view sql);

enum class Change { insert, save, remove };
// Of another module's records, those that people may make, change or delete as well, in the states in which they may: its
// validation is then the same.
void require_own_record(std::string_view module, const EntityDescription& entity, Change change, const void* record);

}  // namespace tessera::containment
