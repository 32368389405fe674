#include "access/document_chain.h"

#include <algorithm>

#include "kernel/records.h"

namespace tessera::access {

namespace document_chain {

constexpr int         deepest       = 5;
constexpr std::size_t documents_max = 200;

struct SourceRow {
    std::string  entity{};
    std::int64_t id = 0;
};

// A command is called entity.verb, and an entity has one point in its name.
std::pair<std::string_view, std::string_view> parts(std::string_view command) {
    const auto first  = command.find('.');
    const auto second = first == command.npos ? first : command.find('.', first + 1);
    if (second == command.npos) return {};
    return {command.substr(0, second), command.substr(second + 1)};
}

}  // namespace document_chain

DocumentChain::DocumentChain(const Snapshot& tx, const EntityDescription& entity, const void* record) : tx_(tx) {
    documents_.push_back({&entity, entity.id(const_cast<void*>(record))});
    follow(entity, record, 0);
}

DocumentChain::DocumentChain(const Snapshot& tx, const EntityDescription& entity, std::int64_t id) : tx_(tx) { add(entity, id, 0); }

void DocumentChain::add(const EntityDescription& e, std::int64_t id, int depth) {
    if (!id || depth > document_chain::deepest || documents_.size() >= document_chain::documents_max) return;
    if (!e.parent_field.empty()) {
        const auto document = tx_.value<std::int64_t>("SELECT " + e.parent_field + " FROM " + e.table + " WHERE id = :id", id);
        return add(*tx_.kernel().find_entity(e.find(e.parent_field)->references), document.value_or(0), depth);
    }
    if (e.menu == Menu::ledgers && e.find("source_entity") && e.find("source_id")) {
        const auto source = tx_.row<document_chain::SourceRow>("SELECT source_entity, source_id FROM " + e.table + " WHERE id = :id", id);
        const auto* from  = source ? tx_.kernel().find_entity(source->entity) : nullptr;
        return from ? add(*from, source->id, depth) : void();
    }
    const bool document = e.menu == Menu::documents;
    if (!document && (e.menu != Menu::master_data || depth > 1)) return;
    if (std::ranges::find(documents_, Document{&e, id}) != documents_.end()) return;
    documents_.push_back({&e, id});
    if (!document) return;
    const auto record = e.make();
    if (records::load(tx_, e, id, record.get(), records::Missing::answer)) follow(e, record.get(), depth);
}

void DocumentChain::follow(const EntityDescription& e, const void* record, int depth) {
    follow_fields(e, record, depth);
    for (const auto& l : e.lines)
        for (std::size_t i = 0; i < l.size(record); ++i) follow_fields(*l.entity, l.at(const_cast<void*>(record), i), depth);
}

void DocumentChain::follow_fields(const EntityDescription& e, const void* record, int depth) {
    for (const auto& reference : e.references)
        if (reference.field->name != e.parent_field && !reference.field->none(record)) add(*reference.entity, reference.field->number(record), depth + 1);
}

std::vector<std::string> permissions_of(const Kernel& kernel, std::string_view command) {
    const auto [name, verb] = document_chain::parts(command);
    const auto* e           = name.empty() ? nullptr : kernel.find_entity(name);
    if (!e) return {};
    if (verb == "create" || verb == "change" || verb == "remove" || verb == "import") return {e->permission};
    const auto  moves = verb.starts_with("create_and_") ? verb.substr(11) : verb;
    const auto* t     = e->workflow.find(moves);
    if (!t) return {};
    std::vector<std::string> all{t->permission.empty() ? e->permission : t->permission};
    if (moves != verb) all.push_back(e->permission);
    return all;
}

}  // namespace tessera::access
