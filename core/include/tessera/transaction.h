#pragma once
// Snapshot and Transaction are the one parameter that carries everything a handler may touch. A Snapshot reads: records
// by metadata, sets by SQL, services, the user, the day. A Transaction is a Snapshot that also writes; it lives inside
// one command, and everything done through it becomes true together at the commit or not at all.
//
//     const auto order = tx.load(receipt.order);                              // Refused "kernel.not_found"
//     const auto open  = tx.rows<OpenLine>("SELECT … WHERE supplier = :supplier", supplier);
//     for (const auto& line : tx.select<OrderLine>("document = :order ORDER BY id", order.id)) …
//     const auto total = tx.value<Money>("SELECT sum(amount) FROM … WHERE account = :account", account);
//     tx.insert(entry);  order.state = State::received;  tx.save(order);
//     tx.publish(GoodsReceived{…});
//
// Values are bound in the order in which their :names first appear in the SQL. Rows land in a plain struct, columns in
// the order of its members (a std::optional member takes NULL). Both classes belong to one thread; neither outlives its command.

#include <tessera/actor.h>
#include <tessera/entity.h>

#include <boost/pfr/core.hpp>

#include <any>
#include <memory>
#include <tuple>

namespace tessera {

class Kernel;
class Snapshot;
namespace database { class Connection; }

namespace sql {
// A statement in use: given back to the connection's cache at the end, also when an exception passes. Asked of a
// snapshot, it sees what its command has inserted and saved.
class TESSERA_API Use {
public:
    Use(const Snapshot& snapshot, std::string_view text);
    Use(database::Connection& connection, std::string_view text);
    ~Use();
    Use(const Use&)            = delete;
    Use& operator=(const Use&) = delete;
    Statement* operator->() const { return statement_; }
    Statement& operator*() const { return *statement_; }
    void       expect_parameters(int count, std::string_view text) const;
    void       expect_columns(int count, std::string_view text) const;

private:
    database::Connection* connection_;
    Statement*            statement_;
};

template <class V>
void bind_one(Statement& s, int& i, const V& value) {
    if constexpr (FieldType<V>) FieldTraits<V>::bind(s, ++i, value);
    else if constexpr (std::same_as<V, Bytes>) s.bind_blob(++i, value.bytes);
    else if constexpr (std::convertible_to<V, std::string_view>) s.bind(++i, std::string_view(value));
    else if constexpr (std::floating_point<V>) s.bind(++i, static_cast<double>(value));
    else static_assert(FieldType<V>, "a value bound to SQL must be a field type");
}
template <class... V>
void bind_all(const Use& use, std::string_view text, const V&... value) {
    use.expect_parameters(sizeof...(V), text);
    [[maybe_unused]] int i = 0;
    (bind_one(*use, i, value), ...);
}
template <class V>
void read_one(Statement& s, int column, V& value, Reading& reading) {
    if constexpr (std::floating_point<V>) value = s.real(column);
    else FieldTraits<V>::read(s, column, value, reading);
}
template <class Row>
constexpr int column_count() {
    if constexpr (FieldType<Row> || std::floating_point<Row>) return 1;
    else return static_cast<int>(boost::pfr::tuple_size_v<Row>);
}
template <class Row>
void read_row(Statement& s, Row& row, const Books& books) {
    Reading reading{&books, books.currency};
    if constexpr (FieldType<Row> || std::floating_point<Row>) {
        read_one(s, 0, row, reading);
    } else {
        int column = 0;
        boost::pfr::for_each_field(row, [&](auto& member) { read_one(s, column++, member, reading); });
    }
}

// See Snapshot::without.
class TESSERA_API LeftOut {
public:
    LeftOut(const Snapshot& snapshot, std::type_index type, std::int64_t id);
    ~LeftOut();
    LeftOut(const LeftOut&)            = delete;
    LeftOut& operator=(const LeftOut&) = delete;

private:
    const Snapshot& snapshot_;
};
}  // namespace sql

class TESSERA_API Snapshot {
public:
    virtual ~Snapshot();
    Snapshot(const Snapshot&)            = delete;
    Snapshot& operator=(const Snapshot&) = delete;

