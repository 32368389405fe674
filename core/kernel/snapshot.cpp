#include <tessera/kernel.h>

#include <algorithm>

#include "access/narrowing.h"
#include "containment/module_code.h"
#include "containment/own_tables.h"
#include "kernel/one_value.h"
#include "kernel/records.h"
#include "kernel/state.h"
#include "kernel/writing.h"

namespace tessera {

namespace sql {

namespace {
Statement& prepared(const Snapshot& snapshot, std::string_view text) {
    const auto& state = snapshot.state();
    return state.narrowed ? state.connection->prepare(state.actor.permissions->narrowing()->text(text)) : state.connection->prepare(text);
}
// `caller` is where the constructor returns to.
database::Connection& own_tables_only(database::Connection& connection, std::string_view text, const void* caller) {
    if (const auto module = containment::module_at(caller); !module.empty()) containment::require_own_tables(module, text);
    return connection;
}
}  // namespace

Use::Use(database::Connection& connection, std::string_view text)
    : connection_(&own_tables_only(connection, text, __builtin_return_address(0))), statement_(&connection.prepare(text)) {}
Use::Use(const Snapshot& snapshot, std::string_view text)
    : connection_(&own_tables_only(snapshot.connection(), text, __builtin_return_address(0))), statement_(&prepared(snapshot, text)) {
    if (snapshot.state().writing) writing::before(snapshot.state(), *statement_, text);
}
Use::~Use() { connection_->release(*statement_); }

LeftOut::LeftOut(const Snapshot& snapshot, std::type_index type, std::int64_t id) : snapshot_(snapshot) {
    snapshot.state().held.leave_out({&snapshot.state().kernel->entity_of(type), id});
}
LeftOut::~LeftOut() { snapshot_.state().held.leave_out_no_longer(); }

void Use::expect_parameters(int count, std::string_view text) const {
    if (statement_->parameter_count() != count)
        throw std::logic_error(fmt::format("{} values for {} parameters of: {}", count, statement_->parameter_count(), text));
}
void Use::expect_columns(int count, std::string_view text) const {
    const int columns = statement_->column_count();
    if (columns < 0) statement_->expected_columns = count;
    else if (columns != count)
        throw std::logic_error(fmt::format("{} members for {} columns of: {}", count, statement_->column_count(), text));
}

}  // namespace sql

Snapshot::Snapshot(std::unique_ptr<State> state) : state_(std::move(state)) {}
Snapshot::~Snapshot() = default;

database::Connection& Snapshot::connection() const { return *state_->connection; }
const Books&          Snapshot::books() const { return *state_->books; }
const Actor&          Snapshot::user() const { return state_->actor; }
Date                  Snapshot::today() const { return state_->today; }
Instant               Snapshot::now() const { return state_->now; }
Kernel&               Snapshot::kernel() const { return const_cast<Kernel&>(*state_->kernel); }

std::string_view Snapshot::entity_name(std::type_index type) const { return state_->kernel->entity_of(type).name; }

namespace snapshot {

// What a command has met it may have changed; rows of a ledger, lines, and what is called like another are not followed.
bool label_is_remembered(const Snapshot::State& state, const EntityDescription& e, std::int64_t id) {
    if (!state.writing || state.narrowed || e.append_only || e.display.empty() || !e.parent_field.empty()) return false;
    return e.find(e.display)->kind == FieldKind::text && !const_cast<HeldRecords&>(state.held).find(e, id);
}

std::string read_label(const Snapshot& tx, const EntityDescription& e, std::int64_t id) {
    if (e.display.empty()) return fmt::format("{} {}", e.title, id);
    const auto* display = e.find(e.display);
    const auto  query   = "SELECT " + e.display + " FROM " + e.table + " WHERE id = :id";
    if (display->kind == FieldKind::text)
        if (auto text = tx.value<std::string>(query, id); text && !text->empty()) return *text;
    if (display->kind == FieldKind::reference)  // a line is called what its product is called
        if (const auto named = tx.value<std::int64_t>(query, id); named && *named) return tx.label_of(display->references, *named);
    return fmt::format("{} {}", e.title, id);
}

}  // namespace snapshot

std::string Snapshot::label_of(std::string_view entity, std::int64_t id) const {
    const auto* e = state_->kernel->find_entity(entity);
    if (!e || !id) return {};
    if (!snapshot::label_is_remembered(*state_, *e, id)) return snapshot::read_label(*this, *e, id);
    auto& recent = state_->registry->recent;
    if (const auto* label = recent.label(*e, id)) return *label;
    auto label = snapshot::read_label(*this, *e, id);
    recent.remember_label(*e, id, label);
    return label;
}

namespace snapshot {

void read_fields(const EntityDescription& e, Statement& s, void* record, Reading& reading) {
    e.id(record) = s.integer(0);
    int column   = 2;                                       // after id and version
    for (const auto& f : e.fields) f.read(record, s, column++, reading);
}

void remember(Snapshot::State& state, const EntityDescription& e, const void* record, const void* holder) {
    if (state.writing && !e.append_only) state.held.loaded(e, record, holder);
}

// The document's own currency governs the amounts of its lines.
Currency currency_of(const EntityDescription& e, const void* record, const Books& books) {
    const auto f = std::ranges::find_if(e.fields, [&](const auto& one) { return one.is_currency && !one.none(record); });
    if (f == e.fields.end()) return books.currency;
    std::string text;
    JsonWriter  json(text);
    f->json(record, json);
    return books.currency_of(std::string_view(text).substr(1, 3));
}

void read_lines(const Snapshot& tx, const EntityDescription& e, void* record) {
    if (e.lines.empty()) return;
    const auto currency = currency_of(e, record, tx.books());
    for (const auto& l : e.lines) {
        l.clear(record);
        sql::Use use(tx, l.entity->select_lines_sql);
        use->bind(1, e.id(record));
        while (use->step()) {
            Reading reading{&tx.books(), currency};
            read_fields(*l.entity, *use, l.append(record), reading);
        }
    }
}

}  // namespace snapshot

bool records::load(const Snapshot& tx, const EntityDescription& e, std::int64_t id, void* record, Missing missing, std::int64_t* version, const void* holder) {
    auto& state = tx.state();
    if (!holder) holder = record;
    if (state.writing && state.held.fill(e, id, record, holder, version)) return true;
    std::int64_t of_row = 0;
    if (state.writing && !e.append_only && e.parent_field.empty() && state.registry->recent.fill(e, id, record, of_row)) {
        state.held.loaded(e, record, holder);
        state.held.find(e, id)->version = of_row;
        if (version) *version = of_row;
        return true;
    }
    {
        sql::Use use(tx, tx.select_text(e.type, "id = :id"));
        use->bind(1, id);
        if (!use->step()) {
            if (missing == Missing::answer) return false;
            throw Refused("kernel.not_found", "To use {} {}, choose one that exists.", e.title, id).with_status(404);
        }
        of_row = use->integer(1);
        Reading reading{state.books, state.books->currency};
        snapshot::read_fields(e, *use, record, reading);
    }
    snapshot::read_lines(tx, e, record);
    snapshot::remember(state, e, record, holder);
    if (version) *version = of_row;
    if (auto* held = state.writing ? state.held.find(e, id) : nullptr) held->version = of_row;
    return true;
}

bool Snapshot::load_record(std::type_index type, std::int64_t id, void* record, bool must_exist) const {
    const auto& e       = state_->kernel->entity_of(type);
    const auto  missing = must_exist ? records::Missing::refuse : records::Missing::answer;
    if (!e.has_extensions()) return records::load(*this, e, id, record, missing);
    const auto whole = e.make();
    if (!records::load(*this, e, id, whole.get(), missing, nullptr, record)) return false;
    e.assign_own(record, whole.get());
    return true;
}

void Snapshot::read_record(std::type_index type, Statement& s, void* record) const {
    const auto& e = state_->kernel->entity_of(type);
    Reading     reading{state_->books, state_->books->currency};
    e.id(record) = s.integer(0);
    int column   = 2;
    for (const auto& f : e.fields) {
        if (f.added_by.empty()) f.read(record, s, column, reading);
        ++column;
    }
}

void Snapshot::load_lines(std::type_index type, void* record) const {
    const auto& e = state_->kernel->entity_of(type);
    if (!e.has_extensions() || !state_->writing) {
        snapshot::read_lines(*this, e, record);
        return snapshot::remember(*state_, e, record, record);
    }
    const auto whole = e.make();
    records::load(*this, e, e.id(record), whole.get(), records::Missing::refuse, nullptr, record);
    e.assign_own(record, whole.get());
}

namespace snapshot {

std::size_t extension_of(const EntityDescription& e, std::type_index extension) {
    const auto it = std::ranges::find(e.extensions, extension, &ExtensionDescription::type);
    if (it == e.extensions.end()) throw std::logic_error(fmt::format("no extension of {} is declared with this type", e.name));
    return static_cast<std::size_t>(it - e.extensions.begin());
}

}  // namespace snapshot

void Snapshot::read_extension(std::type_index type, std::type_index extension, std::int64_t id, void* part) const {
    const auto& e     = state_->kernel->entity_of(type);
    const auto  i     = snapshot::extension_of(e, extension);
    const auto  whole = e.make();
    records::load(*this, e, id, whole.get(), records::Missing::refuse);
    e.extensions[i].assign(part, e.part(whole.get(), i));
}

const std::string& Snapshot::select_text(std::type_index type, std::string_view condition) const {
    // Texts live as long as their thread: the same question asked again costs a look-up and finds its statement.
    thread_local std::unordered_map<std::string, std::string> texts;
    thread_local std::string                                  key;
    const auto&                                               e = state_->kernel->entity_of(type);
    key.assign(e.select_sql).append("\n").append(condition);
    auto [it, fresh] = texts.try_emplace(key);
    if (fresh) {
        const bool bare = condition.empty() || condition.starts_with("ORDER BY");
        it->second      = e.select_sql + (bare ? " " : " WHERE ") + std::string(condition);
    }
    return it->second;
}

void Snapshot::read_balance(std::type_index type, void* row) const {
    const auto& b       = state_->kernel->balance_of(type);
    const auto  numbers = state_->writing ? state_->registry->balances.current(*state_->connection, b, row) : PendingBalances::written(*state_->connection, b, row);
    Reading     reading{state_->books, state_->books->currency};
    for (std::size_t i = 0; i < b.sums.size(); ++i) {
        OneValue number(numbers[i]);
        b.sums[i].read(row, number, 0, reading);
    }
}

bool Snapshot::newest_record(std::type_index type, void* record) const {
    const auto& e        = state_->kernel->entity_of(type);
    const bool  followed = state_->writing && e.append_only && e.lines.empty();
    if (followed && state_->registry->recent.newest(e, record)) return true;
    {
        sql::Use use(*this, select_text(type, "ORDER BY id DESC LIMIT 1"));
        if (!use->step()) return false;
        read_record(type, *use, record);
    }
    load_lines(type, record);
    if (followed) state_->registry->recent.remember_newest(e, record);
    return true;
}

void* Snapshot::find_service(std::type_index type) const { return state_->kernel->find_service(type); }
const void* Snapshot::find_contributions(std::type_index type, std::shared_ptr<void> (*make)()) const {
    // The kernel keeps the list for its lifetime; where nobody contributed, one empty list per type serves all.
    thread_local std::unordered_map<std::type_index, std::shared_ptr<void>> empty;
    auto list = state_->kernel->contributions(type, make);
    if (list.use_count() > 1) return list.get();
    auto& kept = empty[type];
    if (!kept) kept = std::move(list);
    return kept.get();
}

}  // namespace tessera
