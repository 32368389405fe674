#include "audit/erasure.h"

#include <tessera/kernel.h>
#include <tessera/text.h>

#include "access/narrowing.h"
#include "audit/personal.h"
#include "kernel/records.h"
#include "kernel/state.h"
#include "metadata/field_text.h"
#include "workflow/transition.h"

#include <boost/json.hpp>
#include <fmt/ranges.h>

#include <algorithm>
#include <set>

namespace tessera::audit {

namespace erasure {

using Names = std::vector<std::string>;

struct Subject {
    const EntityDescription* entity = nullptr;
    std::int64_t             id     = 0;
    auto                     operator<=>(const Subject&) const = default;
};

// Who wants to know what was erased.
struct Erased {
    Subject subject{};
    Names   fields{};
};
struct Kept {
    std::string what{}, why{};
};

// What is kept elsewhere than in records and in the trail: {"email":{"ada@example.org"}}, the values as JSON.
using Values = std::map<std::string, std::set<std::string>>;

std::string value_text(const boost::json::value& value) { return boost::json::serialize(value); }

// Replaces, wherever in the value, what an erased field held under its name, or under "label" where it named the record.
bool scrub(boost::json::value& value, const Values& values) {
    bool changed = false;
    if (value.is_array())
        for (auto& one : value.get_array()) changed |= scrub(one, values);
    if (!value.is_object()) return changed;
    for (auto& [name, one] : value.get_object()) {
        const auto known = values.find(std::string(name));
        if (known != values.end() && known->second.contains(value_text(one))) {
            one     = nullptr;
            changed = true;
        } else {
            changed |= scrub(one, values);
        }
    }
    return changed;
}

std::string like(std::string_view text) {
    std::string pattern = "%";
    for (const char c : text) {
        if (c == '%' || c == '_' || c == '\\') pattern += '\\';
        pattern += c;
    }
    return pattern + "%";
}

class Erasure {
public:
    Erasure(Transaction& tx, const EntityDescription& entity, std::int64_t id) : tx_(tx), root_{&entity, id} {}

    std::string run() {
        gather(root_);
        note_uses();
        tx_.state().changes.keep_no_personal_values();
        for (const auto& subject : subjects_) erase_record(subject);
        tx_.write_out();
        for (const auto& one : erased_) erase_in_trail(one);
        scrub_table("kernel_request", "answer");
        scrub_table("jobs_delivery", "payload");
        note_what_stays();
        return report();
    }

private:
    // ---- what belongs to it

    void gather(const Subject& subject) {
        if (std::ranges::find(subjects_, subject) != subjects_.end()) return;
        subjects_.push_back(subject);
        for (const auto* other : tx_.kernel().entities())
            for (const auto& f : other->fields)
                if (f.erased_with && f.references == subject.entity->name)
                    for (const auto id : tx_.rows<std::int64_t>(fmt::format("SELECT id FROM {} WHERE {} = :id ORDER BY id", other->table, f.name), subject.id)) gather({other, id});
        for (const auto* other : tx_.kernel().entities())
            if (other->owner)
                for (const auto id : tx_.rows<std::int64_t>(fmt::format("SELECT id FROM {} WHERE entity = :entity AND record = :record ORDER BY id", other->table), subject.entity->name, subject.id)) gather({other, id});
    }

    // Documents and ledgers that name one of the records, a document once.
    void note_uses() {
        for (const auto* other : tx_.kernel().entities()) {
            const auto* of = other->parent_field.empty() ? other : tx_.kernel().find_entity(other->find(other->parent_field)->references);
            if (of->menu != Menu::documents && of->menu != Menu::ledgers) continue;
            std::int64_t count = 0;
            for (const auto& f : other->fields)
                for (const auto& subject : subjects_)
                    if (!f.erased_with && f.references == subject.entity->name)
                        count += tx_.value<std::int64_t>(fmt::format("SELECT count(DISTINCT {}) FROM {} WHERE {} = :id", of == other ? "id" : other->parent_field, other->table, f.name), subject.id).value_or(0);
            if (count) uses_[of->name] = std::max(uses_[of->name], count);
        }
    }

    std::string uses() const {
        Names all;
        for (const auto& [name, count] : uses_) {
            const auto* entity = tx_.kernel().find_entity(name);
            all.push_back(fmt::format("{} {}", count, lower_ascii(count == 1 ? entity->title : entity->plural)));
        }
        return fmt::format("{}", fmt::join(all, ", "));
    }

    // ---- the records

