#include "database/slow_disk.h"
#include "database/writer_pieces.h"

#include <doctest/doctest.h>

#include <signal.h>
#include <sys/resource.h>

#include <latch>
#include <map>
#include <set>

namespace tessera::database::writer_test {

// Holds the writer up, with the disk busy, until it is let go: what is submitted meanwhile forms one group.
struct Gathering : Parties {
    Gathering() {
        writer.submit({.run = [](Connection&) {}, .done = {}});
        disk.wait_for_sync(1);
        writer.submit({.run =
                           [this](Connection&) {
                               entered.count_down();
                               opened.wait();
                           },
                       .done = {}});
        entered.wait();
    }
    ~Gathering() { disk.let_through(1'000'000); }
    void run() {
        opened.count_down();
        while (writer.counters().waiting != 0) std::this_thread::yield();
        disk.let_through(1'000'000);
    }
    std::uint64_t commits() const { return writer.counters().commits - 1; }  // without the first, which keeps the disk busy

    SlowDisk   disk{*engine};
    Writer     writer{disk};
    std::latch entered{1}, opened{1};
};

TEST_CASE("writer: what is answered is durable, and many share one commit") {
    Parties                  parties;
    Writer                   writer(*parties.engine);
    std::vector<std::thread> clients;
    for (int client = 0; client < 16; ++client)
        clients.emplace_back([&, client] {
            auto reader = parties.engine->connect(Access::read);
            for (int i = 1; i <= 20; ++i) {
                const auto id = client * 100 + i;
                writer.run([&](Connection& connection) { insert(connection, id); });
                if (number(*reader, "SELECT count(*) FROM party WHERE id = " + std::to_string(id)) != 1) std::abort();
            }
        });
    for (auto& client : clients) client.join();
    CHECK(parties.count() == 320);
    const auto counters = writer.counters();
    CHECK(counters.works == 320);
    CHECK(counters.refused == 0);
    CHECK(counters.waiting == 0);
    CHECK(counters.commits < 320);
}

TEST_CASE("writer: nothing is answered before its commit") {
    Gathering        parties;
    std::latch       answered{2};
    std::vector<int> seen;
    for (int id = 1; id <= 2; ++id)
        parties.writer.submit({.run = [id](Connection& connection) { insert(connection, id); },
                               .done =
                                   [&](std::exception_ptr failure) {
                                       seen.push_back(failure ? -1 : static_cast<int>(parties.count()));
                                       answered.count_down();
                                   }});
    parties.run();
    answered.wait();
    CHECK(seen == std::vector<int>{2, 2});
    CHECK(parties.commits() == 1);
}

TEST_CASE("writer: a piece that throws is undone alone, whatever it throws") {
    Gathering  parties;
    std::latch answered{5};

    std::map<int, std::string> answers;
    const auto                 submit = [&](int id, std::function<void(Connection&)> work) {
        parties.writer.submit({.run =
                           [id, work](Connection& connection) {
                               insert(connection, id);
                               if (work) work(connection);
                           },
                                       .done =
                           [&answers, &answered, id](std::exception_ptr failure) {
                               try {
                                   if (failure) std::rethrow_exception(failure);
                                   answers[id] = "done";
                               } catch (const Refused& refused) {
                                   answers[id] = refused.code();
                               } catch (...) {
                                   answers[id] = "thrown";
                               }
                               answered.count_down();
                           }});
    };
    submit(1, {});
    submit(2, [](Connection&) { throw Refused("test.no", "To pass, be another."); });
    submit(3, [](Connection& connection) { insert(connection, 30, 99); });
    submit(4, [](Connection&) { throw 7; });
    submit(5, [](Connection& connection) { insert(connection, 50, 1); });
    parties.run();
    answered.wait();
    CHECK(answers == std::map<int, std::string>{
                         {1, "done"}, {2, "test.no"}, {3, "kernel.unknown_reference"}, {4, "thrown"}, {5, "done"}});
    CHECK(number(*parties.reader, "SELECT group_concat(id, '') FROM (SELECT id FROM party ORDER BY id)") == 1550);
    CHECK(parties.commits() == 1);
    CHECK(parties.writer.counters().refused == 3);
    CHECK_FALSE(parties.writer.failed());
}

TEST_CASE("writer: what ran beside a piece that throws after it has written runs again; beside one that wrote nothing, it does not") {
    for (const bool wrote : {true, false}) {
        Gathering          parties;
        std::map<int, int> runs;
        std::latch         answered{4};
        for (int id = 1; id <= 4; ++id)
            parties.writer.submit({.run =
                                       [&, id](Connection& connection) {
                                           ++runs[id];
                                           if (id != 3 || wrote) insert(connection, id);
                                           if (id == 3) throw Refused("test.no", "To pass, stop here.");
                                       },
                                   .done = [&](std::exception_ptr) { answered.count_down(); }});
        parties.run();
        answered.wait();
        CHECK(parties.count() == 3);
        CHECK(parties.commits() == 1);
        CHECK(runs == (wrote ? std::map<int, int>{{1, 2}, {2, 2}, {3, 1}, {4, 1}} : std::map<int, int>{{1, 1}, {2, 1}, {3, 1}, {4, 1}}));
    }
}

TEST_CASE("writer: a piece that meets what others do at the same time runs again, and what ran beside it is kept once") {
    for (const int meetings : {1, 3, 1000}) {
        CAPTURE(meetings);
        Gathering                  parties;
        int                        met = 0;
        std::map<int, std::string> codes;
        std::latch                 answered{3};
        for (int id = 1; id <= 3; ++id)
            parties.writer.submit({.run =
                                       [&, id](Connection& connection) {
                                           insert(connection, id);
                                           if (id == 2 && ++met <= meetings) throw Refused("kernel.conflict", "To pass, come again.").with_status(503);
                                       },
                                   .done =
                                       [&, id](std::exception_ptr failure) {
                                           codes[id] = failure ? writer::code_of(failure) : "done";
                                           answered.count_down();
                                       }});
        parties.run();
        answered.wait();
        const bool ends = meetings < 1000;
        CHECK(codes == std::map<int, std::string>{{1, "done"}, {2, ends ? "done" : "kernel.conflict"}, {3, "done"}});
        CHECK(parties.count() == (ends ? 3 : 2));
        CHECK(met < 20);
    }
}

TEST_CASE("writer: a commit that meets what others do at the same time is tried again") {
    Parties parties;
    int     met = 0;
    Writer  writer(*parties.engine, {}, {.before_commit = [&](Connection&) {
        if (++met < 3) throw Refused("kernel.conflict", "To pass, come again.").with_status(503);
    }});
    writer.run([&](Connection& connection) { insert(connection, 1); });
    CHECK(met == 3);
    CHECK(parties.count() == 1);
    CHECK_FALSE(writer.failed());
}

TEST_CASE("writer: what the pieces of a group have in common is written before their commit, and forgotten with them") {
    Parties     parties;
    int         together = 0, forgotten = 0;
    bool        fails    = false;
    Writer      writer(*parties.engine, {},
                       {.before_commit =
                            [&](Connection& connection) {
                                if (fails) throw Refused("test.no", "To pass, stop here.");
                                if (together) insert(connection, 100 + together);
                                together = 0;
                            },
                        .undone =
                            [&] {
                                together = 0;
                                ++forgotten;
                            }});
    writer.run([&](Connection& connection) {
        insert(connection, 1);
        together = 7;
    });
    CHECK(parties.count() == 2);
    fails = true;
    CHECK(refusal_of([&] { writer.run([&](Connection& connection) { insert(connection, 2); }); }).starts_with("test.no"));
    CHECK(forgotten == 1);
    CHECK(parties.count() == 2);
}

TEST_CASE("writer: a group in which nothing succeeded is not committed") {
    Parties parties;
    Writer  writer(*parties.engine);
    CHECK_THROWS_AS(writer.run([](Connection& connection) {
        insert(connection, 1);
        throw std::runtime_error("no");
    }),
                    std::runtime_error);
    CHECK(writer.counters().commits == 0);
    CHECK(parties.count() == 0);
}

TEST_CASE("writer: when the engine gives the transaction up, the neighbours are told to try again") {
    Gathering  parties;
    std::latch answered{2};

    std::vector<std::string> codes;
    const auto               note = [&](std::exception_ptr failure) {
        codes.push_back(failure ? refusal_of([&] { std::rethrow_exception(failure); }) : "done");
        answered.count_down();
    };
    parties.writer.submit({.run = [](Connection& connection) { insert(connection, 1); }, .done = note});
    parties.writer.submit({.run =
                       [](Connection& connection) {
                           connection.limit(std::chrono::steady_clock::now());
                           try {
                               connection.execute(
                                   "WITH RECURSIVE n(i) AS (SELECT 2 UNION ALL SELECT i + 1 FROM n) "
                                   "INSERT INTO party (name) SELECT i FROM n");
                           } catch (const Refused&) {
                           }
                           connection.limit(std::chrono::steady_clock::time_point::max());
                           insert(connection, 2);
                       },
                   .done = note});
    parties.run();
    answered.wait();
    REQUIRE(codes.size() == 2);
    CHECK(codes[0].starts_with("kernel.group_undone"));
    CHECK(codes[1].starts_with("kernel.group_undone"));
    CHECK(parties.count() == 0);
    parties.writer.run([](Connection& connection) { insert(connection, 1); });
    CHECK(parties.count() == 1);
}

TEST_CASE("writer: a long piece commits when it decides and keeps what it committed") {
    Parties parties;
    Writer  writer(*parties.engine);
    CHECK(refusal_of([&] {
              writer.run_alone([](Connection& connection, const std::function<void()>& commit_and_continue) {
                  insert(connection, 1);
                  commit_and_continue();
                  insert(connection, 2);
                  commit_and_continue();
                  insert(connection, 3);
                  throw Refused("test.no", "To pass, stop here.");
              });
          }).starts_with("test.no"));
    CHECK(parties.count() == 2);
    writer.run_alone([](Connection& connection, const std::function<void()>&) { insert(connection, 3); });
    CHECK(parties.count() == 3);
    CHECK(refusal_of([&] {
              writer.run_alone([](Connection& connection, const std::function<void()>&) { insert(connection, 4, 99); });
          }).starts_with("kernel.unknown_reference"));
    CHECK(parties.count() == 3);
}

TEST_CASE("writer: work that waits for the writer it runs on is our mistake") {
    Parties parties;
    Writer  writer(*parties.engine);
    CHECK_THROWS_AS(writer.run([&](Connection&) { writer.run([](Connection&) {}); }), std::logic_error);
}

TEST_CASE("writer: too much waiting work is refused, and what waits is finished before it stops") {
    Parties parties;
    Writer  writer(*parties.engine, {.queue_max = 3});
    {
        std::latch entered{1}, opened{1};
        writer.submit({.run =
                           [&](Connection&) {
                               entered.count_down();
                               opened.wait();
                           },
                       .done = {}});
        entered.wait();
        for (int id = 1; id <= 3; ++id)
            writer.submit({.run = [id](Connection& connection) { insert(connection, id); }, .done = {}});
        CHECK(refusal_of([&] { writer.submit({}); }).starts_with("kernel.too_busy"));
        opened.count_down();
        writer.stop();
    }
    CHECK(parties.count() == 3);
    CHECK(refusal_of([&] { writer.run([](Connection&) {}); }).starts_with("kernel.stopping"));
    CHECK(std::filesystem::file_size(parties.file + "-wal") == 0);
}

TEST_CASE("writer: another program's lock on the file refuses what waits, and work goes on after it") {
    Parties parties;
    Writer  writer(*parties.engine);
    auto    other = parties.engine->connect(Access::write);
    other->begin();
    CHECK(refusal_of([&] {
              writer.run([](Connection& connection) { insert(connection, 1); });
          }).starts_with("kernel.database_in_use"));
    other->rollback();
    writer.run([](Connection& connection) { insert(connection, 1); });
    CHECK(parties.count() == 1);
}

TEST_CASE("writer: the log is moved into the file and cut while nobody waits") {
    Parties parties;
    Writer  writer(*parties.engine);
    writer.run([](Connection& connection) { insert(connection, 1); });
    CHECK(std::filesystem::file_size(parties.file + "-wal") > 0);
    for (int i = 0; i < 100 && std::filesystem::file_size(parties.file + "-wal") > 0; ++i)
        std::this_thread::sleep_for(std::chrono::milliseconds(50));
    CHECK(std::filesystem::file_size(parties.file + "-wal") == 0);
}

TEST_CASE("writer: under load the log is moved into the file beside the work, and stays bounded") {
    Parties                  parties;
    Writer                   writer(*parties.engine);
    std::atomic<std::int64_t> next{0};
    std::vector<std::thread> clients;
    constexpr std::int64_t   pages_written = 60'000;  // seven times what the log may grow before it is moved
    for (int client = 0; client < 4; ++client)
        clients.emplace_back([&] {
            for (auto id = ++next; id <= pages_written / 10; id = ++next)
                writer.run([&](Connection& connection) {
                    Statement& statement = connection.prepare("INSERT INTO party (id, name) VALUES (:id, printf('%d%.40000c', :id, 'x'))");
                    statement.bind(1, id);
                    statement.step();
                });
        });
    std::uintmax_t largest = 0;
    for (; next < pages_written / 10; std::this_thread::yield()) largest = std::max(largest, std::filesystem::file_size(parties.file + "-wal"));
    for (auto& client : clients) client.join();
    CHECK(largest < 34'000ULL * 4'120);  // cut when moving it beside the work does not keep up
    writer.stop();
    CHECK(std::filesystem::file_size(parties.file + "-wal") == 0);
    CHECK(parties.count() == pages_written / 10);
    CHECK(parties.engine->check_integrity(*parties.reader).empty());
}

TEST_CASE("writer: on a full disk work is refused, reading goes on, and work goes on when there is space") {
    Parties parties;
    CHECK(in_a_child([&] {
        ::signal(SIGXFSZ, SIG_IGN);
        parties.reader.reset();
        auto       engine = open((parties.folder / "limited").string(), Create::yes);
        Writer     writer(*engine);
        const auto add = [&] {
            writer.run([](Connection& c) { c.execute("INSERT INTO note (words) VALUES (printf('%.3000000c', 'x'))"); });
        };
        writer.run([](Connection& connection) { connection.create({.name = "note", .columns = {{.name = "words"}}}); });
        add();
        rlimit limit{};
        ::getrlimit(RLIMIT_FSIZE, &limit);
        const rlimit full{.rlim_cur = 5'000'000, .rlim_max = limit.rlim_max};
        ::setrlimit(RLIMIT_FSIZE, &full);
        for (int i = 0; i < 3; ++i)
            if (!refusal_of(add).starts_with("kernel.storage_full")) return false;
        auto reader = engine->connect(Access::read);
        if (number(*reader, "SELECT count(*) FROM note") != 1 || writer.failed()) return false;
        ::setrlimit(RLIMIT_FSIZE, &limit);
        add();
        return number(*reader, "SELECT count(*) FROM note") == 2 && engine->check_integrity(*reader).empty();
    }));
}

TEST_CASE("writer: after an input/output error at the commit it takes no more work, and says why") {
    Parties parties;
    parties.engine.reset();
    CHECK(in_a_child([&] {
        auto   engine = open(parties.file);
        Writer writer(*engine);
        writer.run([](Connection& connection) { insert(connection, 1); });
        if (!break_the_disk()) return false;
        const auto first = refusal_of([&] { writer.run([](Connection& connection) { insert(connection, 2); }); });
        const auto later = refusal_of([&] { writer.run([](Connection& connection) { insert(connection, 3); }); });
        return first.starts_with("kernel.storage_failed") && later == first && writer.failed() &&
               first.ends_with(*writer.failed());
    }));
    auto engine = open(parties.file);
    auto reader = engine->connect(Access::read);
    CHECK(number(*reader, "SELECT count(*) FROM party WHERE id = 1") == 1);
    CHECK(number(*reader, "SELECT count(*) FROM party WHERE id = 3") == 0);
    CHECK(engine->check_integrity(*reader).empty());
}

TEST_CASE("writer: what was acknowledged survives being killed at any moment") {
    Parties parties;
    parties.reader.reset();
    parties.engine.reset();
    std::set<std::int64_t> acknowledged;
    for (int round = 0; round < 10; ++round) {
        int ends[2];
        REQUIRE(::pipe(ends) == 0);
        const pid_t child = ::fork();
        if (child == 0) {
            auto   engine = open(parties.file);
            Writer writer(*engine);
            for (std::int64_t id = round * 1'000'000 + 1;; ++id)
                writer.submit({.run = [id](Connection& connection) { insert(connection, id); },
                               .done =
                                   [&, id](std::exception_ptr failure) {
                                       if (!failure && ::write(ends[1], &id, sizeof id) != sizeof id) ::_exit(1);
                                   }});
        }
        ::close(ends[1]);
        std::int64_t id = 0;
        for (int i = 0; i < 20 + round * 150 && ::read(ends[0], &id, sizeof id) == sizeof id; ++i)
            acknowledged.insert(id);
        ::kill(child, SIGKILL);
        while (::read(ends[0], &id, sizeof id) == sizeof id) acknowledged.insert(id);
        ::close(ends[0]);
        ::waitpid(child, nullptr, 0);

        auto engine = open(parties.file);
        auto reader = engine->connect(Access::read);
        CHECK(engine->check_integrity(*reader).empty());
        std::set<std::int64_t> kept;
        Statement&             rows = reader->prepare("SELECT id FROM party");
        while (rows.step()) kept.insert(rows.integer(0));
        CHECK(std::includes(kept.begin(), kept.end(), acknowledged.begin(), acknowledged.end()));
    }
    CHECK(acknowledged.size() > 200);
}

}  // namespace tessera::database::writer_test
