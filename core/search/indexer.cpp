#include "search/indexer.h"

#include <tessera/kernel.h>

#include "metadata/field_text.h"

#include <boost/json.hpp>

#include <algorithm>
#include <map>

namespace tessera::search {

namespace indexer {

constexpr std::size_t      records_of_a_part = 200;
constexpr std::string_view choice            = "search.choice";

struct Entry {
    std::int64_t id = 0;
    std::string  changes{};
};

std::int64_t newest_entry(const Snapshot& tx) { return tx.value<std::int64_t>("SELECT id FROM kernel_audit ORDER BY id DESC LIMIT 1").value_or(0); }

std::int64_t number(const boost::json::object& change, std::string_view name) {
    const auto* value = change.if_contains(name);
    return value && value->is_int64() ? value->get_int64() : 0;
}

// A change of other fields than these leaves the text as it is.
bool is_read(const EntityDescription& e, std::string_view name) {
    const auto* f = e.find(name);
    return !f || f->searchable || f == metadata::label_field(e) || name == e.language || name == e.standing;
}

bool leaves_the_text(const EntityDescription& e, const boost::json::object& change) {
    if (!e.parent_field.empty() && std::ranges::none_of(e.fields, &FieldDescription::searchable)) return true;
    if (change.at("did").as_string() != "change") return false;
    for (const auto* side : {"before", "after"})
        if (const auto* fields = change.if_contains(side))
            for (const auto& field : fields->as_object())
                if (is_read(e, {field.key().data(), field.key().size()})) return false;
    return true;
}

}  // namespace indexer

Indexer::Part Indexer::next_part(const Snapshot& tx) const {
    Part                                                     part{.begin = position(tx)};
    std::map<std::pair<std::string, std::int64_t>, bool>     touched;
    part.end        = part.begin;
    const auto take = [&](const boost::json::object& change) {
        const auto& name = change.at("entity").as_string();
        const auto* e    = kernel_.find_entity({name.data(), name.size()});
        if (!e) return;
        part.erased |= change.at("did").as_string() == "erase";
        const auto document = indexer::number(change, "document");
        if (e->name == indexer::choice) {
            if (const auto chosen = tx.find(Id<Choice>{indexer::number(change, "id")})) touched[{chosen->source_entity, chosen->source_id}] = true;
            return;
        }
        if (indexer::leaves_the_text(*e, change)) return;
        if (!e->parent_field.empty()) e = kernel_.find_entity(e->find(e->parent_field)->references);
        if (e && is_found(*e)) touched[{e->name, document ? document : indexer::number(change, "id")}] = true;
    };
    tx.each<indexer::Entry>("SELECT id, changes FROM kernel_audit WHERE id > :position ORDER BY id LIMIT 500",
                            [&](const indexer::Entry& entry) {
                                if (touched.size() >= indexer::records_of_a_part) return;
                                part.end = entry.id;
                                if (const auto changes = boost::json::parse(entry.changes); changes.is_array())
                                    for (const auto& change : changes.get_array()) take(change.as_object());
                            },
                            part.begin);
    for (const auto& [record, is_touched] : touched) part.changes.push_back({record.first, record.second, text_of(tx, *kernel_.find_entity(record.first), record.second)});
    return part;
}

void Indexer::write(const Part& part) {
    door_.write([&](Transaction& tx) {
        if (position(tx) != part.begin) return;
        Update update(tx.connection());
        for (const auto& change : part.changes) change.text ? update.put(change.entity, change.id, *change.text) : update.forget(change.entity, change.id);
        update.finish(part.end);
        if (part.erased) tx.connection().compact_words();
    });
}

bool Indexer::make_of(const EntityDescription& e, std::int64_t& last) {
    Part part;
    door_.read([&](const Snapshot& tx) {
        const auto ids = tx.rows<std::int64_t>("SELECT id FROM " + e.table + " WHERE id > :last ORDER BY id LIMIT 500", last);
        for (const auto id : ids) part.changes.push_back({e.name, id, text_of(tx, e, id)});
    });
    if (part.changes.empty()) return false;
    last = part.changes.back().id;
    door_.write([&](Transaction& tx) {
        Update update(tx.connection());
        for (const auto& change : part.changes)
            if (change.text) update.put(change.entity, change.id, *change.text);
        update.finish();
    });
    return true;
}

// What is changed meanwhile is found in the audit trail afterwards.
void Indexer::make(std::int64_t upto) {
    for (const auto* e : kernel_.entities()) {
        if (!is_found(*e)) continue;
        for (std::int64_t last = 0; make_of(*e, last);) {}
    }
    door_.write([&](Transaction& tx) {
        if (position(tx) == 0) Update(tx.connection()).finish(upto);
    });
}

bool Indexer::advance() {
    Part         part;
    std::int64_t newest = 0;
    bool         begun  = false;
    door_.read([&](const Snapshot& tx) {
        newest = indexer::newest_entry(tx);
        begun  = position(tx) > 0;
        if (begun) part = next_part(tx);
    });
    if (newest == 0) return false;
    if (!begun) {
        make(newest);
        return true;
    }
    if (part.end == part.begin) return false;
    write(part);
    return part.end < newest;
}

}  // namespace tessera::search
