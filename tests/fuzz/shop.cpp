#include "shop.h"

#include "http/records_api.h"
#include "http/target.h"
#include "metadata/record_views.h"

#include <boost/json.hpp>

namespace tessera::fuzz {
namespace {

using namespace metadata::workshop;

struct Undone {};

void fill(Workshop& shop, Secrets secrets) {
    const bool kept   = secrets == Secrets::kept;
    const auto yen    = Currency::of("JPY");
    const auto note   = [&](const char* text) { return kept ? std::string(text) : std::string(); };
    const auto price  = [&](const char* text) { return kept ? std::optional(UnitPrice::parse(text)) : std::nullopt; };
    const auto cotton = shop.insert(Supplier{.number = "S1", .name = "Acme 100% cotton", .note = note("secretly slow")});
    const auto wheels = shop.insert(Supplier{.number = "S2", .name = "superior bicycles", .currency = yen, .payment_days = 14, .active = false});
    const auto third  = shop.insert(Supplier{.number = "S3", .name = "Zebra_stripes", .note = note("secretly\nbroke")});
    const auto chain  = shop.insert(Product{.code = "1001", .name = "Chain", .price = price("19.995")});
    const auto frame  = shop.insert(Product{.code = "2", .name = "O'Hara's; --", .price = price("-0.5")});
    shop.insert(Price{.product = chain, .since = Date(2026, 1, 1), .price = UnitPrice::parse("12.5")});
    shop.insert(Order{.supplier = cotton,
                      .date     = Date(2026, 1, 5),
                      .lines    = {OrderLine{.product = chain, .quantity = Quantity::parse("1.5"), .amount = shop.books.money("12.50")},
                                   OrderLine{.product = frame, .quantity = Quantity::parse("2"), .remark = "=urgent"}}});
    shop.insert(Order{.supplier = wheels, .currency = yen, .lines = {OrderLine{.product = frame, .quantity = Quantity::parse("7"), .amount = Money{1250, yen}}}});
    shop.insert(Order{.supplier = wheels, .date = Date(2026, 2, 6)});
    shop.insert(Movement{.source_entity = "shop.order", .source_id = 1, .quantity = Quantity::parse("3.25")});
    shop.write([&](Transaction& tx) {
        auto order        = tx.load(Id<Order>{3});
        order.state       = OrderState::approved;
        order.approved_at = Instant::parse("2026-02-07T08:30:00Z");
        tx.save(order);
    });
    if (!kept) return;
    const auto secret = shop.insert(Supplier{.number = "S4", .name = "Secret Ltd", .payment_days = 77});
    for (const auto supplier : {secret, third, secret, secret})
        shop.insert(Order{.supplier = supplier, .date = Date(2026, 3, 7), .lines = {OrderLine{.product = chain, .quantity = Quantity::parse("99"), .remark = "secret"}}});
}

}  // namespace

Shop::Shop(Secrets secrets) {
    fill(workshop_, secrets);
    const auto rule = [](const char* entity, const char* field, access::Comparison operation, const char* value) {
        return access::Narrowing::Rules{entity, {{access::RoleRule{.entity = entity, .field = field, .operation = operation, .value = value}}}};
    };
    clerk_ = narrowed({rule("shop.supplier", "name", access::Comparison::is_not, "Secret Ltd"), rule("shop.order", "supplier", access::Comparison::in, "1,2")},
                      {{.entity = "shop.supplier", .field = "note"}, {.entity = "shop.product", .field = "price"}});
}

Actor Shop::narrowed(const std::vector<access::Narrowing::Rules>& rules, const std::vector<access::RoleField>& fields) {
    std::shared_ptr<const access::Narrowing> narrowing;
    read({}, [&](const Snapshot& tx) { narrowing = access::Narrowing::of(tx, rules, fields, "ada"); });
    return {.name = "clerk", .permissions = Permissions::of({"*"}, std::move(narrowing))};
}

void Shop::read(const Actor& actor, const std::function<void(const Snapshot&)>& work) {
    workshop_.read(
        [&](const Snapshot& tx) {
            struct Reading {
                database::Connection& connection;
                explicit Reading(database::Connection& c) : connection(c) { connection.begin_snapshot(); }
                ~Reading() { connection.rollback(); }
            };
            const Reading        reading(tx.connection());
            const access::AsSeen seen(tx);
            work(tx);
        },
        actor);
}

void Shop::change(const std::function<void(Transaction&)>& work) {
    try {
        workshop_.write([&](Transaction& tx) {
            work(tx);
            throw Undone{};
        });
    } catch (const Undone&) {
    }
}

Answer Shop::list(const Actor& actor, const EntityDescription& entity, const ListRequest& request) {
    Answer answer;
    read(actor, [&](const Snapshot& tx) {
        try {
            answer.text = metadata::list(tx, entity, request);
        } catch (const Refused& refused) {
            answer = {true, refused.code() + ": " + refused.sentence()};
            must_be_one_sentence(refused.sentence());
        }
    });
    return answer;
}

std::optional<Asked> asked_of(const Shop& shop, std::string_view target) {
    Asked asked;
    if (!accepts([&] {
            http::Request request{.target = std::string(target)};
            http::read_target(request);
            if (request.segments.size() == 1) asked.entity = shop.kernel().find_entity("shop." + request.segments[0]);
            asked.request = http::list_request(request);
        }))
        return std::nullopt;
    return asked.entity ? std::optional(asked) : std::nullopt;
}

std::vector<std::int64_t> ids_of(const Answer& answer) {
    std::vector<std::int64_t> ids;
    const auto                list = parse_json(answer.text);
    for (const auto& row : list.at("rows").as_array()) ids.push_back(row.at("id").as_int64());
    return ids;
}

}  // namespace tessera::fuzz