    bool goes(const FieldDescription& f) const { return f.personal && !(f.kept_while_used && !uses_.empty()); }

    Names fields_of(const EntityDescription& e) const {
        Names names;
        for (const auto& f : e.fields)
            if (goes(f)) names.push_back(f.name);
        return names;
    }

    void erase_record(const Subject& subject) {
        const auto& e      = *subject.entity;
        const auto  record = e.make();
        const bool  there  = records::load(tx_, e, subject.id, record.get(), records::Missing::answer);
        if (!there) require_known(subject);
        if (there && e.when_erased) {
            e.when_erased(tx_, subject.id);
            records::load(tx_, e, subject.id, record.get(), records::Missing::refuse);
        }
        note_kept_fields(e, record.get());
        blank(e, record.get());
        for (const auto& l : e.lines)
            for (std::size_t i = 0; i < l.size(record.get()); ++i) blank(*l.entity, l.at(record.get(), i));
        if (there) records::save(tx_, e, record.get());
        const auto fields = fields_of(e);
        tx_.state().changes.erased(e, subject.id, fields);
        for (const auto& l : e.lines)
            if (const auto of_lines = fields_of(*l.entity); !of_lines.empty()) tx_.state().changes.erased_lines(*l.entity, subject.id, of_lines);
        erased_.push_back({subject, fields});
    }

    // One that was deleted is still in the trail.
    void require_known(const Subject& subject) {
        if (!tx_.value<std::int64_t>("SELECT audit FROM kernel_audit_record WHERE entity = :entity AND record = :record LIMIT 1", subject.entity->name, subject.id))
            throw Refused("kernel.not_found", "To use {} {}, choose one that exists.", lower_ascii(subject.entity->title), subject.id).with_status(404);
    }

    // What must not be empty, or twice, says that it was erased.
    void blank(const EntityDescription& e, void* record) {
        Reading reading{&tx_.books(), tx_.books().currency};
        for (const auto& f : e.fields) {
            if (!goes(f)) continue;
            const auto neutral = fmt::format("Erased {}", e.id(record));
            if (const auto text = metadata::field_text(f, record); !text.empty() && text != neutral) remember(e, f, boost::json::serialize(boost::json::string(text)));
            f.assign(record, f.kind == FieldKind::text && (f.required || f.unique) ? InputValue::of_text(neutral) : InputValue{}, reading);
        }
    }

    void note_kept_fields(const EntityDescription& e, const void* record) {
        for (const auto& f : e.fields)
            if (f.personal && !goes(f) && !f.none(record)) kept_fields_.insert(fmt::format("{} of the {}", lower_ascii(f.label), lower_ascii(e.title)));
    }

    void remember(const EntityDescription& e, const FieldDescription& f, const std::string& value) {
        values_[f.name].insert(value);
        if (e.display == f.name) values_["label"].insert(value);
    }

    // ---- the trail

    void erase_in_trail(const Erased& one) {
        struct Row { std::int64_t id = 0; std::string changes{}; };
        const auto entries = tx_.rows<Row>(R"sql(SELECT id, changes FROM kernel_audit
                                                 WHERE id IN (SELECT audit FROM kernel_audit_record WHERE entity = :entity AND record = :record) ORDER BY id)sql",
                                           one.subject.entity->name, one.subject.id);
        for (const auto& entry : entries) {
            const auto changes = boost::json::parse(entry.changes);
            const auto kept    = personal_values(tx_, entry.id);
            for (std::size_t place = 0; place < changes.as_array().size(); ++place)
                if (const auto* entity = changed_entity(one.subject, changes.as_array()[place].as_object()))
                    for (const char* side : {"before", "after"}) erase_side(entry.id, *entity, changes.as_array()[place].as_object(), place, side, kept);
        }
    }

    // The record's own, or of one of its lines.
    static const EntityDescription* changed_entity(const Subject& subject, const boost::json::object& change) {
        const auto  name     = std::string(change.at("entity").as_string());
        const auto* document = change.if_contains("document");
        if (name == subject.entity->name && change.at("id").as_int64() == subject.id) return subject.entity;
        for (const auto& l : subject.entity->lines)
            if (l.entity->name == name && document && document->as_int64() == subject.id) return l.entity;
        return nullptr;
    }

