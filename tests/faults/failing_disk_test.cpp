// A disk that reports an error when it is to make something durable: nobody knows what is on it then, so nothing more is
// promised until the program has been started again and has looked.
#include "served_books.h"

#include <doctest/doctest.h>

namespace faults {

namespace {

bool can_inject() {
    return whole::run({"strace", "-D", "-f", "-o", "/dev/null", "-e", "inject=fdatasync:error=EIO", "true"}, {}).code ==
           0;
}

std::vector<std::string> failing(const std::string& when) {
    return {"strace",
            "-D",
            "-f",
            "-o",
            "/dev/null",
            "-e",
            "trace=fsync,fdatasync",
            "-e",
            "inject=fsync,fdatasync:error=EIO:when=" + when};
}

Request party(int number) {
    return {"POST", "/api/directory/parties", R"({"name":"Party )" + std::to_string(number) + "\"}",
            "party-" + std::to_string(number)};
}

}  // namespace

TEST_SUITE_BEGIN("database file");

TEST_CASE("a disk that fails to make a change durable: nothing is acknowledged or shown after it, and a restart repairs") {
    if (!can_inject()) {
        MESSAGE("Left out: strace, which makes the disk fail, is not there or not permitted.");
        return;
    }
    // Once, and from then on.
    for (const char* when : {"30", "31+", "44", "45+"}) {
        CAPTURE(when);
        const Books books;
        int         acknowledged = 0, failed = 0;
        {
            Server server(books, failing(when));
            Answer answer = ask(server.port(), party(acknowledged));
            for (; answer.good() && acknowledged < 200; answer = ask(server.port(), party(acknowledged)))
                ++acknowledged;
            REQUIRE_MESSAGE(acknowledged < 200, "nothing failed");
            failed = acknowledged;
            CHECK_MESSAGE(answer.status == 503, answer.body);
            for (int i = 0; i < 5; ++i) CHECK(ask(server.port(), party(failed)).status == 503);
            CHECK(ask(server.port(), {.target = "/readyz"}).status == 503);
            CHECK(ask(server.port(), {.target = "/healthz"}).status == 200);
            // What a power cut could take back is shown to nobody, and nobody knows any more what that is.
            CHECK(server.get("directory/parties/1").status == 503);
            server.stop();
        }
        Server     server(books);
        const auto there = part(server.get("directory/parties?limit=1").body, {"total"}).as_int64();
        CHECK(there >= 4 + acknowledged);
        for (int i = 0; i <= failed; ++i) CHECK(ask(server.port(), party(i)).good());
        CHECK(part(server.get("directory/parties?limit=1").body, {"total"}) == 4 + failed + 1);
        CHECK(server.stop() == 0);
        CHECK(books.verified() == "sound");
    }
}

TEST_CASE("a disk that fails to take a change: refused, and what was acknowledged stays") {
    if (!can_inject()) {
        MESSAGE("Left out: strace, which makes the disk fail, is not there or not permitted.");
        return;
    }
    for (const char* when : {"60", "75+", "91", "120+"}) {
        CAPTURE(when);
        const Books books;
        int         acknowledged = 0;
        {
            Server server(books, {"strace", "-D", "-f", "-o", "/dev/null", "-e", "trace=pwrite64", "-e",
                                  std::string("inject=pwrite64:error=EIO:when=") + when});
            while (acknowledged < 200 && ask(server.port(), party(acknowledged)).good()) ++acknowledged;
            REQUIRE_MESSAGE(acknowledged < 200, "nothing failed");
            CHECK(server.get("directory/parties/1").status == 200);
            server.stop();
        }
        Server server(books);
        for (int i = 0; i <= acknowledged; ++i) CHECK(ask(server.port(), party(i)).good());
        CHECK(part(server.get("directory/parties?limit=1").body, {"total"}) == 4 + acknowledged + 1);
        CHECK(server.stop() == 0);
        CHECK(books.verified() == "sound");
    }
}

TEST_SUITE_END();

}  // namespace faults
