#include "workshop_company.h"

#include <doctest/doctest.h>

#include <atomic>

using namespace tessera;
using namespace workshop;

namespace {

struct Shop : WorkshopCompany {
    Shop() {
        add("2026-01-10", "first", 1);
        add("2026-02-10", "second", 2);
        add("2026-03-10", "third", 3);
    }
    void add(std::string day, std::string note, int quantity) {
        auto record              = order(std::move(note));
        record.ordered_on        = Date::parse(day);
        record.hours             = Quantity::of(quantity);
        record.lines[0].quantity = Quantity::of(quantity);
        insert(record);
    }
    std::string run_report(const Suite::ParameterTexts& parameters, std::string name = "workshop.orders") {
        const auto  result = suite().report({}, name, parameters);
        std::string text;
        for (const auto& row : result.rows) text += text_of(row[5 % row.size()]) + " ";
        for (const auto& total : result.totals) text += "|" + text_of(total);
        return text;
    }
    std::string told(const Suite::ParameterTexts& parameters, std::string name = "workshop.orders") {
        try {
            suite().report({}, name, parameters);
            return "done";
        } catch (const Refused& refused) {
            return fmt::format("{} {} {}: {}", refused.status(), refused.code(), refused.field(), refused.sentence());
        }
    }
};

// Remembers no more than how many rows came.
struct Counting : ReportSink {
    void begin(const ReportResult& heading) override { columns = heading.columns.size(); }
    void row(const std::vector<Cell>&) override {
        ++rows;
        if (cancel_at && rows == cancel_at) cancelled = true;
    }
    void end(const std::vector<Cell>& sums) override { totals = sums; }
    std::size_t       columns = 0;
    std::int64_t      rows = 0, cancel_at = 0;
    std::vector<Cell> totals{};
    std::atomic<bool> cancelled{false};
};

const Suite::ParameterTexts all = {{"from", "2020-01-01"}, {"to", "2030-01-01"}};

Suite::ParameterTexts and_also(std::string name, std::string value) {
    auto parameters = all;
    parameters.emplace_back(std::move(name), std::move(value));
    return parameters;
}

}  // namespace

TEST_CASE("reports: parameters bind by name, whatever the order of the query, and none means no limit") {
    Shop shop;
    CHECK(shop.run_report(all) == "10.00 20.00 30.00 ||||||60.00|3");
    CHECK(shop.run_report({{"to", "2026-02-28"}, {"from", "2026-02-01"}}) == "20.00 ||||||20.00|1");
    CHECK(shop.run_report(and_also("text", "third")) == "30.00 ||||||30.00|1");
    CHECK(shop.run_report(and_also("hours", "2")) == "20.00 ||||||20.00|1");
    CHECK(shop.run_report(and_also("state", "confirmed")) == "||||||0.00|0");             // no rows: totals of zero
    CHECK(shop.run_report(and_also("customer", "Ada")) == "10.00 20.00 30.00 ||||||60.00|3");
    CHECK(shop.run_report(and_also("customer", std::to_string(shop.customer().value))) == "10.00 20.00 30.00 ||||||60.00|3");
    CHECK(shop.run_report(and_also("customer", "1")) == "||||||0.00|0");                  // the company's own name, from the seed
}

TEST_CASE("reports: a parameter left out has its default") {
    Shop       shop;
    const auto today = Date::today();
    shop.add(today.str(), "today", 7);
    shop.add(today.plus_days(1).str(), "tomorrow", 9);
    shop.add(fmt::format("{}-12-31", today.year() - 1), "last year", 11);
    const auto result = shop.suite().report({}, "workshop.orders", {});
    REQUIRE_FALSE(result.rows.empty());
    CHECK(text_of(result.rows.back()[5]) == "70.00");
    for (const auto& row : result.rows) CHECK(text_of(row[3]).starts_with(std::to_string(today.year())));
    CHECK(result.parameters[0].value == fmt::format("{}-01-01", today.year()));
    CHECK(result.parameters[1].value == today.str());
    CHECK(result.parameters[1].label == "To");
}

