#include <tessera/kernel.h>
#include <tessera/text.h>

#include "events/outbox.h"
#include "kernel/field_check.h"
#include "kernel/state.h"
#include "metadata/entity_sql.h"

#include <algorithm>

namespace tessera {

std::int64_t Registry::next_id(const Snapshot& snapshot, const EntityDescription& e) {
    const auto known = next_.find(&e);
    if (known != next_.end()) return ++known->second;
    const auto last    = snapshot.value<std::int64_t>("SELECT max(id) FROM " + e.table).value_or(0);
    const auto retired = snapshot.value<std::int64_t>("SELECT last_id FROM kernel_retired_id WHERE entity = :entity", e.name).value_or(0);
    return next_[&e] = std::max(last, retired) + 1;
}

namespace transaction {

void check_fields(const EntityDescription& e, const void* record, bool automatic_parent) {
    for (const auto& f : e.fields) {
        if (!f.required && !f.positive && !f.not_negative) continue;
        if (automatic_parent && f.name == e.parent_field) continue;
        check_field(f, "save " + e.title, record);
    }
}

// Lines are checked with their document, so that the refusal names their place.
void check_record(const EntityDescription& e, void* record) {
    check_fields(e, record, false);
    for (const auto& l : e.lines)
        for (std::size_t i = 0; i < l.size(record); ++i) try {
                check_fields(*l.entity, l.at(record, i), true);
            } catch (Refused& refused) {
                throw Refused(Refused::Plain{}, refused.code(), fmt::format("Line {}: {}", i + 1, refused.sentence()))
                    .with_status(refused.status())
                    .with_field(fmt::format("{}[{}].{}", l.name, i, refused.field()));
            }
}

void set_parent(const EntityDescription& line, void* record, std::int64_t document) {
    Reading reading{};
    line.find(line.parent_field)->assign(record, InputValue::of_integer(document), reading);
}

void insert_row(Transaction& tx, const EntityDescription& e, void* record) {
    auto& state  = tx.state();
    e.id(record) = state.registry->next_id(tx, e);
    sql::Use use(*state.connection, e.insert_sql);
    use->bind(1, e.id(record));
    int parameter = 1;
    for (const auto& f : e.fields) f.bind(record, *use, ++parameter);
    use->step();
    if (!e.append_only && e.menu != Menu::hidden) state.changes.inserted(e, e.id(record), record);
    else if (!e.append_only && !e.parent_field.empty()) state.changes.inserted(e, e.id(record), record);
}

bool update_row(Transaction& tx, const EntityDescription& e, const void* before, void* record, bool version_only) {
    auto&             state = tx.state();
    std::vector<bool> changed(e.fields.size());
    bool              any = false;
    for (std::size_t i = 0; i < e.fields.size(); ++i) any |= changed[i] = !e.fields[i].equal(before, record);
    if (!any && !version_only) return false;
    sql::Use use(*state.connection, metadata::update_sql(e, changed));
    int      parameter = 0;
    for (std::size_t i = 0; i < e.fields.size(); ++i)
        if (changed[i]) e.fields[i].bind(record, *use, ++parameter);
    use->bind(++parameter, e.id(record));
    use->step();
    if (use->changes() == 0) throw Refused("kernel.not_found", "To save {} {}, choose one that exists.", e.title, e.id(record)).with_status(404);
    if (any && (e.menu != Menu::hidden || !e.parent_field.empty())) state.changes.changed(e, e.id(record), before, record, changed);
    return any;
}

void retire_id(Transaction& tx, const EntityDescription& e, std::int64_t id) {
    tx.execute(R"sql(INSERT INTO kernel_retired_id (entity, last_id) VALUES (:entity, :id)
                     ON CONFLICT (entity) DO UPDATE SET last_id = excluded.last_id WHERE excluded.last_id > kernel_retired_id.last_id)sql",
               e.name, id);
}

void delete_row(Transaction& tx, const EntityDescription& e, const void* record, std::int64_t id) {
    retire_id(tx, e, id);
    sql::Use use(*tx.state().connection, e.delete_sql);
    use->bind(1, id);
    use->step();
    tx.state().changes.removed(e, id, record);
}

// Inserts new lines, updates changed ones, deletes those that are gone. True when anything differed.
bool save_lines(Transaction& tx, const EntityDescription& e, const LinesDescription& l, void* before, void* record) {
    bool                                any = false;
    std::map<std::int64_t, std::size_t> known;
    for (std::size_t i = 0; i < l.size(before); ++i) known[l.entity->id(l.at(before, i))] = i;
    for (std::size_t i = 0; i < l.size(record); ++i) {
        void*      line = l.at(record, i);
        const auto id   = l.entity->id(line);
        set_parent(*l.entity, line, e.id(record));
        const auto it = known.find(id);
        if (it == known.end()) {
            insert_row(tx, *l.entity, line);
            any = true;
            continue;
        }
        any |= update_row(tx, *l.entity, l.at(before, it->second), line, false);
        known.erase(it);
    }
    for (const auto& [id, index] : known) {
        delete_row(tx, *l.entity, l.at(before, index), id);
        any = true;
    }
    return any;
}

// The lines' own checks first: what the document's check adds up is then complete.
void validate(Transaction& tx, const EntityDescription& e, void* record) {
    for (const auto& l : e.lines)
        for (const auto& check : l.entity->validators)
            for (std::size_t i = 0; i < l.size(record); ++i) check(tx, l.at(record, i));
    for (const auto& check : e.validators) check(tx, record);
    check_record(e, record);
}

}  // namespace transaction

