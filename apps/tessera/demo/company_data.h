#pragma once
// The people, suppliers and goods of the demonstration company: a small maker of lanterns. All of it is invented.

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

struct EmployeeData {
    std::string_view number, name, job_title;
};

std::span<const SupplierData>     suppliers();
std::span<const ProductData>      products();  // bought and kept in stock
std::span<const ProductData>      supplies();  // bought and used up at once
std::span<const FinishedData>     finished_goods();
std::span<const EmployeeData>     employees();  // the first two are buyers
std::span<const std::string_view> categories();
std::span<const std::string_view> reject_reasons();

}  // namespace tessera::demo
