#include "access/approval.h"

#include <tessera/digest.h>
#include <tessera/json.h>
#include <tessera/text.h>

#include "access/rights.h"
#include "kernel/records.h"

#include <algorithm>

namespace tessera::access {

namespace approvals {

struct Amount {
    Currency     currency{};
    std::int64_t minor = 0;
};

// What a document is worth, in its own currency.
std::optional<Amount> worth_of(const Snapshot& tx, const EntityDescription& e, const void* record) {
    if (e.worth.empty()) return {};
    Amount amount{tx.books().currency, e.find(e.worth)->number(record)};
    for (const auto& f : e.fields) {
        if (f.name == e.worth) break;
        if (!f.is_currency || f.none(record)) continue;
        std::string code;
        JsonWriter  json(code);
        f.json(record, json);
        amount.currency = tx.books().currency_of(std::string_view(code).substr(1, 3));
    }
    if (amount.minor < 0) amount.minor = -amount.minor;
    return amount;
}

struct Limits {
    bool                        unlimited = false;
    std::optional<std::int64_t> each{}, a_day{};
};

void raise(std::optional<std::int64_t>& limit, std::int64_t other) { limit = std::max(limit.value_or(0), other); }

Limits limits_of(const Snapshot& tx, Id<User> user, std::string_view permission, Currency currency) {
    Limits found;
    for (const auto& role : roles_of(tx, tx.load(user), tx.today())) {
        if (!permits(role, permission)) continue;
        bool limited = false;
        for (const auto& limit : role.limits) {
            if (limit.permission != permission) continue;
            limited = true;
            if (limit.currency != currency) continue;
            raise(found.each, limit.amount.minor());
            raise(found.a_day, limit.amount_a_day.minor());
        }
        if (!limited) found.unlimited = true;
    }
    return found;
}

std::int64_t used_today(const Snapshot& tx, Id<User> user, std::string_view permission, std::string_view currency) {
    return tx
        .value<std::int64_t>("SELECT amount FROM access_used_limit WHERE holder = :user AND permission = :permission AND currency = :currency AND day = :day", user, permission, currency,
                             tx.today().str())
        .value_or(0);
}

template <class... Arguments>
Refused over_limit(fmt::format_string<Arguments...> sentence, Arguments&&... arguments) {
    return Refused("access.over_limit", sentence, std::forward<Arguments>(arguments)...).with_status(403);
}

void write_content(JsonWriter& json, const EntityDescription& e, const void* record) {
    json.begin_object();
    for (const auto& f : e.fields) {
        if (f.read_only || !f.added_by.empty()) continue;      // what is added later was not approved
        json.key(f.name);
        f.json(record, json);
    }
    for (const auto& l : e.lines) {
        json.key(l.name).begin_array();
        for (std::size_t i = 0; i < l.size(record); ++i) write_content(json, *l.entity, l.at(const_cast<void*>(record), i));
        json.end_array();
    }
    json.end_object();
}

// While a document can be edited nobody relies on its approval.
bool is_relied_on(const EntityDescription& e, const void* record) {
    if (e.workflow.states.empty()) return true;
    return std::ranges::find(e.editable_states, e.workflow.state_of(record)) == e.editable_states.end();
}

void compare_content(const Snapshot& tx, const std::function<void(Finding)>& found) {
    for (const auto& approval : tx.select<Approval>("id IN (SELECT max(id) FROM access_approval GROUP BY document_entity, document_id) ORDER BY id")) {
        const auto* e = tx.kernel().find_entity(approval.document_entity);
        if (!e) continue;
        const auto record = e->make();
        if (!records::load(tx, *e, approval.document_id, record.get(), records::Missing::answer)) continue;
        if (!is_relied_on(*e, record.get())) continue;
        if (const auto now = content_of(*e, record.get()); now != approval.content)
            found({fmt::format("{} {}", lower_ascii(e->title), tx.label_of(e->name, approval.document_id)), "as " + approval.approved_by + " approved it", "changed since"});
    }
}

}  // namespace approvals

std::string content_of(const EntityDescription& entity, const void* record) {
    std::string text;
    JsonWriter  json(text);
    approvals::write_content(json, entity, record);
    return sha256_hex(text);
}

void require_within_limit(Transaction& tx, const EntityDescription& entity, const void* record, std::string_view permission) {
    using namespace approvals;
    const Id<User> user(tx.user().user);
    const auto     worth = user && !entity.worth.empty() ? worth_of(tx, entity, record) : std::nullopt;
    if (!worth || !tx.value<std::int64_t>("SELECT id FROM access_role_limit WHERE permission = :permission LIMIT 1", permission)) return;
    const auto limits = limits_of(tx, user, permission, worth->currency);
    if (limits.unlimited) return;
    const auto money = [&](std::int64_t minor) { return Money(minor, worth->currency).str(); };
    const auto code  = std::string(worth->currency.code());
    if (!limits.each) throw over_limit("To do this, ask somebody who may: {} has no limit in {}.", tx.user().name, code);
    if (worth->minor > *limits.each) throw over_limit("To do this, ask somebody who may: {} {} is above the limit of {} for {}.", money(worth->minor), code, money(*limits.each), tx.user().name);
    if (!*limits.a_day) return;
    const auto used = used_today(tx, user, permission, code);
    if (used > *limits.a_day - worth->minor)
        throw over_limit("To do this, wait until tomorrow or ask somebody who may: with the {} {} of today {} would be above {} a day.", money(used), code, tx.user().name, money(*limits.a_day));
    tx.execute(R"sql(INSERT INTO access_used_limit (holder, permission, currency, day, amount) VALUES (:user, :permission, :currency, :day, :amount)
                     ON CONFLICT (holder, permission, currency, day) DO UPDATE SET amount = access_used_limit.amount + excluded.amount)sql",
               user, permission, code, tx.today().str(), worth->minor);
}

void note_approval(Transaction& tx, const EntityDescription& entity, const void* record, const TransitionDescription& transition) {
    const auto worth = approvals::worth_of(tx, entity, record);
    tx.insert(Approval{.document_entity = entity.name,
                       .document_id     = entity.id(const_cast<void*>(record)),
                       .transition      = transition.name,
                       .approved_by     = tx.user().name,
                       .approved_at     = tx.now(),
                       .currency        = worth ? worth->currency : tx.books().currency,
                       .amount          = worth ? Money(worth->minor, worth->currency) : Money{},
                       .content         = content_of(entity, record)});
}

void declare_approvals(Kernel& kernel) {
    kernel.entity<Approval>("access.approval", "Approval")
        .help("Who approved what, and the digest of what it said then.")
        .menu(Menu::ledgers)
        .append_only()
        .field("document_entity", &Approval::document_entity, required, longest(120))
        .field("document_id", &Approval::document_id)
        .field("transition", &Approval::transition, longest(60))
        .field("approved_by", &Approval::approved_by, searchable)
        .field("approved_at", &Approval::approved_at, indexed)
        .field("currency", &Approval::currency)
        .field("amount", &Approval::amount)
        .field("content", &Approval::content, not_in_list)
        .index({"document_entity", "document_id"});
    kernel.schema(R"sql(
        CREATE TABLE IF NOT EXISTS access_used_limit (
            holder     INTEGER NOT NULL,
            permission TEXT NOT NULL,
            currency   TEXT NOT NULL,
            day        TEXT NOT NULL,
            amount     BIGINT NOT NULL,
            PRIMARY KEY (holder, permission, currency, day)))sql");
    kernel.check("access.approved_content", "What is relied on reads as it was approved", approvals::compare_content);
}

}  // namespace tessera::access
