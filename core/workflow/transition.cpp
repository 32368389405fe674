#include "workflow/transition.h"

#include <tessera/kernel.h>
#include <tessera/text.h>

#include "access/approval.h"
#include "access/duties.h"
#include "access/narrowing.h"
#include "kernel/field_check.h"
#include "kernel/records.h"
#include "kernel/state.h"
#include "metadata/record_json.h"

#include <boost/json.hpp>

#include <algorithm>

namespace tessera::workflow {

void require_permission(const Actor& actor, std::string_view permission, std::string_view goal) {
    if (actor.may(permission)) return;
    throw Refused("kernel.not_permitted", "To {}, ask for the permission {}: {} does not have it.", goal, permission, actor.name).with_status(403);
}

void require_confirmed(const Actor& actor, std::string_view goal) {
    if (!actor.confirmed) throw Refused("kernel.confirmation_wanted", "To {}, confirm with your password that it is you.", goal).with_status(403);
}

namespace transition {

std::string listed(const std::vector<std::string>& states) {
    std::string text;
    for (std::size_t i = 0; i < states.size(); ++i) text += (i == 0 ? "" : i + 1 == states.size() ? " or " : ", ") + lower_ascii(humanise(states[i]));
    return text;
}

std::string name_of_record(const EntityDescription& e, const void* record) {
    if (const auto* f = e.find(e.display); f && f->kind == FieldKind::text && !f->none(record)) {
        std::string text;
        JsonWriter  json(text);
        f->json(record, json);
        return lower_ascii(e.title) + " " + text.substr(1, text.size() - 2);
    }
    return fmt::format("{} {}", lower_ascii(e.title), e.id(const_cast<void*>(record)));
}

}  // namespace transition

void run(Transaction& tx, const EntityDescription& e, void* record, std::string_view name, const boost::json::object* input,
         const std::function<void(void*)>& save, std::string_view also) {
    const auto* t = e.workflow.find(name);
    if (!t)
        throw Refused("kernel.no_transition", "To move {}, use one of its transitions; \"{}\" is none of them.", lower_ascii(e.title), excerpt(name)).with_status(404);
    const auto goal = lower_ascii(t->label) + " " + transition::name_of_record(e, record);
    const auto& permission = t->permission.empty() ? e.permission : t->permission;
    require_permission(tx.user(), permission, goal);
    if (e.sensitive || t->sensitive) require_confirmed(tx.user(), goal);
    const auto state = e.workflow.state_of(record);
    if (std::ranges::find(t->from, state) == t->from.end())
        throw Refused("kernel.wrong_state", "To {}, it must be {}; it is {}.", goal, transition::listed(t->from), lower_ascii(humanise(state)));
    access::require_separate_duties(tx, e, record, permission, also);
    access::require_within_limit(tx, e, record, permission);
    std::shared_ptr<void> values;
    if (t->make_input) {
        values = t->make_input();
        if (input) {
            const access::AsSeen seen(tx);
            metadata::assign_fields(tx, t->input, values.get(), *input, {});
        }
        for (const auto& f : t->input) check_field(f, goal, values.get());
    } else if (input && !input->empty()) {
        throw Refused("kernel.unknown_field", "To {}, send no fields: this takes none.", goal).with_status(422);
    }
    t->set_state(record);
    if (t->action) t->action(tx, record, values.get());
    save(record);
    if (t->approves && tx.user().user) access::note_approval(tx, e, record, *t);
}

}  // namespace tessera::workflow

namespace tessera {

void Transaction::run_transition(std::type_index type, std::int64_t id, std::string_view name) {
    const auto& e      = state_->kernel->entity_of(type);
    auto        record = e.make();
    records::load(*this, e, id, record.get(), records::Missing::refuse);
    workflow::run(*this, e, record.get(), name, nullptr, [&](void* r) { records::save(*this, e, r); });
}

}  // namespace tessera
