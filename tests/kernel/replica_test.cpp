// A copy of the books stands for a replica that takes nothing over any more.
#include "workshop_company.h"

#include "migrations/copy.h"

#include <tessera/replica.h>

#include <doctest/doctest.h>

using namespace tessera;
using namespace workshop;
using namespace std::chrono_literals;

namespace {

struct FollowedShop {
    WorkshopCompany   shop{};
    testing::Database place{shop.folder(), "replica"};

    FollowedShop() { migrations::copy(shop.options({}).database, place.location(), shop.suite().kernel()); }

    SuiteOptions where() const {
        auto options     = shop.options({"workshop"});
        options.database = place.location();
        options.create   = false;
        return options;
    }
    std::string opening(const SuiteOptions& options, std::chrono::milliseconds lag_max = 1h) {
        return refusal_of([&] { Replica(shop.suite(), options, lag_max); });
    }
    std::string orders(Suite& suite) { return suite.list({}, "workshop.order", {.limit = 1}); }
};

bool says(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

}  // namespace

TEST_CASE("replica: while it lacks nothing it is as current as the books, and shows what they show") {
    FollowedShop  f;
    const Replica replica(f.shop.suite(), f.where(), 1h);
    const auto    place = replica.place();
    REQUIRE(place);
    CHECK(f.orders(place->suite) == f.orders(f.shop.suite()));
    CHECK(place->seconds_behind == 0);
    CHECK(replica.status().in_use);
    CHECK(replica.status().lag_seconds == 0);
    CHECK(refusal_of([&] { place->suite.write({.name = "test"}, [](Transaction&) {}); }).starts_with("kernel.read_only"));
}

TEST_CASE("replica: whoever has changed something is not sent where it is lacking") {
    FollowedShop f;
    Replica      replica(f.shop.suite(), f.where(), 1h);
    const auto   before = f.shop.number("SELECT max(id) FROM kernel_audit");
    CHECK(replica.place(before));
    const auto made = f.shop.send(f.shop.create(R"({"customer":1})"));
    CHECK(made.change == before + 1);
    CHECK_FALSE(replica.place(made.change));
    replica.look();
    CHECK_FALSE(replica.place(made.change));
    CHECK(replica.place(before));
}

TEST_CASE("replica: it is as of the oldest change that it lacks, and no longer used when that is too long ago") {
    FollowedShop f;
    Replica      patient(f.shop.suite(), f.where(), 1h), strict(f.shop.suite(), f.where(), 0ms);
    const auto   first = f.shop.send(f.shop.create(R"({"customer":1})"));
    f.shop.send(f.shop.create(R"({"customer":1})"));
    for (auto* replica : {&patient, &strict}) replica->look();
    const auto place = patient.place();
    REQUIRE(place);
    f.shop.read([&](const Snapshot& tx) { CHECK(place->as_of == *tx.value<Instant>("SELECT at FROM kernel_audit WHERE id = :id", first.change)); });
    CHECK(patient.status().lag_seconds > 0);
    CHECK_FALSE(strict.place());
    CHECK_FALSE(strict.status().in_use);
    CHECK(says(strict.status().trouble, "behind, 0 s are allowed."));
}

TEST_CASE("replica: a database of another company is refused, and so is one that has gone its own way") {
    FollowedShop          f;
    const WorkshopCompany other;
    CHECK(f.opening(other.options({"workshop"})).starts_with("kernel.replica_of_another: To read from the replica"));
    const testing::Database nothing(f.shop.folder(), "nothing");
    auto                    options = f.where();
    options.database                = nothing.location();
    CHECK(says(f.opening(options), "no books are there"));

    Replica replica(f.shop.suite(), f.where(), 1h);
    {
        auto own      = f.where();
        own.read_only = false;
        Suite::open(own)->run({.entity = "workshop.order", .body = R"({"customer":1,"note":"only here"})"});
    }
    CHECK(f.opening(f.where()).empty());  // ahead, of the same books
    f.shop.send(f.shop.create(R"({"customer":1})"));
    CHECK(f.opening(f.where()).starts_with("kernel.replica_of_another"));
    replica.look();
    CHECK_FALSE(replica.place());
    CHECK(says(replica.status().trouble, "it holds other books"));
}

TEST_CASE("replica: one that does not have the tables of the books yet is refused when they do not arrive") {
    FollowedShop f;
    f.shop.open({"workshop_extended"});
    auto options               = f.where();
    options.module_directories = f.shop.options({"workshop_extended"}).module_directories;
    CHECK(f.opening(options, 0ms).starts_with("kernel.replica_outdated: To read from the replica"));
}