    void erase_side(std::int64_t entry, const EntityDescription& e, const boost::json::object& change, std::size_t place, const char* side, const std::map<std::string, PersonalValue>& kept) {
        const auto* all = change.if_contains(side);
        if (!all || !all->is_object()) return;
        for (const auto& [name, value] : all->get_object()) {
            const auto* f = e.find(std::string(name));
            if (!f || !goes(*f) || value.is_null()) continue;
            if (!value.is_object()) {
                sealed_.insert(entry);
                continue;
            }
            const auto known = kept.find(fmt::format("{}.{}.{}", place, side, std::string(name)));
            if (known == kept.end()) continue;
            remember(e, *f, known->second.value);
            tx_.execute("DELETE FROM kernel_audit_personal WHERE audit = :audit AND path = :path", entry, known->first);
            ++gone_;
        }
    }

    // ---- answers to repeated requests, events

    void scrub_table(std::string_view table, std::string_view column) {
        struct Row { std::int64_t id = 0; std::string text{}; };
        for (const auto& [name, values] : values_)
            for (const auto& value : values)
                for (const auto& row : tx_.rows<Row>(fmt::format("SELECT id, {0} FROM {1} WHERE {0} LIKE :value ESCAPE '\\'", column, table), like(value))) {
                    auto text = boost::json::parse(row.text);
                    if (scrub(text, values_)) tx_.execute(fmt::format("UPDATE {} SET {} = :text WHERE id = :id", table, column), value_text(text), row.id);
                }
    }

    // ---- what is told

    void note_what_stays() {
        if (!kept_fields_.empty())
            kept_.push_back({fmt::format("{}", fmt::join(kept_fields_, ", ")), fmt::format("{} name it, and the law wants documents kept whole; erase again when they are gone", uses())});
        else if (!uses_.empty())
            kept_.push_back({uses(), "books are kept; they name a record of which nothing personal is left"});
        kept_.push_back({"the entries of the audit trail", "they say who did what and when, and are sealed; the values of these fields are gone from them"});
        if (!sealed_.empty())
            kept_.push_back({fmt::format("values within audit entries {}", fmt::join(sealed_, ", ")), "they were sealed with their values by a version before; taking them out would break the chain"});
        if (root_.entity->name == "access.user")
            kept_.push_back({"the name to sign in with", "the audit trail says under it who did what"});
        kept_.push_back({"backups, replicas and files made from these books before", "they are copies: remove them when their time has come"});
    }

    std::string report() const {
        std::string out;
        JsonWriter  json(out);
        json.begin_object();
        json.key("erased").begin_array();
        for (const auto& one : erased_) {
            json.begin_object();
            json.member("entity", one.subject.entity->name);
            json.member("record", one.subject.id);
            json.key("fields").begin_array();
            for (const auto& field : one.fields) json.value(field);
            json.end_array();
            json.end_object();
        }
        json.end_array();
        json.member("values", gone_);
        json.key("kept").begin_array();
        for (const auto& one : kept_) {
            json.begin_object();
            json.member("what", one.what);
            json.member("why", one.why);
            json.end_object();
        }
        json.end_array();
        json.end_object();
        return out;
    }

    Transaction&                        tx_;
    Subject                             root_;
    std::vector<Subject>                subjects_{};
    std::map<std::string, std::int64_t> uses_{};
    std::vector<Erased>                 erased_{};
    std::set<std::string>               kept_fields_{};
    Values                              values_{};
    std::set<std::int64_t>              sealed_{};
    std::int64_t                        gone_ = 0;
    std::vector<Kept>                   kept_{};
};

}  // namespace erasure

bool has_personal_fields(const EntityDescription& entity) {
    const auto any = [](const EntityDescription& e) { return std::ranges::any_of(e.fields, [](const auto& f) { return f.personal; }); };
    return entity.parent_field.empty() && (any(entity) || std::ranges::any_of(entity.lines, [&](const auto& l) { return any(*l.entity); }));
}

std::string erase(Transaction& tx, const EntityDescription& entity, std::int64_t id) {
    workflow::require_permission(tx.user(), may_erase, "erase what is kept about a person");
    workflow::require_confirmed(tx.user(), "erase what is kept about a person");
    if (!has_personal_fields(entity))
        throw Refused("kernel.nothing_personal", "To erase what is kept about a person, choose a record with personal fields: {} have none.", lower_ascii(entity.plural)).with_status(422);
    if (trim(tx.reason()).empty()) throw Refused("kernel.required", "To erase what is kept about a person, give the reason; it stays in the audit trail.").with_status(422).with_field("reason");
    access::require_seen(tx, entity, id);
    return erasure::Erasure(tx, entity, id).run();
}

}  // namespace tessera::audit
