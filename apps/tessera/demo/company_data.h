#pragma once
// The people, suppliers, customers and goods of the demonstration company: a small maker of lanterns. All of it is invented.

#include <array>
#include <span>
#include <string_view>

namespace tessera::demo {

constexpr std::string_view company_name = "Fennimore Lantern Works";

// How a supplier behaves, in percent of its deliveries and invoices.
struct Habits {
    int late = 0, short_delivery = 0, rejected = 0, overpriced = 0, freight = 0;
};

struct SupplierData {
    std::string_view number, name, currency, street, city, region, postal_code, country, contact, role;
    int              payment_days, rating;
    bool             preferred;
    int              discount_percent;  // for paying within ten days
    Habits           habits;
};

struct ProductData {
    std::string_view number, name, category, unit;
    int              supplier;  // position among the suppliers
    std::string_view price;     // in the supplier's currency
    int              weekly_use, lot, lead_days;
};

struct FinishedData {
    std::string_view number, name, list_price, standard_cost;
};

// How a customer behaves: days between its orders, its usual quantity, days it pays after the due date, percent of its orders
// that begin with a quotation.
struct Trade {
    int every = 0, quantity = 0, late = 0, quoted = 0;
};

struct CustomerData {
    std::string_view number, name, street, city, region, postal_code, territory, contact, role;
    int              payment_days;
    int              credit_limit;  // in dollars, times the scale; 0: none
    bool             exempt;        // from sales tax: it sells the lanterns on
    Trade            trade;
};

struct EmployeeData {
    std::string_view number, name, job_title;
};

std::span<const SupplierData>     suppliers();
std::span<const ProductData>      products();  // bought and kept in stock
std::span<const ProductData>      supplies();  // bought and used up at once
std::span<const FinishedData>     finished_goods();
std::span<const CustomerData>     customers();
std::span<const std::string_view> territories();
std::span<const EmployeeData>     employees();  // the first two are buyers, the last two sell
std::span<const std::string_view> categories();
std::span<const std::string_view> reject_reasons();

}  // namespace tessera::demo
