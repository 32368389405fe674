#include "adventureworks_sales.h"

#include <algorithm>
#include <cmath>

namespace adventureworks {

namespace {

Figure one(bool is = true) { return Figure::of(is ? 1 : 0); }

// Figures under several names, by what they are of.
using Figures = std::map<std::string, std::map<std::string, Figure>>;

struct Files {
    explicit Files(const SourceFolder& folder) : orders(folder.rows("SalesOrderHeader")), lines(folder.rows("SalesOrderDetail")) {
        for (const auto& row : folder.rows("SalesTerritory")) territories[row.at("TerritoryID")] = row.at("Name");
        for (const auto& row : folder.rows("SpecialOffer")) offers[row.at("SpecialOfferID")] = row.at("Description");
        for (const auto& row : folder.rows("CurrencyRate")) rates[row.at("CurrencyRateID")] = row;
        for (const auto& row : folder.rows("Customer")) customers[row.at("CustomerID")] = row.at("AccountNumber");
    }
    std::vector<Row>                   orders, lines;
    std::map<std::string, std::string> territories{}, offers{}, customers{};
    std::map<std::string, Row>         rates{};
};

void add_order(std::map<std::string, Figure>& sums, const Row& order) {
    sums["orders"] += one();
    sums["revenue"] += Figure::parse(order.at("SubTotal"));
    sums["tax"] += Figure::parse(order.at("TaxAmt"));
    sums["freight"] += Figure::parse(order.at("Freight"));
    sums["total"] += Figure::parse(order.at("TotalDue"));
}

std::string year_of(const Row& order) { return order.at("OrderDate").substr(0, 4); }

// The rows of a report by the values of some columns.
Figures by(const std::vector<Row>& rows, const std::vector<std::string>& keys) {
    Figures all;
    for (const auto& row : rows) {
        std::string name;
        for (const auto& key : keys) name += (name.empty() ? "" : " ") + row.at(key);
        all[name] = figures(row);
    }
    return all;
}

void check_equal(const Figures& ours, const Figures& theirs) {
    CHECK(ours.size() == theirs.size());
    for (const auto& [name, expected] : theirs) {
        CAPTURE(name);
        const auto found = ours.find(name);
        REQUIRE(found != ours.end());
        for (const auto& [column, figure] : expected) {
            CAPTURE(column);
            CHECK(found->second.at(column) == figure);
        }
    }
}

using Summaries = std::map<std::string, std::vector<Row>>;

Summaries summaries_of(const json::object& outcome) {
    Summaries all;
    for (const auto& summary : outcome.at("summaries").as_array()) all[std::string(summary.as_object().at("title").as_string())] = rows_of(summary);
    return all;
}

// ---- 3.1 to 3.3, 3.5: orders

void check_years(const Books& books, const Files& files, const SourceFolder& folder) {
    Figures                                       expected;
    std::map<std::string, std::set<std::string>> customers;
    for (const auto& order : files.orders) {
        add_order(expected[year_of(order)], order);
        customers[year_of(order)].insert(order.at("CustomerID"));
    }
    for (auto& [year, sums] : expected) sums["customers"] = Figure::of(static_cast<std::int64_t>(customers[year].size()));
    const auto ours = by(books.report("sales.by_period --by year --territories false"), {"period"});
    check_equal(ours, expected);
    for (const auto& row : reference("3.2 "))
        if (folder.has_year(row.at("year")))
            compare(ours.at(row.at("year")), row,
                    {{"orders", "orders"}, {"customers", "customers"}, {"revenue", "revenue"}, {"tax", "tax"}, {"freight", "freight"}, {"total", "total_due"}});
}

void check_territories(const Books& books, const Files& files, const SourceFolder& folder) {
    Figures expected;
    for (const auto& order : files.orders) add_order(expected[year_of(order) + " " + files.territories.at(order.at("TerritoryID"))], order);
    const auto ours = by(books.report("sales.by_period --by year"), {"period", "territory"});
    check_equal(ours, expected);
    for (const auto& row : reference("3.1 "))
        if (folder.has_year(row.at("year")))
            compare(ours.at(row.at("year") + " " + row.at("Name")), row,
                    {{"orders", "orders"}, {"revenue", "revenue"}, {"tax", "tax"}, {"freight", "freight"}, {"total", "total_due"}});
}

void check_channels(const Summaries& books, const Files& files, const SourceFolder& folder) {
    std::map<std::string, std::string> channel;
    Figures                            expected;
    for (const auto& order : files.orders) {
        const auto& name = channel[order.at("SalesOrderID")] = order.at("OnlineOrderFlag") == "1" ? "online" : "reseller";
        expected[name]["orders"] += one();
        expected[name]["revenue"] += Figure::parse(order.at("SubTotal"));
    }
    for (const auto& line : files.lines) expected[channel.at(line.at("SalesOrderID"))]["lines"] += one();
    const auto ours = by(books.at("Online and reseller sales"), {"sold"});
    check_equal(ours, expected);
    if (!folder.has_year("2013")) return;
    for (const auto& row : reference("3.3 "))
        compare(ours.at(row.at("OnlineOrderFlag") == "1" ? "online" : "reseller"), row, {{"orders", "orders"}, {"revenue", "revenue"}, {"lines", "lines"}});
}

void check_customers(const Summaries& books, const Files& files, const SourceFolder& folder) {
    std::map<std::string, Figure> revenue;
    for (const auto& order : files.orders) revenue[files.customers.at(order.at("CustomerID"))] += Figure::parse(order.at("SubTotal"));
    std::vector<Figure> largest;
    for (const auto& [number, sum] : revenue) largest.push_back(sum);
    std::ranges::sort(largest, std::ranges::greater{});
    const auto& ours = books.at("Largest customers");
    REQUIRE(ours.size() == 10);
    for (std::size_t i = 0; i < ours.size(); ++i) {
        CHECK(Figure::parse(ours[i].at("revenue")) == largest[i]);
        CHECK(revenue.at(ours[i].at("number")) == largest[i]);
    }
    if (!folder.has_year("2013")) return;
    const auto top = reference("3.5 ");
    REQUIRE(top.size() == ours.size());
    for (std::size_t i = 0; i < top.size(); ++i) {
        CHECK(ours[i].at("customer") == top[i].at("name"));
        CHECK(ours[i].at("number") == files.customers.at(top[i].at("CustomerID")));
        compare(figures(ours[i]), top[i], {{"orders", "orders"}, {"revenue", "revenue"}});
    }
}

// ---- 3.4: what special offers gave away

void check_offers(const Books& books, const Files& files, const SourceFolder& folder) {
    Figures expected;
    for (const auto& line : files.lines) {
        auto&      sums  = expected[files.offers.at(line.at("SpecialOfferID"))];
        const auto gross = Figure::parse(line.at("OrderQty")) * Figure::parse(line.at("UnitPrice"));
        sums["lines"] += one();
        sums["gross"] += gross;
        sums["net"] += Figure::parse(line.at("LineTotal"));
        sums["discount"] += gross - Figure::parse(line.at("LineTotal"));
    }
    const auto ours = by(books.report("sales.by_offer"), {"offer"});
    check_equal(ours, expected);
    if (!folder.has_year("2013")) return;
    for (const auto& row : reference("3.4 ")) {
        CAPTURE(row.at("Description"));
        const auto& sums = ours.at(row.at("Description"));
        CHECK(sums.at("lines") == Figure::parse(row.at("lines")));
        CHECK(same_to_four_decimals(sums.at("gross"), Figure::parse(row.at("gross"))));
        CHECK(same_to_four_decimals(sums.at("discount"), Figure::parse(row.at("discount"))));
    }
}

// ---- 3.6: what it brought and what it cost
//
// Every product in every year: revenue as the lines say, cost as computed from the files. Of products that are only made the
// cost is the reference's standard cost itself; of those that are bought too it is the books' moving average, so for the sums
// of the reference their standard cost, from the files, takes its place.

void check_products(const std::vector<Row>& rows, const Files& files, const SourceFolder& folder, const CostOfSales& costs) {
    std::map<std::string, std::string> numbers, years;
    for (const auto& row : folder.rows("Product")) numbers[row.at("ProductID")] = row.at("ProductNumber");
    for (const auto& order : files.orders) years[order.at("SalesOrderID")] = year_of(order);
    Figures expected;
    for (const auto& line : files.lines) {
        auto& sums = expected[years.at(line.at("SalesOrderID")) + " " + numbers.at(line.at("ProductID"))];
        sums["lines"] += one();
        sums["quantity"] += Figure::parse(line.at("OrderQty"));
        sums["revenue"] += Figure::parse(line.at("LineTotal"));
    }
    for (const auto& [of, cost] : costs.booked()) expected[of.first + " " + of.second]["cost"] = cost;
    check_equal(by(rows, {"year", "product"}), expected);
    for (const auto& [of, cost] : costs.booked())
        if (!costs.is_bought(of.second)) CHECK_MESSAGE(cost == costs.standard().at(of), of.second);
}

void check_categories(const std::vector<Row>& rows, const SourceFolder& folder, const CostOfSales& costs) {
    Figures ours;
    for (const auto& row : rows) {
        auto& sums = ours[row.at("year") + " " + row.at("category")];
        for (const auto* column : {"lines", "quantity", "revenue"}) sums[column] += Figure::parse(row.at(column));
        sums["standard_cost"] +=
            costs.is_bought(row.at("product")) ? costs.standard().at({row.at("year"), row.at("product")}) : Figure::parse(row.at("cost"));
    }
    for (const auto& row : reference("3.6 ")) {
        if (!folder.has_year(row.at("year"))) continue;
        const auto name = row.at("year") + " " + row.at("category");
        CAPTURE(name);
        const auto& sums = ours.at(name);
        CHECK(sums.at("lines") == Figure::parse(row.at("lines")));
        CHECK(sums.at("quantity") == Figure::parse(row.at("qty")));
        CHECK(same_to_four_decimals(sums.at("revenue"), Figure::parse(row.at("revenue"))));
        CHECK(same_to_four_decimals(sums.at("standard_cost"), Figure::parse(row.at("standard_cost"))));
        CHECK(same_to_four_decimals(sums.at("revenue") - sums.at("standard_cost"), Figure::parse(row.at("gross_profit"))));
    }
}

// ---- 3.7: in the customers' currencies

double number(const std::string& text) { return std::stod(text); }

void check_currencies(const Books& books, const Files& files, const SourceFolder& folder) {
    struct Sum {
        Figure total{};
        double in_currency = 0;  // as the reference adds it up
        int    orders      = 0;
    };
    std::map<std::string, Sum> expected;
    for (const auto& order : files.orders) {
        const auto& rate = order.at("CurrencyRateID");
        auto&       sum  = expected[rate.empty() ? "USD" : files.rates.at(rate).at("ToCurrencyCode")];
        sum.total += Figure::parse(order.at("TotalDue"));
        sum.in_currency += number(order.at("TotalDue")) * (rate.empty() ? 1 : number(files.rates.at(rate).at("EndOfDayRate")));
        ++sum.orders;
    }
    std::map<std::string, Row> ours;
    for (auto& row : books.report("sales.by_currency")) ours[row.at("customer_currency")] = row;
    CHECK(ours.size() == expected.size());
    for (const auto& [currency, sum] : expected) {
        CAPTURE(currency);
        REQUIRE(ours.contains(currency));
        CHECK(ours[currency].at("orders") == std::to_string(sum.orders));
        CHECK(Figure::parse(ours[currency].at("total")) == sum.total);
        CHECK(std::abs(number(ours[currency].at("in_currency")) - sum.in_currency) <= 0.01);
    }
    if (!folder.has_year("2013")) return;
    for (const auto& row : reference("3.7 ")) {
        const auto& sum = ours[row.at("currency").starts_with("(none") ? "USD" : row.at("currency")];
        CHECK(sum.at("orders") == row.at("orders"));
        CHECK(Figure::parse(sum.at("total")) == Figure::parse(row.at("total_due_usd")));
        CHECK(std::abs(number(sum.at("in_currency")) - number(row.at("in_currency_at_end_of_day_rate"))) <= 0.01);
    }
}

// ---- what the ledgers say of it: everything is shipped, invoiced and paid

void check_ledgers(const Books& books, const Files& files, const CostOfSales& costs) {
    Figure revenue, tax, freight, lines;
    for (const auto& order : files.orders) {
        revenue += Figure::parse(order.at("SubTotal"));
        tax += Figure::parse(order.at("TaxAmt"));
        freight += Figure::parse(order.at("Freight"));
    }
    for (const auto& line : files.lines) lines += Figure::parse(line.at("LineTotal"));
    auto       balances = books.balances();
    const auto role     = books.accounts_of_roles();
    const auto of       = [&](const std::string& name) { return balances[role.at(name)]; };
    CHECK(of("sales.revenue") == Figure{} - lines);
    CHECK(of("financials.rounding") == lines - revenue);
    CHECK(of("financials.output_tax") == Figure{} - tax);
    CHECK(of("sales.freight_revenue") == Figure{} - freight);
    CHECK(of("sales.cost_of_sales") == costs.all());
    CHECK(of("inventory.production") == Figure{} - costs.produced());
    CHECK(of("financials.receivable") == Figure{});
    const auto orders = static_cast<std::int64_t>(files.orders.size());
    CHECK(books.count("sales order", "--filter state=closed") == orders);
    CHECK(books.count("sales shipment", "--filter state=shipped") == orders);
    CHECK(books.count("sales invoice", "--filter state=posted") == orders);
}

void check_masters(const Books& books, const SourceFolder& folder) {
    CHECK(books.count("directory party", "--filter customer=true") == static_cast<std::int64_t>(folder.rows("Customer").size()));
    CHECK(books.count("sales territory") == static_cast<std::int64_t>(folder.rows("SalesTerritory").size()));
    CHECK(books.count("financials tax_code") == static_cast<std::int64_t>(folder.rows("SalesTaxRate").size()));
}

}  // namespace

void check_sales(const Books& books, const SourceFolder& folder) {
    const Files       files(folder);
    const CostOfSales costs(folder);
    const auto        summaries = summaries_of(books.import_again());
    check_masters(books, folder);
    check_years(books, files, folder);
    check_territories(books, files, folder);
    check_channels(summaries, files, folder);
    check_offers(books, files, folder);
    check_customers(summaries, files, folder);
    const auto products = books.report("sales.orders_by_product");
    check_products(products, files, folder, costs);
    check_categories(products, folder, costs);
    check_currencies(books, files, folder);
    check_ledgers(books, files, costs);
}

}  // namespace adventureworks
