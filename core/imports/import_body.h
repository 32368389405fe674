#pragma once
// A row of an import as the JSON body of its record command, the same that a browser would send: fields by name,
// references as ids, lines, transition_input. A reference whose record was not imported is refused "kernel.import_reference".

#include "imports/import_keys.h"
#include "imports/import_plan.h"

namespace tessera::imports {

struct Body {
    std::string              json{};
    std::vector<std::string> line_keys{};  // of keyed lines, in their order; with the lines they belong to:
    const LinePlan*          keyed_lines = nullptr;
    std::size_t              lines       = 0;
};

// `tx` answers the books queries of lines.
Body record_body(const StepPlan& plan, const Row& row, const ImportKeys& keys, const Snapshot& tx);
// The input of a transition alone.
std::string input_body(const StepPlan& plan, const Row& row, const ImportKeys& keys);

}  // namespace tessera::imports
