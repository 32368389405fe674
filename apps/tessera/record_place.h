#pragma once
// What the words of a record command name: an entity of a module, a transition, a record. An entity is called by its own
// name ("order"), by its path ("orders") or by its title; a record by the value that names it to people
// ("PO-2026-00007"), by another unique field, or by its id.

#include <tessera/suite.h>

#include <string>
#include <vector>

namespace tessera::program {

const EntityDescription* find_entity(const Kernel& kernel, std::string_view module, std::string_view word);

// The entities of the module whose workflow has the transition, in order of declaration.
std::vector<const EntityDescription*> entities_with(const Kernel& kernel, std::string_view module,
                                                    std::string_view transition);

// Nothing when there is none; refused "kernel.ambiguous_reference" when the word names several.
std::optional<std::int64_t> find_record(Suite& suite, const EntityDescription& entity, const std::string& word);
// Refused "kernel.not_found" instead of nothing.
std::int64_t record_named(Suite& suite, const EntityDescription& entity, const std::string& word);

}  // namespace tessera::program
