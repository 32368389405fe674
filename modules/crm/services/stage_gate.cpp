#include "services/stage_gate.h"

#include <tessera/kernel.h>
#include <tessera/text.h>

#include <fmt/ranges.h>

#include <algorithm>
#include <set>

namespace crm {

using tessera::Refused;

namespace stage_gate {

const tessera::FieldDescription* field_of(const Snapshot& tx, std::string_view name) { return tx.kernel().find_entity("crm.opportunity")->find(name); }

// A number that is nothing is not filled in.
bool is_filled(const tessera::FieldDescription& field, const Opportunity& opportunity) {
    return !field.none(&opportunity) && !(field.number && field.number(&opportunity) == 0);
}

}  // namespace stage_gate

std::vector<std::string> words_of(std::string_view text) {
    std::vector<std::string> words;
    std::string              word;
    for (const char c : std::string(text) + " ") {
        if (c != ' ' && c != ',') word += c;
        else if (!word.empty()) words.push_back(std::exchange(word, {}));
    }
    return words;
}

void require_field_of_opportunity(const Snapshot& tx, std::string_view field) {
    const auto* found = stage_gate::field_of(tx, field);
    if (found && found->added_by.empty()) return;
    throw Refused("crm.no_such_field", "To ask for a field before a stage, name one of an opportunity; \"{}\" is none.", tessera::excerpt(field))
        .with_status(422)
        .with_field("required_fields");
}

std::vector<Stage> stages_of(const Snapshot& tx, Id<Pipeline> pipeline) { return tx.select<Stage>("pipeline = :pipeline ORDER BY position", pipeline); }

Id<Pipeline> usual_pipeline(const Snapshot& tx) {
    const auto first = tx.value<Id<Pipeline>>("SELECT id FROM crm_pipeline WHERE active = 1 ORDER BY position, id LIMIT 1");
    if (!first) throw Refused("crm.no_pipeline", "To follow a sale, set up a pipeline with its stages first.");
    return *first;
}

std::vector<std::string> lacking(const Snapshot& tx, const Opportunity& opportunity, const std::vector<Stage>& stages, std::int64_t from, std::int64_t to) {
    const auto            done = tx.rows<Id<StageItem>>("SELECT item FROM crm_checked_item WHERE opportunity = :opportunity", opportunity.id);
    std::vector<std::string> missing;
    const auto            miss = [&](std::string text) { if (std::ranges::find(missing, text) == missing.end()) missing.push_back(std::move(text)); };
    for (const auto& stage : stages) {
        if (stage.position <= from || stage.position > to) continue;
        for (const auto& name : words_of(stage.required_fields))
            if (const auto* field = stage_gate::field_of(tx, name); field && !stage_gate::is_filled(*field, opportunity)) miss(tessera::lower_ascii(field->label));
        for (const auto& item : stage.items)
            if (std::ranges::find(done, item.id) == done.end()) miss(fmt::format("the step \"{}\"", item.text));
    }
    return missing;
}

void require_nothing_lacks(const Snapshot& tx, const Opportunity& opportunity, const std::vector<Stage>& stages, std::int64_t from, std::int64_t to, std::string_view goal) {
    if (const auto missing = lacking(tx, opportunity, stages, from, to); !missing.empty())
        throw Refused("crm.stage_asks_for", "To {} {}, complete first: {}.", goal, opportunity.title, fmt::join(missing, ", "));
}

}  // namespace crm
