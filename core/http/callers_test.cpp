#include "http/callers.h"

#include <doctest/doctest.h>

using namespace tessera::http;
using namespace std::chrono_literals;

namespace {

std::string caller(const char* address, bool also_this_machine = false) {
    return caller_of(boost::asio::ip::make_address(address), also_this_machine);
}

}  // namespace

TEST_CASE("callers: an address is one caller, a network of IPv6 too, this machine none unless it is wanted") {
    CHECK(caller("192.0.2.7") == "192.0.2.7");
    CHECK(caller("::ffff:192.0.2.7") == "192.0.2.7");
    CHECK(caller("2001:db8:1:2:3:4:5:6") == caller("2001:db8:1:2::9"));
    CHECK(caller("2001:db8:1:2::9") != caller("2001:db8:1:3::9"));
    CHECK(caller("127.0.0.1") == "");
    CHECK(caller("::1") == "");
    CHECK(caller("127.0.0.1", true) == "127.0.0.1");
}

TEST_CASE("callers: nobody holds more connections than allowed, and those closed are free again") {
    CallerConnections connections;
    CHECK(connections.enter("a", 2));
    CHECK(connections.enter("a", 2));
    CHECK(!connections.enter("a", 2));
    CHECK(connections.enter("b", 2));
    connections.leave("a");
    CHECK(connections.enter("a", 2));
    for (int i = 0; i < 10; ++i) CHECK(connections.enter("", 2));
}

TEST_CASE("callers: who asks too often waits, for as long as is said; others do not") {
    CallerRates rates(10, 3);
    auto        now = CallerRates::Clock::now();
    for (int i = 0; i < 3; ++i) CHECK(!rates.too_soon("a", now));
    CHECK(rates.too_soon("a", now) == 1s);
    CHECK(!rates.too_soon("b", now));
    CHECK(!rates.too_soon("a", now + 100ms));
    CHECK(rates.too_soon("a", now + 100ms));
    now += 1h;
    for (int i = 0; i < 3; ++i) CHECK(!rates.too_soon("a", now));
    CHECK(rates.too_soon("a", now));

    CallerRates slow(1, 1);
    CHECK(!slow.too_soon("a", now));
    CHECK(slow.too_soon("a", now) == 1s);
    CallerRates none(0, 1);
    for (int i = 0; i < 100; ++i) CHECK(!none.too_soon("a", now));
}
