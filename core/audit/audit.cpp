#include "audit/audit.h"

#include "access/narrowing.h"
#include "audit/seal.h"
#include "audit/shown_changes.h"
#include "kernel/state.h"

#include <set>

namespace tessera::audit {

namespace audit_trail {

using Head = AuditHead;

const Head& head(const Transaction& tx) {
    auto& known = tx.state().registry->audit_head;
    if (!known) known = tx.row<Head>("SELECT id, hash FROM kernel_audit ORDER BY id DESC LIMIT 1").value_or(Head{0, before_the_first});
    return *known;
}

void insert(Transaction& tx, const Entry& e) {
    tx.execute(R"sql(INSERT INTO kernel_audit (id, company, at, user_name, command, reason, changes, hash, format, via, request)
                     VALUES (:id, :company, :at, :user_name, :command, :reason, :changes, :hash, :format, :via, :request))sql",
               e.id, e.company, e.at, e.user, e.command, e.reason, e.changes, e.hash, e.format, e.via, e.request);
}

}  // namespace audit_trail

std::int64_t newest(const Transaction& tx) { return audit_trail::head(tx).id; }

void write(Transaction& tx, const CommandInfo& info, const Changes& changes) {
    const auto& last = audit_trail::head(tx);
    Entry       entry{.id      = last.id + 1,
                      .company = tx.company(),
                      .at      = tx.now(),
                      .user    = tx.user().name,
                      .command = info.name,
                      .reason  = tx.reason(),
                      .changes = changes.json(),
                      .via     = tx.user().via,
                      .request = tx.user().request};
    entry.hash = seal_of(last.hash, entry).value();
    audit_trail::insert(tx, entry);
    for (const auto& one : changes.personal())
        tx.execute("INSERT INTO kernel_audit_personal (audit, path, salt, value) VALUES (:audit, :path, :salt, :value)", entry.id, one.path, one.salt, one.value);
    tx.state().notice.audited(last.id, entry.id);
    tx.state().registry->audit_head = audit_trail::Head{entry.id, std::move(entry.hash)};
    std::set<std::pair<std::string_view, std::int64_t>> records;
    const auto                                          found_by = [&](std::string_view entity, std::int64_t id) {
        if (records.emplace(entity, id).second) tx.execute("INSERT INTO kernel_audit_record (entity, record, audit) VALUES (:entity, :record, :audit)", entity, id, entry.id);
    };
    for (const auto& t : changes.touched()) {
        const auto* document = t.parent ? t.entity->find(t.entity->parent_field) : nullptr;      // lines are found by their document
        document ? found_by(document->references, t.parent) : found_by(t.entity->name, t.id);
        if (t.owner) found_by(t.owner_entity, t.owner);
    }
}

namespace audit_trail {

struct Row {
    std::int64_t id = 0;
    Instant      at{};
    std::string  user{}, via{}, request{}, command{}, reason{}, changes{};
};

}  // namespace audit_trail

std::string history(const Snapshot& tx, const EntityDescription& e, std::int64_t id) {
    access::require_seen(tx, e, id);
    std::string out;
    JsonWriter  json(out);
    json.begin_object();
    json.key("entries").begin_array();
    tx.each<audit_trail::Row>(R"sql(
        SELECT audit.id, audit.at, audit.user_name, audit.via, audit.request, audit.command, audit.reason, audit.changes
          FROM kernel_audit_record AS touched JOIN kernel_audit AS audit ON audit.id = touched.audit
         WHERE touched.entity = :entity AND touched.record = :record
         ORDER BY audit.id DESC LIMIT 500)sql",
                              [&](const audit_trail::Row& row) {
                                  json.begin_object();
                                  json.member("id", row.id);
                                  json.member("at", row.at.str());
                                  json.member("user", row.user);
                                  json.member("via", row.via);
                                  json.member("request", row.request);
                                  json.member("command", row.command);
                                  json.member("reason", row.reason);
                                  json.key("changes").begin_array();
                                  ShownChanges(tx, row.id, row.changes).write_of(json, e, id);
                                  json.end_array();
                                  json.end_object();
                              },
                              e.name, id);
    json.end_array();
    json.end_object();
    return out;
}

}  // namespace tessera::audit
