#include "imports/import_plan.h"

#include <tessera/text.h>

#include <algorithm>

namespace tessera::imports {

namespace import_plan {

using Part = Column::Part;

// The part of the profile that is looked at, for refusals.
struct Place {
    const ImportProfile& profile;
    const Step&          step;
    int                  line = 0;
    Refused              refusal(std::string_view what) const {
                     return malformed_profile(profile.source, line, fmt::format("step \"{}\": {}", step.title, what));
    }
};

const FieldDescription& field_named(const std::vector<FieldDescription>& fields, const Column& column,
                                    std::string_view of, const Place& place) {
    for (const auto& f : fields)
        if (f.name == column.name) {
            if (f.read_only)
                throw place.refusal(fmt::format("{} of {} is set by the documents and cannot be imported", f.name, of));
            return f;
        }
    throw place.refusal(fmt::format("{} has no field {}", of, column.name));
}

Column parse_column(std::string name) {
    Column column{.name = std::move(name)};
    if (const auto at = column.name.find('@'); at != std::string::npos) {
        column.reference = column.name.substr(at + 1);
        column.name.resize(at);
    }
    const auto takes = [&](std::string_view prefix, Part part) {
        if (!column.name.starts_with(prefix)) return;
        column.name.erase(0, prefix.size());
        column.part = part;
    };
    takes("input.", Part::input);
    takes("books.", Part::books);
    return column;
}

void check_reference(const Column& column, const Kernel& kernel, const Place& place) {
    if (column.reference.empty()) return;
    if (!kernel.find_entity(column.reference))
        throw place.refusal(fmt::format("there is no entity {}", column.reference));
    if (column.field && column.field->kind != FieldKind::reference)
        throw place.refusal(
            fmt::format("{} refers to nothing, so @{} does not belong there", column.name, column.reference));
    if (column.field && column.field->references != column.reference)
        throw place.refusal(
            fmt::format("{} refers to {}, not to {}", column.name, column.field->references, column.reference));
}

void refuse_twice(const std::vector<Column>& columns, const Place& place) {
    for (std::size_t i = 0; i < columns.size(); ++i)
        for (std::size_t k = 0; k < i; ++k)
            if (columns[i].part == columns[k].part && columns[i].name == columns[k].name)
                throw place.refusal(fmt::format("the column {} comes twice", columns[i].name));
}

std::vector<std::string> column_names(const std::string& select, ScratchTables& scratch, const Place& place) {
    try {
        return scratch.columns(select);
    } catch (const std::exception& failure) {
        throw place.refusal(excerpt(failure.what(), 200));
    }
}

// A key must be there, and once; what the SELECT cannot answer shows here too.
void check_keys(const std::string& select, std::string_view what, ScratchTables& scratch, const Place& place) {
    const auto sql =
        fmt::format("SELECT key, count(*) FROM ({}) GROUP BY key HAVING key IS NULL OR count(*) > 1 LIMIT 1", select);
    std::string key;
    bool        missing = false, twice = false;
    try {
        scratch.each(sql, [&](Statement& row) {
            missing = row.is_null(0);
            twice   = !missing;
            key     = row.text(0);
        });
    } catch (const std::exception& failure) {
        throw place.refusal(excerpt(failure.what(), 200));
    }
    if (missing)
        throw Refused("kernel.import_key", "To import {} of step \"{}\", give each a key: one has none.", what,
                      place.step.title)
            .with_status(422);
    if (twice)
        throw Refused("kernel.import_key",
                      "To import {} of step \"{}\", give each its own key: \"{}\" comes more than once.", what,
                      place.step.title, excerpt(key))
            .with_status(422);
}

Column plan_column(std::string name, StepPlan& plan, std::size_t position, const Kernel& kernel, const Place& place) {
    auto column = parse_column(std::move(name));
    if (column.part == Part::field && column.name == "key") {
        column.part = Part::key;
        plan.key    = position;
    } else if (column.part == Part::field && column.name == "date" && plan.step->replay) {
        plan.date    = position;
        column.part  = Part::date;
        column.field = plan.step->moves ? nullptr : plan.entity->find("date");
    } else if (column.part == Part::field) {
        if (plan.step->moves)
            throw place.refusal(
                fmt::format("a step with on sets no field; {} would be input.{}", column.name, column.name));
        column.field = &field_named(plan.entity->fields, column, plan.entity->name, place);
    } else if (column.part == Part::input) {
        if (!plan.transition) throw place.refusal(fmt::format("input.{} needs a transition", column.name));
        column.field =
            &field_named(plan.transition->input, column, plan.entity->name + "." + plan.transition->name, place);
    }
    check_reference(column, kernel, place);
    if (plan.match && column.field == plan.match) plan.match_column = position;
    return column;
}

LinePlan plan_lines(const LineStep& step, const StepPlan& plan, const Kernel& kernel, ScratchTables& scratch,
                    Place place) {
    place.line = step.source_line;
    LinePlan   lines{.step = &step};
    const auto declared = std::ranges::find_if(plan.entity->lines, [&](const auto& l) { return l.name == step.name; });
    if (declared == plan.entity->lines.end())
        throw place.refusal(fmt::format("{} has no lines called {}", plan.entity->name, step.name));
    lines.entity = declared->entity;
    if (!step.books.empty()) return lines;
    bool has_parent = false;
    for (auto& name : column_names(step.select, scratch, place)) {
        auto column = parse_column(std::move(name));
        if (column.part != Part::field) throw place.refusal("lines have fields, parent and key only");
        if (column.name == "parent")
            column.part = Part::parent, has_parent = true;
        else if (column.name == "key")
            column.part = Part::key, lines.keyed = true;
        else
            column.field = &field_named(lines.entity->fields, column, lines.entity->name, place);
        check_reference(column, kernel, place);
        lines.columns.push_back(std::move(column));
    }
    if (!has_parent) throw place.refusal("the lines have no column parent");
    refuse_twice(lines.columns, place);
    if (lines.keyed) check_keys(step.select, "the lines", scratch, place);
    return lines;
}

StepPlan plan_step(const ImportProfile& profile, const Step& step, const Kernel& kernel, ScratchTables& scratch) {
    const Place place{profile, step, step.source_line};
    StepPlan    plan{.step = &step, .entity = kernel.find_entity(step.entity), .known_as = step.entity};
    if (!plan.entity) throw place.refusal(fmt::format("there is no entity {}", step.entity));
    if (!step.transition.empty() && !(plan.transition = plan.entity->workflow.find(step.transition)))
        throw place.refusal(fmt::format("{} has no transition {}", step.entity, step.transition));
    if (!step.match.empty() && !(plan.match = plan.entity->find(step.match)))
        throw place.refusal(fmt::format("{} has no field {}", step.entity, step.match));
    if (step.moves) plan.known_as += "." + step.transition;

    bool has_key = false;
    for (auto& name : column_names(step.select, scratch, place)) {
        plan.columns.push_back(plan_column(std::move(name), plan, plan.columns.size(), kernel, place));
        has_key |= plan.columns.back().part == Part::key;
    }
    if (!has_key) throw place.refusal("its select has no column key");
    if (step.replay && plan.date == StepPlan::none) throw place.refusal("a replayed step has a column date");
    if (plan.match && plan.match_column == StepPlan::none)
        throw place.refusal(fmt::format("it matches by {}, so its select has that column", step.match));
    refuse_twice(plan.columns, place);
    check_keys(step.select, "the records", scratch, place);
    for (const auto& lines : step.lines) plan.lines.push_back(plan_lines(lines, plan, kernel, scratch, place));
    return plan;
}

Row row_of(Statement& statement, std::size_t columns) {
    Row row(columns);
    for (std::size_t i = 0; i < columns; ++i) row[i] = statement.text(static_cast<int>(i));
    return row;
}

}  // namespace import_plan

std::vector<StepPlan> plan_import(const ImportProfile& profile, const Kernel& kernel, ScratchTables& scratch) {
    std::vector<StepPlan> plans;
    for (const auto& step : profile.steps) plans.push_back(import_plan::plan_step(profile, step, kernel, scratch));
    return plans;
}

void read_rows(StepPlan& plan, ScratchTables& scratch) {
    scratch.each(plan.step->select,
                 [&](Statement& s) { plan.rows.push_back(import_plan::row_of(s, plan.columns.size())); });
    for (auto& lines : plan.lines) {
        if (lines.step->select.empty()) continue;
        const auto parent =
            std::ranges::find(lines.columns, Column::Part::parent, &Column::part) - lines.columns.begin();
        scratch.each(lines.step->select, [&](Statement& s) {
            auto row = import_plan::row_of(s, lines.columns.size());
            auto key = row[static_cast<std::size_t>(parent)];
            lines.rows[std::move(key)].push_back(std::move(row));
        });
    }
}

void forget_rows(StepPlan& plan) {
    plan.rows = {};
    for (auto& lines : plan.lines) lines.rows = {};
}

}  // namespace tessera::imports
