#include "adventureworks_sales.h"

#include <algorithm>

namespace adventureworks {

namespace {

std::string day_of(const std::string& moment) { return moment.substr(0, 10); }

std::int64_t whole_number(const std::string& text) { return Figure::parse(text).millionths / 1'000'000; }

// value × part / whole, half up.
Figure share(Figure value, std::int64_t part, std::int64_t whole) {
    return {static_cast<std::int64_t>((static_cast<__int128>(value.millionths) * part * 2 + whole) / (2 * whole))};
}

// Goods of one product and what they are worth.
struct Holding {
    std::int64_t quantity = 0;
    Figure       value{};

    void   receive(std::int64_t number, Figure cost) { quantity += number, value += cost; }
    Figure take(std::int64_t number, Figure cost) { return quantity -= number, value = value - cost, cost; }
    Figure issue(std::int64_t number) { return take(number, number == quantity ? value : share(value, number, quantity)); }
    // Back to the supplier at what it cost, as far as so much is there.
    void give_back(std::int64_t number, Figure cost) {
        if (number == quantity || cost > value)
            issue(number);
        else
            take(number, cost);
    }
};

struct Purchase {
    std::int64_t order = 0, line = 0, received = 0, rejected = 0;
    std::string  product{};
    Figure       price{};
};

struct Sold {
    std::int64_t order = 0, line = 0, quantity = 0;
    std::string  product{}, ordered_on{};
};

struct Day {
    std::vector<Purchase> purchases{};
    std::vector<Sold>     sold{};
};

std::map<std::string, Day> days_of(const SourceFolder& files) {
    std::map<std::string, Day> days;
    for (const auto& row : files.rows("PurchaseOrderDetail")) {
        auto       came = day_of(row.at("ModifiedDate"));
        const auto due  = day_of(row.at("DueDate"));
        if (came.empty() || came > due) came = due;
        days[came].purchases.push_back({whole_number(row.at("PurchaseOrderID")), whole_number(row.at("PurchaseOrderDetailID")),
                                        whole_number(row.at("ReceivedQty")), whole_number(row.at("RejectedQty")), row.at("ProductID"),
                                        Figure::parse(row.at("UnitPrice"))});
    }
    std::map<std::string, Row> orders;
    for (auto& row : files.rows("SalesOrderHeader")) orders[row.at("SalesOrderID")] = row;
    for (const auto& row : files.rows("SalesOrderDetail")) {
        const auto& order = orders.at(row.at("SalesOrderID"));
        days[day_of(order.at("ShipDate"))].sold.push_back({whole_number(row.at("SalesOrderID")), whole_number(row.at("SalesOrderDetailID")),
                                                           whole_number(row.at("OrderQty")), row.at("ProductID"), day_of(order.at("OrderDate"))});
    }
    for (auto& [date, day] : days) {
        std::ranges::sort(day.purchases, {}, [](const Purchase& one) { return std::pair(one.order, one.line); });
        std::ranges::sort(day.sold, {}, [](const Sold& one) { return std::pair(one.order, one.line); });
    }
    return days;
}

// The cost in force on a day, else that of the product.
class StandardCosts {
public:
    explicit StandardCosts(const SourceFolder& files) : spans_(files.rows("ProductCostHistory")) {
        for (const auto& row : files.rows("Product")) else_[row.at("ProductID")] = Figure::parse(row.at("StandardCost"));
        for (const auto& row : spans_) of_product_[row.at("ProductID")].push_back(&row);
    }
    Figure on(const std::string& product, const std::string& day) const {
        if (const auto spans = of_product_.find(product); spans != of_product_.end())
            for (const auto* span : spans->second)
                if (day_of(span->at("StartDate")) <= day && (span->at("EndDate").empty() || day <= day_of(span->at("EndDate"))))
                    return Figure::parse(span->at("StandardCost"));
        return else_.at(product);
    }

private:
    std::vector<Row>                               spans_;
    std::map<std::string, std::vector<const Row*>> of_product_{};
    std::map<std::string, Figure>                  else_{};
};

}  // namespace

CostOfSales::CostOfSales(const SourceFolder& files) {
    for (const auto& row : files.rows("Product")) numbers_[row.at("ProductID")] = row.at("ProductNumber");
    for (const auto& row : files.rows("PurchaseOrderDetail")) bought_.insert(numbers_.at(row.at("ProductID")));
    live_through(files);
}

Figure CostOfSales::all() const {
    Figure sum;
    for (const auto& [of, cost] : booked_) sum += cost;
    return sum;
}

void CostOfSales::live_through(const SourceFolder& files) {
    const StandardCosts            costs(files);
    std::map<std::string, Holding> stock;
    for (const auto& [date, day] : days_of(files)) {
        for (const auto& one : day.purchases) stock[one.product].receive(one.received, one.price * Figure::of(one.received));
        for (const auto& one : day.purchases)
            if (one.rejected > 0) stock[one.product].give_back(one.rejected, one.price * Figure::of(one.rejected));
        std::map<std::string, std::int64_t> leaves;
        for (const auto& one : day.sold) leaves[one.product] += one.quantity;
        for (const auto& [product, quantity] : leaves) {
            const auto lacking = quantity - stock[product].quantity;
            if (lacking <= 0) continue;
            const auto cost = costs.on(product, day.sold.front().ordered_on) * Figure::of(lacking);
            stock[product].receive(lacking, cost);
            produced_ += cost;
        }
        for (const auto& one : day.sold) {
            const auto of = std::pair(one.ordered_on.substr(0, 4), numbers_.at(one.product));
            booked_[of] += stock[one.product].issue(one.quantity);
            standard_[of] += costs.on(one.product, one.ordered_on) * Figure::of(one.quantity);
        }
    }
}

}  // namespace adventureworks
