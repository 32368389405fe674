#pragma once
// A document moves by named transitions between states. What a transition does to the books happens in its action, in
// the same transaction.
//
//     kernel.workflow(&Claim::state)
//         .transition("accept", open, accepted, needs("warranty.decide"), accept)
//         .transition("refuse", {open, accepted}, refused, needs("warranty.decide"), label("Turn down"), refuse);
//
// An action is `void accept(Transaction&, Claim&)`, or with input `void refuse(Transaction&, Claim&, const Reason&)`
// where Reason has `static void describe(Fields<Reason>&)`. The state is set to the target before the action runs and
// the record is saved after it. With `decided_by_action` as target the action sets the state itself.
// Order of refusals: unknown transition (404), not permitted (403), wrong state ("kernel.wrong_state"), input, action.

#include <tessera/entity.h>

namespace tessera {

struct Needs { std::string permission; };
inline Needs needs(std::string permission) { return {std::move(permission)}; }
struct Explained { std::string text; };
inline Explained explained(std::string text) { return {std::move(text)}; }
struct Called { std::string text; };
inline Called called(std::string label) { return {std::move(label)}; }
struct Destructive {};
inline constexpr Destructive destructive{};
struct Approves {};
inline constexpr Approves approves{};       // what the document says then is what was approved; see access::Approval
struct Sensitive {};
inline constexpr Sensitive sensitive{};     // as EntityBuilder::sensitive(), of one step
struct DecidedByAction {};
inline constexpr DecidedByAction decided_by_action{};

template <class T, NamedEnum State>
class WorkflowBuilder {
public:
    WorkflowBuilder(EntityDescription& entity, State T::* member) : d_(entity), member_(member) {
        constexpr auto all = names_of(State{});
        d_.workflow.states.assign(all.begin(), all.end());
        d_.workflow.state_of = [member](const void* r) { return std::string(name_of(static_cast<const T*>(r)->*member)); };
    }

    template <class... Option>
    WorkflowBuilder& transition(std::string name, State from, State to, const Option&... option) {
        return add(std::move(name), {from}, to, option...);
    }
    template <class... Option>
    WorkflowBuilder& transition(std::string name, std::initializer_list<State> from, State to, const Option&... option) {
        return add(std::move(name), from, to, option...);
    }
    template <class... Option>
    WorkflowBuilder& transition(std::string name, std::initializer_list<State> from, DecidedByAction, const Option&... option) {
        return add(std::move(name), from, std::nullopt, option...);
    }

private:
    template <class... Option>
    WorkflowBuilder& add(std::string name, std::vector<State> from, std::optional<State> to, const Option&... option) {
        TransitionDescription t;
        t.name = std::move(name);
        for (State s : from) t.from.emplace_back(name_of(s));
        if (to) t.to = std::string(name_of(*to));
        t.set_state = [member = member_, to](void* r) { if (to) static_cast<T*>(r)->*member = *to; };
        (apply(t, option), ...);
        d_.workflow.transitions.push_back(std::move(t));
        return *this;
    }
    static void apply(TransitionDescription& t, const Needs& n) { t.permission = n.permission; }
    static void apply(TransitionDescription& t, const Explained& e) { t.help = e.text; }
    static void apply(TransitionDescription& t, const Called& c) { t.label = c.text; }
    static void apply(TransitionDescription& t, Destructive) { t.destructive = true; }
    static void apply(TransitionDescription& t, Approves) { t.approves = true; }
    static void apply(TransitionDescription& t, Sensitive) { t.sensitive = true; }
    static void apply(TransitionDescription& t, void (*action)(Transaction&, T&)) {
        t.action = [action](Transaction& tx, void* r, const void*) { action(tx, *static_cast<T*>(r)); };
    }
    template <class Input>
    static void apply(TransitionDescription& t, void (*action)(Transaction&, T&, const Input&)) {
        Fields<Input> fields;
        Input::describe(fields);
        t.input      = std::move(fields).take();
        t.make_input = [] { return std::make_shared<Input>(); };
        t.action     = [action](Transaction& tx, void* r, const void* in) { action(tx, *static_cast<T*>(r), *static_cast<const Input*>(in)); };
    }

    EntityDescription& d_;
    State T::*         member_;
};

}  // namespace tessera
