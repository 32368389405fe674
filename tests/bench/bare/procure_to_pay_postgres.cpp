// The ceiling on PostgreSQL: the cycle of procure_to_pay.cpp, the same tables, indexes and statements, written directly
// against libpq. A connection and a thread for each client, every statement prepared once; a document is one transaction
// that is sent in one go, BEGIN to COMMIT, and then answered: one round trip. Ids are counted in the program, numbers in a
// row of `series` for each kind, so that who takes the next one waits for the commit.
// LOCATION SECONDS CLIENTS… prints "procure_to_pay <clients> <cycles per second>" for each. The database is emptied first.

#include <libpq-fe.h>

#include <endian.h>

#include <array>
#include <atomic>
#include <chrono>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <memory>
#include <stdexcept>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

namespace {

using Clock = std::chrono::steady_clock;

struct Clear {
    void operator()(PGresult* result) const { PQclear(result); }
};
using Result = std::unique_ptr<PGresult, Clear>;

class Parameter {
public:
    Parameter(std::int64_t v) : length_(sizeof number_), format_(1) {
        const auto turned = htobe64(static_cast<std::uint64_t>(v));
        std::memcpy(number_.data(), &turned, sizeof turned);
    }
    Parameter(const char* v) : text_(v) {}
    Parameter(const std::string& v) : text_(v.c_str()) {}
    const char* bytes() const { return text_ ? text_ : number_.data(); }
    int         length() const { return length_; }
    int         format() const { return format_; }

private:
    std::array<char, 8> number_{};
    const char*         text_   = nullptr;
    int                 length_ = 0, format_ = 0;
};

class Connection {
public:
    explicit Connection(const std::string& location) : connection_(PQconnectdb(location.c_str())) {
        if (PQstatus(connection_) != CONNECTION_OK) throw std::runtime_error(PQerrorMessage(connection_));
        run("SET synchronous_commit = on; SET plan_cache_mode = force_generic_plan; SET enable_seqscan = off; SET jit = off; SET client_min_messages = error");
    }
    ~Connection() { PQfinish(connection_); }
    Connection(const Connection&)            = delete;
    Connection& operator=(const Connection&) = delete;

    void run(const std::string& script) { check(Result(PQexec(connection_, script.c_str()))); }
    const char* prepare(const char* sql) {
        names_.push_back(std::make_unique<std::string>("s" + std::to_string(names_.size())));
        const char* name = names_.back()->c_str();
        check(Result(PQprepare(connection_, name, sql, 0, nullptr)));
        return name;
    }
    void begin_pipeline() { PQenterPipelineMode(connection_); }
    template <class... V>
    void send(const char* statement, const V&... v) {
        constexpr int                             count = sizeof...(V);
        const std::array<Parameter, sizeof...(V)> parameters{Parameter(v)...};
        std::array<const char*, sizeof...(V)>     values{};
        std::array<int, sizeof...(V)>             lengths{}, formats{};
        for (std::size_t i = 0; i < parameters.size(); ++i) {
            values[i]  = parameters[i].bytes();
            lengths[i] = parameters[i].length();
            formats[i] = parameters[i].format();
        }
        if (!PQsendQueryPrepared(connection_, statement, count, values.data(), lengths.data(), formats.data(), 1)) throw std::runtime_error(PQerrorMessage(connection_));
    }
    // All answers; false when what was sent has to be sent again.
    bool answered() {
        if (!PQpipelineSync(connection_)) throw std::runtime_error(PQerrorMessage(connection_));
        bool again = false, failed = false;
        std::string message;
        while (true) {
            const Result result(PQgetResult(connection_));
            if (!result) {
                if (PQstatus(connection_) == CONNECTION_BAD) throw std::runtime_error(PQerrorMessage(connection_));
                continue;
            }
            const auto status = PQresultStatus(result.get());
            if (status == PGRES_PIPELINE_SYNC) break;
            if (status != PGRES_FATAL_ERROR) continue;
            const std::string_view state = PQresultErrorField(result.get(), PG_DIAG_SQLSTATE);
            again   = state == "40P01" || state == "40001";
            failed  = true;
            message = PQresultErrorMessage(result.get());
        }
        if (failed && !again) throw std::runtime_error(message);
        return !again;
    }

private:
    void check(const Result& result) {
        const auto status = PQresultStatus(result.get());
        if (status != PGRES_COMMAND_OK && status != PGRES_TUPLES_OK) throw std::runtime_error(PQerrorMessage(connection_));
    }