    // ---- records by metadata
    template <class T>
    T load(Id<T> id) const {
        T record;
        load_record(typeid(T), id.value, &record, true);
        return record;
    }
    template <class T>
    std::optional<T> find(Id<T> id) const {
        std::optional<T> record(std::in_place);
        if (!id || !load_record(typeid(T), id.value, &*record, false)) record.reset();
        return record;
    }
    // Records that satisfy a condition, which may end with ORDER BY and LIMIT. Lines are loaded too.
    template <class T, class... V>
    std::vector<T> select(std::string_view condition, const V&... value) const {
        std::vector<T> found;
        const auto&    text = select_text(typeid(T), condition);
        sql::Use       use(*this, text);
        sql::bind_all(use, text, value...);
        while (use->step()) read_record(typeid(T), *use, &found.emplace_back());
        for (auto& record : found) load_lines(typeid(T), &record);
        return found;
    }
    template <class T, class... V>
    std::optional<T> first(std::string_view condition, const V&... value) const {
        std::optional<T> found;
        const auto&      text = select_text(typeid(T), condition);
        sql::Use         use(*this, text);
        sql::bind_all(use, text, value...);
        if (use->step()) read_record(typeid(T), *use, &found.emplace());
        if (found) load_lines(typeid(T), &*found);
        return found;
    }

    // ---- sets by SQL
    template <class Row, class... V>
    std::vector<Row> rows(std::string_view text, const V&... value) const {
        std::vector<Row> result;
        each<Row>(text, [&](Row& row) { result.push_back(std::move(row)); }, value...);
        return result;
    }
    // Calls `visit(row)` for each row as it is read: memory stays flat whatever the size.
    template <class Row, class Visit, class... V>
    void each(std::string_view text, Visit&& visit, const V&... value) const {
        sql::Use use(*this, text);
        use.expect_columns(sql::column_count<Row>(), text);
        sql::bind_all(use, text, value...);
        while (use->step()) {
            Row row{};
            sql::read_row(*use, row, books());
            visit(row);
        }
    }
    template <class Row, class... V>
    std::optional<Row> row(std::string_view text, const V&... value) const {
        sql::Use use(*this, text);
        use.expect_columns(sql::column_count<Row>(), text);
        sql::bind_all(use, text, value...);
        std::optional<Row> result;
        if (use->step()) sql::read_row(*use, result.emplace(), books());
        return result;
    }
    // The first column of the first row; nothing when there is no row or it is NULL.
    template <class Value, class... V>
    std::optional<Value> value(std::string_view text, const V&... v) const {
        sql::Use use(*this, text);
        use.expect_columns(1, text);
        sql::bind_all(use, text, v...);
        if (!use->step() || use->is_null(0)) return std::nullopt;
        std::optional<Value> result(std::in_place);
        sql::read_row(*use, *result, books());
        return result;
    }

    // What this module's extension says of a record (extension.h).
    template <class X, class T>
    X extension(Id<T> id) const {
        X part;
        read_extension(typeid(T), typeid(X), id.value, &part);
        return part;
    }

    // The sums of a declared balance by its keys, zero where there are none, with what this command has added. A command
    // that asks for those of thousands of keys is answered from memory, as long as only tx.add() changes them.
    template <class Balance>
    Balance balance(Balance keys) const {
        read_balance(typeid(Balance), &keys);
        return keys;
    }
    // The entry of a ledger that was added last: where the next one builds on it. Nothing while the ledger is empty.
    template <class T>
    std::optional<T> newest() const {
        std::optional<T> found(std::in_place);
        if (!newest_record(typeid(T), &*found)) found.reset();
        return found;
    }

    // Asks about the others of a record's kind, while the record itself is still being worked on: what the command has
    // not written of it yet is not written for these questions, which leave it out by its id.
    //     tx.without(invoice, [&] { return tx.value<Id<Invoice>>("SELECT id FROM … WHERE total = :total AND id <> :id", …); })
    template <class T, class Ask>
    auto without(const T& record, Ask&& ask) const {
        const sql::LeftOut left_out(*this, typeid(T), record.id.value);
        return ask();
    }

    // ---- surroundings
    template <class Service>
    Service& service() const { return *static_cast<Service*>(find_service(typeid(Service))); }
    template <class Contribution>
    const std::vector<Contribution>& contributions() const {
        return *static_cast<const std::vector<Contribution>*>(find_contributions(typeid(std::vector<Contribution>), [] {
            return std::shared_ptr<void>(std::make_shared<std::vector<Contribution>>());
        }));
    }
    const Books&  books() const;
    const Actor&  user() const;
    std::int64_t  company() const { return user().company; }
    Date          today() const;                 // the business day of the command
    Instant       now() const;                   // one moment for the whole command, strictly later than any before it
    Kernel&       kernel() const;
    // The label by which people know a record: the value of its entity's display field.
    std::string   label_of(std::string_view entity, std::int64_t id) const;
    template <class T>
    std::string   label_of(Id<T> id) const { return label_of(entity_name(typeid(T)), id.value); }
    template <class T>
    Source        source_of(const T& record, std::int64_t line = 0) const { return {std::string(entity_name(typeid(T))), record.id.value, line}; }
    std::string_view entity_name(std::type_index type) const;

    struct State;
    State& state() const { return *state_; }     // the kernel's own

