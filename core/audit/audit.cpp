#include "audit/audit.h"

#include "access/narrowing.h"
#include "audit/digest.h"
#include "kernel/state.h"

#include <boost/json.hpp>

#include <set>

namespace tessera::audit {

namespace audit_trail {

std::string canonical(std::string_view previous, std::int64_t id, std::int64_t company, Instant at, std::string_view user, std::string_view command, std::string_view reason,
                      std::string_view changes) {
    std::string text(previous);
    const auto  add = [&](std::string_view part) { text.append("\x1f").append(part); };
    add(std::to_string(id));
    add(std::to_string(company));
    add(std::to_string(at.microseconds()));
    add(user);
    add(command);
    add(reason);
    add(changes);
    return text;
}

using Head = Registry::AuditHead;

const Head& head(const Transaction& tx) {
    auto& known = tx.state().registry->audit_head;
    if (!known) known = tx.row<Head>("SELECT id, hash FROM kernel_audit ORDER BY id DESC LIMIT 1").value_or(Head{0, std::string(64, '0')});
    return *known;
}

}  // namespace audit_trail

std::int64_t newest(const Transaction& tx) { return audit_trail::head(tx).id; }

void write(Transaction& tx, const CommandInfo& info, const Changes& changes) {
    const auto& last = audit_trail::head(tx);
    const auto  id   = last.id + 1;
    const auto  json = changes.json();
    auto        hash = sha256_hex(audit_trail::canonical(last.hash, id, tx.company(), tx.now(), tx.user().name, info.name, tx.reason(), json));
    tx.execute(R"sql(INSERT INTO kernel_audit (id, company, at, user_name, command, reason, changes, hash)
                     VALUES (:id, :company, :at, :user_name, :command, :reason, :changes, :hash))sql",
               id, tx.company(), tx.now(), tx.user().name, info.name, tx.reason(), json, hash);
    tx.state().notice.audited(last.id, id);
    tx.state().registry->audit_head = audit_trail::Head{id, std::move(hash)};
    std::set<std::pair<std::string_view, std::int64_t>> records;
    for (const auto& t : changes.touched()) {
        const auto* document = t.parent ? t.entity->find(t.entity->parent_field) : nullptr;      // lines are found by their document
        const auto [record, fresh] = document ? records.emplace(document->references, t.parent) : records.emplace(t.entity->name, t.id);
        if (fresh) tx.execute("INSERT INTO kernel_audit_record (entity, record, audit) VALUES (:entity, :record, :audit)", record->first, record->second, id);
    }
}

namespace audit_trail {

struct Row {
    std::int64_t id = 0;
    Instant      at{};
    std::string  user{}, command{}, reason{}, changes{};
};

std::string text_of(const boost::json::value& v) {
    if (v.is_string()) return std::string(v.get_string().c_str());
    return boost::json::serialize(v);
}

// A reference as in the record, the rest as text.
void write_side(const Snapshot& tx, JsonWriter& json, const FieldDescription* field, const boost::json::value* side) {
    if (!side || side->is_null()) return json.null();
    if (!field || field->kind != FieldKind::reference || !side->is_int64()) return json.value(std::string_view(text_of(*side)));
    json.begin_object();
    json.member("id", side->get_int64());
    json.member("label", std::string_view(tx.label_of(field->references, side->get_int64())));
    json.end_object();
}

struct ChangedField {
    const EntityDescription* entity = nullptr;                  // of the record, or of the line
    std::string              prefix{};                          // "line 12: "
};

void write_change(const Snapshot& tx, JsonWriter& json, const ChangedField& of, const std::string& name, const boost::json::value* before, const boost::json::value* after) {
    const auto* field = of.entity->find(name);
    if (field && access::hides(tx.user(), *of.entity, *field)) return;
    json.begin_object();
    json.member("field", of.prefix + name);
    json.key("before");
    write_side(tx, json, field, before);
    json.key("after");
    write_side(tx, json, field, after);
    json.end_object();
}

void write_changes(const Snapshot& tx, JsonWriter& json, const EntityDescription& e, std::int64_t id, const std::string& changes) {
    const auto all = boost::json::parse(changes);
    for (const auto& one : all.as_array()) {
        const auto& o      = one.as_object();
        const auto  entity = std::string(o.at("entity").as_string().c_str());
        const auto* before = o.if_contains("before");
        const auto* after  = o.if_contains("after");
        ChangedField of{&e, {}};
        if (entity != e.name) {
            const EntityDescription* line = nullptr;
            for (const auto& l : e.lines)
                if (l.entity->name == entity) line = l.entity;
            const auto* document = o.if_contains("document");
            if (!line || !document || document->as_int64() != id) continue;
            of = {line, fmt::format("line {}: ", o.at("id").as_int64())};
        } else if (o.at("id").as_int64() != id) {
            continue;
        }
        const auto& shown = after ? after->as_object() : before->as_object();
        for (const auto& [name, value] : shown) {
            const std::string key(name.data(), name.size());
            write_change(tx, json, of, key, before ? before->as_object().if_contains(key) : nullptr, after ? &value : nullptr);
        }
    }
}

}  // namespace audit_trail

std::string history(const Snapshot& tx, const EntityDescription& e, std::int64_t id) {
    access::require_seen(tx, e, id);
    std::string out;
    JsonWriter  json(out);
    json.begin_object();
    json.key("entries").begin_array();
    tx.each<audit_trail::Row>(R"sql(
        SELECT audit.id, audit.at, audit.user_name, audit.command, audit.reason, audit.changes
          FROM kernel_audit_record AS touched JOIN kernel_audit AS audit ON audit.id = touched.audit
         WHERE touched.entity = :entity AND touched.record = :record
         ORDER BY audit.id DESC LIMIT 500)sql",
                              [&](const audit_trail::Row& row) {
                                  json.begin_object();
                                  json.member("id", row.id);
                                  json.member("at", row.at.str());
                                  json.member("user", row.user);
                                  json.member("command", row.command);
                                  json.member("reason", row.reason);
                                  json.key("changes").begin_array();
                                  audit_trail::write_changes(tx, json, e, id, row.changes);
                                  json.end_array();
                                  json.end_object();
                              },
                              e.name, id);
    json.end_array();
    json.end_object();
    return out;
}

void check_chain(const Snapshot& tx, const std::function<void(Finding)>& found) {
    struct Row { std::int64_t id = 0, company = 0; Instant at{}; std::string user{}, command{}, reason{}, changes{}, hash{}; };
    std::string  previous(64, '0');
    std::int64_t expected = 1;
    tx.each<Row>("SELECT id, company, at, user_name, command, reason, changes, hash FROM kernel_audit ORDER BY id", [&](const Row& row) {
        if (row.id != expected) found({fmt::format("audit entry {}", expected), "present", "missing"});
        const auto hash = sha256_hex(audit_trail::canonical(previous, row.id, row.company, row.at, row.user, row.command, row.reason, row.changes));
        if (hash != row.hash) found({fmt::format("audit entry {}", row.id), hash, row.hash});
        previous = row.hash;
        expected = row.id + 1;
    });
    // Nothing follows the last entry; what it touched still names it when it has been cut off.
    const auto last = tx.value<std::int64_t>("SELECT max(audit) FROM kernel_audit_record").value_or(0);
    if (last >= expected) found({fmt::format("audit entry {}", last), "present", "missing"});
}

}  // namespace tessera::audit
