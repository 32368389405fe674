#include "containment/meter.h"

#include <doctest/doctest.h>

using namespace tessera;
using containment::Meter;

TEST_CASE("a plugin's meter: what throws keeps throwing, and after five times in a row the plugin is closed until it is released") {
    Meter       meter("warranty");
    std::string told;
    meter.when_closed([&](const std::string& why) { told += why; });
    int        fails = 0;
    const auto step  = containment::metered(meter, "its step", Meter::When_closed::refuse, std::function<void(int)>([&](int how) {
                                               if (how == 1) throw std::logic_error("broken");
                                               if (how == 2) throw 42;
                                               if (how == 3) throw Refused("warranty.no", "To go on, do not.");
                                           }));
    const auto other = containment::metered(meter, "its listening", Meter::When_closed::skip, std::function<void(int)>([&](int) { ++fails; }));

    for (int i = 0; i < 4; ++i) CHECK_THROWS_WITH_AS(step(1), "broken", std::logic_error);
    step(0);      // one that goes well, and the row begins anew
    for (int i = 0; i < 4; ++i) CHECK_THROWS_AS(step(2), std::runtime_error);
    for (int i = 0; i < 9; ++i) CHECK_THROWS_AS(step(3), Refused);      // an answer is no failure
    other(0);
    CHECK(!meter.is_closed());
    CHECK_THROWS_AS(step(1), std::logic_error);
    CHECK(meter.is_closed());
    CHECK(told == "its step failed 5 times in a row, at last with: broken");

    CHECK_THROWS_WITH_AS(step(0), "To use warranty again, repair it and release it (tessera plugin release warranty): its step failed 5 times in a row, at last with: broken", Refused);
    other(0);
    CHECK(fails == 1);      // others go on without it

    meter.release();
    step(0);
    CHECK(!meter.is_closed());
    CHECK(meter.counters().failures == 9);
    CHECK(meter.counters().calls == 21);
}

TEST_CASE("a plugin's meter: what its caller throws through it is not its failure, and passes as it is") {
    struct GoneAway {};
    Meter      meter("warranty");
    const auto report = containment::metered(meter, "its report", Meter::When_closed::refuse, std::function<void(int)>([](int) {
                                                 try {
                                                     throw GoneAway{};
                                                 } catch (...) {
                                                     Meter::excuse();
                                                     throw;
                                                 }
                                             }));
    for (int i = 0; i < 9; ++i) CHECK_THROWS_AS(report(0), GoneAway);
    CHECK(!meter.is_closed());
    CHECK(meter.counters().failures == 0);
}
