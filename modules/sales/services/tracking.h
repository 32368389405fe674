#pragma once
// Where orders are: which stage each has reached, when that was promised, what keeps it from the next one and who acts. All of it
// follows from the documents; the facts of all open orders are read at once.
//
//     quoted → ordered → released → reserved → picked → packed → shipped → invoiced → paid

#include "services/coverage.h"

namespace sales {

enum class Stage { quoted, ordered, released, reserved, picked, packed, shipped, invoiced, paid };
constexpr auto names_of(Stage) {
    return tessera::names("quoted", "ordered", "released", "reserved", "picked", "packed", "shipped", "invoiced", "paid");
}

struct StageStanding {
    Stage        stage = Stage::ordered;
    Date         promised{};
    Date         actual{};                 // the day it was completed
    std::int64_t days_late = 0;
    bool         in_money  = false;        // `done` and `whole` are minor units of the order's currency, else quantities
    std::int64_t done = 0, whole = 0;

    bool complete() const { return whole == 0 || done >= whole; }
};

struct Obstacle {
    std::string text{};                    // "Not on hand until 2026-03-07 (PO-2026-00007)"; empty: nothing, somebody just has to act
    std::string permission{};              // of who acts next; empty: nobody of sales
    bool        any() const { return !text.empty() || !permission.empty(); }
};

struct LineFacts {                         // of an order line, as its documents say
    std::int64_t         order = 0, line = 0;
    Id<catalog::Product> product{};
    std::string          description{};
    Quantity             quantity{}, shipped{}, returned{}, invoiced{};
    Date                 promised_on{}, requested_on{};
    Invoicing            invoicing = Invoicing::on_shipment;
    bool                 stocked = true, open = false;
    Currency             currency{};
    Money                amount{}, billed{};
    Quantity             picked{}, packed{};      // in shipments that have not left
    Date                 picked_on{}, packed_on{}, shipped_on{};
    std::string          milestone{};             // the first that is not invoiced
    bool                 milestone_reached = false;
    Date                 milestone_due{};
};

struct OrderFacts {
    std::int64_t order = 0;
    std::string  number{};
    std::int64_t customer = 0;
    std::string  customer_name{};
    Date         date{}, confirmed_on{}, quoted_on{}, quotation_valid_until{};
    OrderState   state = OrderState::draft;
    std::string  hold_reason{};
    bool         ships_complete = false;
    Currency     currency{};
    Money        total{}, unbilled{};
    Money        paid{};
    Date         invoiced_on{}, due_on{}, overdue_since{}, paid_on{};
    std::string  overdue_invoice{};
    std::vector<LineFacts> lines{};
};

struct LineStanding {
    const LineFacts* facts = nullptr;
    Quantity         outstanding{};        // in the unit of the line
    const Cover*     cover = nullptr;      // none: nothing of it is waited for
    Obstacle         obstacle{};
};

struct Standing {
    std::vector<StageStanding> stages{};
    std::vector<LineStanding>  lines{};
    Stage                      reached = Stage::ordered;
    Date                       promised{};         // the last day promised of its lines
    std::int64_t               days_late = 0;      // to leave
    Obstacle                   obstacle{};
};

// What is to be said of one order on a day.
Standing standing_of(const OrderFacts& order, const Coverage& coverage, Date today);

// All orders that are held or open, or one. What is due before `today` is overdue.
std::vector<OrderFacts> facts_of_orders(const tessera::Snapshot& tx, Date today, Id<Order> one = {});

// "Pick, pack and ship, take goods back" of "sales.ship"
std::string title_of_permission(const tessera::Snapshot& tx, std::string_view permission);

}  // namespace sales
