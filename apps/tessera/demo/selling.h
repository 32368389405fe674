#pragma once
// The story of the sales: customers ask for quotations and order; who owes too much waits; lanterns are assembled and leave,
// sometimes not all at once; some come back; invoices follow on Friday, and the customers pay in their own time.

#include "demo/calendar.h"
#include "demo/demo_setup.h"

namespace tessera::demo {

class Selling {
public:
    // With numbers of its own, so that what is bought does not depend on what is sold.
    Selling(DemoBooks& books, Ground& ground, std::uint64_t seed, Date today, int scale);

    void take_orders(Date day);
    void end_week(Date friday);  // reads the books: outside of a bulk
    void leave_drafts(Date day);

private:
    struct Wanted {
        std::size_t  product  = 0;
        std::int64_t quantity = 0;
    };
    struct Open {
        std::int64_t order = 0, line = 0, product = 0;
        Quantity     outstanding{};
    };
    struct Return {
        Date         day{};
        std::int64_t order = 0, shipment_line = 0, product = 0, quantity = 0;
    };
    struct Due {
        std::int64_t item = 0, party = 0;
        Date         due_on{};
        Money        open{};
    };

    std::vector<Wanted>       wants(const CustomerData& customer);
    json::object              order_body(std::size_t customer, Date day);
    void                      quote(std::size_t customer, Date day);
    void                      order(std::size_t customer, Date day);
    std::vector<std::int64_t> ids(const std::string& sql, Date day);
    std::vector<Open>         open_lines(Date day);
    std::size_t               position(std::int64_t product) const;
    void                      decide_quotations(Date day);
    void                      confirm_accepted(Date day);
    void                      release_held(Date day);
    void                      assemble(const std::vector<Open>& open, Date day);
    void                      ship(const std::vector<Open>& open, Date day);
    void                      ship_order(std::span<const Open> lines, Date day);
    void                      take_back(Date day);
    void                      invoice(Date day);
    void                      collect(Date day);

    DemoBooks&          books_;
    Ground&             ground_;
    Random              random_;
    Date                today_;
    int                 scale_;
    std::vector<Date>   next_order_{};  // of each customer
    std::vector<Return> returns_{};
    int                 references_ = 4100;
};

}  // namespace tessera::demo