TEST_CASE("reports: parameters are checked against their types, and unknown ones are refused by name") {
    Shop shop;
    CHECK(shop.told({{"form", "2026-01-01"}}) ==
          "422 kernel.unknown_parameter form: To run workshop.orders, use the parameters it has (from, to, customer, state, text, hours); \"form\" is none of them.");
    CHECK(shop.told({{"from", "yesterday"}}).starts_with("422 kernel.malformed_date from: from: "));
    CHECK(shop.told({{"from", "2026-02-30"}}).starts_with("422 kernel.malformed_date from"));
    CHECK(shop.told({{"state", "burnt"}}) == "422 kernel.unknown_choice state: state: To choose the state, use one of draft, confirmed, finished, short_of_parts, cancelled.");
    CHECK(shop.told({{"customer", "Nobody"}}).starts_with("422 kernel.unknown_reference customer"));
    CHECK(shop.told({{"customer", "4711"}}).starts_with("422 kernel.unknown_reference customer"));
    shop.insert(Customer{.name = "Ada"});
    CHECK(shop.told({{"customer", "Ada"}}).starts_with("422 kernel.ambiguous_reference customer"));
    CHECK(shop.told({{"hours", "1,5"}}).starts_with("422 kernel.malformed_number hours"));
    CHECK(shop.told({{"text", "'; DROP TABLE workshop_order; --"}}) == "done");
    CHECK(shop.told({}, "workshop.countdown") == "422 kernel.required from: To run workshop.countdown, give from.");
    CHECK(shop.told({{"from", "3"}, {"in_yen", "perhaps"}}, "workshop.countdown").starts_with("422 kernel.malformed_flag in_yen"));
    CHECK(shop.told({}, "workshop.nothing") == "404 kernel.no_report : To run a report, name one that exists; \"workshop.nothing\" does not (tessera report lists them).");
    CHECK(shop.run_report(all) == "10.00 20.00 30.00 ||||||60.00|3");
}

TEST_CASE("reports: the heading says what was asked, by whom people know it") {
    Shop       shop;
    const auto result = shop.suite().report({}, "workshop.orders", and_also("customer", std::to_string(shop.customer().value)));
    CHECK(result.report == "workshop.orders");
    CHECK(result.title == "Orders");
    CHECK(result.company == "Repair Shop");
    CHECK(result.parameters[2].value == "Ada");
    CHECK(result.columns[0].hidden);
    CHECK(result.columns[3].label == "Ordered on");
    CHECK(result.columns[5].drill_down.entity == "workshop.order");
    CHECK(result.columns[5].type == CellType::money);
}

TEST_CASE("reports: amounts that cannot be added have no total; the other columns keep theirs") {
    Shop shop;
    CHECK(shop.run_report({{"from", "2"}}, "workshop.countdown") == "2.00 1.00 |3|1.5|3.00");
    CHECK(shop.run_report({{"from", "2"}, {"in_yen", "yes"}}, "workshop.countdown") == "2.00 1 |3|1.5|");
    CHECK(shop.run_report({{"from", "0"}}, "workshop.countdown") == "|0|0|0.00");
}

TEST_CASE("reports: rows come one at a time, however many, and stop when nobody wants them") {
    Shop     shop;
    Counting sink;
    shop.suite().report({}, "workshop.countdown", {{"from", "200000"}}, sink);
    CHECK(sink.rows == 200'000);
    CHECK(sink.columns == 3);
    CHECK(text_of(sink.totals[0]) == "20000100000");

    Counting unwanted;
    unwanted.cancel_at = 1000;
    CHECK(refusal_of([&] {
              shop.suite().report({}, "workshop.numbers", {{"to", "10000000"}}, unwanted, std::chrono::minutes(1), &unwanted.cancelled);
          }).starts_with("kernel.query_cancelled"));
    CHECK(unwanted.rows < 100'000);
    Counting slow;
    CHECK(refusal_of([&] { shop.suite().report({}, "workshop.numbers", {{"to", "100000000"}}, slow, std::chrono::milliseconds(20)); }).starts_with("kernel.query_cancelled"));
    CHECK(shop.run_report(all) == "10.00 20.00 30.00 ||||||60.00|3");                       // the connection is free again
}

TEST_CASE("reports: a sink that breaks off ends the snapshot with it") {
    struct Full : ReportSink {
        void begin(const ReportResult&) override {}
        void row(const std::vector<Cell>&) override { throw std::runtime_error("the disk is full"); }
        void end(const std::vector<Cell>&) override {}
    };
    Shop shop;
    Full sink;
    CHECK_THROWS_AS(shop.suite().report({}, "workshop.orders", all, sink), std::runtime_error);
    shop.add("2026-04-10", "fourth", 4);
    CHECK(shop.run_report(all) == "10.00 20.00 30.00 40.00 ||||||100.00|4");
}
