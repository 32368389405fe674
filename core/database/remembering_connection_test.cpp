#include "database/remembering_connection.h"
#include "database/scratch_database.h"

#include <doctest/doctest.h>

#include <random>

namespace tessera::database::remembering_test {

// Counts what is asked of the database.
class Counting final : public Connection {
public:
    explicit Counting(std::unique_ptr<Connection> beneath) : beneath_(std::move(beneath)) {}

    Statement& prepare(std::string_view sql) override {
        asked += sql.starts_with("SELECT");
        return beneath_->prepare(sql);
    }
    void                     release(Statement& statement) override { beneath_->release(statement); }
    void                     execute(std::string_view script) override { beneath_->execute(script); }
    void                     begin() override { beneath_->begin(); }
    void                     begin_snapshot() override { beneath_->begin_snapshot(); }
    void                     commit() override { beneath_->commit(); }
    void                     rollback() override { beneath_->rollback(); }
    bool                     in_transaction() const override { return beneath_->in_transaction(); }
    bool                     others_wrote() const override { return others; }
    std::int64_t             changes() const override { return beneath_->changes(); }
    void                     check_references() override { beneath_->check_references(); }
    void                     savepoint() override { beneath_->savepoint(); }
    void                     release_savepoint() override { beneath_->release_savepoint(); }
    void                     rollback_to_savepoint() override { beneath_->rollback_to_savepoint(); }
    void                     limit(std::chrono::steady_clock::time_point, const std::atomic<bool>*) override {}
    std::vector<std::string> create(const TableDefinition& table, bool execute) override { return beneath_->create(table, execute); }
    void                     define(std::string_view statement) override { beneath_->define(statement); }
    void                     unprotect(std::string_view table) override { beneath_->unprotect(table); }
    bool                     has_table(std::string_view table) override { return beneath_->has_table(table); }
    std::string              stored_name(std::string_view table) override { return beneath_->stored_name(table); }
    std::vector<std::string> tables() override { return beneath_->tables(); }
    std::vector<std::string> views() override { return beneath_->views(); }
    TableDefinition          stored(std::string_view table) override { return beneath_->stored(table); }
    void                     make_word_index() override { beneath_->make_word_index(); }
    void                     put_words(std::int64_t document, const DocumentWords& words) override { beneath_->put_words(document, words); }
    void                     forget_words(std::int64_t document) override { beneath_->forget_words(document); }
    void                     compact_words() override { beneath_->compact_words(); }
    WordSearch               word_search(const WordQuery& query) override { return beneath_->word_search(query); }

    int  asked  = 0;
    bool others = false;

private:
    std::unique_ptr<Connection> beneath_;
};

struct Warehouse : ScratchDatabase {
    Warehouse() {
        connection.define("CREATE TABLE product (id BIGINT PRIMARY KEY, name TEXT NOT NULL, weight DOUBLE PRECISION)");
        connection.define("CREATE TABLE place (id BIGINT PRIMARY KEY, product BIGINT NOT NULL, quantity BIGINT)");
        connection.define("CREATE VIEW heavy AS SELECT id, name FROM product WHERE weight > 10");
        in_turn([&] { run("INSERT INTO product (id, name, weight) VALUES (1, 'bolt', 0.25), (2, 'anvil', 40.5), (3, 'nut', NULL)"); });
        in_turn([&] { run("INSERT INTO place (id, product, quantity) VALUES (1, 1, 100), (2, 1, NULL), (3, 2, 7)"); });
    }
    void in_turn(const std::function<void()>& work) {
        connection.begin();
        work();
        connection.commit();
    }
    void run(std::string_view sql) {
        auto& statement = connection.prepare(sql);
        while (statement.step()) {}
        connection.release(statement);
    }
    std::string name(std::int64_t id) {
        auto& find = connection.prepare("SELECT name FROM product WHERE id = :id");
        find.bind(1, id);
        const std::string found{find.step() ? find.text(0) : "none"};
        connection.release(find);
        return found;
    }
    int asked_by(const std::function<void()>& work) {
        const int before = beneath->asked;
        work();
        return beneath->asked - before;
    }

