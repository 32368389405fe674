#pragma once
// The story of the goods: what runs low is ordered; it comes late, short, or partly broken; the supplier bills it, sometimes
// too dear, too early or twice; broken goods go back and are debited; production takes what it needs.

#include "demo/calendar.h"
#include "demo/demo_setup.h"

#include <memory>

namespace tessera::demo {

class Buying {
public:
    Buying(DemoBooks& books, Ground& ground, Calendar& calendar, Random& random, Date today, int scale);

    void order_what_runs_low(Date day);
    void order_supplies(Date day);
    void consume(Date day);  // what production takes
    void count_stock(Date day);
    void leave_drafts(Date day);  // orders that are being written

private:
    struct Line {
        int          product = -1;  // position among the products, -1 for supplies
        std::int64_t id = 0, ordered = 0, received = 0, accepted = 0, invoiced = 0;
        std::string  price{};
    };
    struct Order {
        std::int64_t      id = 0;
        std::string       number{};
        int               supplier = 0;
        std::string       freight{};
        bool              overpriced = false, closed = false;
        int               to_come = 0;  // deliveries that are still expected
        std::vector<Line> lines{};
    };
    using OrderRef = std::shared_ptr<Order>;
    struct Wanted {
        int          product  = 0;
        std::int64_t quantity = 0;
    };
    struct Rejected {
        std::size_t  line         = 0;
        std::int64_t receipt_line = 0, quantity = 0;
    };

    const SupplierData& supplier_of(const Order& order) const {
        return suppliers()[static_cast<std::size_t>(order.supplier)];
    }
    std::vector<Wanted> running_low(int supplier);
    void                place(int supplier, const std::vector<Wanted>& wanted, Date day);
    json::object        order_body(int supplier, const std::vector<Wanted>& wanted, Date day, Date expected,
                                   const std::string& freight) const;
    void                schedule(const OrderRef& order, Date expected);
    enum class Delivery { outstanding, replacement };
    void receive(const OrderRef& order, int percent, Delivery delivery, Date day);
    void reject_some(const Order& order, const Line& line, std::int64_t quantity, json::object& body,
                     std::int64_t& rejected);
    void give_back(const OrderRef& order, const std::vector<Rejected>& rejected, Date day);
    void give_back_defects(const OrderRef& order, std::size_t line, std::int64_t receipt_line, std::int64_t quantity,
                           Date day);
    void debit(const OrderRef& order, std::int64_t supplier_return, int tries, Date day);
    void bill(const OrderRef& order, bool everything, Date day);
    void bill_again(const OrderRef& order, const json::object& body, Date day);
    void close(const OrderRef& order, std::string_view reason, Date day);
    void expect(const OrderRef& order, Date day, int percent, Delivery delivery);
    std::string next_number(int supplier);

    DemoBooks&                books_;
    Ground&                   ground_;
    Calendar&                 calendar_;
    Random&                   random_;
    Date                      today_;
    int                       scale_;
    std::vector<std::int64_t> on_order_{};
    std::vector<int>          invoice_numbers_{};
};

}  // namespace tessera::demo
