// When there is no room, changes are refused with 507 and reads go on; when there is room again, so do the changes,
// without a restart.
#include "served_books.h"

#include <doctest/doctest.h>

#include <sys/resource.h>

namespace faults {

namespace {

constexpr int enough = 4000;

std::string party(int number) {
    return R"({"name":"Party )" + std::to_string(number) + R"(","note":")" + std::string(1500, 'x') + "\"}";
}

struct Filled {
    int         made = 0;
    Answer      refusal{};
    std::string key{};
};

// Adds parties until one is refused.
Filled fill(const Server& server) {
    Client client(server.port());
    Filled filled;
    for (int i = 0; i < enough; ++i) {
        filled.key     = "party-" + std::to_string(i);
        filled.refusal = client.ask({"POST", "/api/directory/parties", party(i), filled.key});
        if (!filled.refusal.good()) return filled;
        ++filled.made;
    }
    return filled;
}

std::int64_t parties(const Server& server) {
    return part(server.get("directory/parties?limit=1").body, {"total"}).as_int64();
}

// The story of both cases below; `make_room` is what the operator does, and how many parties were added before it.
template <class MakeRoom>
void live_through_it(Server& server, const MakeRoom& make_room) {
    const auto before = parties(server);
    const auto filled = fill(server);
    REQUIRE_MESSAGE(filled.made < enough, "there was room for all of it");
    CHECK_MESSAGE(filled.refusal.status == 507, filled.refusal.body);
    CHECK(filled.refusal.head.find("Retry-After:") != std::string::npos);
    CHECK(std::string(part(filled.refusal.body, {"code"}).as_string()) == "kernel.storage_full");

    const auto ready = ask(server.port(), {.target = "/readyz"});
    CHECK(ready.status == 503);
    CHECK_MESSAGE(ready.body.find("free space") != std::string::npos, ready.body);

    CHECK(parties(server) == before + filled.made);
    CHECK(server.get("reports/financials.trial_balance?as_of=2020-12-31").status == 200);
    CHECK(ask(server.port(), {.target = "/healthz"}).status == 200);

    const int meanwhile = make_room();
    const auto again = server.post("directory/parties", party(filled.made), filled.key);
    CHECK_MESSAGE(again.status == 201, again.body);
    CHECK(parties(server) == before + filled.made + meanwhile + 1);
    CHECK(ask(server.port(), {.target = "/readyz"}).status == 200);
}

}  // namespace

TEST_SUITE_BEGIN("database file");

TEST_CASE("a file that may grow no further: refused, read on, recovered") {
    const Books books;
    Server      server(books);
    const auto  limit = [&](rlim_t bytes) {
        const rlimit files{bytes, RLIM_INFINITY};
        REQUIRE(::prlimit(server.process(), RLIMIT_FSIZE, &files, nullptr) == 0);
    };
    limit(std::filesystem::file_size(books.file()) + 400'000);
    live_through_it(server, [&] {
        limit(RLIM_INFINITY);
        return 0;
    });
    CHECK(server.stop() == 0);
    CHECK(books.verified() == "sound");
}

TEST_CASE("a disk that is full: refused, read on, recovered") {
    const Books books;
    const auto  disk = books.folder() / "disk";
    std::filesystem::create_directory(disk);
    constexpr std::uintmax_t ballast = 900'000, log = 400'000;  // what is taken away again, and what there is room for
    const auto mounted = fmt::format("mount -t tmpfs -o size={} tmpfs '{}' && head -c {} /dev/zero > '{}/ballast'",
                                     std::filesystem::file_size(books.file()) + ballast + log, disk.string(), ballast, disk.string());
    if (whole::run({"unshare", "-m", "sh", "-c", mounted}, {}).code != 0) {
        MESSAGE("Left out: a disk of its own needs the right to mount one.");
        return;
    }
    // The disk is seen by the server alone and gone with it; what lies on it is reached through the server's process.
    const auto serve =
        mounted +
        " && cp books.tessera disk/ && TESSERA_DATABASE=disk/books.tessera && export TESSERA_DATABASE && exec \"$@\"";
    Server     server(books, {"unshare", "-m", "sh", "-c", serve, "sh"});
    const auto inside = [&](const std::string& command) {
        return whole::run({"nsenter", "-m", "-t", std::to_string(server.process()), "sh", "-c", command},
                          {.directory = "/"});
    };
    live_through_it(server, [&] {
        // Moving the log may have made room for one more or two; then it is refused again.
        int made = 0;
        while (made < 20 && server.post("directory/parties", party(enough + made)).status == 201) ++made;
        CHECK(made < 20);
        CHECK(server.post("directory/parties", party(enough + made)).status == 507);
        CHECK(inside("rm '" + disk.string() + "/ballast'").code == 0);
        return made;
    });
    const auto verified = inside("tessera verify --database '" + disk.string() + "/books.tessera'");
    CHECK_MESSAGE(verified.code == 0, verified.output, verified.errors);
    CHECK(server.stop() == 0);
}

TEST_CASE("a report that finds no room leaves the file of before and no half one") {
    const Books  books;
    const Server server(books);  // a reader beside it has nothing to write but its result
    const auto   told = [&](const std::string& command) {
        return whole::run({"/bin/sh", "-c", command}, {.directory = books.folder()});
    };
    REQUIRE(told("tessera report financials.account_roles --format html --output roles.html").code == 0);
    const auto size = std::filesystem::file_size(books.folder() / "roles.html");
    const auto ended =
        told("exec prlimit --fsize=2000 tessera report financials.periods --format html --output roles.html");
    CHECK(ended.code == 1);
    CHECK_MESSAGE(ended.errors.starts_with("To get the whole result, make room for it: roles.html"), ended.errors);
    CHECK(std::filesystem::file_size(books.folder() / "roles.html") == size);
    CHECK(!std::filesystem::exists(books.folder() / "roles.html.part"));
    CHECK(told("tessera report financials.periods > /dev/full").code == 1);
}

TEST_SUITE_END();

}  // namespace faults
