#include "audit/audit.h"
#include "audit/seal.h"

#include <boost/json.hpp>

#include <functional>
#include <map>
#include <optional>
#include <set>
#include <unordered_map>

namespace tessera::audit {

namespace chain {

using Found = std::function<void(Finding)>;
using boost::json::object;

std::string name_of(std::int64_t id) { return fmt::format("audit entry {}", id); }

std::int64_t number(const object& change, const char* name) {
    const auto* value = change.if_contains(name);
    return value && value->is_int64() ? value->get_int64() : 0;
}

std::string text(const object& change, const char* name) {
    const auto* value = change.if_contains(name);
    return value && value->is_string() ? std::string(value->get_string()) : std::string();
}

// The rows of kernel_audit_record, added up for each entry, so that they are read once and need little memory.
class LeadsToRecords {
public:
    explicit LeadsToRecords(const Snapshot& snapshot) : kernel_(snapshot.kernel()) {
        struct Lead { std::string entity{}; std::int64_t record = 0, audit = 0; };
        snapshot.each<Lead>("SELECT entity, record, audit FROM kernel_audit_record", [&](const Lead& lead) {
            last_ = std::max(last_, lead.audit);
            if (kernel_.find_entity(lead.entity)) sums_[lead.audit] += sum_of(lead.entity, lead.record);
        });
    }
    std::int64_t last() const { return last_; }

    // Whether exactly the records that the entry changed lead to it; of what no module here declares that cannot be told.
    bool agree(const Entry& entry, const boost::json::array& changes) const {
        std::set<Record> touched;
        for (const auto& one : changes) {
            auto record = touched_by(one.as_object());
            if (!record) return true;
            touched.insert(std::move(*record));
            if (auto owner = owner_of(one.as_object())) touched.insert(std::move(*owner));
        }
        std::size_t expected = 0;
        for (const auto& [entity, id] : touched) expected += sum_of(entity, id);
        const auto it = sums_.find(entry.id);
        return expected == (it == sums_.end() ? 0 : it->second);
    }

private:
    using Record = std::pair<std::string, std::int64_t>;

    static std::size_t sum_of(const std::string& entity, std::int64_t record) { return std::hash<std::string>{}(fmt::format("{} {}", entity, record)) | 1; }

    // The record, or the document of a line.
    std::optional<Record> touched_by(const object& change) const {
        const auto* entity = kernel_.find_entity(text(change, "entity"));
        if (!entity) return {};
        const auto document = number(change, "document");
        if (!document) return Record{entity->name, number(change, "id")};
        const auto* parent = entity->find(entity->parent_field);
        return parent ? std::optional(Record{parent->references, document}) : std::nullopt;
    }

    // The record that what was changed belongs to.
    std::optional<Record> owner_of(const object& change) const {
        const auto* owner = change.if_contains("owner");
        if (!owner || !owner->is_object()) return {};
        const auto* entity = kernel_.find_entity(text(owner->get_object(), "entity"));
        return entity ? std::optional(Record{entity->name, number(owner->get_object(), "id")}) : std::nullopt;
    }

    const Kernel&                                 kernel_;
    std::unordered_map<std::int64_t, std::size_t> sums_{};
    std::int64_t                                  last_ = 0;
};

// Values that are gone must have been erased by a later entry.
class PersonalValues {
public:
    PersonalValues(const Snapshot& snapshot, const Found& found) : snapshot_(snapshot), found_(found) {
        snapshot.each<std::int64_t>("SELECT audit FROM kernel_audit_personal", [&](std::int64_t audit) { ++kept_[audit]; });
    }

    void look_at(const Entry& entry, const boost::json::array& changes) {
        const auto  kept   = kept_.find(entry.id);
        const auto  values = kept == kept_.end() ? std::map<std::string, PersonalValue>{} : personal_values(snapshot_, entry.id);
        std::size_t sealed = 0;
        for (std::size_t place = 0; place < changes.size(); ++place) {
            const auto& change = changes[place].as_object();
            if (text(change, "did") == "erase") note_erasure(entry, change);
            for (const char* side : {"before", "after"}) sealed += look_at_side(entry, change, place, side, values);
        }
        if (sealed != values.size())
            found_({name_of(entry.id), fmt::format("{} personal values", sealed), fmt::format("{}", values.size())});
        if (kept != kept_.end()) kept_.erase(kept);
    }

