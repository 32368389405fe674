#include "kernel/writing.h"

#include <tessera/kernel.h>

#include "metadata/entity_sql.h"

namespace tessera::writing {

namespace rows {

// What documents do to ledgers is in the ledgers; what people do to a ledger's record moves by transitions.
bool is_audited(const EntityDescription& e) {
    if (e.append_only) return false;
    if (e.menu == Menu::ledgers) return !e.workflow.transitions.empty();
    return e.menu != Menu::hidden || !e.parent_field.empty();
}

// Few sets of fields ever change together: their texts are made once.
const std::string& update_text(const EntityDescription& e, const std::vector<bool>& changed) {
    thread_local std::unordered_map<std::string, std::string> texts;      // by what the kernel knows of the table, which is its own
    thread_local std::string                                  key;
    key.assign(e.select_sql);
    for (const bool one : changed) key += one ? '1' : '0';
    const auto [it, fresh] = texts.try_emplace(key);
    if (fresh) it->second = metadata::update_sql(e, changed);
    return it->second;
}

// Whoever looks at a record sees what belongs to it.
void tell(Snapshot::State& state, const EntityDescription& e, const void* record, std::int64_t version) {
    state.notice.written(e, record, version);
    const auto owner = e.owner ? e.owner(record) : RecordOwner{};
    if (const auto* entity = owner.id ? state.kernel->find_entity(owner.entity) : nullptr) state.notice.touched(*entity, owner.id);
}

// True when the row was written.
bool update_row(Snapshot::State& state, const EntityDescription& e, void* before, void* record, bool lines_changed) {
    std::vector<bool> changed(e.fields.size());
    bool              any = false;
    for (std::size_t i = 0; i < e.fields.size(); ++i) any |= changed[i] = !e.fields[i].equal(before, record);
    if (!any && !lines_changed) return false;
    sql::Use use(*state.connection, update_text(e, changed));
    int      parameter = 0;
    for (std::size_t i = 0; i < e.fields.size(); ++i)
        if (changed[i]) e.fields[i].bind(record, *use, ++parameter);
    use->bind(++parameter, e.id(record));
    use->step();
    use->require_change(e.title, e.id(record));
    if (any && is_audited(e)) state.changes.changed(e, e.id(record), before, record, changed);
    return true;
}

void retire_id(Snapshot::State& state, const EntityDescription& e, std::int64_t id) {
    sql::Use use(*state.connection, R"sql(INSERT INTO kernel_retired_id (entity, last_id) VALUES (:entity, :id)
                     ON CONFLICT (entity) DO UPDATE SET last_id = excluded.last_id WHERE excluded.last_id > kernel_retired_id.last_id)sql");
    use->bind(1, std::string_view(e.name));
    use->bind(2, id);
    use->step();
}

void delete_row(Snapshot::State& state, const EntityDescription& e, void* record) {
    const auto id = e.id(record);
    retire_id(state, e, id);
    sql::Use use(*state.connection, e.delete_sql);
    use->bind(1, id);
    use->step();
    state.changes.removed(e, id, record);
}

// Inserts new lines, updates changed ones, deletes those that are gone. True when anything differed.
bool update_lines(Snapshot::State& state, const LinesDescription& l, void* before, void* record) {
    bool                                any = false;
    std::map<std::int64_t, std::size_t> known;
    for (std::size_t i = 0; i < l.size(before); ++i) known[l.entity->id(l.at(before, i))] = i;
    for (std::size_t i = 0; i < l.size(record); ++i) {
        void*      line = l.at(record, i);
        const auto it   = known.find(l.entity->id(line));
        if (it == known.end()) {
            insert_row(state, *l.entity, line);
            any = true;
            continue;
        }
        any |= update_row(state, *l.entity, l.at(before, it->second), line, false);
        known.erase(it);
    }
    for (const auto& [id, index] : known) {
        delete_row(state, *l.entity, l.at(before, index));
        any = true;
    }
    return any;
}

void insert(Snapshot::State& state, HeldRecords::Record& record) {
    const auto& e = *record.entity;
    insert_row(state, e, record.current.get());
    for (const auto& l : e.lines)
        for (std::size_t i = 0; i < l.size(record.current.get()); ++i) insert_row(state, *l.entity, l.at(record.current.get(), i));
    record.version = 1;
    tell(state, e, record.current.get(), 1);
}

void update(Snapshot::State& state, HeldRecords::Record& record) {
    const auto& e             = *record.entity;
    bool        lines_changed = false;
    for (const auto& l : e.lines) lines_changed |= update_lines(state, l, record.written.get(), record.current.get());
    if (!update_row(state, e, record.written.get(), record.current.get(), lines_changed)) return;
    if (record.version) ++record.version;
    tell(state, e, record.current.get(), record.version);
}

void write(Snapshot::State& state, HeldRecords::Record& record) {
    if (record.begun || record.written == record.current) return;
    record.begun = true;
    try {
        while (auto* named = state.held.unwritten_reference(*record.entity, record.current.get())) write(state, *named);
        record.written ? update(state, record) : insert(state, record);
    } catch (...) {
        record.begun   = false;
        record.refused = true;
        throw;
    }
    state.held.written(record);
}

}  // namespace rows

void insert_row(Snapshot::State& state, const EntityDescription& e, void* record) {
    sql::Use use(*state.connection, e.insert_sql);
    use->bind(1, e.id(record));
    int parameter = 1;
    for (const auto& f : e.fields) f.bind(record, *use, ++parameter);
    use->step();
    if (rows::is_audited(e)) state.changes.inserted(e, e.id(record), record);
}

void delete_record(Snapshot::State& state, const EntityDescription& e, void* record) {
    for (const auto& l : e.lines)
        for (std::size_t i = 0; i < l.size(record); ++i) rows::delete_row(state, *l.entity, l.at(record, i));
    rows::delete_row(state, e, record);
    state.notice.removed(e, record);
}

void write(Snapshot::State& state, const std::vector<HeldRecords::Record*>& records) {
    try {
        for (auto* record : records) rows::write(state, *record);
    } catch (...) {
        state.held.wait_again(records);  // who catches this goes on with all that is not written
        throw;
    }
    for (auto* record : records)
        if (record->entity->append_only) state.held.removed(*record->entity, record->entity->id(record->current.get()));
}

void write_line(Snapshot::State& state, const EntityDescription& line) {
    const EntityDescription* const one[] = {&line};
    write(state, state.held.to_write(one));
    outdate_documents(state, line);
}

void outdate_documents(Snapshot::State& state, const EntityDescription& line) {
    const auto& documents = state.registry->mentions.of(*state.kernel, line.table).entities;
    state.held.outdate(documents);
    state.registry->recent.outdate(documents);
}

void before(Snapshot::State& state, Statement& statement, std::string_view text) {
    if (!statement.note) statement.note = &state.registry->mentions.of(*state.kernel, text);
    const auto& mentioned = *static_cast<const TableMentions::Mentioned*>(statement.note);
    if (!mentioned.balances.empty()) {
        state.registry->balances.write(*state.connection, mentioned.balances);
        if (mentioned.changes) state.registry->balances.changed_by_sql();
    }
    if (mentioned.entities.empty()) return;
    if (state.held.any_to_write()) write(state, state.held.to_write(mentioned.entities));
    if (!mentioned.changes) return;
    for (const auto* e : mentioned.entities) state.notice.many(*e);
    state.held.outdate(mentioned.entities);
    state.registry->recent.outdate(mentioned.entities);
}

}  // namespace tessera::writing