void Transaction::insert_record(std::type_index type, void* record) {
    const auto& e = state_->kernel->entity_of(type);
    transaction::validate(*this, e, record);
    transaction::insert_row(*this, e, record);
    for (const auto& l : e.lines)
        for (std::size_t i = 0; i < l.size(record); ++i) {
            transaction::set_parent(*l.entity, l.at(record, i), e.id(record));
            transaction::insert_row(*this, *l.entity, l.at(record, i));
        }
    if (e.append_only) return;
    state_->held.loaded(e, record);
    state_->just_inserted = {&e, e.id(record), state_->connection->changes()};
}

void Transaction::save_record(std::type_index type, void* record) {
    const auto& e = state_->kernel->entity_of(type);
    state_->held.take_over(e, record);
    transaction::validate(*this, e, record);
    auto before = state_->held.current(e, e.id(record));
    if (!before) {
        before = e.make();
        load_record(type, e.id(record), before.get(), true);
    }
    bool lines_changed = false;
    for (const auto& l : e.lines) lines_changed |= transaction::save_lines(*this, e, l, before.get(), record);
    transaction::update_row(*this, e, before.get(), record, lines_changed);
    if (!e.append_only) state_->held.loaded(e, record);
}

void Transaction::remove_record(std::type_index type, std::int64_t id) {
    const auto& e      = state_->kernel->entity_of(type);
    auto        record = e.make();
    load_record(type, id, record.get(), true);
    for (const auto& check : e.before_remove) check(*this, record.get());
    for (const auto& l : e.lines)
        for (std::size_t i = 0; i < l.size(record.get()); ++i)
            transaction::delete_row(*this, *l.entity, l.at(record.get(), i), l.entity->id(l.at(record.get(), i)));
    transaction::delete_row(*this, e, record.get(), id);
    state_->held.removed(e, id);
}

void Transaction::publish_event(std::type_index type, const void* event) {
    if (state_->event_depth >= 16) throw std::logic_error("events publish each other in a circle");
    struct Deeper {
        int& depth;
        explicit Deeper(int& depth) : depth(depth) { ++depth; }
        ~Deeper() { --depth; }
    } deeper(state_->event_depth);
    for (const auto* subscription : state_->kernel->subscribers(type, false)) subscription->handler(*this, event);
    for (const auto* subscription : state_->kernel->subscribers(type, true)) events::enqueue(*this, *subscription, event);
}

std::string Transaction::number(std::string_view series, Date date) {
    if (date.empty()) throw std::logic_error("a number is given in the year of a day");
    const std::int64_t year = date.year();
    // Two statements: RETURNING keeps its rows in a table of its own, which costs more than the second.
    execute(R"sql(
        INSERT INTO kernel_number_series (company, series, year, last) VALUES (:company, :series, :year, 1)
        ON CONFLICT (company, series, year) DO UPDATE SET last = kernel_number_series.last + 1)sql",
            company(), series, year);
    const auto last = value<std::int64_t>("SELECT last FROM kernel_number_series WHERE company = :company AND series = :series AND year = :year", company(), series, year);
    return fmt::format("{}-{:04}-{:05}", series, year, *last);
}

void Transaction::before_commit(std::string key, std::function<void(Transaction&)> check) {
    for (const auto& [known, _] : state_->before_commit)
        if (known == key) return;
    state_->before_commit.emplace_back(std::move(key), std::move(check));
}

void               Transaction::because(std::string reason) { state_->reason = std::move(reason); }
const std::string& Transaction::reason() const { return state_->reason; }

std::shared_ptr<void>& Transaction::scratch_slot(std::type_index type) { return state_->scratch[type]; }

}  // namespace tessera
