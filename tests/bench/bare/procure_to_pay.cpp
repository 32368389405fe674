// The ceiling: one procure-to-pay cycle written directly against SQLite, as lean as it can be and still keep what a
// ledger must keep. Five documents: an order of three lines, two partial receipts, the invoice, the payment; stock
// entries, journal lines, kept balances, gapless numbers, one audit row per document. About 80 prepared statements.
// DIRECTORY SECONDS DOCUMENTS… prints "procure_to_pay <documents per commit> <cycles per second>" for each; without
// DOCUMENTS "bulk_lines 0 <journal lines per second>".

#include <sqlite3.h>

#include <chrono>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <stdexcept>
#include <string>
#include <vector>

namespace {

using Clock = std::chrono::steady_clock;

void check(int code, sqlite3* db) {
    if (code != SQLITE_OK && code != SQLITE_DONE && code != SQLITE_ROW) throw std::runtime_error(sqlite3_errmsg(db));
}

class Database {
public:
    explicit Database(const std::string& file) {
        check(sqlite3_open(file.c_str(), &db_), db_);
        run("PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; PRAGMA wal_autocheckpoint=4000; PRAGMA temp_store=MEMORY; PRAGMA cache_size=-65536");
    }
    ~Database() {
        for (auto* s : statements_) sqlite3_finalize(s);
        sqlite3_close(db_);
    }
    void run(const char* sql) { check(sqlite3_exec(db_, sql, nullptr, nullptr, nullptr), db_); }
    sqlite3_stmt* prepare(const char* sql) {
        sqlite3_stmt* s = nullptr;
        check(sqlite3_prepare_v3(db_, sql, -1, SQLITE_PREPARE_PERSISTENT, &s, nullptr), db_);
        return statements_.emplace_back(s);
    }
    sqlite3* db_ = nullptr;

private:
    std::vector<sqlite3_stmt*> statements_;
};

void bind(sqlite3_stmt* s, int i, std::int64_t v) { sqlite3_bind_int64(s, i, v); }
void bind(sqlite3_stmt* s, int i, int v) { sqlite3_bind_int64(s, i, v); }
void bind(sqlite3_stmt* s, int i, const char* v) { sqlite3_bind_text(s, i, v, -1, SQLITE_STATIC); }
void bind(sqlite3_stmt* s, int i, const std::string& v) { sqlite3_bind_text(s, i, v.data(), static_cast<int>(v.size()), SQLITE_TRANSIENT); }

template <class... V>
void execute(Database& d, sqlite3_stmt* s, const V&... v) {
    int i = 0;
    (bind(s, ++i, v), ...);
    check(sqlite3_step(s), d.db_);
    sqlite3_reset(s);
}

constexpr const char* schema = R"sql(
CREATE TABLE supplier (id INTEGER PRIMARY KEY, name TEXT NOT NULL) STRICT;
CREATE TABLE product (id INTEGER PRIMARY KEY, name TEXT NOT NULL) STRICT;
CREATE TABLE series (id INTEGER PRIMARY KEY, last INTEGER NOT NULL) STRICT;
CREATE TABLE purchase_order (id INTEGER PRIMARY KEY, number TEXT NOT NULL UNIQUE, supplier INTEGER NOT NULL REFERENCES supplier, date TEXT NOT NULL, total INTEGER NOT NULL, state TEXT NOT NULL) STRICT;
CREATE INDEX order_supplier ON purchase_order (supplier);
CREATE TABLE order_line (id INTEGER PRIMARY KEY, document INTEGER NOT NULL REFERENCES purchase_order, product INTEGER NOT NULL REFERENCES product, quantity INTEGER NOT NULL, price INTEGER NOT NULL, received INTEGER NOT NULL, invoiced INTEGER NOT NULL) STRICT;
CREATE INDEX order_line_document ON order_line (document);
CREATE INDEX order_line_product ON order_line (product);
CREATE TABLE receipt (id INTEGER PRIMARY KEY, number TEXT NOT NULL UNIQUE, purchase_order INTEGER NOT NULL REFERENCES purchase_order, date TEXT NOT NULL, state TEXT NOT NULL) STRICT;
CREATE INDEX receipt_order ON receipt (purchase_order);
CREATE TABLE receipt_line (id INTEGER PRIMARY KEY, document INTEGER NOT NULL REFERENCES receipt, order_line INTEGER NOT NULL REFERENCES order_line, quantity INTEGER NOT NULL) STRICT;
CREATE INDEX receipt_line_document ON receipt_line (document);
CREATE INDEX receipt_line_order ON receipt_line (order_line);
CREATE TABLE stock_entry (id INTEGER PRIMARY KEY, product INTEGER NOT NULL REFERENCES product, date TEXT NOT NULL, quantity INTEGER NOT NULL, source INTEGER NOT NULL) STRICT;
CREATE INDEX stock_entry_product ON stock_entry (product, date);
CREATE TABLE value_entry (id INTEGER PRIMARY KEY, stock_entry INTEGER NOT NULL REFERENCES stock_entry, amount INTEGER NOT NULL, date TEXT NOT NULL) STRICT;
CREATE INDEX value_entry_entry ON value_entry (stock_entry);
CREATE TABLE stock_balance (product INTEGER PRIMARY KEY, quantity INTEGER NOT NULL, value INTEGER NOT NULL) STRICT;
CREATE TABLE invoice (id INTEGER PRIMARY KEY, number TEXT NOT NULL UNIQUE, supplier INTEGER NOT NULL REFERENCES supplier, reference TEXT NOT NULL, date TEXT NOT NULL, total INTEGER NOT NULL, state TEXT NOT NULL) STRICT;
CREATE UNIQUE INDEX invoice_reference ON invoice (supplier, reference);
CREATE TABLE invoice_line (id INTEGER PRIMARY KEY, document INTEGER NOT NULL REFERENCES invoice, order_line INTEGER NOT NULL REFERENCES order_line, quantity INTEGER NOT NULL, price INTEGER NOT NULL) STRICT;
CREATE INDEX invoice_line_document ON invoice_line (document);
CREATE INDEX invoice_line_order ON invoice_line (order_line);
CREATE TABLE match (id INTEGER PRIMARY KEY, invoice_line INTEGER NOT NULL REFERENCES invoice_line, receipt_line INTEGER NOT NULL REFERENCES receipt_line, quantity INTEGER NOT NULL) STRICT;
CREATE INDEX match_line ON match (invoice_line);
CREATE INDEX match_receipt ON match (receipt_line);
CREATE TABLE account (id INTEGER PRIMARY KEY, code TEXT NOT NULL) STRICT;
CREATE TABLE journal_entry (id INTEGER PRIMARY KEY, number TEXT NOT NULL UNIQUE, date TEXT NOT NULL, memo TEXT NOT NULL, source INTEGER NOT NULL) STRICT;
CREATE INDEX journal_entry_date ON journal_entry (date);
CREATE INDEX journal_entry_source ON journal_entry (source);
CREATE TABLE journal_line (id INTEGER PRIMARY KEY, entry INTEGER NOT NULL REFERENCES journal_entry, account INTEGER NOT NULL REFERENCES account, date TEXT NOT NULL, amount INTEGER NOT NULL) STRICT;
CREATE INDEX journal_line_entry ON journal_line (entry);
CREATE INDEX journal_line_account ON journal_line (account, date);
CREATE TABLE balance (account INTEGER NOT NULL, period TEXT NOT NULL, debit INTEGER NOT NULL, credit INTEGER NOT NULL, PRIMARY KEY (account, period)) STRICT, WITHOUT ROWID;
CREATE TABLE open_item (id INTEGER PRIMARY KEY, supplier INTEGER NOT NULL REFERENCES supplier, amount INTEGER NOT NULL, open INTEGER NOT NULL, due TEXT NOT NULL) STRICT;
CREATE INDEX open_item_supplier ON open_item (supplier);
CREATE TABLE payment (id INTEGER PRIMARY KEY, number TEXT NOT NULL UNIQUE, supplier INTEGER NOT NULL REFERENCES supplier, date TEXT NOT NULL, amount INTEGER NOT NULL) STRICT;
CREATE INDEX payment_supplier ON payment (supplier);
CREATE TABLE settlement (id INTEGER PRIMARY KEY, item INTEGER NOT NULL REFERENCES open_item, payment INTEGER NOT NULL REFERENCES payment, amount INTEGER NOT NULL) STRICT;
CREATE INDEX settlement_item ON settlement (item);
CREATE INDEX settlement_payment ON settlement (payment);
CREATE TABLE audit (id INTEGER PRIMARY KEY, at INTEGER NOT NULL, user TEXT NOT NULL, command TEXT NOT NULL, changes TEXT NOT NULL) STRICT;
CREATE TABLE outbox (id INTEGER PRIMARY KEY, event TEXT NOT NULL, payload TEXT NOT NULL) STRICT;
)sql";

