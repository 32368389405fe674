// Several servers on one PostgreSQL: what each does the others see, and whatever breaks between them, nothing is lost and
// nothing is done twice. TESSERA_BREAKS=200 for the long run.
#include "buyers.h"
#include "proxy.h"

#include <doctest/doctest.h>

#include <random>
#include <set>
#include <sstream>

namespace faults {

namespace {

bool on_postgresql() { return ::getenv("TESSERA_TEST_POSTGRES") != nullptr; }

std::uint64_t breaks() {
    const char* given = ::getenv("TESSERA_BREAKS");
    return given ? std::stoull(given) : 12;
}

void ask_database(const Books& books, const std::string& sql) {
    const auto ended = whole::run({"psql", books.location(), "-qAtc", sql}, {.directory = books.folder()});
    REQUIRE_MESSAGE(ended.code == 0, ended.errors);
}

std::vector<Answer> at_once(int count, const std::function<Answer(int)>& ask_one) {
    std::vector<Answer>      answers(static_cast<std::size_t>(count));
    std::vector<std::thread> threads;
    for (int i = 0; i < count; ++i) threads.emplace_back([&, i] { answers[static_cast<std::size_t>(i)] = ask_one(i); });
    for (auto& thread : threads) thread.join();
    return answers;
}

// What the log tells of failures inside the program.
std::string failures_in(const std::string& log) {
    std::string        found, line;
    std::istringstream lines(log);
    while (std::getline(lines, line))
        if (line.find("\"status\":503") == std::string::npos) found += line + "\n";
    return found;
}

// Works while something breaks every now and then, and looks at everything in the end.
void work_through(const Books& books, const Server& server, std::uint64_t times, const std::function<void()>& break_something) {
    std::mt19937_64 random(20200302);
    Buyers          buyers(7);
    buyers.be_patient();
    buyers.work(server.port(), 8);
    for (std::uint64_t i = 0; i < times; ++i) {
        std::this_thread::sleep_for(std::chrono::milliseconds(60 + random() % 200));
        break_something();
    }
    buyers.wait_for(buyers.documents() + 20);
    buyers.stop();
    buyers.rest();
    buyers.repeat_unanswered(server);
    buyers.check(server);
    for (const auto& refusal : buyers.refusals()) FAIL_CHECK(refusal, "\n", failures_in(server.errors()));
    CHECK(buyers.documents() > 20);
    MESSAGE(buyers.documents(), " documents through ", times, " breaks");
    CHECK(books.verified() == "sound");
}

// What somebody who follows purchase orders at a server hears.
class OrderFollower {
public:
    explicit OrderFollower(const Server& server, const std::string& last_id = "") : client_(server.port()) {
        client_.follow("/api/changes?entity=purchasing.order" + (last_id.empty() ? "" : "&after=" + last_id));
        REQUIRE(hears("event: ready", std::chrono::seconds(10)));
    }
    bool hears(const std::string& text, std::chrono::milliseconds longest = std::chrono::seconds(2)) {
        const auto latest = std::chrono::steady_clock::now() + longest;
        while (heard_.find(text) == std::string::npos && std::chrono::steady_clock::now() < latest) heard_ += client_.more(std::chrono::milliseconds(20));
        return heard_.find(text) != std::string::npos;
    }
    bool hears_of(std::int64_t order) { return hears(R"({"entity":"purchasing.order","id":)" + std::to_string(order) + ","); }
    std::string last_id() const {
        const auto at = heard_.rfind("id: ") + 4;
        return heard_.substr(at, heard_.find('\n', at) - at);
    }

private:
    Client      client_;
    std::string heard_{};
};

std::int64_t make_order(const Server& server) {
    const auto answer = server.post("purchasing/orders", R"({"supplier":1,"date":"2020-03-02","lines":[{"product":1,"quantity":"1","price":"2.00"}]})");
    REQUIRE_MESSAGE(answer.good(), answer.body);
    return id_of(answer.body);
}

}  // namespace

TEST_SUITE_BEGIN("several servers" * doctest::skip(!on_postgresql()));

TEST_CASE("two servers: each sees at once what the other did, and numbers have no gap") {
    const Books books;
    Server      first(books), second(books);
    Buyers      buyers(1);
    buyers.work({first.port(), second.port()}, 8);
    buyers.wait_for(400);
    buyers.stop();
    buyers.rest();
    CHECK(buyers.refusals() == std::vector<std::string>{});
    buyers.check(first);
    // A product that one has used is changed through the other.
    const auto order = R"({"supplier":1,"date":"2020-03-02","lines":[{"product":2,"quantity":"1","price":"2.00"}]})";
    CHECK(part(first.post("purchasing/orders", order).body, {"lines", "0", "description"}) == "Product 2");
    const auto product = second.get("catalog/products/2");
    CHECK(ask(second.port(), {"PATCH", "/api/catalog/products/2", R"({"name":"Renamed","version":)" + std::to_string(part(product.body, {"version"}).as_int64()) + "}"}).good());
    CHECK(part(first.post("purchasing/orders", order).body, {"lines", "0", "description"}) == "Renamed");
    CHECK(first.stop() == 0);
    CHECK(second.stop() == 0);
    CHECK(books.verified() == "sound");
}

TEST_CASE("two servers: one is killed under load, the other goes on, nothing is lost or done twice") {
    const Books books;
    Server      stays(books);
    Buyers      buyers(2);
    for (int kill = 1; kill <= 4; ++kill) {
        CAPTURE(kill);
        Server dies(books);
        buyers.work({dies.port(), stays.port()}, 8);
        buyers.wait_for(buyers.documents() + 100);
        CHECK(dies.stop(SIGKILL) == 128 + SIGKILL);
        buyers.wait_for(buyers.documents() + 50);
        buyers.stop();
        buyers.rest();
        buyers.repeat_unanswered(stays);
        buyers.check(stays);
    }
    CHECK(buyers.refusals() == std::vector<std::string>{});
    CHECK(stays.stop() == 0);
    CHECK(books.verified() == "sound");
}

TEST_CASE("two servers: of sixty-four at once one approves, one receives, one invoices, one pays") {
    const Books  books;
    const Server first(books), second(books);
    const auto   one_of = [&](const std::string& what, const std::string& target, const std::string& body) {
        int good = 0;
        for (const auto& answer : at_once(64, [&](int i) { return (i % 2 ? first : second).post(target, body); })) {
            good += answer.good();
            CHECK_MESSAGE((answer.good() || (answer.status >= 400 && answer.status < 500)), what, answer.body);
        }
        CHECK_MESSAGE(good == 1, what);
    };
    REQUIRE(first.post("purchasing/orders", R"({"supplier":1,"date":"2020-03-02","lines":[{"product":1,"quantity":"1","price":"2.00"}]})").good());
    one_of("approve", "purchasing/orders/1/approve", "{}");
    one_of("receive", "purchasing/goods_receipts?transition=post", R"({"date":"2020-03-03","lines":[{"order_line":1,"quantity":"1"}]})");
    one_of("invoice", "purchasing/vendor_invoices?transition=post",
           R"({"supplier_number":"A-1","date":"2020-03-04","lines":[{"order_line":1,"quantity":"1","price":"2.00"}]})");
    one_of("pay", "financials/payments?transition=post", R"({"party":1,"date":"2020-03-05","lines":[{"item":1,"amount":"2.00"}]})");
    one_of("ship the last", "inventory/stock_movements?transition=post",
           R"({"kind":"issue","date":"2020-03-06","lines":[{"product":1,"location":"STOCK","quantity":"1"}]})");
    CHECK(books.verified() == "sound");
}

TEST_CASE("two servers: transfers by sixty-four at once, and every trial balance that is read sums to nothing") {
    const Books       books;
    const Server      first(books), second(books);
    std::atomic<bool> over = false;
    std::atomic<int>  read = 0, unequal = 0;
    std::thread       reader([&] {
        while (!over) {
            const auto answer = (read % 2 ? first : second).get("reports/financials.trial_balance?as_of=2020-12-31");
            if (!answer.good() || part(answer.body, {"totals", "closing"}) != "0.00") ++unequal;
            ++read;
        }
    });
    const auto answers = at_once(64, [&](int i) {
        Answer last;
        for (int n = 0; n < 5; ++n) {
            const auto amount = std::to_string(1 + (i * 7 + n) % 90) + ".00";
            const bool back   = (i + n) % 2;
            last = (i % 2 ? first : second)
                       .post("financials/manual_entries?transition=post",
                             R"({"date":"2020-03-02","memo":"Transfer","lines":[{"account":")" + std::string(back ? "6050" : "1010") + R"(","debit":")" + amount +
                                 R"("},{"account":")" + (back ? "1010" : "6050") + R"(","credit":")" + amount + R"("}]})");
            if (!last.good()) return last;
        }
        return last;
    });
    over = true;
    reader.join();
    for (const auto& answer : answers) CHECK_MESSAGE(answer.good(), answer.body);
    CHECK(unequal == 0);
    CHECK(read > 3);
    CHECK(books.verified() == "sound");
}

