// What customers read of what is known, and what they never do.

#include "writers.h"

#include <knowledge/published.h>
#include <sales/records.h>
#include <tessera/attachments.h>
#include <tessera/search.h>

#include <set>

using namespace knowledge;
using namespace knowledge::tests;

namespace {

struct Shelf : Writers {
    Shelf() { person("dora", "", {"knowledge.read_published"}); }

    // "title: body; …"
    std::string shown() {
        std::string text;
        company.read([&](const Snapshot& tx) {
            for (const auto& one : tx.select<Published>("ORDER BY number")) text += one.title + ": " + one.body + "; ";
        });
        return text;
    }
    Id<Asset> public_story(const std::string& title = "Rain") {
        const auto id = verified_story(title);
        REQUIRE(step("ben", id, "publish", R"({"audience":"public"})") == "");
        return id;
    }
    std::string found(const std::string& text, const std::string& name = "dora") {
        company.suite().update_search();
        std::string titles;
        company.suite().read(as(name).actor, [&](const Snapshot& tx) {
            for (const auto& hit : tessera::search::find(tx, {.text = text, .limit = 50}).hits) titles += hit.entity + " " + hit.title + "; ";
        });
        return titles;
    }
};

}  // namespace

TEST_CASE("published: customers read the text that was verified last, whatever is being written meanwhile") {
    Shelf      shelf;
    const auto id = shelf.verified_story();
    CHECK(shelf.shown() == "");
    CHECK(shelf.step("ben", id, "publish", R"({"audience":"public"})") == "");
    CHECK(shelf.shown() == "Rain: " + story_text + "; ");
    CHECK(shelf.change("ada", id, R"({"title":"Rain and snow"})") == "");
    CHECK(shelf.state(id) == AssetState::in_review);
    CHECK(shelf.shown() == "Rain: " + story_text + "; ");
    CHECK(shelf.step("ben", id, "verify") == "");
    CHECK(shelf.shown() == "Rain and snow: " + story_text + "; ");
    CHECK(shelf.step("cem", id, "object", R"({"text":"Snow is no rain"})") == "");
    CHECK(shelf.shown() == "Rain and snow: " + story_text + "; ");
}

TEST_CASE("published: what is internal again, retired or merged is nowhere to be read") {
    Shelf      shelf;
    const auto first = shelf.public_story("First"), second = shelf.public_story("Second"), third = shelf.public_story("Third");
    CHECK(shelf.change("ben", first, R"({"audience":"internal"})") == "");
    CHECK(shelf.step("ben", second, "retire") == "");
    CHECK(shelf.step("ben", third, "merge_into", fmt::format(R"({{"target":{}}})", first.value)) == "");
    CHECK(shelf.shown() == "");
}

TEST_CASE("published: who may read what is published reads nothing else, in no way") {
    Shelf      shelf;
    const auto shown = shelf.public_story("Umbrella");
    shelf.verified_story("Umbrella inside");
    REQUIRE(shelf.step("cem", shown, "use", R"({"helpful":"yes"})") == "");
    const auto dora = shelf.as("dora").actor;
    auto&      suite = shelf.company.suite();

    std::set<std::string> readable;
    for (const auto* entity : suite.kernel().entities())
        if (Writers::refusal([&] { suite.list(dora, entity->name, {}); }) == "") readable.insert(entity->name);
    CHECK(readable == std::set<std::string>{"knowledge.published", "knowledge.published_product"});
    for (const auto* report : suite.kernel().reports()) CHECK_MESSAGE(Writers::refusal([&] { suite.report(dora, report->name, {}); }) == "kernel.not_permitted", report->name);

    CHECK(shelf.found("umbrella") == "knowledge.published Umbrella; ");
    CHECK(shelf.found("umbrella inside") == "knowledge.published Umbrella; ");
    CHECK(shelf.found("umbrella", "cem").find("knowledge.asset Umbrella inside; ") != std::string::npos);
    for (const auto* view : {"quiz", "links"}) CHECK(Writers::refusal([&] { shelf.view("knowledge.asset", shown.value, view, "dora"); }) == "kernel.not_permitted");
    CHECK(Writers::refusal([&] { suite.history(dora, "knowledge.asset", shown.value); }) == "kernel.not_permitted");
    CHECK(Writers::refusal([&] { suite.attachments(dora, "knowledge.asset", shown.value); }) == "kernel.not_permitted");
    CHECK(Writers::refusal([&] { suite.related(dora, "knowledge.asset", shown.value); }) == "kernel.not_permitted");
    CHECK(shelf.step("dora", shown, "use") == "kernel.not_permitted");
    CHECK(shelf.change("dora", shown, R"({"title":"Mine"})") == "kernel.not_permitted");

    const auto record = suite.list(dora, "knowledge.published", {.fields = {"number", "title", "body"}});
    for (const auto* secret : {"ada", "ben", "cem", "owner"}) CHECK_MESSAGE(record.find(secret) == std::string::npos, secret);
}

