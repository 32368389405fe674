#pragma once
// The documents of the warehouse. Each is a draft until it is posted; posting gives it its number and moves goods, value
// and ledger in one transaction. What is posted is corrected by its reversal, or by another document.
//
//     const auto id = tx.insert(StockMovement{.kind = MovementKind::issue, .date = tx.today(),
//                                             .lines = {{.product = p, .location = l, .quantity = q}}});
//     tx.transition(id, "post");

#include <inventory/stock.h>

namespace inventory {

enum class MovementKind { receipt, issue, transfer };
constexpr auto names_of(MovementKind) { return tessera::names("receipt", "issue", "transfer"); }
enum class MovementState { draft, posted, reversed };
constexpr auto names_of(MovementState) { return tessera::names("draft", "posted", "reversed"); }
// What stands against goods that come in or go out without a supplier or customer: what they are used for, the stock on hand
// before these books began, or the work in process of those who make them.
enum class MovementPurpose { consumption, opening, production };
constexpr auto names_of(MovementPurpose) { return tessera::names("consumption", "opening", "production"); }

struct StockMovementLine {  // inventory.stock_movement_line
    Id<StockMovementLine>    id{};
    Id<struct StockMovement> document{};
    Id<Product>              product{};
    Id<Location>             location{};
    Id<Location>             to_location{};  // of a transfer
    Quantity                 quantity{};
    tessera::UnitPrice       unit_cost{};  // of a receipt
    Money                    cost{};       // set when posted
    Id<QuantityEntry>        entry{};      // set when posted; none of a transfer
};

struct StockMovement {  // inventory.stock_movement: draft → posted → reversed
    Id<StockMovement>              id{};
    std::string                    number{};
    MovementKind                   kind = MovementKind::receipt;
    Date                           date{};
    MovementPurpose                purpose = MovementPurpose::consumption;
    std::string                    reason{};
    MovementState                  state = MovementState::draft;
    Date                           reversed_on{};
    std::vector<StockMovementLine> lines{};
};

enum class PostedState { draft, posted };
constexpr auto names_of(PostedState) { return tessera::names("draft", "posted"); }

struct StockCountLine {  // inventory.stock_count_line
    Id<StockCountLine>    id{};
    Id<struct StockCount> document{};
    Id<Product>           product{};
    Id<Location>          location{};
    Quantity              counted{};
    tessera::UnitPrice    unit_cost{};   // of goods found where none are on hand to average
    Quantity              expected{};    // set when posted: what the books said that day
    Quantity              difference{};  // counted − expected
    Money                 cost{};        // signed: what the difference is worth
};

// A count asserts how much lay somewhere on a day; what would change that afterwards is refused.
struct StockCount {  // inventory.stock_count: draft → posted
    Id<StockCount>              id{};
    std::string                 number{};
    Date                        date{};
    std::string                 reason{};
    PostedState                 state = PostedState::draft;
    std::vector<StockCountLine> lines{};
};

struct Revaluation {  // inventory.revaluation: draft → posted; either a unit cost or an amount
    Id<Revaluation>                   id{};
    std::string                       number{};
    Date                              date{};
    Id<Product>                       product{};
    std::optional<tessera::UnitPrice> new_unit_cost{};
    std::optional<Money>              amount{};  // signed
    std::string                       reason{};
    PostedState                       state = PostedState::draft;
    Quantity                          quantity{};  // set when posted: what was on hand
    Money                             value_before{};
    Money                             value_after{};
};

struct CostingChange {  // inventory.costing_change: draft → posted; another method or standard cost of a product
    Id<CostingChange>                 id{};
    std::string                       number{};
    Date                              date{};
    Id<Product>                       product{};
    catalog::Costing                  costing = catalog::Costing::moving_average;
    std::optional<tessera::UnitPrice> standard_cost{};  // the average when left out
    std::string                       reason{};
    PostedState                       state = PostedState::draft;
    Money                             value_before{};
    Money                             value_after{};
};

struct CategoryAccount {  // inventory.category_account: where the goods of a category, and those below it, are booked
    Id<CategoryAccount>     id{};
    Id<catalog::Category>   category{};
    Id<financials::Account> account{};
};

}  // namespace inventory
