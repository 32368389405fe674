// Who sees some records only: the same ones in every list, count, report and by id; and fields that are not theirs to see.

#include "workshop_company.h"

#include <tessera/accounts.h>

#include <doctest/doctest.h>

#include <random>
#include <set>

using namespace tessera;
using namespace workshop;

namespace {

struct NarrowedShop : WorkshopCompany {
    // What is permitted and narrowed to a user with these roles.
    Actor actor(std::vector<access::Role> roles, std::vector<access::UserValue> values = {}) {
        const auto name = fmt::format("user{}", ++users_);
        run([&](Transaction& tx) {
            access::User user{.name = name, .values = std::move(values)};
            for (auto& role : roles) {
                role.name = fmt::format("Role {} of {}", user.roles.size(), name);
                user.roles.push_back({.role = tx.insert(role)});
            }
            tx.insert(user);
        });
        access::Accounts accounts(suite());
        return accounts.recognise(accounts.make_token(Actor{}, name, "test", {"*"}, {}).key)->actor;
    }
    static access::Role role(std::vector<std::string> permissions, std::vector<access::RoleRule> rules = {}, std::vector<access::RoleField> fields = {}) {
        access::Role role{.name = "Role", .rules = std::move(rules), .fields = std::move(fields)};
        for (auto& permission : permissions) role.permissions.push_back({.permission = std::move(permission)});
        return role;
    }
    static access::RoleRule rule(std::string field, access::Comparison operation, std::string value, std::string entity = "workshop.order") {
        return {.entity = std::move(entity), .field = std::move(field), .operation = operation, .value = std::move(value)};
    }
    std::set<std::int64_t> listed(const Actor& actor, ListRequest request = {.limit = 500}) {
        std::set<std::int64_t> ids;
        const auto             list = boost::json::parse(suite().list(actor, "workshop.order", request));
        for (const auto& row : list.at("rows").as_array()) ids.insert(row.at("id").as_int64());
        CHECK(list.at("total").as_int64() == static_cast<std::int64_t>(ids.size()));
        return ids;
    }
    RecordCommand as(const Actor& actor, RecordCommand command) const {
        command.info.actor = actor;
        return command;
    }

private:
    int users_ = 0;
};

using enum access::Comparison;

}  // namespace

TEST_CASE("rules: what is listed, what is read by its id, what is counted and what SQL sees are the same records") {
    NarrowedShop                       shop;
    std::mt19937                       random(7);
    std::vector<Id<Customer>>          customers{shop.customer()};
    std::vector<std::int64_t>          all;
    shop.run([&](Transaction& tx) {
        for (const auto* name : {"Grace", "O'Hara; --", "100%"}) customers.push_back(tx.insert(Customer{.name = name}));
    });
    for (int i = 0; i < 40; ++i) {
        auto order     = shop.order(i % 3 ? "note " + std::to_string(i % 5) : "");
        order.customer = customers[random() % customers.size()];
        order.priority = i % 4 ? std::optional<std::int64_t>(i % 7) : std::nullopt;
        all.push_back(shop.insert(order).value);
    }
    const std::vector<access::RoleRule> possible = {
        shop.rule("customer", eq, "Ada"),        shop.rule("customer", in, "Grace,O'Hara; --"), shop.rule("customer", eq, "@mine"), shop.rule("note", contains, "note 3"),
        shop.rule("note", is, "null"),           shop.rule("note", is_not, "note 1"),           shop.rule("priority", gte, "3"),    shop.rule("state", eq, "draft"),
        shop.rule("customer", contains, "100%"), shop.rule("id", lt, "20"),                     shop.rule("note", eq, "x' OR '1'='1")};
    for (int round = 0; round < 60; ++round) {
        std::vector<access::Role> roles;
        for (unsigned i = 0; i <= random() % 3; ++i) {
            std::vector<access::RoleRule> rules;
            for (unsigned j = 0; j <= random() % 2; ++j) rules.push_back(possible[random() % possible.size()]);
            roles.push_back(shop.role({"workshop.read"}, rules));
        }
        std::vector<access::UserValue> values;
        if (random() % 2) values.push_back({.name = "mine", .value = "Grace"});
        const auto actor = shop.actor(roles, values);
        CAPTURE(round);
        const auto listed = shop.listed(actor);
        std::set<std::int64_t> read, by_sql, exported;
        RecordAnswer           answer;
        for (const auto id : all)
            if (shop.suite().get(actor, "workshop.order", id, answer)) read.insert(id);
        std::int64_t counted = 0, lines = 0, joined = 0;
        shop.suite().read(actor, [&](const Snapshot& tx) {
            for (const auto id : tx.rows<std::int64_t>("SELECT id FROM workshop_order")) by_sql.insert(id);
            counted = *tx.value<std::int64_t>("WITH big AS (SELECT id FROM workshop_order) SELECT count(*) FROM big");
            lines   = *tx.value<std::int64_t>("SELECT count(DISTINCT document) FROM workshop_order_line");
            joined  = *tx.value<std::int64_t>("WITH RECURSIVE step(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM step WHERE n < 2) "
                                              "SELECT count(DISTINCT o.id) FROM workshop_order o, step JOIN workshop_order p ON 1 = 1 WHERE p.id = o.id");
        });
        CHECK(read == listed);
        CHECK(by_sql == listed);
        CHECK(counted == static_cast<std::int64_t>(listed.size()));
        CHECK(lines == counted);
        CHECK(joined == counted);
        CHECK(shop.suite().report(actor, "workshop.orders", {}).rows.size() == listed.size());
    }
}

