#pragma once
// The catalog: what we buy, make, store and sell, in which units, and what suppliers ask for it.

#include <directory/records.h>

namespace catalog {

using tessera::Currency;
using tessera::Date;
using tessera::Id;
using tessera::Quantity;
using tessera::UnitPrice;

struct Unit {                             // catalog.unit
    Id<Unit>     id{};
    std::string  code{};                  // "EA", "KG"
    std::string  name{};
    std::int64_t decimals = 0;            // how finely a quantity in this unit may be divided, 0 to 6
};

// One `from` is numerator/denominator `to`: exact, for one product or for all (product none).
struct UnitConversion {                   // catalog.unit_conversion
    Id<UnitConversion>  id{};
    Id<struct Product>  product{};
    Id<Unit>            from{};
    Id<Unit>            to{};
    std::int64_t        numerator   = 1;
    std::int64_t        denominator = 1;
};

struct Category {                         // catalog.category
    Id<Category> id{};
    std::string  name{};
    Id<Category> parent{};
};

enum class Procurement { buy, make };
constexpr auto names_of(Procurement) { return tessera::names("buy", "make"); }
enum class Costing { moving_average, standard };
constexpr auto names_of(Costing) { return tessera::names("moving_average", "standard"); }

struct Product {                          // catalog.product
    Id<Product>  id{};
    std::string  number{};
    std::string  name{};
    Id<Category> category{};
    Id<Unit>     unit{};                  // stock is counted in it
    Procurement  procurement = Procurement::buy;
    bool         stocked  = true;         // services and expenses are not
    bool         saleable = false;
    Costing      costing  = Costing::moving_average;
    UnitPrice    standard_cost{};         // in the books' currency
    UnitPrice    list_price{};
    Quantity     reorder_point{};
    Quantity     safety_stock{};
    Date         active_from{};
    Date         active_to{};
    std::string  description{};
};

struct SupplierPrice {                    // catalog.supplier_price
    Id<SupplierPrice>    id{};
    Id<Product>          product{};
    Id<directory::Party> supplier{};
    Currency             currency{};
    UnitPrice            price{};         // per product unit
    Quantity             minimum_quantity{};
    Quantity             maximum_quantity{};
    std::int64_t         lead_time_days = 0;
    Date                 valid_from{};
    Date                 valid_to{};
    std::string          supplier_number{};   // what the supplier calls it
};

class Units {
public:
    virtual ~Units() = default;
    // The quantity in another unit, exactly; Refused "catalog.no_unit_conversion" or "kernel.inexact_conversion".
    virtual Quantity convert(const tessera::Snapshot&, Id<Product> product, Quantity quantity, Id<Unit> from, Id<Unit> to) const = 0;
};

class PriceLists {
public:
    virtual ~PriceLists() = default;
    // The supplier's price for a quantity on a day: valid then, largest minimum quantity not above it. None: nothing listed.
    virtual std::optional<SupplierPrice> find(const tessera::Snapshot&, Id<Product> product, Id<directory::Party> supplier, Quantity quantity, Date on) const = 0;
};

// Published in the transaction before a product is saved whose stock would be counted or valued otherwise afterwards:
// whoever keeps stock of it may refuse. Each flag says what is about to change.
struct ProductChanging {                  // catalog.product_changing
    Id<Product> product{};
    std::string number{};
    bool        unit          = false;
    bool        stocked       = false;
    bool        costing       = false;
    bool        standard_cost = false;
};

// How another module changes what a product costs, once it has posted what that does to the stock.
class ProductCosting {
public:
    virtual ~ProductCosting() = default;
    virtual void change(tessera::Transaction&, Id<Product> product, Costing costing, UnitPrice standard_cost) const = 0;
};

}  // namespace catalog
