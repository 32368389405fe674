#include "demo/selling_setup.h"

#include "demo/people.h"

namespace tessera::demo {

namespace selling_setup {

std::int64_t make_dealer_prices(DemoBooks& books, const Ground& ground, Date on) {
    const auto list =
        books.create(sales, "sales.price_list", {{"name", "Dealers"}, {"currency", "USD"}, {"valid_from", on.str()}}, on).id;
    for (std::size_t i = 0; i < finished_goods().size(); ++i)
        books.create(sales, "sales.price",
                     {{"price_list", list}, {"product", ground.finished[i]}, {"price", price_text(finished_goods()[i].list_price, 68)}}, on);
    return list;
}

void make_offers(DemoBooks& books, const Ground& ground, Date on) {
    books.create(sales, "sales.special_offer", {{"name", "From 36 of a kind"}, {"discount", "4"}, {"minimum_quantity", "36"}}, on);
    const auto spring = Date(on.plus_months(12).year(), 3, 1);
    books.create(sales, "sales.special_offer",
                 {{"name", "Spring sale of signal lanterns"},
                  {"discount", "12"},
                  {"product", ground.finished.back()},
                  {"valid_from", spring.str()},
                  {"valid_to", spring.plus_months(2).plus_days(-1).str()}},
                 on);
}

void make_sales_tax(DemoBooks& books, Date on) {
    const auto code =
        books.create(accountant, "financials.tax_code", {{"code", "PAS6"}, {"name", "Pennsylvania sales tax"}, {"rate", "6"}}, on).id;
    books.create(sales, "sales.tax_rule", {{"country", "US"}, {"region", "Pennsylvania"}, {"tax_code", code}}, on);
}

json::object terms_of(const CustomerData& one, std::int64_t territory, std::int64_t sales_person, std::int64_t price_list, int scale) {
    json::object terms{{"number", one.number},
                       {"name", one.name},
                       {"customer", true},
                       {"payment_days", one.payment_days},
                       {"sales_territory", territory},
                       {"sales_sales_person", sales_person},
                       {"sales_tax_exempt", one.exempt}};
    if (one.exempt) terms["sales_price_list"] = price_list;
    if (one.credit_limit == 0) return terms;
    terms["sales_credit_limit"] = std::to_string(std::int64_t{one.credit_limit} * scale);
    terms["sales_overdue_days"] = 30;
    return terms;
}

void make_customer(DemoBooks& books, Ground& ground, const CustomerData& one, const json::object& terms, Date on) {
    const auto id = books.create(sales, "directory.party", terms, on).id;
    ground.customers.push_back(id);
    books.create(sales, "directory.address",
                 {{"party", id},
                  {"kind", "main"},
                  {"street", one.street},
                  {"city", one.city},
                  {"region", one.region},
                  {"postal_code", one.postal_code},
                  {"country", "US"}},
                 on);
    books.create(sales, "directory.contact", {{"party", id}, {"name", one.contact}, {"role", one.role}}, on);
}

void make_customers(DemoBooks& books, Ground& ground, std::int64_t price_list, Date on, int scale) {
    std::map<std::string_view, std::int64_t> territory;
    for (const auto name : territories())
        territory[name] = books.create(sales, "sales.territory", {{"name", name}, {"country", "US"}}, on).id;
    for (std::size_t i = 0; i < customers().size(); ++i) {
        const auto& one = customers()[i];
        make_customer(books, ground, one,
                      terms_of(one, territory.at(one.territory), ground.employees[ground.employees.size() - 1 - i % 2], price_list, scale), on);
    }
}

void make_lanterns(DemoBooks& books, Ground& ground, Date on, int scale) {
    json::array lines;
    for (std::size_t i = 0; i < finished_goods().size(); ++i) {
        ground.finished_on_hand.push_back(std::int64_t{60} * scale);
        lines.push_back(json::object{{"product", ground.finished[i]},
                                     {"location", ground.location},
                                     {"quantity", std::to_string(ground.finished_on_hand[i])},
                                     {"unit_cost", finished_goods()[i].standard_cost}});
    }
    books.create(warehouse, "inventory.stock_movement",
                 {{"kind", "receipt"}, {"purpose", "opening"}, {"date", on.str()}, {"reason", "Lanterns in stock"}, {"lines", lines}}, on, "post");
}

}  // namespace selling_setup

void set_up_selling(DemoBooks& books, Ground& ground, Date on, int scale) {
    using namespace selling_setup;
    const auto dealers = make_dealer_prices(books, ground, on);
    make_offers(books, ground, on);
    make_sales_tax(books, on);
    make_customers(books, ground, dealers, on, scale);
    make_lanterns(books, ground, on, scale);
}

}  // namespace tessera::demo
