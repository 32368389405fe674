#pragma once
// The plan of an import: each step of a profile compared with the declared entities and the scratch tables, before
// anything is written. What does not fit is refused "kernel.malformed_profile" with the line of the step; a key that is
// missing or comes twice is refused "kernel.import_key", with the key.

#include <tessera/kernel.h>

#include "imports/import_profile.h"
#include "imports/scratch_tables.h"

#include <unordered_map>

namespace tessera::imports {

// What a column of a SELECT is for.
struct Column {
    enum class Part { key, parent, date, field, input, books } part = Part::field;
    std::string             name{};
    std::string             reference{};      // the entity after @
    const FieldDescription* field = nullptr;  // of a field or an input
};

using Row = std::vector<std::string>;  // a text per column, "" for NULL

struct LinePlan {
    const LineStep*                                   step   = nullptr;
    const EntityDescription*                          entity = nullptr;  // of the lines
    std::vector<Column>                               columns{};
    bool                                              keyed = false;
    std::unordered_map<std::string, std::vector<Row>> rows{};  // by parent; filled when the step's turn comes
};

struct StepPlan {
    const Step*                  step       = nullptr;
    const EntityDescription*     entity     = nullptr;
    const TransitionDescription* transition = nullptr;
    const FieldDescription*      match      = nullptr;
    std::vector<Column>          columns{};
    std::size_t                  key = 0, date = none;  // positions among the columns
    std::size_t                  match_column = none;
    std::vector<LinePlan>        lines{};
    std::string                  known_as{};  // what its keys are kept under
    std::vector<Row>             rows{};      // filled when the step's turn comes

    static constexpr std::size_t none = static_cast<std::size_t>(-1);
};

std::vector<StepPlan> plan_import(const ImportProfile& profile, const Kernel& kernel, ScratchTables& scratch);

// Loads the rows of a step and of its lines; `forget` gives the memory back.
void read_rows(StepPlan& plan, ScratchTables& scratch);
void forget_rows(StepPlan& plan);

}  // namespace tessera::imports
