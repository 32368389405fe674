#include "guides/guide_tree.h"

#include <algorithm>
#include <map>
#include <set>

namespace knowledge {

namespace guide_tree {

using Fault = std::optional<GuideFault>;

template <class... Value>
Fault fault(const char* code, fmt::format_string<Value...> sentence, Value&&... value) {
    return GuideFault{code, fmt::format(sentence, std::forward<Value>(value)...)};
}

Fault wrong_step(const GuideVersion& v) {
    std::set<std::string_view> codes;
    for (const auto& step : v.steps)
        if (!codes.insert(step.code).second) return fault("knowledge.guide_step_twice", "To publish the guide, give each step a code of its own: \"{}\" is used twice.", step.code);
    return {};
}

Fault wrong_answer(const GuideVersion& v) {
    std::set<std::pair<std::string_view, std::string_view>> given;
    for (const auto& answer : v.answers) {
        if (!step_of(v, answer.step) || !step_of(v, answer.next_step))
            return fault("knowledge.guide_leads_nowhere", "To publish the guide, let the answer \"{}\" of \"{}\" lead to one of its steps: there is no \"{}\".", answer.text, answer.step,
                         step_of(v, answer.step) ? answer.next_step : answer.step);
        if (!given.insert({answer.step, answer.text}).second)
            return fault("knowledge.guide_answer_twice", "To publish the guide, give each answer of \"{}\" once: \"{}\" is there twice.", answer.step, answer.text);
    }
    return {};
}

bool ends_in_something(const GuideStep& step) {
    switch (step.kind) {
        case StepKind::question: return true;
        case StepKind::article: return static_cast<bool>(step.asset);
        case StepKind::remedy: return !step.text.empty();
        case StepKind::new_record: return !step.entity.empty();
    }
    return false;
}

Fault wrong_end(const GuideVersion& v) {
    for (const auto& step : v.steps) {
        const bool goes_on = std::ranges::any_of(v.answers, [&](const auto& answer) { return answer.step == step.code; });
        if (step.kind == StepKind::question && !goes_on)
            return fault("knowledge.guide_without_answers", "To publish the guide, give the question \"{}\" its answers, or say that it is an end.", step.code);
        if (!ends_in_something(step))
            return fault("knowledge.guide_ends_in_nothing", "To publish the guide, say what \"{}\" ends in: an article its asset, a remedy its text, a new record its kind.", step.code);
        if (step.kind != StepKind::question && goes_on)
            return fault("knowledge.guide_goes_on", "To publish the guide, take the answers off \"{}\", which is an end, or make it a question.", step.code);
    }
    return {};
}

std::vector<const GuideStep*> starts(const GuideVersion& v) {
    std::vector<const GuideStep*> found;
    for (const auto& step : v.steps)
        if (std::ranges::none_of(v.answers, [&](const auto& answer) { return answer.next_step == step.code; })) found.push_back(&step);
    return found;
}

// Kahn: a step is done once every answer that leads to it is; what is never done stands in a circle, or behind one.
std::set<std::string_view> in_circles(const GuideVersion& v) {
    std::map<std::string_view, std::size_t> waiting;
    for (const auto& step : v.steps) waiting[step.code] = 0;
    for (const auto& answer : v.answers) ++waiting[answer.next_step];
    std::vector<std::string_view> ready;
    for (const auto* step : starts(v)) ready.push_back(step->code);
    while (!ready.empty()) {
        const auto done = ready.back();
        ready.pop_back();
        waiting.erase(done);
        for (const auto& answer : v.answers)
            if (answer.step == done && --waiting[answer.next_step] == 0) ready.push_back(answer.next_step);
    }
    std::set<std::string_view> left;
    for (const auto& [code, count] : waiting) left.insert(code);
    return left;
}

Fault wrong_way(const GuideVersion& v) {
    const auto begins = starts(v);
    if (begins.empty()) return fault("knowledge.guide_without_start", "To publish the guide, give it a step that no answer leads to: a walk begins there.");
    if (begins.size() > 1)
        return fault("knowledge.guide_starts_twice", "To publish the guide, let an answer lead to \"{}\", or take it out: walks begin at \"{}\" and never reach it.", begins[1]->code, begins[0]->code);
    if (const auto circle = in_circles(v); !circle.empty())
        return fault("knowledge.guide_turns_in_circles", "To publish the guide, let no way come back to where it was: one does at \"{}\".", *circle.begin());
    return {};
}

}  // namespace guide_tree

std::optional<GuideFault> fault_of(const GuideVersion& version) {
    for (const auto& look : {guide_tree::wrong_step, guide_tree::wrong_answer, guide_tree::wrong_end, guide_tree::wrong_way})
        if (auto fault = look(version)) return fault;
    return {};
}

const GuideStep& start_of(const GuideVersion& version) { return *guide_tree::starts(version).front(); }

const GuideStep* step_of(const GuideVersion& version, std::string_view code) {
    const auto found = std::ranges::find(version.steps, code, &GuideStep::code);
    return found == version.steps.end() ? nullptr : &*found;
}

}  // namespace knowledge