    PGconn*                                   connection_;
    std::vector<std::unique_ptr<std::string>> names_;
};

constexpr const char* schema = R"sql(
CREATE TABLE supplier (id bigint PRIMARY KEY, name text NOT NULL);
CREATE TABLE product (id bigint PRIMARY KEY, name text NOT NULL);
CREATE TABLE series (id bigint PRIMARY KEY, last bigint NOT NULL);
CREATE TABLE purchase_order (id bigint PRIMARY KEY, number text NOT NULL UNIQUE, supplier bigint NOT NULL REFERENCES supplier, date text NOT NULL, total bigint NOT NULL, state text NOT NULL);
CREATE INDEX order_supplier ON purchase_order (supplier);
CREATE TABLE order_line (id bigint PRIMARY KEY, document bigint NOT NULL REFERENCES purchase_order, product bigint NOT NULL REFERENCES product, quantity bigint NOT NULL, price bigint NOT NULL, received bigint NOT NULL, invoiced bigint NOT NULL);
CREATE INDEX order_line_document ON order_line (document);
CREATE INDEX order_line_product ON order_line (product);
CREATE TABLE receipt (id bigint PRIMARY KEY, number text NOT NULL UNIQUE, purchase_order bigint NOT NULL REFERENCES purchase_order, date text NOT NULL, state text NOT NULL);
CREATE INDEX receipt_order ON receipt (purchase_order);
CREATE TABLE receipt_line (id bigint PRIMARY KEY, document bigint NOT NULL REFERENCES receipt, order_line bigint NOT NULL REFERENCES order_line, quantity bigint NOT NULL);
CREATE INDEX receipt_line_document ON receipt_line (document);
CREATE INDEX receipt_line_order ON receipt_line (order_line);
CREATE TABLE stock_entry (id bigint PRIMARY KEY, product bigint NOT NULL REFERENCES product, date text NOT NULL, quantity bigint NOT NULL, source bigint NOT NULL);
CREATE INDEX stock_entry_product ON stock_entry (product, date);
CREATE TABLE value_entry (id bigint PRIMARY KEY, stock_entry bigint NOT NULL REFERENCES stock_entry, amount bigint NOT NULL, date text NOT NULL);
CREATE INDEX value_entry_entry ON value_entry (stock_entry);
CREATE TABLE stock_balance (product bigint PRIMARY KEY, quantity bigint NOT NULL, value bigint NOT NULL);
CREATE TABLE invoice (id bigint PRIMARY KEY, number text NOT NULL UNIQUE, supplier bigint NOT NULL REFERENCES supplier, reference text NOT NULL, date text NOT NULL, total bigint NOT NULL, state text NOT NULL);
CREATE UNIQUE INDEX invoice_reference ON invoice (supplier, reference);
CREATE TABLE invoice_line (id bigint PRIMARY KEY, document bigint NOT NULL REFERENCES invoice, order_line bigint NOT NULL REFERENCES order_line, quantity bigint NOT NULL, price bigint NOT NULL);
CREATE INDEX invoice_line_document ON invoice_line (document);
CREATE INDEX invoice_line_order ON invoice_line (order_line);
CREATE TABLE match (id bigint PRIMARY KEY, invoice_line bigint NOT NULL REFERENCES invoice_line, receipt_line bigint NOT NULL REFERENCES receipt_line, quantity bigint NOT NULL);
CREATE INDEX match_line ON match (invoice_line);
CREATE INDEX match_receipt ON match (receipt_line);
CREATE TABLE account (id bigint PRIMARY KEY, code text NOT NULL);
CREATE TABLE journal_entry (id bigint PRIMARY KEY, number text NOT NULL UNIQUE, date text NOT NULL, memo text NOT NULL, source bigint NOT NULL);
CREATE INDEX journal_entry_date ON journal_entry (date);
CREATE INDEX journal_entry_source ON journal_entry (source);
CREATE TABLE journal_line (id bigint PRIMARY KEY, entry bigint NOT NULL REFERENCES journal_entry, account bigint NOT NULL REFERENCES account, date text NOT NULL, amount bigint NOT NULL);
CREATE INDEX journal_line_entry ON journal_line (entry);
CREATE INDEX journal_line_account ON journal_line (account, date);
CREATE TABLE balance (account bigint NOT NULL, period text NOT NULL, debit bigint NOT NULL, credit bigint NOT NULL, PRIMARY KEY (account, period));
CREATE TABLE open_item (id bigint PRIMARY KEY, supplier bigint NOT NULL REFERENCES supplier, amount bigint NOT NULL, open bigint NOT NULL, due text NOT NULL);
CREATE INDEX open_item_supplier ON open_item (supplier);
CREATE TABLE payment (id bigint PRIMARY KEY, number text NOT NULL UNIQUE, supplier bigint NOT NULL REFERENCES supplier, date text NOT NULL, amount bigint NOT NULL);
CREATE INDEX payment_supplier ON payment (supplier);
CREATE TABLE settlement (id bigint PRIMARY KEY, item bigint NOT NULL REFERENCES open_item, payment bigint NOT NULL REFERENCES payment, amount bigint NOT NULL);
CREATE INDEX settlement_item ON settlement (item);
CREATE INDEX settlement_payment ON settlement (payment);
CREATE TABLE audit (id bigint PRIMARY KEY, at bigint NOT NULL, "user" text NOT NULL, command text NOT NULL, changes text NOT NULL);
CREATE TABLE outbox (id bigint PRIMARY KEY, event text NOT NULL, payload text NOT NULL);
INSERT INTO supplier SELECT n, 'Supplier' FROM generate_series(1, 100) n;
INSERT INTO product SELECT n, 'Product' FROM generate_series(1, 1000) n;
INSERT INTO account SELECT n, '1000' FROM generate_series(1, 500) n;
)sql";