class Cycles {
public:
    Cycles(Database& d, int documents_per_commit) : d_(d), per_commit_(documents_per_commit) {}

    void one(std::int64_t n) {
        const std::int64_t supplier = 1 + n % 100, product = 1 + n * 3 % 997;
        std::int64_t       lines[3], receipts[2][3];
        begin();
        number(1);
        execute(d_, order_, ++id_, name("PO", n), supplier, day, 12500, "approved");
        const auto order = id_;
        for (auto& line : lines) execute(d_, order_line_, line = ++id_, order, product + (&line - lines), 10, 417, 0, 0);
        end("order", n);
        for (int r = 0; r < 2; ++r) {
            begin();
            number(2);
            execute(d_, receipt_, ++id_, name("GR", n * 2 + r), order, day, "posted");
            const auto receipt = id_;
            for (int i = 0; i < 3; ++i) {
                execute(d_, receipt_line_, receipts[r][i] = ++id_, receipt, lines[i], 5);
                execute(d_, stock_entry_, ++id_, product + i, day, 5, receipt);
                const auto entry = id_;
                execute(d_, value_entry_, ++id_, entry, 2085, day);
                execute(d_, stock_balance_, product + i, 5, 2085);
                execute(d_, received_, 5, lines[i]);
            }
            journal(receipt, n * 4 + r, {{1, 6255}, {2, -6255}});
            execute(d_, order_state_, r ? "received" : "part_received", order);
            end("receipt", n);
        }
        begin();
        number(3);
        execute(d_, invoice_, ++id_, name("VI", n), supplier, name("S", n), day, 12510, "posted");
        const auto invoice = id_;
        for (int i = 0; i < 3; ++i) {
            execute(d_, invoice_line_, ++id_, invoice, lines[i], 10, 417);
            const auto line = id_;
            for (auto& receipt : receipts) execute(d_, match_, ++id_, line, receipt[i], 5);
            execute(d_, invoiced_, 10, lines[i]);
        }
        journal(invoice, n * 4 + 2, {{2, 12510}, {4, 1000}, {3, -13510}});
        execute(d_, open_item_, ++id_, supplier, 13510, 13510, day);
        const auto item = id_;
        end("invoice", n);
        begin();
        number(4);
        execute(d_, payment_, ++id_, name("PY", n), supplier, day, 13510);
        const auto payment = id_;
        execute(d_, settlement_, ++id_, item, payment, 13510);
        execute(d_, settle_, 13510, item);
        journal(payment, n * 4 + 3, {{3, 13510}, {5, -13510}});
        end("payment", n);
    }
    void finish() {
        if (open_) d_.run("COMMIT");
        open_ = 0;
    }

private:
    struct Side { int account; std::int64_t amount; };