    // ---- the kernel's own: the same verbs on records whose type is known by its description only
    database::Connection& connection() const;
    bool               load_record(std::type_index type, std::int64_t id, void* record, bool must_exist) const;
    void               read_record(std::type_index type, Statement& statement, void* record) const;
    void               load_lines(std::type_index type, void* record) const;
    const std::string& select_text(std::type_index type, std::string_view condition) const;
    void               read_balance(std::type_index type, void* row) const;
    bool               newest_record(std::type_index type, void* record) const;
    void               read_extension(std::type_index type, std::type_index extension, std::int64_t id, void* part) const;
    void*              find_service(std::type_index type) const;
    const void*        find_contributions(std::type_index type, std::shared_ptr<void> (*make)()) const;


protected:
    explicit Snapshot(std::unique_ptr<State> state);
    std::unique_ptr<State> state_;
    friend class SnapshotMaker;
};

// What a command inserts and saves is kept by the Transaction and written once: at the end of the command, or as soon as
// SQL names its table. So a document that is created, completed and posted in one command costs one row, and one entry
// in its history. What the database itself refuses (a second record with the same unique field, a reference to nothing)
// is thrown then; write_out() brings it forward.
//
// A command works on the whole books: what rules hide from its user is not left out of its questions, as it is of a Snapshot's. Before
// what it read goes where others see it (a file, a letter), ask tx.user().permissions->narrowing(). Handlers of `after` and jobs run as
// the system, whoever published.
class TESSERA_API Transaction : public Snapshot {
public:
    // Inserts the record and its lines; sets their ids and returns the record's.
    template <class T>
    Id<T> insert(T& record) {
        insert_record(typeid(T), &record);
        return record.id;
    }
    template <class T>
    Id<T> insert(T&& record) requires(!std::is_lvalue_reference_v<T>) {
        insert_record(typeid(T), &record);
        return record.id;
    }
    // Writes the record and its lines: new lines (without id) are inserted, missing ones deleted. Only what the caller
    // changed is written: where a handler it called has saved the same record meanwhile, the handler's changes stay and
    // are taken over into `record`. When both changed the same field, or the handler changed which lines there are, that
    // is a mistake of ours: std::logic_error.
    template <class T>
    void save(T& record) { save_record(typeid(T), &record); }
    template <class T>
    void remove(Id<T> id) { remove_record(typeid(T), id.value); }
    // Changes what this module's extension says of a record, which is saved and validated with it.
    template <class X, class T>
    void save_extension(Id<T> id, const X& part) { write_extension(typeid(T), typeid(X), id.value, &part); }
    // Writes now what is kept until now.
    void write_out();
    // Adds to a balance declared by kernel.balance<Balance>().
    template <class Balance>
    void add(const Balance& change) { add_to_balance(typeid(Balance), &change); }

    // Runs SQL that changes this module's own tables (balances kept beside entries).
    template <class... V>
    void execute(std::string_view text, const V&... value) {
        sql::Use use(*this, text);
        sql::bind_all(use, text, value...);
        while (use->step()) {}
    }

    // Tells the others, now, in this transaction: every `on` handler runs before publish() returns and may refuse; every
    // `after` handler gets it from the outbox once this has been committed.
    template <class Event>
    void publish(const Event& event) { publish_event(typeid(Event), &event); }

    // The next number of a series in the year of `date`: "PO-2026-00007". Gapless: a command that fails gives it back.
    std::string number(std::string_view series, Date date);

    // Runs once at the end of the command, before it is committed: where a module asserts the invariants of the ledgers
    // the command touched. The same key twice runs once.
    void before_commit(std::string key, std::function<void(Transaction&)> check);
    // One object of this type for the length of the command, made when first asked for: where a service adds up what its
    // ledger and another's must agree on, for before_commit to compare.
    template <class T>
    T& scratch() {
        auto& slot = scratch_slot(typeid(T));
        if (!slot) slot = std::make_shared<T>();
        return *static_cast<T*>(slot.get());
    }
    // Why this is done, for the audit trail.
    void               because(std::string reason);
    const std::string& reason() const;
    // Runs a declared transition of a record, as a user would, with all its checks.
    template <class T>
    void transition(Id<T> id, std::string_view name) { run_transition(typeid(T), id.value, name); }

    // ---- the kernel's own
    void insert_record(std::type_index type, void* record);
    void save_record(std::type_index type, void* record);
    void remove_record(std::type_index type, std::int64_t id);
    void write_extension(std::type_index type, std::type_index extension, std::int64_t id, const void* part);
    void add_to_balance(std::type_index type, const void* row);
    void publish_event(std::type_index type, const void* event);
    void run_transition(std::type_index type, std::int64_t id, std::string_view name);
    std::shared_ptr<void>& scratch_slot(std::type_index type);

protected:
    using Snapshot::Snapshot;
    friend class SnapshotMaker;
};

}  // namespace tessera
