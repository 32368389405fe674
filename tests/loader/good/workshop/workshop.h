#pragma once
// The contract of the test module `workshop`: repairs as orders with lines, hours booked in a ledger that only grows, and
// a label for each confirmed order, printed after the commit. The kernel's tests open it as a real library.

#include <tessera/sdk.h>

namespace workshop {

struct Customer {
    tessera::Id<Customer> id{};
    std::string           name{};
};

enum class State { draft, confirmed, finished, short_of_parts, cancelled };
constexpr auto names_of(State) { return tessera::names("draft", "confirmed", "finished", "short_of_parts", "cancelled"); }

// Declared before the state, with a value of the same name: the workflow must still move the state.
enum class Wish { draft, estimate, repair };
constexpr auto names_of(Wish) { return tessera::names("draft", "estimate", "repair"); }

struct OrderLine {
    tessera::Id<OrderLine>   id{};
    tessera::Id<struct Order> document{};
    std::string              article{};
    tessera::Quantity        quantity{};
    tessera::UnitPrice       price{};
    tessera::Money           amount{};
};

struct Order {
    tessera::Id<Order>               id{};
    std::string                      number{};
    tessera::Id<Customer>            customer{};
    tessera::Currency                currency{};
    tessera::Date                    ordered_on{};
    Wish                             wish  = Wish::repair;
    State                            state = State::draft;
    std::string                      note{};
    std::string                      remark{};
    std::optional<std::int64_t>      priority{};
    std::optional<tessera::Quantity> hours{};
    tessera::Money                   total{};
    std::vector<OrderLine>           lines{};
#ifdef WORKSHOP_EXTENDED
    std::string   colour{};
    std::int64_t  visits = 3;
    tessera::Money deposit{};
    tessera::Date  collected_on{};
#endif
};

// What `finish` asks: it decides by the hours left whether the repair is finished.
struct Completion {
    tessera::Quantity hours{};
    bool              parts_missing = false;
    std::string       remark{};
    static void       describe(tessera::Fields<Completion>& fields) {
        fields.field("hours", &Completion::hours, tessera::required, tessera::positive)
            .field("parts_missing", &Completion::parts_missing)
            .field("remark", &Completion::remark, tessera::longest(20));
    }
};

struct Booking {
    tessera::Id<Booking> id{};
    tessera::Id<Order>   order_booked{};
    tessera::Quantity    hours{};
    tessera::Instant     recorded_at{};
};

// A document that is only ever added.
struct SheetLine {
    tessera::Id<SheetLine>    id{};
    tessera::Id<struct Sheet> document{};
    std::string               text{};
};
struct Sheet {
    tessera::Id<Sheet>     id{};
    std::string            title{};
    std::vector<SheetLine> lines{};
};

// Kept beside the bookings: how much was worked on an order on a day, and for how much.
struct HoursOfDay {
    tessera::Date      day{};
    tessera::Id<Order> order_booked{};
    tessera::Quantity  hours{};
    tessera::Money     worth{};
};

struct Label {
    tessera::Id<Label> id{};
    std::string        text{};
    tessera::Money     amount{};
    tessera::Instant   confirmed_at{};
    tessera::Date      confirmed_on{};
    std::string        printed_by{};
};

// The printer that labels come from: without paper, printing is refused and tried again later.
struct Printer {
    tessera::Id<Printer> id{};
    std::string          name{};
    bool                 has_paper = true;
};

// One field of every kind, and an optional one of most.
struct Tool {
    tessera::Id<Tool>                 id{};
    std::string                       code{};
    std::string                       description{};
    std::int64_t                      count = 0;
    int                               shelf = 7;
    bool                              lent  = false;
    tessera::Money                    before{};
    tessera::Currency                 currency{};
    tessera::Money                    value{};
    tessera::Quantity                 weight{};
    tessera::UnitPrice                price{};
    tessera::Rate                     rate{};
    tessera::Percent                  wear{};
    tessera::Date                     bought_on{};
    tessera::Instant                  used_at{};
    Wish                              wish = Wish::draft;
    tessera::Id<Customer>             owner{};
    std::optional<std::int64_t>       drawer{};
    std::optional<tessera::Quantity>  length{};
    std::optional<tessera::Date>      sold_on{};
    std::optional<Wish>               next_wish{};
    tessera::Id<Printer>              printer{};
};

// Found by search; one that is private is its author's alone, and so are the comments on it.
struct Manual {
    tessera::Id<Manual> id{};
    std::string         title{}, text{}, language = "en", author{};
    bool                is_private = false;
    std::int64_t        standing   = 1000;
};
struct Comment {
    tessera::Id<Comment> id{};
    tessera::Id<Manual>  manual{};
    std::string          text{};
};

struct OrderConfirmed {
    tessera::Id<Order>                order{};
    std::string                       number{};
    tessera::Currency                 currency{};
    tessera::Money                    total{};
    tessera::Date                     on{};
    tessera::Instant                  at{};
    bool                              urgent = false;
    std::optional<tessera::Quantity>  hours{};
    State                             state = State::draft;
};

// Published only inside the transaction: what a handler does with it is seen through the order's remark.
struct LineChecked {
    tessera::Id<Order> order{};
    int                round = 0;
};

struct SparePart { std::string name{}; };

class Estimates {
public:
    virtual ~Estimates()                                         = default;
    virtual tessera::Quantity hours_for(const Order& order) const = 0;
};

}  // namespace workshop