    void begin() {
        if (open_ == 0) execute(d_, begin_);
    }
    void end(const char* what, std::int64_t n) {
        execute(d_, audit_, ++id_, n, "administrator", what, "[{\"entity\":\"purchase_order\",\"id\":1,\"did\":\"insert\",\"after\":{\"supplier\":1,\"date\":\"2026-01-01\",\"total\":\"125.00\"}}]");
        execute(d_, outbox_, ++id_, what, "{\"id\":1}");
        if (++open_ == per_commit_) {
            execute(d_, commit_);
            open_ = 0;
        }
    }
    void number(int series) { execute(d_, series_, series); }
    static std::string name(const char* series, std::int64_t n) { return std::string(series) + "-2026-" + std::to_string(n); }
    void journal(std::int64_t source, std::int64_t n, std::initializer_list<Side> sides) {
        number(5);
        execute(d_, entry_, ++id_, name("JE", n), day, "posted", source);
        const auto entry = id_;
        for (const auto& side : sides) {
            execute(d_, line_, ++id_, entry, side.account, day, side.amount);
            execute(d_, balance_, side.account, "2026-01", side.amount > 0 ? side.amount : 0, side.amount < 0 ? -side.amount : 0);
        }
    }

    static constexpr const char* day = "2026-01-15";
    Database&     d_;
    int           per_commit_, open_ = 0;
    std::int64_t  id_ = 1000;
    sqlite3_stmt *begin_ = d_.prepare("BEGIN IMMEDIATE"), *commit_ = d_.prepare("COMMIT"),
        *series_ = d_.prepare("INSERT INTO series VALUES (?, 1) ON CONFLICT (id) DO UPDATE SET last = last + 1"),
        *order_ = d_.prepare("INSERT INTO purchase_order VALUES (?,?,?,?,?,?)"), *order_line_ = d_.prepare("INSERT INTO order_line VALUES (?,?,?,?,?,?,?)"),
        *order_state_ = d_.prepare("UPDATE purchase_order SET state = ? WHERE id = ?"), *received_ = d_.prepare("UPDATE order_line SET received = received + ? WHERE id = ?"),
        *invoiced_ = d_.prepare("UPDATE order_line SET invoiced = invoiced + ? WHERE id = ?"), *receipt_ = d_.prepare("INSERT INTO receipt VALUES (?,?,?,?,?)"),
        *receipt_line_ = d_.prepare("INSERT INTO receipt_line VALUES (?,?,?,?)"), *stock_entry_ = d_.prepare("INSERT INTO stock_entry VALUES (?,?,?,?,?)"),
        *value_entry_ = d_.prepare("INSERT INTO value_entry VALUES (?,?,?,?)"),
        *stock_balance_ = d_.prepare("INSERT INTO stock_balance VALUES (?,?,?) ON CONFLICT (product) DO UPDATE SET quantity = quantity + excluded.quantity, value = value + excluded.value"),
        *invoice_ = d_.prepare("INSERT INTO invoice VALUES (?,?,?,?,?,?,?)"), *invoice_line_ = d_.prepare("INSERT INTO invoice_line VALUES (?,?,?,?,?)"),
        *match_ = d_.prepare("INSERT INTO match VALUES (?,?,?,?)"), *entry_ = d_.prepare("INSERT INTO journal_entry VALUES (?,?,?,?,?)"),
        *line_ = d_.prepare("INSERT INTO journal_line VALUES (?,?,?,?,?)"),
        *balance_ = d_.prepare("INSERT INTO balance VALUES (?,?,?,?) ON CONFLICT (account, period) DO UPDATE SET debit = debit + excluded.debit, credit = credit + excluded.credit"),
        *open_item_ = d_.prepare("INSERT INTO open_item VALUES (?,?,?,?,?)"), *settle_ = d_.prepare("UPDATE open_item SET open = open - ? WHERE id = ?"),
        *payment_ = d_.prepare("INSERT INTO payment VALUES (?,?,?,?,?)"), *settlement_ = d_.prepare("INSERT INTO settlement VALUES (?,?,?,?)"),
        *audit_ = d_.prepare("INSERT INTO audit VALUES (?,?,?,?,?)"), *outbox_ = d_.prepare("INSERT INTO outbox VALUES (?,?,?)");
};