// Another program has the record, and waits for the turn as soon as the server waits for the record.
TEST_CASE("a deadlock with another program: the command that had to give way is done all the same") {
    const Books    books;
    const Server   server(books);
    const auto     party = server.get("directory/parties/1");
    whole::Program other({"psql", books.location(), "-qAtc", R"sql(
        SET deadlock_timeout = '1min';
        BEGIN;
        SELECT 'has it' FROM directory_party WHERE id = 1 FOR UPDATE;)sql", "-c", R"sql(
        DO $$ BEGIN LOOP
            PERFORM pg_stat_clear_snapshot();
            EXIT WHEN EXISTS (SELECT FROM pg_stat_activity WHERE datname = current_database() AND application_name = 'tessera' AND wait_event_type = 'Lock');
            PERFORM pg_sleep(0.002);
        END LOOP; PERFORM turn FROM tessera_turn FOR UPDATE; END $$)sql", "-c", "COMMIT"}, {.directory = books.folder()});
    CHECK(other.first_line() == "has it");
    const auto changed = ask(server.port(), {"PATCH", "/api/directory/parties/1", R"({"name":"Renamed","version":)" + std::to_string(part(party.body, {"version"}).as_int64()) + "}"});
    CHECK_MESSAGE(changed.good(), changed.body);
    CHECK_MESSAGE(other.wait() == 0, other.errors());
    CHECK(part(server.get("directory/parties/1").body, {"name"}) == "Renamed");
    CHECK(books.verified() == "sound");
}

TEST_CASE("two servers: who follows at one hears what the other wrote, and may go on at the other from where it was") {
    const Books   books;
    const Server  first(books), second(books);
    std::string   last_id;
    {
        OrderFollower follower(first);
        CHECK(follower.hears_of(make_order(second)));
        CHECK(follower.hears_of(make_order(first)));
        last_id = follower.last_id();
    }
    const auto    missed = make_order(first);
    OrderFollower follower(second, last_id);
    CHECK(follower.hears_of(missed));
    CHECK(follower.hears_of(make_order(first)));
}

TEST_CASE("two servers: one whose listening connection is ended follows again, and nobody is left with what is stale") {
    const Books   books;
    const Server  first(books), second(books);
    OrderFollower follower(first);
    CHECK(follower.hears_of(make_order(second)));
    for (int i = 0; i < 3; ++i) {
        ask_database(books, "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE query LIKE 'LISTEN%' AND datname = current_database()");
        const auto unheard = make_order(second);
        CHECK((follower.hears_of(unheard) || follower.hears("event: reset", std::chrono::seconds(3))));
        const auto latest = std::chrono::steady_clock::now() + std::chrono::seconds(10);
        while (!follower.hears_of(make_order(second))) REQUIRE(std::chrono::steady_clock::now() < latest);
    }
}

TEST_CASE("a database that ends its connections under load: each request is done once") {
    const Books  books;
    const Server server(books);
    work_through(books, server, breaks(), [&] {
        ask_database(books, "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE application_name = 'tessera' AND datname = current_database()");
    });
}

TEST_CASE("a network that cuts connections, or loses the answer to a commit: each request is done once") {
    const Books  books;
    Proxy        proxy(books.location());
    const Server server(books, {}, {"TESSERA_DATABASE=" + proxy.location()});
    bool         lose = false;
    work_through(books, server, breaks() * 2, [&] { (lose = !lose) ? proxy.lose_answers() : proxy.cut(); });
}

TEST_SUITE_END();

}  // namespace faults
