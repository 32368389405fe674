#pragma once
// For tests: a small company with suppliers, products and orders of a hand-made module, in a database of its own.
//
//     Workshop workshop;
//     const auto chain = workshop.insert(Product{.code = "1001", .name = "Chain"});
//     workshop.read([&](const Snapshot& tx) { … });

#include <tessera/kernel.h>

#include "database/scratch_database.h"
#include "kernel/suite_state.h"
#include "migrations/schema.h"

namespace tessera::metadata::workshop {

struct Supplier {
    Id<Supplier> id{};
    std::string  number{};
    std::string  name{};
    Currency     currency{};
    std::int64_t payment_days = 30;
    bool         active       = true;
    std::string  note{};
};

struct Product {
    Id<Product>              id{};
    std::string              code{};
    std::string              name{};
    std::optional<UnitPrice> price{};
};

enum class OrderState { draft, approved };
constexpr auto names_of(OrderState) { return names("draft", "approved"); }

struct Order;
struct OrderLine {
    Id<OrderLine> id{};
    Id<Order>     document{};
    Id<Product>   product{};
    Quantity      quantity{};
    Money         amount{};
    std::string   remark{};
};
struct Order {
    Id<Order>              id{};
    std::string            number{};
    Id<Supplier>           supplier{};
    Date                   date{};
    std::optional<Currency> reckoned_in{};  // by the supplier; no amount is in it
    Currency               currency{};
    OrderState             state = OrderState::draft;
    Money                  total{};
    Instant                approved_at{};
    std::vector<OrderLine> lines{};
};

struct Movement {  // a ledger: what an order did
    Id<Movement> id{};
    std::string  source_entity{};
    std::int64_t source_id = 0;
    Quantity     quantity{};
};

struct Price {
    Id<Price>   id{};
    Id<Product> product{};
    Date        since{};
    UnitPrice   price{};
};

struct Reason {
    std::string reason{};
    static void describe(Fields<Reason>& fields) {
        fields.field("reason", &Reason::reason, required, help("Why so soon"));
    }
};

inline void complete(Transaction& tx, Order& order) {
    if (order.currency.none()) order.currency = tx.books().currency;
    Money total{0, order.currency};
    for (auto& line : order.lines) {
        line.amount = Money{line.amount.minor(), order.currency};
        total       = Money{total.minor() + line.amount.minor(), order.currency};
    }
    order.total = total;
    if (order.number.empty()) order.number = tx.number("PO", order.date.empty() ? tx.today() : order.date);
}
inline void approve(Transaction& tx, Order& order, const Reason&) { order.approved_at = tx.now(); }

inline void declare(Kernel& kernel) {
    kernel.begin_module({.name = "shop", .version = "1.0.0", .title = "Shop"});
    kernel.entity<Supplier>("shop.supplier", "Supplier")
        .field("number", &Supplier::number, unique, searchable)
        .field("name", &Supplier::name, required, searchable, indexed)
        .field("currency", &Supplier::currency)
        .field("payment_days", &Supplier::payment_days, help("Days until an invoice is due"))
        .field("active", &Supplier::active)
        .field("note", &Supplier::note, multiline)
        .display("name")
        .menu(Menu::master_data);
    kernel.entity<Product>("shop.product", "Product")
        .field("code", &Product::code, unique)
        .field("name", &Product::name)
        .field("price", &Product::price)
        .menu(Menu::master_data);
    kernel.entity<Price>("shop.price", "Price")
        .field("product", &Price::product, required)
        .field("since", &Price::since, required)
        .field("price", &Price::price)
        .unique_together({"product", "since"})
        .menu(Menu::setup);
    kernel.entity<OrderLine>("shop.order_line", "Order line")
        .part_of(&OrderLine::document)
        .field("product", &OrderLine::product, required, indexed)
        .field("quantity", &OrderLine::quantity, positive)
        .field("amount", &OrderLine::amount, not_negative)
        .field("remark", &OrderLine::remark);
    kernel.entity<Order>("shop.order", "Order")
        .field("number", &Order::number, read_only, unique)
        .field("supplier", &Order::supplier, required, indexed)
        .field("date", &Order::date, indexed)
        .field("reckoned_in", &Order::reckoned_in, governs_no_amounts, not_in_list)
        .field("currency", &Order::currency)
        .field("state", &Order::state, read_only)
        .field("total", &Order::total, read_only)
        .field("approved_at", &Order::approved_at, read_only, not_in_list)
        .lines("lines", &Order::lines)
        .editable_while(OrderState::draft)
        .validate(complete);
    kernel.workflow(&Order::state)
        .transition("approve", OrderState::draft, OrderState::approved, approve, explained("Lets it be sent"));
    kernel.entity<Movement>("shop.movement", "Movement")
        .field("source_entity", &Movement::source_entity)
        .field("source_id", &Movement::source_id)
        .field("quantity", &Movement::quantity)
        .menu(Menu::ledgers)
        .append_only();
    struct Row {
        std::string name{};
        Money       total{};
    };
    kernel.report<Row>("shop.turnover", "Turnover")
        .parameter<Date>("from", required)
        .parameter<Date>("to", by_default("today"), help("Inclusive"))
        .parameter<Id<Supplier>>("supplier")
        .parameter<OrderState>("state")
        .column("name", &Row::name)
        .column("total", &Row::total, total)
        .query(
            "SELECT s.name, sum(o.total) FROM shop_order o JOIN shop_supplier s ON s.id = o.supplier GROUP BY s.name");
    kernel.report<Row>("shop.amounts", "Amounts of a list")
        .not_in_menu()
        .column("name", &Row::name)
        .column("total", &Row::total)
        .query("SELECT name, 0 FROM shop_supplier");
    kernel.record_view("shop.order", "margin", {"What is left of an order", R"({"type":"object","properties":{"left":{"$ref":"#/components/schemas/Decimal"}}})"},
                       [](const Snapshot&, std::int64_t, JsonWriter& json) { json.raw(R"({"left":"1.00"})"); });
    kernel.record_file("shop.order", "slip", {"The slip of an order", "text/plain", "txt"}, [](const Snapshot&, std::int64_t id) { return "Order " + std::to_string(id); });
    kernel.page("shop/board", "Board");
    kernel.commit_module();
    kernel.finish();
}

class Workshop {
public:
    Workshop() {
        declare(kernel);
        connection_ = scratch_.engine->connect(database::Access::write);
        connection_->begin();
        migrations::bring_up_to_date(*connection_, kernel);
        connection_->commit();
    }
    void read(const std::function<void(const Snapshot&)>& work, Actor actor = {}) {
        SnapshotMaker::snapshot(state(std::move(actor)), work);
    }
    void write(const std::function<void(Transaction&)>& work) {
        connection_->begin();
        auto writing      = state({});
        writing->writing  = true;
        writing->registry = &registry_;
        try {
            SnapshotMaker::transaction(std::move(writing), [&](Transaction& tx) {
                work(tx);
                tx.write_out();
            });
            registry_.command_done({}, {}, {});
            registry_.before_commit(*connection_);
            connection_->commit();
        } catch (...) {
            connection_->rollback();
            registry_.forget();
            throw;
        }
    }
    template <class T>
    Id<T> insert(T record) {
        write([&](Transaction& tx) { tx.insert(record); });
        return record.id;
    }
    const EntityDescription& entity(const char* name) { return *kernel.find_entity(name); }

    Kernel kernel;
    Books  books{Currency::of("USD")};

private:
    std::unique_ptr<Snapshot::State> state(Actor actor) {
        auto s        = std::make_unique<Snapshot::State>();
        s->connection = connection_.get();
        s->kernel     = &kernel;
        s->books      = &books;
        s->actor      = std::move(actor);
        s->today      = Date(2026, 6, 15);
        s->now        = Instant::parse("2026-06-15T12:00:00Z");
        return s;
    }
    database::ScratchDatabase             scratch_;
    std::unique_ptr<database::Connection> connection_;
    Registry                              registry_;
};

// "code: sentence" of the refusal, "" when there is none.
template <class Work>
std::string refused_with(Work&& work) {
    return database::refusal_of(std::forward<Work>(work));
}

}  // namespace tessera::metadata::workshop
