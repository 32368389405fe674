#include "demo/demo_setup.h"

#include "demo/people.h"
#include "demo/selling_setup.h"

namespace tessera::demo {

std::string price_text(std::string_view price, int percent) {
    return format_decimal(divide(Wide{parse_decimal(price, 6)} * percent, Wide{100} * 100), 4);
}

namespace demo_setup {

std::string yes(bool flag) { return flag ? "true" : "false"; }

void fiscal_years(DemoBooks& books, Date from, Date today) {
    for (int year = from.year(); year <= today.year() + 1; ++year) {
        const auto   first = Date(year, 1, 1);
        std::int64_t known = 0;
        books.read([&](const Snapshot& tx) {
            known =
                tx.value<std::int64_t>("SELECT count(*) FROM financials_fiscal_year WHERE starts_on = :first", first)
                    .value_or(0);
        });
        if (known == 0) books.create(accountant, "financials.fiscal_year", {{"starts_on", first.str()}}, from);
    }
}

void find_places(DemoBooks& books, Ground& ground) {
    struct Account {
        std::string  code{};
        std::int64_t id = 0;
    };
    books.read([&](const Snapshot& tx) {
        for (const auto& account : tx.rows<Account>("SELECT code, id FROM financials_account"))
            ground.accounts[account.code] = account.id;
        ground.location =
            tx.value<std::int64_t>("SELECT min(id) FROM inventory_location WHERE code = 'STOCK'").value_or(0);
    });
}

std::map<std::string, std::int64_t> make_categories(DemoBooks& books, Date on) {
    std::map<std::string, std::int64_t> made;
    const auto parent = books.create(buyer, "catalog.category", {{"name", "Materials"}}, on).id;
    for (const auto name : categories()) {
        json::object body{{"name", name}};
        if (name != "Finished goods") body["parent"] = parent;
        made[std::string(name)] = books.create(buyer, "catalog.category", body, on).id;
    }
    return made;
}

void make_people(DemoBooks& books, Ground& ground, Date on) {
    for (const auto& one : employees())
        ground.employees.push_back(books
                                       .create(accountant, "directory.employee",
                                               {{"number", one.number},
                                                {"name", one.name},
                                                {"job_title", one.job_title},
                                                {"email", std::string(one.number) + "@fennimore.example"},
                                                {"hired_on", on.plus_months(-30).str()}},
                                               on)
                                       .id);
}

void make_suppliers(DemoBooks& books, Ground& ground, Random& random, Date on) {
    for (const auto& one : suppliers()) {
        const auto id =
            books
                .create(buyer, "directory.party",
                        {{"number", one.number},
                         {"name", one.name},
                         {"supplier", true},
                         {"preferred", one.preferred},
                         {"rating", one.rating},
                         {"currency", one.currency},
                         {"payment_days", one.payment_days},
                         {"phone", fmt::format("{}-555-{:04}", random.between(201, 989), random.below(10000))}},
                        on)
                .id;
        ground.suppliers.push_back(id);
        books.create(buyer, "directory.address",
                     {{"party", id},
                      {"kind", "main"},
                      {"street", one.street},
                      {"city", one.city},
                      {"region", one.region},
                      {"postal_code", one.postal_code},
                      {"country", one.country}},
                     on);
        books.create(buyer, "directory.contact", {{"party", id}, {"name", one.contact}, {"role", one.role}}, on);
    }
}

json::object product_body(const ProductData& one, std::int64_t category, bool stocked) {
    return {{"number", one.number},
            {"name", one.name},
            {"category", category},
            {"unit", one.unit},
            {"procurement", "buy"},
            {"stocked", stocked},
            {"standard_cost", one.price},
            {"reorder_point", std::to_string(one.weekly_use * (one.lead_days / 7 + 2))},
            {"safety_stock", std::to_string(one.weekly_use)}};
}

void make_price(DemoBooks& books, const Ground& ground, const ProductData& one, std::int64_t product, int percent,
                Date from, Date to, Date on) {
    json::object body{{"product", product},
                      {"supplier", ground.suppliers[static_cast<std::size_t>(one.supplier)]},
                      {"price", price_text(one.price, percent)},
                      {"minimum_quantity", "1"},
                      {"lead_time_days", one.lead_days},
                      {"valid_from", from.str()},
                      {"supplier_number",
                       fmt::format("{}-{}", suppliers()[static_cast<std::size_t>(one.supplier)].number.substr(0, 3),
                                   one.number.substr(3))}};
    if (!to.empty()) body["valid_to"] = to.str();
    books.create(buyer, "catalog.supplier_price", body, on);
    body["price"]            = price_text(one.price, percent - 4);
    body["minimum_quantity"] = std::to_string(one.lot * 2);
    books.create(buyer, "catalog.supplier_price", body, on);
}

void make_goods(DemoBooks& books, Ground& ground, Random& random, Date on) {
    const auto category = make_categories(books, on);
    const auto bought   = [&](const ProductData& one, bool stocked) {
        const auto id = books
                            .create(buyer, "catalog.product",
                                      product_body(one, category.at(std::string(one.category)), stocked), on)
                            .id;
        const auto change = on.plus_months(12);
        make_price(books, ground, one, id, 100, on, change.plus_days(-1), on);
        make_price(books, ground, one, id, 100 + random.between(1, 5), change, {}, on);
        return id;
    };
    for (const auto& one : products()) ground.products.push_back(bought(one, true));
    for (const auto& one : supplies()) ground.supplies.push_back(bought(one, false));
    for (const auto& one : finished_goods())
        ground.finished.push_back(books
                                      .create(buyer, "catalog.product",
                                              {{"number", one.number},
                                               {"name", one.name},
                                               {"category", category.at("Finished goods")},
                                               {"unit", "EA"},
                                               {"procurement", "make"},
                                               {"stocked", true},
                                               {"saleable", true},
                                               {"costing", "standard"},
                                               {"standard_cost", one.standard_cost},
                                               {"list_price", one.list_price}},
                                              on)
                                      .id);
}

// One euro in dollars, a step every Monday.
void make_rates(DemoBooks& books, Random& random, Date from, Date today) {
    std::int64_t rate = 10850;
    for (auto day = from.plus_days(-14); day <= today; day = day.plus_days(7)) {
        rate += random.between(-85, 88);
        books.create(accountant, "directory.exchange_rate",
                     {{"base", "EUR"}, {"quote", "USD"}, {"date", day.str()}, {"rate", format_decimal(rate, 4)}}, day);
    }
}

void make_rules(DemoBooks& books, Ground& ground, Date on) {
    ground.tax_code =
        books
            .create(
                accountant, "financials.tax_code",
                {{"code", "PA6"}, {"name", "Pennsylvania use tax, not recovered"}, {"rate", "6"}, {"deductible", "0"}},
                on)
            .id;
    const auto supplier = [&](int position) { return ground.suppliers[static_cast<std::size_t>(position)]; };
    books.create(accountant, "purchasing.tolerance",
                 {{"scope", "supplier"},
                  {"supplier", supplier(3)},
                  {"kind", "quantity"},
                  {"upper_percent", "2"},
                  {"above", "block"}},
                 on);
    books.create(accountant, "purchasing.tolerance",
                 {{"scope", "supplier"},
                  {"supplier", supplier(11)},
                  {"kind", "quantity"},
                  {"upper_percent", "5"},
                  {"above", "block"}},
                 on);
    books.create(accountant, "purchasing.tolerance",
                 {{"scope", "supplier"},
                  {"supplier", supplier(5)},
                  {"kind", "price"},
                  {"upper_percent", "1.5"},
                  {"above", "block"},
                  {"lower_percent", "10"},
                  {"below", "warn"}},
                 on);
}

json::object entry_line(const Ground& ground, const std::string& account, const char* side, std::int64_t dollars) {
    return {{"account", ground.accounts.at(account)}, {side, std::to_string(dollars)}};
}

void make_opening(DemoBooks& books, Ground& ground, Date on, int scale) {
    const auto bank = std::int64_t{180'000} * scale;
    books.create(
        accountant, "financials.manual_entry",
        {{"date", on.str()},
         {"journal", "opening"},
         {"memo", "Opening balances"},
         {"lines",
          json::array{entry_line(ground, "1010", "debit", bank), entry_line(ground, "1520", "debit", 320'000),
                      entry_line(ground, "1530", "debit", 24'000), entry_line(ground, "2710", "credit", 240'000),
                      entry_line(ground, "3010", "credit", bank + 104'000)}}},
        on, "post");
}

void make_stock(DemoBooks& books, Ground& ground, Date on, int scale) {
    json::array lines;
    for (std::size_t i = 0; i < products().size(); ++i) {
        const auto& one      = products()[i];
        const auto  quantity = static_cast<std::int64_t>(one.weekly_use) * scale * (one.lead_days / 7 + 3);
        ground.on_hand.push_back(quantity);
        lines.push_back(json::object{{"product", ground.products[i]},
                                     {"location", ground.location},
                                     {"quantity", std::to_string(quantity)},
                                     {"unit_cost", one.price}});
    }
    books.create(warehouse, "inventory.stock_movement",
                 {{"kind", "receipt"},
                  {"purpose", "opening"},
                  {"date", on.str()},
                  {"reason", "Opening stock"},
                  {"lines", lines}},
                 on, "post");
}

}  // namespace demo_setup

Ground set_up(DemoBooks& books, Random& random, Date from, Date today, int scale) {
    using namespace demo_setup;
    Ground ground;
    fiscal_years(books, from, today);
    find_places(books, ground);
    books.in_bulk([&] {
        make_people(books, ground, from);
        make_suppliers(books, ground, random, from);
        make_goods(books, ground, random, from);
        make_rates(books, random, from, today);
        make_rules(books, ground, from);
        make_opening(books, ground, from, scale);
        make_stock(books, ground, from, scale);
        set_up_selling(books, ground, from, scale);
    });
    return ground;
}

}  // namespace tessera::demo