// Products are locked in rising order, balances after the series of the journal: no two documents wait for each other.
class Cycles {
public:
    Cycles(const std::string& location, std::atomic<std::int64_t>& ids) : d_(location), ids_(ids) { d_.begin_pipeline(); }

    void one(std::int64_t n) {
        const std::int64_t supplier = 1 + n % 100, product = 1 + n * 3 % 997;
        std::int64_t       order = 0, item = 0, lines[3], receipts[2][3];
        document("order", n, [&] {
            number(1);
            d_.send(order_, order = next(), name("PO", n), supplier, day, 12500, "approved");
            for (auto& line : lines) d_.send(order_line_, line = next(), order, product + (&line - lines), 10, 417, 0, 0);
        });
        for (int r = 0; r < 2; ++r)
            document("receipt", n, [&] {
                number(2);
                const auto receipt = next();
                d_.send(receipt_, receipt, name("GR", n * 2 + r), order, day, "posted");
                for (int i = 0; i < 3; ++i) {
                    const auto entry = next();
                    d_.send(receipt_line_, receipts[r][i] = next(), receipt, lines[i], 5);
                    d_.send(stock_entry_, entry, product + i, day, 5, receipt);
                    d_.send(value_entry_, next(), entry, 2085, day);
                    d_.send(stock_balance_, product + i, 5, 2085);
                    d_.send(received_, 5, lines[i]);
                }
                journal(receipt, n * 4 + r, {{1, 6255}, {2, -6255}});
                d_.send(order_state_, r ? "received" : "part_received", order);
            });
        document("invoice", n, [&] {
            number(3);
            const auto invoice = next();
            d_.send(invoice_, invoice, name("VI", n), supplier, name("S", n), day, 12510, "posted");
            for (int i = 0; i < 3; ++i) {
                const auto line = next();
                d_.send(invoice_line_, line, invoice, lines[i], 10, 417);
                for (auto& receipt : receipts) d_.send(match_, next(), line, receipt[i], 5);
                d_.send(invoiced_, 10, lines[i]);
            }
            journal(invoice, n * 4 + 2, {{2, 12510}, {4, 1000}, {3, -13510}});
            d_.send(open_item_, item = next(), supplier, 13510, 13510, day);
        });
        document("payment", n, [&] {
            number(4);
            const auto payment = next();
            d_.send(payment_, payment, name("PY", n), supplier, day, 13510);
            d_.send(settlement_, next(), item, payment, 13510);
            d_.send(settle_, 13510, item);
            journal(payment, n * 4 + 3, {{3, 13510}, {5, -13510}});
        });
    }

private:
    struct Side { int account; std::int64_t amount; };

    template <class Work>
    void document(const char* what, std::int64_t n, const Work& work) {
        while (true) {
            d_.send(begin_);
            work();
            d_.send(audit_, next(), n, "administrator", what, "[{\"entity\":\"purchase_order\",\"id\":1,\"did\":\"insert\",\"after\":{\"supplier\":1,\"date\":\"2026-01-01\",\"total\":\"125.00\"}}]");
            d_.send(outbox_, next(), what, "{\"id\":1}");
            d_.send(commit_);
            if (d_.answered()) return;
            d_.send(rollback_);
            d_.answered();
        }
    }
    std::int64_t next() { return ++ids_; }
    void number(int series) { d_.send(series_, series); }
    static std::string name(const char* series, std::int64_t n) { return std::string(series) + "-2026-" + std::to_string(n); }
    void journal(std::int64_t source, std::int64_t n, std::initializer_list<Side> sides) {
        number(5);
        const auto entry = next();
        d_.send(entry_, entry, name("JE", n), day, "posted", source);
        for (const auto& side : sides) {
            d_.send(line_, next(), entry, side.account, day, side.amount);
            d_.send(balance_, side.account, "2026-01", side.amount > 0 ? side.amount : 0, side.amount < 0 ? -side.amount : 0);
        }
    }