TEST_CASE("published: pictures of the text go with it, other files do not") {
    Shelf                                     shelf;
    const auto                                id = shelf.verified_story();
    Id<tessera::attachments::Attachment>      picture{};
    shelf.company.run([&](Transaction& tx) {
        const auto asset = tx.load(id);
        picture = tessera::attachments::attach(tx, tx.source_of(asset), {"rain.png", "image/png", "\x89PNG rain"});
        tessera::attachments::attach(tx, tx.source_of(asset), {"costs.csv", "text/csv", "secret"});
    });
    const auto there = fmt::format("/api/knowledge/assets/{}/attachments/{}", id.value, picture.value);
    REQUIRE(shelf.change("ada", id, fmt::format(R"({{"body":"{}"}})", Writers::escaped(story_text + "\n![Rain](" + there + ")\n"))) == "");
    REQUIRE(shelf.step("ben", id, "verify") == "");
    REQUIRE(shelf.step("ben", id, "publish", R"({"audience":"public"})") == "");
    std::string files;
    shelf.company.read([&](const Snapshot& tx) {
        const auto shown = tx.first<Published>("ORDER BY id").value();
        for (const auto& file : tessera::attachments::of(tx, tx.source_of(shown))) {
            files += file.name + " ";
            CHECK(shown.body.find(fmt::format("](/api/knowledge/published/{}/attachments/{})", shown.id.value, file.id.value)) != std::string::npos);
        }
        CHECK(shown.body.find(there) == std::string::npos);
    });
    CHECK(files == "rain.png ");
    CHECK(Writers::refusal([&] { shelf.company.suite().attachments(shelf.as("dora").actor, "knowledge.published", 1); }) == "");
}

TEST_CASE("published: a customer is shown what is about products they have ordered") {
    Shelf shelf;
    Id<catalog::Product> bike{}, lamp{};
    Id<directory::Party> shop{};
    shelf.company.run([&](Transaction& tx) {
        const auto unit = tx.value<Id<catalog::Unit>>("SELECT id FROM catalog_unit ORDER BY id").value();
        bike = tx.insert(catalog::Product{.number = "B", .name = "Bike", .unit = unit});
        lamp = tx.insert(catalog::Product{.number = "L", .name = "Lamp", .unit = unit});
        shop = tx.insert(directory::Party{.number = "C", .name = "Shop", .customer = true});
        tx.insert(sales::Order{.customer = shop, .date = Writers::day, .lines = {{.product = bike, .quantity = tessera::Quantity::of(1), .price = tessera::UnitPrice::parse("10"), .price_reason = "agreed"}}});
    });
    for (const auto& [title, product] : {std::pair{"About the bike", bike}, {"About the lamp", lamp}}) {
        const auto id = shelf.story("ada", title);
        REQUIRE(shelf.change("ada", id, fmt::format(R"({{"links":[{{"entity":"catalog.product","record":{},"relation":"about"}}]}})", product.value)) == "");
        REQUIRE(shelf.step("ada", id, "submit") == "");
        REQUIRE(shelf.step("ben", id, "verify") == "");
        REQUIRE(shelf.step("ben", id, "publish", R"({"audience":"public"})") == "");
    }
    const auto report = shelf.company.suite().report(shelf.as("ben").actor, "knowledge.for_customer", {{"party", "Shop"}});
    REQUIRE(report.rows.size() == 1);
    CHECK(std::get<std::string>(report.rows[0][1]) == "About the bike");
}
