// A server that is killed while eight buyers work loses nothing it acknowledged and does nothing twice. TESSERA_KILLS=200
// for the long run, TESSERA_SEED=N to repeat one.
#include "buyers.h"
#include "how_often.h"

#include <doctest/doctest.h>

#include <random>

namespace faults {

namespace {

void killed_while_starting(const Books& books, std::chrono::milliseconds after) {
    whole::Program program({whole::tessera(), "serve", "--listen", "127.0.0.1:0"}, {.directory = books.folder(), .environment = {"TESSERA_DATABASE=" + books.location()}});
    std::this_thread::sleep_for(after);
    program.stop(SIGKILL);
}

}  // namespace

TEST_CASE("kill -9 under load: what was acknowledged is there, what was not is done once when it is asked again") {
    const auto kills = asked("TESSERA_KILLS", 10), seed = asked("TESSERA_SEED", 20200302);
    CAPTURE(to_repeat("kills", kills, seed));
    const Books     books;
    Buyers          buyers(seed);
    std::mt19937_64 random(seed);
    auto            server = std::make_unique<Server>(books);
    for (std::uint64_t kill = 1; kill <= kills; ++kill) {
        CAPTURE(kill);
        buyers.work(server->port(), 8);
        std::this_thread::sleep_for(std::chrono::milliseconds(50 + random() % 400));
        CHECK(server->stop(SIGKILL) == 128 + SIGKILL);
        buyers.rest();
        if (kill % 3 == 0) killed_while_starting(books, std::chrono::milliseconds(random() % 80));
        server = std::make_unique<Server>(books);
        buyers.repeat_unanswered(*server);
        buyers.check(*server);
        if (kill % 5 == 0 || kill == kills) CHECK(books.verified() == "sound");
    }
    MESSAGE(buyers.documents(), " documents through ", kills, " kills");
    CHECK(buyers.documents() > kills * 8);
    CHECK(buyers.refusals() == std::vector<std::string>{});
    CHECK(server->stop() == 0);
    CHECK(books.verified() == "sound");
}

TEST_CASE("kill -9 while the books are made: the same command makes them all the same") {
    std::mt19937_64 random(7);
    for (int kill = 0; kill < 12; ++kill) {
        CAPTURE(kill);
        const whole::Scratch             folder;
        const tessera::testing::Database database(folder.path(), "books");
        const whole::Setting             setting{.directory = folder.path(), .environment = {"TESSERA_DATABASE=" + database.location()}};
        const auto                       init = std::vector<std::string>{whole::tessera(), "init", "--name", "Acme Bicycles"};
        {
            whole::Program program(init, setting);
            std::this_thread::sleep_for(std::chrono::milliseconds(random() % 120));
            program.stop(SIGKILL);
        }
        const auto again = whole::run(init, setting);
        const bool made  = again.errors.find("already holds the books of Acme Bicycles") != std::string::npos;
        CHECK_MESSAGE((again.code == 0 || made), again.errors);
        const auto verified = whole::run({whole::tessera(), "verify"}, setting);
        CHECK_MESSAGE(verified.code == 0, verified.output, verified.errors);
    }
}

TEST_CASE("SIGTERM under load: what is in flight is finished, it exits with 0, and nothing is lost") {
    const Books books;
    Buyers      buyers(1);
    for (int stop = 1; stop <= 3; ++stop) {
        CAPTURE(stop);
        Server server(books);
        buyers.work(server.port(), 8);
        buyers.wait_for(buyers.documents() + 100);
        const auto before = std::chrono::steady_clock::now();
        CHECK(server.stop() == 0);
        CHECK(std::chrono::steady_clock::now() - before < std::chrono::seconds(10));
        buyers.rest();
        const auto log = books.file().string() + "-wal";
        CHECK_MESSAGE((!std::filesystem::exists(log) || std::filesystem::file_size(log) == 0),
                      "the log is not written back");
        Server again(books);
        buyers.repeat_unanswered(again);
        buyers.check(again);
        CHECK(again.stop() == 0);
    }
    for (const auto& refusal : buyers.refusals()) CHECK_MESSAGE(refusal.starts_with("503 "), refusal);
    CHECK(books.verified() == "sound");
}

}  // namespace faults