    static constexpr const char* day = "2026-01-15";
    Connection                   d_;
    std::atomic<std::int64_t>&   ids_;
    const char *begin_ = d_.prepare("BEGIN"), *commit_ = d_.prepare("COMMIT"), *rollback_ = d_.prepare("ROLLBACK"),
        *series_ = d_.prepare("INSERT INTO series VALUES ($1, 1) ON CONFLICT (id) DO UPDATE SET last = series.last + 1"),
        *order_ = d_.prepare("INSERT INTO purchase_order VALUES ($1,$2,$3,$4,$5,$6)"), *order_line_ = d_.prepare("INSERT INTO order_line VALUES ($1,$2,$3,$4,$5,$6,$7)"),
        *order_state_ = d_.prepare("UPDATE purchase_order SET state = $1 WHERE id = $2"), *received_ = d_.prepare("UPDATE order_line SET received = received + $1 WHERE id = $2"),
        *invoiced_ = d_.prepare("UPDATE order_line SET invoiced = invoiced + $1 WHERE id = $2"), *receipt_ = d_.prepare("INSERT INTO receipt VALUES ($1,$2,$3,$4,$5)"),
        *receipt_line_ = d_.prepare("INSERT INTO receipt_line VALUES ($1,$2,$3,$4)"), *stock_entry_ = d_.prepare("INSERT INTO stock_entry VALUES ($1,$2,$3,$4,$5)"),
        *value_entry_ = d_.prepare("INSERT INTO value_entry VALUES ($1,$2,$3,$4)"),
        *stock_balance_ = d_.prepare("INSERT INTO stock_balance VALUES ($1,$2,$3) ON CONFLICT (product) DO UPDATE SET quantity = stock_balance.quantity + excluded.quantity, value = stock_balance.value + excluded.value"),
        *invoice_ = d_.prepare("INSERT INTO invoice VALUES ($1,$2,$3,$4,$5,$6,$7)"), *invoice_line_ = d_.prepare("INSERT INTO invoice_line VALUES ($1,$2,$3,$4,$5)"),
        *match_ = d_.prepare("INSERT INTO match VALUES ($1,$2,$3,$4)"), *entry_ = d_.prepare("INSERT INTO journal_entry VALUES ($1,$2,$3,$4,$5)"),
        *line_ = d_.prepare("INSERT INTO journal_line VALUES ($1,$2,$3,$4,$5)"),
        *balance_ = d_.prepare("INSERT INTO balance VALUES ($1,$2,$3,$4) ON CONFLICT (account, period) DO UPDATE SET debit = balance.debit + excluded.debit, credit = balance.credit + excluded.credit"),
        *open_item_ = d_.prepare("INSERT INTO open_item VALUES ($1,$2,$3,$4,$5)"), *settle_ = d_.prepare("UPDATE open_item SET open = open - $1 WHERE id = $2"),
        *payment_ = d_.prepare("INSERT INTO payment VALUES ($1,$2,$3,$4,$5)"), *settlement_ = d_.prepare("INSERT INTO settlement VALUES ($1,$2,$3,$4)"),
        *audit_ = d_.prepare("INSERT INTO audit VALUES ($1,$2,$3,$4,$5)"), *outbox_ = d_.prepare("INSERT INTO outbox VALUES ($1,$2,$3)");
};

double procure_to_pay(const std::string& location, int clients, double seconds) {
    {
        Connection fresh(location);
        fresh.run("DROP SCHEMA public CASCADE; CREATE SCHEMA public");
        fresh.run(schema);
        fresh.run("ANALYZE");
        fresh.run("CHECKPOINT");
    }
    std::atomic<std::int64_t>            ids{1000}, next{0};
    std::atomic<bool>                    over{false};
    std::vector<std::unique_ptr<Cycles>> cycles;
    for (int c = 0; c < clients; ++c) cycles.push_back(std::make_unique<Cycles>(location, ids));
    std::vector<std::thread> threads;
    const auto               start = Clock::now();
    for (auto& own : cycles)
        threads.emplace_back([&] {
            try {
                while (!over) own->one(++next);
            } catch (const std::exception& e) {
                std::fprintf(stderr, "%s\n", e.what());
                std::exit(1);
            }
        });
    std::this_thread::sleep_for(std::chrono::duration<double>(seconds));
    over = true;
    for (auto& thread : threads) thread.join();
    return static_cast<double>(next) / std::chrono::duration<double>(Clock::now() - start).count();
}

}  // namespace

int main(int count, char** words) {
    if (count < 4) {
        std::fprintf(stderr, "tessera_bench_postgres LOCATION SECONDS CLIENTS…\n");
        return 2;
    }
    try {
        for (int i = 3; i < count; ++i) {
            std::printf("procure_to_pay %s %.1f\n", words[i], procure_to_pay(words[1], std::atoi(words[i]), std::atof(words[2])));
            std::fflush(stdout);
        }
    } catch (const std::exception& e) {
        std::fprintf(stderr, "%s\n", e.what());
        return 1;
    }
}
