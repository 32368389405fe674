// The power fails while eight buyers work: what was acknowledged is on the disk. TESSERA_POWER_CUTS=50 for the long run,
// TESSERA_SEED=N to repeat one. Killing a server shows nothing of this: what it wrote stays in the system's memory.
#include "buyers.h"
#include "how_often.h"
#include "volume.h"

#include <doctest/doctest.h>

#include <random>

namespace faults {

namespace {

void go_dark(Volume& volume, Server& server, Buyers& buyers) {
    buyers.go_dark();
    volume.cut();
    server.stop(SIGKILL);
    buyers.rest();
    volume.come_back();
}

void go_dark_while_starting(Volume& volume, const Books& books, std::chrono::milliseconds after) {
    {
        whole::Program program({whole::tessera(), "serve", "--listen", "127.0.0.1:0"},
                               {.directory = books.folder(), .environment = {"TESSERA_DATABASE=" + books.location()}});
        std::this_thread::sleep_for(after);
        volume.cut();
        program.stop(SIGKILL);
    }
    volume.come_back();
}

void live_through_cuts(Volume& volume, std::uint64_t cuts, std::uint64_t seed) {
    const Books          books(volume / "books.tessera");
    const whole::Scratch elsewhere;
    Buyers               buyers(seed);
    buyers.write_down_in(elsewhere / "acknowledged");
    std::mt19937_64 random(seed);
    auto            server = std::make_unique<Server>(books);
    for (std::uint64_t cut = 1; cut <= cuts; ++cut) {
        CAPTURE(cut);
        buyers.work(server->port(), 8);
        std::this_thread::sleep_for(std::chrono::milliseconds(100 + random() % 900));
        go_dark(volume, *server, buyers);
        if (cut % 3 == 0) go_dark_while_starting(volume, books, std::chrono::milliseconds(random() % 150));
        server = std::make_unique<Server>(books);
        buyers.repeat_unanswered(*server);
        buyers.check(*server);
        CHECK(books.verified() == "sound");
    }
    MESSAGE(buyers.documents(), " documents through ", cuts, " power cuts");
    CHECK(buyers.documents() > cuts * 8);
    for (const auto& refusal : buyers.refusals()) CHECK_MESSAGE(refusal.starts_with("503 "), refusal);
    CHECK(server->stop() == 0);
    CHECK(books.verified() == "sound");
}

bool is_lost_without_waiting_for_the_disk(std::uint64_t seed) {
    Volume      volume;
    const Books books(volume / "books.tessera");
    Buyers      buyers(seed);
    auto        server = std::make_unique<Server>(books, std::vector<std::string>{}, std::vector<std::string>{"LD_PRELOAD=" TESSERA_CARELESS_DISK});
    buyers.work(server->port(), 8);
    buyers.wait_for(100);
    go_dark(volume, *server, buyers);
    server = std::make_unique<Server>(books);
    return buyers.lost(*server) > 0;
}

template <class Work>
void with_volume(const Work& work) {
    if (!std::getenv("TESSERA_POWER_CUTS")) {
        MESSAGE("Left out: power is cut in the long sets only, bash tests/faults/full.sh power 50");
        return;
    }
    try {
        work();
    } catch (const NoVolume& why) {
        MESSAGE("Left out: a disk whose power can be cut: ", why.what());
    }
}

}  // namespace

TEST_SUITE_BEGIN("database file");

TEST_CASE("power cut, control: a server whose commits do not wait for the disk loses what it acknowledged, and that is seen") {
    with_volume([] {
        bool seen = false;
        for (std::uint64_t seed = 1; seed <= 5 && !seen; ++seed) seen = is_lost_without_waiting_for_the_disk(seed);
        CHECK_MESSAGE(seen, "these tests are blind: they would not see a server lose what it acknowledged");
    });
}

TEST_CASE("power cut under load: what was acknowledged is there, what was not is done once when it is asked again") {
    const auto cuts = asked("TESSERA_POWER_CUTS", 3), seed = asked("TESSERA_SEED", 20200302);
    CAPTURE(to_repeat("power", cuts, seed));
    with_volume([&] {
        Volume volume;
        live_through_cuts(volume, cuts, seed);
    });
}

TEST_SUITE_END();

}  // namespace faults