    Counting*             beneath = new Counting(engine->connect(Access::write));
    RememberingConnection connection{std::unique_ptr<Connection>(beneath)};
};

TEST_CASE("remembered answers: what was asked before is not asked again, in this transaction or a later one") {
    Warehouse w;
    w.in_turn([&] {
        CHECK(w.asked_by([&] { CHECK(w.name(1) == "bolt"); }) == 1);
        CHECK(w.asked_by([&] { CHECK(w.name(1) == "bolt"); }) == 0);
        CHECK(w.asked_by([&] { CHECK(w.name(2) == "anvil"); }) == 1);
        CHECK(w.asked_by([&] { CHECK(w.name(9) == "none"); }) == 1);
    });
    w.in_turn([&] { CHECK(w.asked_by([&] { CHECK(w.name(1) + w.name(2) + w.name(9) == "boltanvilnone"); }) == 0); });
}

TEST_CASE("remembered answers: a change of a table is seen at once, that of another table costs nothing") {
    Warehouse w;
    w.in_turn([&] {
        w.name(1);
        w.run("UPDATE place SET quantity = 5 WHERE id = 1");
        CHECK(w.asked_by([&] { CHECK(w.name(1) == "bolt"); }) == 0);
        w.run("UPDATE product SET name = 'screw' WHERE id = 1");
        CHECK(w.name(1) == "screw");
        w.run("DELETE FROM place WHERE id = 3");                                   // what goes with it is not in the text
        CHECK(w.asked_by([&] { CHECK(w.name(1) == "screw"); }) == 1);
    });
}

TEST_CASE("remembered answers: what is undone was never answered") {
    Warehouse w;
    w.connection.begin();
    w.run("UPDATE product SET name = 'screw' WHERE id = 1");
    CHECK(w.name(1) == "screw");
    w.connection.rollback();
    w.in_turn([&] {
        CHECK(w.name(1) == "bolt");
        w.connection.savepoint();
        w.run("UPDATE product SET name = 'rivet' WHERE id = 1");
        CHECK(w.name(1) == "rivet");
        w.connection.rollback_to_savepoint();
        CHECK(w.name(1) == "bolt");
    });
}

TEST_CASE("remembered answers: nothing is believed after others have written, after the schema changed, and of a view") {
    Warehouse  w;
    const auto heavy = [&] {
        auto&       list = w.connection.prepare("SELECT name FROM heavy ORDER BY id");
        std::string all;
        while (list.step()) all += list.text(0);
        return all;
    };
    w.in_turn([&] { w.name(1); });
    w.beneath->others = true;
    w.in_turn([&] { CHECK(w.asked_by([&] { w.name(1); }) == 1); });
    w.beneath->others = false;
    w.in_turn([&] {
        CHECK(heavy() == "anvil");
        w.run("UPDATE product SET weight = 11 WHERE id = 3");
        CHECK(heavy() == "anvilnut");
    });
    w.connection.define("CREATE TABLE later (id BIGINT PRIMARY KEY)");
    w.in_turn([&] { CHECK(w.asked_by([&] { w.name(1); }) == 1); });
}

TEST_CASE("remembered answers: whoever looked at one row only does not hide the others") {
    Warehouse  w;
    const auto text = "SELECT quantity, id FROM place WHERE product = :product ORDER BY id";
    w.in_turn([&] {
        for (int time = 0; time < 2; ++time) {
            auto& first = w.connection.prepare(text);
            first.bind(1, std::int64_t{1});
            REQUIRE(first.step());
            CHECK(first.integer(0) == 100);
            w.connection.release(first);
        }
        for (int time = 0; time < 2; ++time) {
            auto& all = w.connection.prepare(text);
            all.bind(1, std::int64_t{1});
            REQUIRE(all.step());
            CHECK(all.integer(1) == 1);
            REQUIRE(all.step());
            CHECK(all.is_null(0));
            CHECK(all.integer(1) == 2);
            CHECK_FALSE(all.step());
        }
    });
}

TEST_CASE("remembered answers: a loop over an answer goes on while its table is written") {
    Warehouse w;
    w.in_turn([&] {
        const auto text = "SELECT id, name FROM product ORDER BY id";
        for (auto& list = w.connection.prepare(text); list.step();) {}
        std::string names;
        for (auto& list = w.connection.prepare(text); list.step();) {
            names += list.text(1);
            w.run("UPDATE product SET name = 'x' WHERE id = 3");
        }
        CHECK(names == "boltanvilnut");
        CHECK(w.name(3) == "x");
    });
}

// What a row says in every way in which it can be asked.
std::string all_of(Statement& row) {
    std::string said;
    for (int column = 0; column < row.column_count(); ++column)
        said += fmt::format("{}{} {} {} {};", row.is_null(column), row.is_text(column), row.integer(column), row.real(column), row.is_null(column) ? "" : row.text(column));
    return said;
}

TEST_CASE("remembered answers: random work sees exactly what it sees without them") {
    const std::vector<std::string> questions{
        "SELECT name, weight FROM product WHERE id = :id",
        "SELECT p.name, l.quantity FROM product p LEFT JOIN place l ON l.product = p.id WHERE p.id >= :id ORDER BY p.id, l.id",
        "SELECT count(*), sum(quantity), max(name) FROM place, product WHERE place.id > :id",
        "SELECT name FROM heavy WHERE id <> :id ORDER BY name",
        "SELECT id, quantity FROM place WHERE product IN (SELECT id FROM product WHERE weight IS NULL) OR id = :id ORDER BY id",
    };
    const std::vector<std::string> changes{
        "INSERT INTO place (id, product, quantity) SELECT max(id) + 1, :id, max(id) * 10 FROM place",
        "UPDATE product SET name = name || 'a', weight = coalesce(weight, 0) + 1 WHERE id = :id",
        "UPDATE place SET quantity = NULL WHERE id = :id",
        "DELETE FROM place WHERE id = :id AND id > 5",
        "INSERT INTO product (id, name) VALUES (:id, 'new') ON CONFLICT (id) DO UPDATE SET weight = NULL",
    };
    for (unsigned seed = 1; seed <= 20; ++seed) {
        CAPTURE(seed);
        Warehouse        w, plain;
        std::mt19937     random(seed);
        const auto       any  = [&](std::size_t n) { return static_cast<std::size_t>(random() % n); };
        const auto       both = [&](const auto& work) {
            const auto one = work(static_cast<Connection&>(w.connection)), other = work(*plain.beneath);
            CHECK(one == other);
        };
        bool open = false, saved = false;
        for (int step = 0; step < 400; ++step) {
            const auto dice = any(20);
            const auto id   = static_cast<std::int64_t>(1 + any(6));
            if (!open) {
                both([&](Connection& c) { return c.begin(), 0; });
                open  = true;
                saved = false;
            } else if (dice == 0) {
                const bool kept = any(2) == 0;
                both([&](Connection& c) { return kept ? c.commit() : c.rollback(), 0; });
                open = false;
            } else if (dice == 1) {
                const bool kept = any(2) == 0;
                both([&](Connection& c) {
                    if (!saved) c.savepoint();
                    else kept ? c.release_savepoint() : c.rollback_to_savepoint();
                    return 0;
                });
                saved = !saved;
            } else {
                const auto& text  = dice < 7 ? changes[any(changes.size())] : questions[any(questions.size())];
                const auto  limit = any(3) == 0 ? 1 : 1000;
                both([&](Connection& c) {
                    std::string said;
                    auto&       statement = c.prepare(text);
                    statement.bind(1, id);
                    for (int row = 0; row < limit && statement.step(); ++row) said += all_of(statement);
                    c.release(statement);
                    return said;
                });
            }
        }
        if (open) both([&](Connection& c) { return c.rollback(), 0; });
        CHECK(w.beneath->asked < plain.beneath->asked);
    }
}

}  // namespace tessera::database::remembering_test
