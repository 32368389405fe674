// What is no database, or not one for us, is refused with one sentence, and nothing is changed in it.
#include "proxy.h"
#include "served_books.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <atomic>
#include <thread>

namespace faults {

namespace {

const std::string server() { return ::getenv("TESSERA_TEST_POSTGRES"); }

std::string ask(const std::string& location, const std::string& sql) {
    const auto ended = whole::run({"psql", location, "-qAtc", sql}, {});
    REQUIRE_MESSAGE(ended.code == 0, ended.errors);
    return ended.output;
}

// What the program says, in one line, when it is to do this with that database.
std::string refusal(const std::string& location, std::vector<std::string> words = {"report", "financials.trial_balance"}) {
    words.insert(words.begin(), whole::tessera());
    const whole::Scratch folder;
    const auto           ended = whole::run(std::move(words), {.directory = folder.path(), .environment = {"TESSERA_DATABASE=" + location}});
    CHECK(ended.code == 1);
    CHECK(ended.output == "");
    CHECK(std::ranges::count(ended.errors, '\n') == 1);
    return ended.errors;
}

bool says(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

}  // namespace

TEST_SUITE_BEGIN("several servers" * doctest::skip(::getenv("TESSERA_TEST_POSTGRES") == nullptr));

TEST_CASE("opening: a location that is none, a server that is not there, a database or a role that does not exist") {
    CHECK(says(refusal("postgresql://[::1/books"), "write postgresql://USER@HOST:PORT/DATABASE"));
    CHECK(says(refusal("postgresql://127.0.0.1:port/books"), "invalid integer value \"port\""));
    CHECK(says(refusal("postgresql://127.0.0.1:1/books"), "see that its server runs and lets you in"));
    CHECK(says(refusal(server() + "/no_such_database"), "database \"no_such_database\" does not exist"));
    auto other = server() + "/postgres";
    other.replace(other.find("tessera@"), 8, "nobody:secret@");
    const auto sentence = refusal(other);
    CHECK(says(sentence, "role \"nobody\" does not exist"));
    CHECK_FALSE(says(sentence, "secret"));
}

TEST_CASE("opening: an empty database, and one of something else") {
    const whole::Scratch             folder;
    const tessera::testing::Database database(folder.path(), "opening");
    CHECK(says(refusal(database.location()), "make it first with: tessera init --database " + database.location()));
    ask(database.location(), "CREATE TABLE theirs (a int); INSERT INTO theirs VALUES (1)");
    for (const auto& words : {std::vector<std::string>{"report", "financials.trial_balance"}, {"init", "--name", "Acme"}, {"demo"}, {"migrate"}}) {
        CAPTURE(words.front());
        CHECK(says(refusal(database.location(), words), "holds something else"));
    }
    CHECK(ask(database.location(), "SELECT a FROM theirs") == "1\n");
    CHECK(ask(database.location(), "SELECT count(*) FROM pg_tables WHERE schemaname = 'public'") == "1\n");
}

TEST_CASE("opening: a company that is refused leaves the database as empty as it was") {
    const whole::Scratch             folder;
    const tessera::testing::Database database(folder.path(), "opening");
    CHECK(says(refusal(database.location(), {"init", "--name", "Acme", "--chart", "no such chart"}), "chart"));
    CHECK(ask(database.location(), "SELECT count(*) FROM pg_tables WHERE schemaname = 'public'") == "0\n");
}

TEST_CASE("opening: books that another makes at the same time are not taken away") {
    const whole::Scratch             folder;
    const tessera::testing::Database database(folder.path(), "opening");
    std::vector<std::thread>         threads;
    std::atomic<int>                 made = 0;
    for (int i = 0; i < 6; ++i)
        threads.emplace_back([&, i] {
            const auto ended = whole::run({whole::tessera(), "init", "--name", "Acme " + std::to_string(i), "--database", database.location()}, {});
            made += ended.code == 0;
        });
    for (auto& thread : threads) thread.join();
    CHECK(made == 1);
    CHECK(whole::run({whole::tessera(), "verify", "--database", database.location()}, {}).code == 0);
}

TEST_CASE("opening: a newer schema is left to the newer program") {
    const Books books;
    ask(books.location(), "UPDATE kernel_setting SET value = '9999' WHERE name = 'schema_number'");
    CHECK(says(refusal(books.location()), "use a newer Tessera"));
    CHECK(says(refusal(books.location(), {"migrate"}), "use a newer Tessera"));
}

TEST_CASE("opening: a role without rights to write reads, and is told when it is to change something") {
    const Books books;
    auto        reader = books.location();
    ask(books.location(), "DO $$ BEGIN CREATE ROLE tessera_reads LOGIN; EXCEPTION WHEN duplicate_object THEN NULL; END $$; "
                          "GRANT SELECT ON ALL TABLES IN SCHEMA public TO tessera_reads");
    reader.replace(reader.find("tessera@"), 8, "tessera_reads@");
    CHECK(whole::run({whole::tessera(), "report", "financials.trial_balance", "--database", reader}, {}).code == 0);
    const auto sentence = refusal(reader, {"purchasing", "order", "create", "--set", "supplier=1"});
    CHECK_MESSAGE(says(sentence, "give its role the right"), sentence);
}

TEST_CASE("running: the role that runs a server needs no right to change the schema") {
    const Books books;
    ask(books.location(), "DO $$ BEGIN CREATE ROLE tessera_runs LOGIN; EXCEPTION WHEN duplicate_object THEN NULL; END $$; "
                          "GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO tessera_runs; "
                          "GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO tessera_runs");
    auto running = books.location();
    running.replace(running.find("tessera@"), 8, "tessera_runs@");
    Server serving(books, {}, {"TESSERA_DATABASE=" + running});
    make_one_of_everything(serving);
    CHECK(serving.stop() == 0);
    CHECK(books.verified() == "sound");
}

TEST_CASE("running: a field of the operator's own is added by who owns the tables, and by nobody else") {
    const Books books;
    ask(books.location(), "DO $$ BEGIN CREATE ROLE tessera_runs LOGIN; EXCEPTION WHEN duplicate_object THEN NULL; END $$; "
                          "GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO tessera_runs; "
                          "GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO tessera_runs");
    auto running = books.location();
    running.replace(running.find("tessera@"), 8, "tessera_runs@");
    const std::vector<std::string> create{"fields", "custom_field", "create", "--set", "entity=directory.party", "--set", "name=colour", "--set", "kind=text"};
    CHECK_MESSAGE(says(refusal(running, create), "let it be done by who owns the table"), "");
    const auto run = [&](std::vector<std::string> words, const std::string& database) {
        words.insert(words.begin(), whole::tessera());
        words.insert(words.end(), {"--database", database});
        return whole::run(std::move(words), {});
    };
    CHECK(run(create, books.location()).code == 0);
    CHECK(run({"directory", "party", "create", "--set", "name=Before"}, running).code == 0);      // goes on without the column
    CHECK(run({"migrate"}, books.location()).code == 0);
    CHECK(run({"directory", "party", "create", "--set", "name=Ann", "--set", "custom_colour=red"}, running).code == 0);
    CHECK(says(run({"directory", "party", "show", "Ann"}, running).output, "red"));
}

TEST_CASE("running: a server whose database is gone says so, and goes on when it is back") {
    const Books books;
    auto        proxy = std::make_unique<Proxy>(books.location());
    const auto  at    = proxy->location();
    Server      serving(books, {}, {"TESSERA_DATABASE=" + at});
    CHECK(serving.get("directory/parties").status == 200);
    proxy->refuse(true);
    const auto order  = R"({"supplier":1,"date":"2020-03-02","lines":[{"product":1,"quantity":"1","price":"2.00"}]})";
    const auto absent = serving.post("purchasing/orders", order);
    CHECK(absent.status == 503);
    CHECK(says(absent.body, "see that its server runs"));
    CHECK(serving.get("directory/parties").status == 503);
    proxy->refuse(false);
    CHECK(serving.post("purchasing/orders", order).good());
    CHECK(serving.get("directory/parties").status == 200);
    CHECK(serving.stop() == 0);
}

TEST_SUITE_END();

}  // namespace faults