TEST_CASE("rules: a role narrows what it shows itself; another role that shows all takes nothing away") {
    NarrowedShop shop;
    const auto   mine   = shop.insert(shop.order("mine")).value;
    const auto   others = shop.insert(shop.order("others")).value;
    const auto   narrow = shop.role({"workshop.read"}, {shop.rule("note", eq, "mine")});
    CHECK(shop.listed(shop.actor({narrow})) == std::set{mine});
    CHECK(shop.listed(shop.actor({narrow, shop.role({"access.read"})})) == std::set{mine});
    CHECK(shop.listed(shop.actor({narrow, shop.role({"*.read"})})) == std::set{mine, others});
    CHECK(shop.listed(shop.actor({shop.role({"workshop.read"}, {shop.rule("note", eq, "@mine")})})).empty());
    CHECK(shop.listed(shop.actor({shop.role({"workshop.read"}, {shop.rule("note", eq, "@mine")})}, {{.name = "mine", .value = "others"}})) == std::set{others});
    CHECK(shop.listed(shop.actor({shop.role({"workshop.read"}, {shop.rule("note", eq, "@mine")})}, {{.name = "mine", .value = "others"}, {.name = "mine", .value = "mine"}})) == std::set{mine, others});
}

TEST_CASE("rules: a rule by what a reference is called shows the same in any order, also where that record is not seen") {
    NarrowedShop shop;
    const auto   grace = shop.insert(Customer{.name = "Grace"});
    auto         order = shop.order("hers");
    order.customer     = grace;
    const auto hers    = shop.insert(order).value;
    shop.insert(shop.order("of another"));
    const auto clerk = shop.actor({shop.role({"workshop.read"}, {shop.rule("customer", contains, "Gra"), shop.rule("name", is_not, "Grace", "workshop.customer")})});
    CHECK(shop.listed(clerk) == std::set{hers});
    CHECK(shop.listed(clerk, {.sort = {"customer"}}) == std::set{hers});
    CHECK(shop.listed(clerk, {.filters = {{"customer", "contains", "Gra"}}}).empty());
}