void fresh(const std::string& file) {
    for (const char* suffix : {"", "-wal", "-shm"}) std::remove((file + suffix).c_str());
}

void seed(Database& d) {
    d.run(schema);
    d.run("BEGIN");
    auto* supplier = d.prepare("INSERT INTO supplier VALUES (?, 'Supplier')");
    auto* product  = d.prepare("INSERT INTO product VALUES (?, 'Product')");
    auto* account  = d.prepare("INSERT INTO account VALUES (?, '1000')");
    for (int i = 1; i <= 100; ++i) execute(d, supplier, i);
    for (int i = 1; i <= 1000; ++i) execute(d, product, i);
    for (int i = 1; i <= 500; ++i) execute(d, account, i);
    d.run("COMMIT");
}

double procure_to_pay(const std::string& file, int documents_per_commit, double seconds) {
    fresh(file);
    Database d(file);
    seed(d);
    Cycles       cycles(d, documents_per_commit);
    std::int64_t n     = 0;
    const auto   start = Clock::now();
    double       spent = 0;
    while (spent < seconds) {
        cycles.one(++n);
        spent = std::chrono::duration<double>(Clock::now() - start).count();
    }
    cycles.finish();
    return static_cast<double>(n) / std::chrono::duration<double>(Clock::now() - start).count();
}

// Entries of four lines, a thousand entries to a commit.
double bulk_lines(const std::string& file, std::int64_t lines) {
    fresh(file);
    Database d(file);
    seed(d);
    auto* entry  = d.prepare("INSERT INTO journal_entry VALUES (?,?,?,?,?)");
    auto* line   = d.prepare("INSERT INTO journal_line VALUES (?,?,?,?,?)");
    const auto start = Clock::now();
    for (std::int64_t i = 0; i < lines / 4; ++i) {
        if (i % 1000 == 0) d.run(i ? "COMMIT; BEGIN" : "BEGIN");
        execute(d, entry, i + 1, "JE-2026-" + std::to_string(i), "2026-01-15", "bulk", i);
        for (int k = 0; k < 4; ++k) execute(d, line, i * 4 + k + 1, i + 1, 1 + (i * 7 + k) % 500, "2026-01-15", k % 2 ? -100 : 100);
    }
    d.run("COMMIT");
    return static_cast<double>(lines) / std::chrono::duration<double>(Clock::now() - start).count();
}

}  // namespace

int main(int count, char** words) {
    const std::string directory = count > 1 ? words[1] : "/tmp";
    const double      seconds   = count > 2 ? std::atof(words[2]) : 3.0;
    const std::string file      = directory + "/bare.sqlite";
    for (int i = 3; i < count; ++i) std::printf("procure_to_pay %s %.1f\n", words[i], procure_to_pay(file, std::atoi(words[i]), seconds));
    if (count <= 3) std::printf("bulk_lines 0 %.0f\n", bulk_lines(file, 400'000));
    fresh(file);
}
