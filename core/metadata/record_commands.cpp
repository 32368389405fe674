#include "metadata/record_commands.h"

#include <tessera/text.h>

#include "access/duties.h"
#include "access/narrowing.h"
#include "attachments/attachments.h"
#include "kernel/records.h"
#include "kernel/state.h"
#include "metadata/record_json.h"
#include "workflow/transition.h"

#include <boost/json.hpp>

#include <algorithm>

namespace tessera::metadata {

const EntityDescription& entity_to_read(const Snapshot& snapshot, std::string_view name) {
    const auto* e = snapshot.kernel().find_entity(name);
    if (!e) throw Refused("kernel.no_entity", "To use \"{}\", name an entity of a loaded module.", excerpt(name)).with_status(404);
    workflow::require_permission(snapshot.user(), e->read_permission, "see " + lower_ascii(e->plural));
    return *e;
}

std::string command_name(const RecordCommand& command) {
    switch (command.verb) {
        case RecordCommand::Verb::create: return command.entity + (command.transition.empty() ? ".create" : ".create_and_" + command.transition);
        case RecordCommand::Verb::change: return command.entity + ".change";
        case RecordCommand::Verb::remove: return command.entity + ".remove";
        case RecordCommand::Verb::transition: return command.entity + "." + command.transition;
        case RecordCommand::Verb::attach: return command.entity + ".attach";
        case RecordCommand::Verb::detach: return command.entity + ".detach";
    }
    return command.entity;
}

boost::json::object body_of(const RecordCommand& command) {
    if (command.body.empty() || command.verb == RecordCommand::Verb::attach) return {};
    auto value = parse_json(command.body);
    if (!value.is_object()) throw Refused("kernel.wrong_type", "To send a record, send a JSON object.").with_status(400);
    return std::move(value.get_object());
}

namespace record_commands {

void check_editable(const EntityDescription& e, const void* record, bool allowed, std::string_view verb) {
    const auto title = lower_ascii(e.title);
    if (!allowed) throw Refused("kernel.not_editable", "To {} a {}, use the documents that make it: it cannot be done directly.", verb, title);
    if (e.editable_states.empty() || !record) return;
    const auto state = e.workflow.state_of(record);
    if (std::ranges::find(e.editable_states, state) == e.editable_states.end())
        throw Refused("kernel.wrong_state", "To {} this {}, use its transitions: it is {} and no longer {}.", verb, title, lower_ascii(humanise(state)),
                      lower_ascii(humanise(e.editable_states.front())));
}

void check_line(const EntityDescription& e) {
    if (!e.parent_field.empty()) throw Refused("kernel.is_a_line", "To change a {}, change the document it belongs to.", lower_ascii(e.title));
}

// As it is now; refused when the one who asks has seen another version.
std::shared_ptr<void> load(Transaction& tx, const EntityDescription& e, const RecordCommand& command) {
    access::require_seen(tx, e, command.id);
    auto         record  = e.make();
    std::int64_t version = 0;
    if (!records::load(tx, e, command.id, record.get(), records::Missing::answer, &version))
        throw Refused("kernel.not_found", "To use {} {}, choose one that exists.", lower_ascii(e.title), command.id).with_status(404);
    if (command.if_version && version != command.if_version)
        throw Refused("kernel.stale", "To change {} {}, reload it first: it has been changed meanwhile (version {}, yours is {}).", lower_ascii(e.title),
                      command.id, version, command.if_version)
            .with_status(412);
    return record;
}

std::int64_t create(Transaction& tx, const EntityDescription& e, const RecordCommand& command, const boost::json::object& body) {
    check_line(e);
    check_editable(e, nullptr, e.creatable, "create");
    auto record = e.make();
    assign_record(tx, e, record.get(), body);
    access::require_separate_duties(tx, e, record.get(), e.permission);
    records::insert(tx, e, record.get());
    if (!command.transition.empty()) {
        const auto* given = body.if_contains("transition_input");
        workflow::run(tx, e, record.get(), command.transition, given && given->is_object() ? &given->get_object() : nullptr,
                      [&](void* r) { records::save(tx, e, r); }, e.permission);
    }
    return e.id(record.get());
}

void change(Transaction& tx, const EntityDescription& e, const RecordCommand& command, const boost::json::object& body) {
    check_line(e);
    auto record = load(tx, e, command);
    check_editable(e, record.get(), e.editable, "change");
    access::require_separate_duties(tx, e, record.get(), e.permission);
    assign_record(tx, e, record.get(), body);
    records::save(tx, e, record.get());
}

void remove(Transaction& tx, const EntityDescription& e, const RecordCommand& command) {
    check_line(e);
    if (!e.deletable && e.editable)
        throw Refused("kernel.not_editable", "To put this {} out of use, change it: {} are never deleted.", lower_ascii(e.title), lower_ascii(e.plural));
    check_editable(e, load(tx, e, command).get(), e.deletable, "delete");
    records::remove(tx, e, command.id);
}

// Who sees some records makes and leaves only such.
void require_still_seen(const Transaction& tx, const EntityDescription& e, std::int64_t id) {
    if (access::sees(tx, e, id)) return;
    throw Refused("kernel.not_permitted", "To save this {}, keep it among those you see: the rules of your roles leave it out.", lower_ascii(e.title)).with_status(403);
}

void move(Transaction& tx, const EntityDescription& e, const RecordCommand& command, const boost::json::object& input) {
    auto record = load(tx, e, command);
    workflow::run(tx, e, record.get(), command.transition, &input, [&](void* r) { records::save(tx, e, r); });
}

// Whoever moves a document may add what it rests on, as may who changes it; whatever state it is in.
void require_may_attach(const Transaction& tx, const EntityDescription& e) {
    const auto& all = e.workflow.transitions;
    if (std::ranges::any_of(all, [&](const auto& t) { return tx.user().may(t.permission.empty() ? e.permission : t.permission); })) return;
    workflow::require_permission(tx.user(), e.permission, "attach files to " + lower_ascii(e.plural));
}

RecordAnswer attach(Transaction& tx, const EntityDescription& e, const RecordCommand& command) {
    check_line(e);
    require_may_attach(tx, e);
    load(tx, e, command);
    const auto   id = attachments::attach(tx, {e.name, command.id}, {command.file_name, command.media_type, command.body});
    RecordAnswer answer{.id = id.value, .version = 1};
    JsonWriter   json(answer.json);
    attachments::write_json(json, tx.load(id));
    return answer;
}

// Only while the record itself may be changed: what was posted keeps its evidence.
void detach(Transaction& tx, const EntityDescription& e, const RecordCommand& command) {
    check_line(e);
    workflow::require_permission(tx.user(), e.permission, "remove attachments of " + lower_ascii(e.plural));
    check_editable(e, load(tx, e, command).get(), e.editable, "remove an attachment of");
    attachments::remove(tx, attachments::kept(tx, {e.name, command.id}, command.attachment));
}

bool only_moves_files(const RecordCommand& command) { return command.verb == RecordCommand::Verb::attach || command.verb == RecordCommand::Verb::detach; }

}  // namespace record_commands

bool answer(const Snapshot& snapshot, const EntityDescription& e, std::int64_t id, RecordAnswer& answer) {
    auto record = e.make();
    if (!records::load(snapshot, e, id, record.get(), records::Missing::answer, &answer.version)) return false;
    answer.id = id;
    answer.json.clear();
    Labels     labels(snapshot);
    JsonWriter json(answer.json);
    write_record(json, e, record.get(), answer.version, labels);
    return true;
}

RecordAnswer run(Transaction& tx, const RecordCommand& command, const boost::json::object& body) {
    const auto& e = entity_to_read(tx, command.entity);
    if (command.verb != RecordCommand::Verb::transition && !record_commands::only_moves_files(command)) {
        workflow::require_permission(tx.user(), e.permission, "change " + lower_ascii(e.plural));
        if (e.sensitive) workflow::require_confirmed(tx.user(), "change " + lower_ascii(e.plural));
    }
    RecordAnswer result;
    result.id = command.id;
    switch (command.verb) {
        case RecordCommand::Verb::create: result.id = record_commands::create(tx, e, command, body); break;
        case RecordCommand::Verb::change: record_commands::change(tx, e, command, body); break;
        case RecordCommand::Verb::remove: record_commands::remove(tx, e, command); return result;
        case RecordCommand::Verb::transition: record_commands::move(tx, e, command, body); break;
        case RecordCommand::Verb::attach: return record_commands::attach(tx, e, command);
        case RecordCommand::Verb::detach: record_commands::detach(tx, e, command); return result;
    }
    tx.write_out();
    record_commands::require_still_seen(tx, e, result.id);
    const access::AsSeen seen(tx);
    answer(tx, e, result.id, result);
    return result;
}

}  // namespace tessera::metadata
