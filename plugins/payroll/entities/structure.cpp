#include "declare.h"
#include "entities/codes.h"
#include "entities/structure_order.h"
#include "formula/formula.h"

#include <tessera/effectivity.h>

#include <algorithm>
#include <set>

namespace payroll {

namespace structure {

using tessera::Effectivity;
using tessera::Refused;
using tessera::Snapshot;
using tessera::Transaction;

std::vector<Formula::Name> named_in(const Component& component) {
    auto names = Formula::parse(component.formula).names();
    if (!component.condition.empty()) std::ranges::move(Formula::parse_condition(component.condition).names(), std::back_inserter(names));
    return names;
}

void require_order(const std::string& code, const std::vector<Component>& components) {
    std::set<std::string> before;
    for (const auto& component : components) {
        for (const auto& [name, position] : named_in(component))
            if (!is_fact(name) && !before.contains(name))
                throw Refused("payroll.formula_later_component",
                              "To use {} in structure {}, put {} before it: its formula names it at position {}.", component.code, code,
                              name, position)
                    .with_status(422);
        before.insert(component.code);
    }
}

void complete_sequence(Structure& structure) {
    int last = 0;
    for (auto& line : structure.lines) {
        if (line.sequence == 0) line.sequence = last + 10;
        last = std::max(last, line.sequence);
    }
}

void require_days(const Transaction& tx, const Structure& structure) {
    for (std::size_t i = 0; i < structure.lines.size(); ++i) {
        const auto& line = structure.lines[i];
        if (!line.ends_on.empty() && line.ends_on < line.starts_on)
            throw Refused("payroll.days_reversed", "To save structure {}, let {} end after it begins.", structure.code,
                          tx.label_of(line.component))
                .with_status(422);
        for (std::size_t j = 0; j < i; ++j) {
            const auto& other = structure.lines[j];
            if (other.component != line.component ||
                !Effectivity{line.starts_on, line.ends_on, {}}.overlaps({other.starts_on, other.ends_on, {}}))
                continue;
            throw Refused("payroll.component_twice",
                          "To save structure {}, let one line of {} end before the other begins: it would count twice.", structure.code,
                          tx.label_of(line.component))
                .with_status(422);
        }
    }
}

void check(Transaction& tx, Structure& structure) {
    for (const auto& line : structure.lines)
        if (!line.component) return;  // refused as required
    complete_sequence(structure);
    require_days(tx, structure);
    require_order(tx, structure);
}

struct Place {
    Id<Structure> structure{};
    std::string   code{};
    Id<Component> component{};
};

}  // namespace structure

void require_order(const tessera::Snapshot& tx, const Structure& structure) {
    auto lines = structure.lines;
    std::ranges::stable_sort(lines, {}, &StructureLine::sequence);
    std::vector<Component> components;
    for (const auto& line : lines) components.push_back(tx.load(line.component));
    structure::require_order(structure.code, components);
}

void require_order_around(const tessera::Snapshot& tx, const Component& component) {
    if (!component.id) return;
    const auto places = tx.rows<structure::Place>(R"sql(
        SELECT s.id, s.code, l.component FROM payroll_structure s JOIN payroll_structure_line l ON l.document = s.id
         WHERE s.id IN (SELECT document FROM payroll_structure_line WHERE component = :component)
         ORDER BY s.id, l.sequence, l.id)sql",
                                                  component.id);
    for (std::size_t i = 0; i < places.size();) {
        std::vector<Component> components;
        const auto&            first = places[i];
        for (; i < places.size() && places[i].structure == first.structure; ++i)
            components.push_back(places[i].component == component.id ? component : tx.load(places[i].component));
        structure::require_order(first.code, components);
    }
}

void declare_structure(tessera::Kernel& kernel) {
    using namespace tessera;
    kernel.entity<StructureLine>("payroll.structure_line", "Component of a structure")
        .part_of(&StructureLine::document)
        .field("sequence", &StructureLine::sequence, not_negative,
               help("Components are calculated in this order; after the last when left out"))
        .field("component", &StructureLine::component, required, indexed)
        .field("starts_on", &StructureLine::starts_on, help("In periods that end on or after this day"))
        .field("ends_on", &StructureLine::ends_on, help("… and on or before this one"));
    kernel.entity<Structure>("payroll.structure", "Pay structure")
        .help("Which components make up a pay, in the order in which they are calculated.")
        .menu(Menu::master_data)
        .field("code", &Structure::code, required, unique, searchable, longest(40))
        .field("name", &Structure::name, required, searchable, longest(120))
        .lines("lines", &Structure::lines)
        .display("code")
        .validate(structure::check);
}

}  // namespace payroll