    void finish() {
        for (const auto& [entry, count] : kept_) found_({name_of(entry), "no personal values", fmt::format("{}", count)});
        for (const auto& [what, entry] : missing_) {
            const auto erased = erased_.find(what);
            if (erased == erased_.end() || erased->second < entry) found_({name_of(entry), fmt::format("the value of {}, or an entry that erases it", what), "missing"});
        }
    }

private:
    // Of a line under its document: "directory.contact 7 email".
    static std::string subject(const object& change) {
        const auto document = number(change, "document");
        return fmt::format("{} {}", text(change, "entity"), document ? document : number(change, "id"));
    }

    void note_erasure(const Entry& entry, const object& change) {
        const auto* fields = change.if_contains("fields");
        if (!fields || !fields->is_array()) return;
        for (const auto& field : fields->get_array())
            if (field.is_string()) erased_[subject(change) + " " + std::string(field.get_string())] = entry.id;
    }

    // How many of the digests have their value.
    std::size_t look_at_side(const Entry& entry, const object& change, std::size_t place, const char* side, const std::map<std::string, PersonalValue>& values) {
        const auto* all = change.if_contains(side);
        if (!all || !all->is_object()) return 0;
        std::size_t there = 0;
        for (const auto& [name, value] : all->get_object()) {
            if (!value.is_object()) continue;
            const auto digest = text(value.get_object(), "digest");
            const auto path   = fmt::format("{}.{}.{}", place, side, std::string(name));
            const auto kept   = values.find(path);
            if (kept == values.end()) {
                // What an erasure changes is not kept, not even for a moment.
                missing_[subject(change) + " " + std::string(name)] = entry.id;
                continue;
            }
            ++there;
            const auto present = personal_digest(kept->second.salt, kept->second.value);
            if (present != digest) found_({name_of(entry.id) + ", " + path, digest, present});
        }
        return there;
    }

    const Snapshot&                               snapshot_;
    const Found&                                  found_;
    std::unordered_map<std::int64_t, std::size_t> kept_{};
    std::map<std::string, std::int64_t>           missing_{}, erased_{};  // newest entry
};

}  // namespace chain

void check_chain(const Snapshot& tx, const std::function<void(Finding)>& found) {
    chain::LeadsToRecords leads(tx);
    chain::PersonalValues personal(tx, found);
    std::string           previous = before_the_first;
    std::int64_t          expected = 1;
    tx.each<Entry>(fmt::format("SELECT {} FROM kernel_audit ORDER BY id", entry_columns), [&](const Entry& entry) {
        if (entry.id > expected) found({chain::name_of(expected), "present", "missing"});
        if (entry.id < expected) found({chain::name_of(entry.id), "no such entry", "present"});
        const auto seal = seal_of(previous, entry);
        if (!seal) found({chain::name_of(entry.id), "format 2, or 1 without via and request", fmt::format("format {}", entry.format)});
        else if (*seal != entry.hash) found({chain::name_of(entry.id), *seal, entry.hash});
        previous = entry.hash;
        expected = std::max(expected, entry.id + 1);

        boost::json::error_code unreadable;
        const auto              changes = boost::json::parse(entry.changes, unreadable);
        if (unreadable || !changes.is_array()) return found({chain::name_of(entry.id), "changes that can be read", "others"});
        if (!leads.agree(entry, changes.get_array())) found({chain::name_of(entry.id), "found from each record that it changed, and from no other", "found from others"});
        personal.look_at(entry, changes.get_array());
    });
    personal.finish();
    // Nothing follows the last entry; what it touched still names it when it has been cut off.
    if (leads.last() >= expected) found({chain::name_of(leads.last()), "present", "missing"});
}

}  // namespace tessera::audit