TEST_CASE("rules: what is not seen is not there: not by id, in history, through links, in changes or as what a field refers to") {
    NarrowedShop shop;
    const auto   hidden_customer = shop.insert(Customer{.name = "Secret"}).value;
    auto         order           = shop.order("others");
    order.customer               = Id<Customer>(hidden_customer);
    const auto others            = shop.insert(order).value;
    const auto mine              = shop.insert(shop.order("mine")).value;
    const auto clerk = shop.actor({shop.role({"workshop.*"}, {shop.rule("note", contains, "mine"), shop.rule("name", is_not, "Secret", "workshop.customer")})});
    auto&      suite = shop.suite();

    RecordAnswer answer;
    CHECK_FALSE(suite.get(clerk, "workshop.order", others, answer));
    for (const auto& door : std::vector<std::function<void()>>{[&] { suite.history(clerk, "workshop.order", others); }, [&] { suite.related(clerk, "workshop.order", others); },
                                                               [&] { shop.send(shop.as(clerk, shop.change(others, R"({"note":"mine"})"))); },
                                                               [&] { shop.send(shop.as(clerk, shop.move(others, "confirm"))); }, [&] { shop.send(shop.as(clerk, shop.remove(others))); }}) {
        const auto told = refusal_of(door);
        CHECK_MESSAGE(told.starts_with("kernel.not_found: "), told);
    }
    CHECK_FALSE(suite.sees(clerk, "workshop.order", others));
    CHECK(suite.sees(clerk, "workshop.order", mine));
    CHECK(shop.refused(shop.as(clerk, shop.create(R"({"customer":"Secret","note":"mine"})"))).starts_with("kernel.unknown_reference"));
    CHECK(shop.refused(shop.as(clerk, shop.create(fmt::format(R"({{"customer":{},"note":"others"}})", shop.customer().value)))).starts_with("kernel.not_permitted"));
    CHECK(shop.refused(shop.as(clerk, shop.change(mine, R"({"note":"given away"})"))).starts_with("kernel.not_permitted"));
    CHECK(shop.send(shop.as(clerk, shop.change(mine, R"({"note":"still mine"})"))).version == 2);
    CHECK(suite.list(clerk, "workshop.order", {.search = "Secret"}).find("\"rows\":[]") != std::string::npos);
    CHECK(refusal_of([&] { suite.import_csv({.actor = clerk}, "workshop.customer", "name\nHopper\n"); }).starts_with("kernel.not_permitted"));
    CHECK(refusal_of([&] { suite.write({.name = "test", .actor = shop.actor({shop.role({"*"}, {shop.rule("note", eq, "mine")})})}, [](Transaction&) {}); }).starts_with("kernel.not_permitted"));
}

TEST_CASE("fields: one that is hidden is shown, filtered by, sorted by, exported and set by nobody who does not see it") {
    NarrowedShop      shop;
    const auto        id    = shop.insert(shop.order("the price is secret")).value;
    access::RoleField note{.entity = "workshop.order", .field = "note"}, price{.entity = "workshop.order_line", .field = "price"},
        remark{.entity = "workshop.order", .field = "remark", .access = access::FieldAccess::read_only};
    const auto clerk = shop.actor({shop.role({"workshop.*"}, {}, {note, price, remark})});
    auto&      suite = shop.suite();

    shop.send(shop.change(id, R"({"note":"still secret"})"));
    RecordAnswer answer;
    CHECK(suite.get(clerk, "workshop.order", id, answer));
    std::string seen = answer.json + suite.list(clerk, "workshop.order", {.limit = 10}) + suite.history(clerk, "workshop.order", id) + suite.catalogue(clerk);
    suite.export_csv(clerk, "workshop.order", {}, [&](std::string_view part) { seen += part; });
    suite.read(clerk, [&](const Snapshot& tx) {
        CHECK_FALSE(tx.value<std::string>("SELECT note FROM workshop_order").has_value());
        CHECK_FALSE(tx.value<std::int64_t>("SELECT sum(price) FROM workshop_order_line").has_value());
        seen += tx.load(Id<Order>(id)).note;
    });
    CHECK(seen.find("secret") == std::string::npos);
    CHECK(answer.json.find("\"price\"") == std::string::npos);
    CHECK(answer.json.find("\"quantity\"") != std::string::npos);
    const auto list = [&](ListRequest request) { return refusal_of([&] { suite.list(clerk, "workshop.order", request); }); };
    CHECK(list({.filters = {{"note", "contains", "secret"}}}).starts_with("kernel.unknown_filter"));
    CHECK(list({.sort = {"note"}}).starts_with("kernel.unknown_sort"));
    CHECK(list({.fields = {"note"}}).starts_with("kernel.unknown_field"));
    for (const auto& told : {list({.filters = {{"nothing", "eq", "1"}}}), list({.sort = {"nothing"}})}) CHECK(told.find("note") == std::string::npos);
    CHECK(shop.refused(shop.as(clerk, shop.change(id, R"({"note":"mine"})"))).starts_with("kernel.unknown_field"));
    CHECK(shop.refused(shop.as(clerk, shop.change(id, R"({"remark":"mine"})"))).starts_with("kernel.not_permitted"));
    CHECK(shop.send(shop.as(clerk, shop.change(id, R"({"remark":null,"priority":3})"))).json.find("secret") == std::string::npos);
    CHECK(shop.load(Id<Order>(id)).note == "still secret");                      // what is not seen stays as it was
}

