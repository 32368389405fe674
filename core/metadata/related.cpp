#include <tessera/kernel.h>

#include "access/narrowing.h"
#include "kernel/records.h"
#include "metadata/field_text.h"
#include "metadata/record_json.h"
#include "metadata/record_views.h"

#include <set>

namespace tessera::metadata {

namespace related_records {

constexpr std::int64_t per_entity_max = 20;

class Links {
public:
    Links(const Snapshot& snapshot, const EntityDescription& e, std::int64_t id)
        : snapshot_(snapshot), labels_(snapshot) {
        seen_.emplace(e.name, id);
    }

    void add(const EntityDescription& e, std::int64_t id) {
        if (!id || !snapshot_.user().may(e.read_permission) || !seen_.emplace(e.name, id).second || !access::sees(snapshot_, e, id)) return;
        json_.begin_object();
        json_.member("entity", e.name);
        json_.member("id", id);
        json_.member("label", labels_.of(e.name, id));
        json_.member("title", e.title);
        json_.end_object();
    }
    // The newest records of `e` that the condition finds; of a line the document it belongs to.
    template <class... V>
    void add_found(const EntityDescription& e, const std::string& condition, const V&... value) {
        const bool  line = !e.parent_field.empty();
        const auto& of   = line ? *snapshot_.kernel().find_entity(e.find(e.parent_field)->references) : e;
        if (!snapshot_.user().may(of.read_permission)) return;
        const auto  key  = line ? e.parent_field : std::string("id");
        const auto  text = "SELECT DISTINCT " + key + " FROM " + e.table + " WHERE " + condition + " ORDER BY " + key +
                          " DESC LIMIT " + std::to_string(per_entity_max);
        for (const auto id : snapshot_.rows<std::int64_t>(text, value...)) add(of, id);
    }
    std::string take() && { return R"({"links":[)" + out_ + "]}"; }

private:
    const Snapshot&                                     snapshot_;
    Labels                                              labels_;
    std::set<std::pair<std::string_view, std::int64_t>> seen_{};
    std::string                                         out_{};
    JsonWriter                                          json_{out_};
};

bool names_its_source(const EntityDescription& e) { return e.find("source_entity") && e.find("source_id"); }

bool shows_its_references(const Kernel& kernel, const EntityDescription& e) {
    const auto menu = e.parent_field.empty() ? e.menu : kernel.find_entity(e.find(e.parent_field)->references)->menu;
    return menu == Menu::documents || menu == Menu::master_data;
}

void add_own_source(const Snapshot& snapshot, Links& links, const EntityDescription& e, const void* record) {
    if (!names_its_source(e)) return;
    const auto* source = snapshot.kernel().find_entity(field_text(*e.find("source_entity"), record));
    if (source) links.add(*source, reference_id(*e.find("source_id"), record));
}

void add_own_references(const Snapshot& snapshot, Links& links, const EntityDescription& e, const void* record) {
    for (const auto& f : e.fields)
        if (f.kind == FieldKind::reference)
            links.add(*snapshot.kernel().find_entity(f.references), reference_id(f, record));
}

void add_those_that_refer(const Snapshot& snapshot, Links& links, const EntityDescription& e, std::int64_t id) {
    for (const auto* other : snapshot.kernel().entities()) {
        if (!shows_its_references(snapshot.kernel(), *other)) continue;
        for (const auto& f : other->fields)
            if (f.references == e.name && f.name != other->parent_field) links.add_found(*other, f.name + " = :id", id);
    }
}

void add_those_it_caused(const Snapshot& snapshot, Links& links, const EntityDescription& e, std::int64_t id) {
    for (const auto* other : snapshot.kernel().entities())
        if (names_its_source(*other))
            links.add_found(*other, "source_entity = :entity AND source_id = :id", e.name, id);
}

}  // namespace related_records

std::string related(const Snapshot& snapshot, const EntityDescription& e, std::int64_t id) {
    access::require_seen(snapshot, e, id);
    const auto record = e.make();
    records::load(snapshot, e, id, record.get(), records::Missing::refuse);
    related_records::Links links(snapshot, e, id);
    related_records::add_own_source(snapshot, links, e, record.get());
    related_records::add_those_that_refer(snapshot, links, e, id);
    related_records::add_those_it_caused(snapshot, links, e, id);
    related_records::add_own_references(snapshot, links, e, record.get());
    return std::move(links).take();
}

}  // namespace tessera::metadata
