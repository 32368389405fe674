#include <catalog/records.h>
#include <tessera/accounts.h>
#include <tessera/testing/company.h>

#include <doctest/doctest.h>

using namespace catalog;
using tessera::Snapshot;
using tessera::Transaction;
using tessera::operator""_date;

namespace catalog_test {

Id<Unit> unit(tessera::testing::Company& company, std::string_view code) {
    return *company.value<Id<Unit>>("SELECT id FROM catalog_unit WHERE code = :code", code);
}

Id<Product> wire(tessera::testing::Company& company) {
    return company.insert(Product{.number = "WIRE", .name = "Copper wire", .unit = unit(company, "CM")});
}

std::string converted(tessera::testing::Company& company, Id<Product> product, const char* quantity, const char* from,
                      const char* to) {
    const auto  f = unit(company, from), t = unit(company, to);
    std::string result;
    company.read([&](const Snapshot& tx) {
        try {
            result = tx.service<Units>().convert(tx, product, Quantity::parse(quantity), f, t).str();
        } catch (const tessera::Refused& refusal) {
            result = refusal.code();
        }
    });
    return result;
}

}  // namespace catalog_test

using namespace catalog_test;

TEST_CASE("units: quantities convert exactly, or not at all") {
    tessera::testing::Company company{"catalog"};
    const auto                product = wire(company);
    company.insert(
        UnitConversion{.product = product, .from = unit(company, "BOX"), .to = unit(company, "CM"), .numerator = 250});

    struct Row {
        const char *quantity, *from, *to, *result;
    };
    const Row rows[] = {
        {"5", "M", "CM", "500"},  // tryton account_stock_continental: bought in metres, kept in centimetres
        {"400", "CM", "M", "4"},  // the inverse
        {"3", "CM", "CM", "3"},
        {"2", "BOX", "CM", "500"},  // the product's own
        {"2", "BOX", "M", "5"},     // two steps, by the product's unit
        {"5", "M", "BOX", "2"},
        {"1", "MM", "M", "0.001"},
        {"1", "MIN", "H", "kernel.inexact_conversion"},
        {"1", "KG", "CM", "catalog.no_unit_conversion"},
    };
    for (const auto& row : rows) {
        CAPTURE(row.quantity);
        CAPTURE(row.from);
        CAPTURE(row.to);
        CHECK(converted(company, product, row.quantity, row.from, row.to) == row.result);
    }
}

TEST_CASE("units: a conversion is given once, between two units, by positive numbers") {
    tessera::testing::Company company{"catalog"};
    const auto                kg = unit(company, "KG"), g = unit(company, "G"), lb = unit(company, "LB");
    CHECK(company.refusal([&](Transaction& tx) {
        tx.insert(UnitConversion{.from = g, .to = kg, .denominator = 1000});
    }) == "catalog.conversion_exists");
    CHECK(company.refusal([&](Transaction& tx) { tx.insert(UnitConversion{.from = kg, .to = kg}); }) ==
          "catalog.conversion_to_itself");
    CHECK(company.refusal([&](Transaction& tx) { tx.insert(UnitConversion{.from = kg, .to = lb, .numerator = 0}); }) ==
          "catalog.conversion_not_positive");
}

TEST_CASE("category: a category is never below itself") {
    tessera::testing::Company company{"catalog"};
    const auto                bikes = company.insert(Category{.name = "Bikes"});
    const auto                road  = company.insert(Category{.name = "Road bikes", .parent = bikes});
    CHECK(company.refusal([&](Transaction& tx) {
        auto category   = tx.load(bikes);
        category.parent = road;
        tx.save(category);
    }) == "catalog.category_cycle");
}

TEST_CASE("product: numbers are unique and a product does not end before it begins") {
    tessera::testing::Company company{"catalog"};
    wire(company);
    CHECK(company.refusal([&](Transaction& tx) {
        tx.insert(Product{.number = "WIRE", .name = "Other", .unit = unit(company, "EA")});
    }) == "kernel.duplicate");
    CHECK(company.refusal([&](Transaction& tx) {
        tx.insert(Product{.number      = "OLD",
                          .name        = "Old",
                          .unit        = unit(company, "EA"),
                          .active_from = "2026-02-01"_date,
                          .active_to   = "2026-01-31"_date});
    }) == "catalog.product_ends_before_it_begins");
}

TEST_CASE("supplier prices: the one valid on the day with the largest minimum quantity that is reached") {
    tessera::testing::Company company{"catalog"};
    const auto                product  = wire(company);
    const auto                supplier = company.insert(directory::Party{.name = "Cable works", .supplier = true});
    const auto                list     = [&](const char* price, const char* minimum, Date from, Date to) {
        return SupplierPrice{.product          = product,
                                                .supplier         = supplier,
                                                .price            = UnitPrice::parse(price),
                                                .minimum_quantity = Quantity::parse(minimum),
                                                .valid_from       = from,
                                                .valid_to         = to};
    };
    company.insert(list("10", "0", {}, "2026-03-31"_date));
    company.insert(list("11", "0", "2026-04-01"_date, {}));
    company.insert(list("9", "100", "2026-01-01"_date, {}));

    struct Row {
        const char* quantity;
        const char* on;
        const char* price;
    };
    for (const auto& row : {Row{"1", "2026-03-31", "10"}, Row{"1", "2026-04-01", "11"}, Row{"99.9", "2026-05-01", "11"},
                            Row{"100", "2026-05-01", "9"}, Row{"100", "2025-12-31", "10"}}) {
        CAPTURE(row.quantity);
        CAPTURE(row.on);
        company.read([&](const Snapshot& tx) {
            const auto found = tx.service<PriceLists>().find(tx, product, supplier, Quantity::parse(row.quantity),
                                                             Date::parse(row.on));
            REQUIRE(found);
            CHECK(found->price.str() == row.price);
            CHECK(found->currency.code() == "USD");
        });
    }
    CHECK(company.refusal([&](Transaction& tx) { tx.insert(list("12", "0", "2026-03-31"_date, {})); }) ==
          "catalog.prices_overlap");
    CHECK(company.refusal([&](Transaction& tx) { tx.insert(list("12", "5", "2026-03-31"_date, {})); }) == "");
    CHECK(company.refusal([&](Transaction& tx) { tx.insert(list("12", "7", "2026-03-31"_date, "2026-03-30"_date)); }) ==
          "catalog.price_ends_before_it_begins");
}

TEST_CASE("categories: a role may show only those below one") {
    namespace access = tessera::access;
    tessera::testing::Company company{"catalog"};
    const auto                bikes = company.insert(Category{.name = "Bikes"});
    company.insert(Category{.name = "Touring", .parent = bikes});
    company.insert(Category{.name = "Clothing"});
    const auto role = company.insert(access::Role{.name        = "Bike shop",
                                                  .permissions = {{.permission = "catalog.read"}},
                                                  .rules = {{.entity = "catalog.category", .field = "parent", .operation = access::Comparison::contains, .value = "bike"}}});
    company.insert(access::User{.name = "ada", .roles = {{.role = role}}});
    access::Accounts accounts(company.suite());
    const auto       ada  = accounts.recognise(accounts.make_token({}, "ada", "test", {"*"}, {}).key);
    const auto       list = company.suite().list(ada->actor, "catalog.category", {});
    CHECK(list.find("Touring") != std::string::npos);
    CHECK(list.find("Clothing") == std::string::npos);
    CHECK(list.find("\"total\":1") != std::string::npos);
}