TEST_CASE("rules: what cannot be narrowed by is refused when the role is saved") {
    NarrowedShop shop;
    const auto   saved = [&](access::Role role) {
        return shop.refusal([&](Transaction& tx) { tx.insert(role); });
    };
    CHECK(saved(shop.role({"workshop.fly"})).starts_with("access.unknown_permission: To permit something"));
    CHECK(saved(shop.role({"workshop.read"}, {shop.rule("note", eq, "x", "workshop.nothing")})).starts_with("kernel.no_entity"));
    CHECK(saved(shop.role({"workshop.read"}, {shop.rule("nothing", eq, "x")})).starts_with("kernel.unknown_field"));
    CHECK(saved(shop.role({"workshop.read"}, {shop.rule("quantity", gt, "1", "workshop.order_line")})).starts_with("access.rule_of_a_line"));
    CHECK(saved(shop.role({"workshop.read"}, {shop.rule("priority", contains, "1")})).starts_with("kernel.unknown_filter"));
    CHECK(saved(shop.role({"workshop.read"}, {shop.rule("priority", eq, "many")})).find("many") != std::string::npos);
    CHECK(saved(shop.role({"workshop.read"}, {}, {{.entity = "workshop.order", .field = "nothing"}})).starts_with("kernel.unknown_field"));
    CHECK(saved(shop.role({"workshop.*", "*.read", "*"}, {shop.rule("customer", eq, "@mine")})).empty());
}

TEST_CASE("rules: pages that are asked for again are those of a first look, whatever was committed in between") {
    NarrowedShop shop;
    const auto   reader = shop.actor({shop.role({"workshop.read"}, {shop.rule("note", eq, "mine")})});
    std::mt19937 random(11);
    for (int i = 0; i < 40; ++i) shop.insert(shop.order(random() % 2 ? "mine" : "theirs"));
    const auto page = [&](const Actor& actor, std::int64_t offset, std::vector<ListFilter> filters) {
        return shop.suite().list(actor, "workshop.order", {.filters = std::move(filters), .sort = {"-number"}, .limit = 7, .offset = offset});
    };
    const auto unnarrowed = [&](std::int64_t offset) { return page({}, offset, {{"note", "eq", "mine"}}); };
    for (int round = 0; round < 60; ++round) {
        const auto offset = static_cast<std::int64_t>(random() % 30);
        CHECK(page(reader, offset, {}) == unnarrowed(offset));
        const auto mine = shop.number("SELECT min(id) FROM workshop_order WHERE note = 'mine'");
        switch (random() % 4) {
            case 0: shop.insert(shop.order(random() % 2 ? "mine" : "theirs")); break;
            case 1: shop.send(shop.change(mine, R"({"note":"theirs"})")); break;
            case 2: shop.send(shop.remove(mine)); break;
            default: break;      // asked for again, nothing committed
        }
    }
    const auto before = page(reader, 0, {});
    for (int again = 0; again < 4; ++again) CHECK(page(reader, 0, {}) == before);
}
