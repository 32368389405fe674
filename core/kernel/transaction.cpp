#include <tessera/kernel.h>
#include <tessera/text.h>

#include "containment/meter.h"
#include "containment/module_code.h"
#include "containment/own_tables.h"
#include "events/outbox.h"
#include "kernel/field_check.h"
#include "kernel/governed_amounts.h"
#include "kernel/records.h"
#include "kernel/state.h"
#include "kernel/writing.h"

#include <algorithm>

namespace tessera {

std::int64_t Registry::next_id(const Snapshot& snapshot, const EntityDescription& e) {
    const auto known = next_.find(&e);
    if (known != next_.end()) return ++known->second;
    const auto last    = snapshot.value<std::int64_t>("SELECT max(id) FROM " + e.table).value_or(0);
    const auto retired = snapshot.value<std::int64_t>("SELECT last_id FROM kernel_retired_id WHERE entity = :entity", e.name).value_or(0);
    return next_[&e] = std::max(last, retired) + 1;
}

void Registry::command_done(const HeldRecords& held, events::CommandNotice told, const std::string& by) {
    notice.command_done(std::move(told), by);
    recent.take_over(held);
    numbers.command_done();
    balances.command_done();
}
void Registry::command_undone() {
    recent.command_undone();
    audit_head.reset();
    numbers.command_undone();
    balances.command_undone();
}
void Registry::before_commit(database::Connection& connection) {
    balances.write_all(connection);
    numbers.write(connection);
}
void Registry::forget() {
    next_.clear();
    audit_head.reset();
    recent.forget();
    numbers.forget();
    balances.forget();
    notice.forget();
}

namespace transaction {

// What one module adds to a record another may change as people may: while the record can be changed, and no read-only field.
void require_as_people_may(std::string_view module, const EntityDescription& e, const ExtensionDescription& extension, const void* before, const void* after) {
    if (module != e.module) containment::require_own_record(module, e, containment::Change::save, before);
    for (const auto& f : e.fields)
        if (f.added_by == extension.module && f.read_only && !f.equal(before, after))
            throw std::logic_error(fmt::format("The module {} may not change the field {} that {} adds to {}.", module, f.name, extension.module, e.name));
}

void check_fields(const EntityDescription& e, const void* record, bool automatic_parent) {
    for (const auto& f : e.fields) {
        if (!f.required && !f.positive && !f.not_negative) continue;
        if (automatic_parent && f.name == e.parent_field) continue;
        if (is_refused(f, record)) check_field(f, "save " + e.title, record);
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

// Ids of the lines that `before` does not have; all of them, when there is none.
void give_ids(Transaction& tx, const EntityDescription& e, void* before, void* record) {
    for (const auto& l : e.lines)
        for (std::size_t i = 0; i < l.size(record); ++i) {
            void* line = l.at(record, i);
            set_parent(*l.entity, line, e.id(record));
            if (!before || !has_line(l, before, l.entity->id(line))) l.entity->id(line) = tx.state().registry->next_id(tx, *l.entity);
        }
}

// The lines' own checks first: what the document's check adds up is then complete.
void validate(Transaction& tx, const EntityDescription& e, void* record) {
    for (const auto& l : e.lines)
        for (const auto& check : l.entity->validators)
            for (std::size_t i = 0; i < l.size(record); ++i) check(tx, l.at(record, i));
    for (const auto& check : e.validators) check(tx, record);
    check_record(e, record);
    if (!e.append_only) govern_amounts(e, record, tx.books());
}

// Then the order of the steps counts: a value may be free only because another record has just given it up.
bool changes_what_is_unique(const EntityDescription& e, const void* before, const void* record) {
    const auto in_rule = [&](const FieldDescription& f) {
        return f.unique || std::ranges::any_of(e.unique_rules, [&](const UniqueRule& rule) {
                   return std::ranges::find(rule.fields, f.name) != rule.fields.end() || rule.where.find(f.name) != std::string::npos;
               });
    };
    return std::ranges::any_of(e.fields, [&](const auto& f) { return !f.equal(before, record) && in_rule(f); });
}

}  // namespace transaction

void records::insert(Transaction& tx, const EntityDescription& e, void* record, const void* holder) {
    auto& state = tx.state();
    if (!holder) holder = record;
    if (e.meter) e.meter->require_open();
    transaction::validate(tx, e, record);
    e.id(record) = state.registry->next_id(tx, e);
    const bool ledger_row = e.append_only && e.lines.empty() && e.parent_field.empty();
    if (ledger_row && !state.held.unwritten_reference(e, record)) {
        state.notice.many(e);
        writing::insert_row(state, e, record);
        return state.registry->recent.added(e, record);
    }
    state.registry->recent.forget_newest(e);
    transaction::give_ids(tx, e, nullptr, record);
    state.held.inserted(e, record, holder);
    if (!e.parent_field.empty()) writing::write_line(state, e);
}

void records::save(Transaction& tx, const EntityDescription& e, void* record, const void* holder) {
    auto& state = tx.state();
    if (!holder) holder = record;
    if (e.meter) e.meter->require_open();
    if (e.append_only) throw Refused("kernel.append_only", "To correct a {}, add another: one that is there never changes.", lower_ascii(e.title));
    state.held.take_over(e, record, holder);
    transaction::validate(tx, e, record);
    if (!state.held.find(e, e.id(record))) load(tx, e, e.id(record), e.make().get(), Missing::refuse);
    const auto* known = state.held.find(e, e.id(record));
    if (known->pending && !known->refused && state.held.another_waits(*known) && transaction::changes_what_is_unique(e, known->current.get(), record)) tx.write_out();
    transaction::give_ids(tx, e, known->current.get(), record);
    state.held.saved(e, record, holder);
    if (!e.parent_field.empty()) writing::write_line(state, e);
}

void records::remove(Transaction& tx, const EntityDescription& e, std::int64_t id) {
    auto& state = tx.state();
    if (e.meter) e.meter->require_open();
    tx.write_out();
    auto record = e.make();
    load(tx, e, id, record.get(), Missing::refuse);
    for (const auto& check : e.before_remove) check(tx, record.get());
    tx.write_out();
    writing::delete_record(state, e, record.get());
    state.held.removed(e, id);
    state.registry->recent.forget(e, id);
    if (!e.parent_field.empty()) writing::outdate_documents(state, e);
}

namespace transaction {

// `caller` is where the function that was called returns to.
void require_own_record(const EntityDescription& e, containment::Change change, const void* record, const void* caller) {
    if (const auto module = containment::module_at(caller); !module.empty()) containment::require_own_record(module, e, change, record);
}

// As it is now, with the caller's own fields over it.
std::shared_ptr<void> whole(Transaction& tx, const EntityDescription& e, void* record) {
    auto whole = e.make();
    const auto* known = tx.state().held.find(e, e.id(record));
    if (known && !known->outdated) e.assign(whole.get(), known->current.get());
    else records::load(tx, e, e.id(record), whole.get(), records::Missing::refuse);
    e.assign_own(whole.get(), record);
    return whole;
}

}  // namespace transaction

void Transaction::insert_record(std::type_index type, void* record) {
    const auto& e = state_->kernel->entity_of(type);
    transaction::require_own_record(e, containment::Change::insert, record, __builtin_return_address(0));
    if (!e.has_extensions()) return records::insert(*this, e, record);
    const auto whole = e.make();
    e.assign_own(whole.get(), record);
    records::insert(*this, e, whole.get(), record);
    e.assign_own(record, whole.get());
}

void Transaction::save_record(std::type_index type, void* record) {
    const auto& e = state_->kernel->entity_of(type);
    transaction::require_own_record(e, containment::Change::save, record, __builtin_return_address(0));
    if (!e.has_extensions()) return records::save(*this, e, record);
    const auto whole = transaction::whole(*this, e, record);
    records::save(*this, e, whole.get(), record);
    e.assign_own(record, whole.get());
}

void Transaction::remove_record(std::type_index type, std::int64_t id) {
    const auto& e = state_->kernel->entity_of(type);
    if (const auto module = containment::module_at(__builtin_return_address(0)); !module.empty() && module != e.module) {
        const auto record = e.make();
        records::load(*this, e, id, record.get(), records::Missing::refuse);
        containment::require_own_record(module, e, containment::Change::remove, record.get());
    }
    records::remove(*this, e, id);
}

void Transaction::write_extension(std::type_index type, std::type_index extension, std::int64_t id, const void* part) {
    const auto& e  = state_->kernel->entity_of(type);
    const auto  it = std::ranges::find(e.extensions, extension, &ExtensionDescription::type);
    if (it == e.extensions.end()) throw std::logic_error(fmt::format("no extension of {} is declared with this type", e.name));
    const auto module = containment::module_at(__builtin_return_address(0));
    const auto record = e.make();
    records::load(*this, e, id, record.get(), records::Missing::refuse);
    const auto before = e.copy(record.get());
    it->assign(e.part(record.get(), static_cast<std::size_t>(it - e.extensions.begin())), part);
    if (!module.empty() && module != it->module) transaction::require_as_people_may(module, e, *it, before.get(), record.get());
    records::save(*this, e, record.get());
}

void Transaction::add_to_balance(std::type_index type, const void* row) {
    const auto& b = state_->kernel->balance_of(type);
    if (const auto module = containment::module_at(__builtin_return_address(0)); !module.empty()) containment::require_own_table(module, b.table);
    state_->registry->balances.add(b, row);
}

void Transaction::write_out() {
    writing::write(*state_, state_->held.to_write());
    state_->connection->settle();
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
    return fmt::format("{}-{:04}-{:05}", series, year, state_->registry->numbers.next(*state_->connection, company(), series, year));
}

void Transaction::before_commit(std::string key, std::function<void(Transaction&)> check) {
    for (const auto& [known, _] : state_->before_commit)
        if (known == key) return;
    state_->before_commit.emplace_back(std::move(key), std::move(check));
}

void               Transaction::because(std::string reason) { state_->reason = std::move(reason); }
const std::string& Transaction::reason() const { return state_->reason; }

std::shared_ptr<void>& Transaction::scratch_slot(std::type_index type) {
    for (auto& [known, object] : state_->scratch)
        if (known == type) return object;
    return state_->scratch.emplace_back(type, nullptr).second;
}

}  // namespace tessera
