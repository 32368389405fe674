#include "http/disk_space.h"

#include <doctest/doctest.h>

using namespace tessera::http;
using namespace std::chrono_literals;

namespace {

struct Watched {
    std::optional<std::uint64_t> free = 100 << 20;
    std::vector<std::string>     told{};
    DiskSpace                    disk;
    DiskSpace::Clock::time_point now = DiskSpace::Clock::now();

    explicit Watched(tessera::ServeDisk marks)
        : disk(marks, [this] { return free; }, [this](std::string_view sentence) { told.emplace_back(sentence); }) {}
    DiskSpace::State after(std::optional<std::uint64_t> bytes) {
        free = bytes;
        return disk.look(now += 1s);
    }
};

}  // namespace

TEST_CASE("disk space: below its mark changes end, above it they go on, and each is told once") {
    Watched watched({.stop_writing_below = 50 << 20, .warn_below = 80 << 20});
    CHECK(!watched.after(100 << 20).low);
    CHECK(watched.after(79 << 20).low);
    CHECK(watched.after(78 << 20).low);
    CHECK(watched.after(49 << 20).full);
    CHECK(watched.after(0).full);
    CHECK(!watched.after(50 << 20).full);
    CHECK(!watched.after(90 << 20).low);
    REQUIRE(watched.told.size() == 3);
    CHECK(watched.told[0] == "To take changes for longer, make room where the books lie: 79 MiB are free there.");
    CHECK(watched.told[1] == "To take changes, make room where the books lie: less than 50 MiB are free there. Until then changes are refused.");
    CHECK(watched.told[2] == "Changes are taken again: 50 MiB are free where the books lie.");
}

TEST_CASE("disk space: a change is refused with 507 as long as there is no room for it") {
    Watched full({.stop_writing_below = 50 << 20});
    full.free = 1;
    try {
        full.disk.check_change();
        FAIL("it was taken");
    } catch (const tessera::Refused& refused) {
        CHECK(refused.code() == "kernel.disk_nearly_full");
        CHECK(refused.status() == 507);
    }
    Watched unmarked({});
    unmarked.free = 1;
    unmarked.disk.check_change();
}

TEST_CASE("disk space: where it cannot be told, changes are taken") {
    Watched unknown({.stop_writing_below = 50 << 20, .warn_below = 80 << 20});
    CHECK(!unknown.after(std::nullopt).full);
    CHECK(!free_bytes_of("")());
    CHECK(!free_bytes_of("/nowhere/at/all")());
    CHECK(free_bytes_of("/")().value_or(0) > 0);
}
