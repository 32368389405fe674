#include "measures.h"
#include "world.h"

#include <tessera/accounts.h>

#include <financials/ledger.h>
#include <inventory/stock.h>

#include <chrono>

namespace bench {

namespace bulk {

// Posts entries of four lines over many accounts through the ledger, each a command of its own.
void post(World& world, std::int64_t lines, Date from, int days) {
    using financials::JournalEntry;
    std::vector<tessera::Id<financials::Account>> accounts;
    world.suite().read({}, [&](const tessera::Snapshot& tx) {
        accounts = tx.rows<tessera::Id<financials::Account>>("SELECT id FROM financials_account WHERE postable = 1 AND control = 'none' ORDER BY id");
    });
    const auto amount = world.suite().books().money("1.00");
    world.suite().bulk([&](const Suite::Bulk& command) {
        for (std::int64_t i = 0; i < lines / 4; ++i) {
            JournalEntry entry{.date = from.plus_days(static_cast<int>(i % days)), .memo = "bulk"};
            for (std::size_t k = 0; k < 4; ++k) {
                financials::Line line{.account = accounts[(static_cast<std::size_t>(i) * 7 + k) % accounts.size()]};
                (k % 2 ? line.credit : line.debit) = amount;
                entry.lines.push_back(line);
            }
            command({.name = "financials.post"}, [&](Transaction& tx) { tx.service<financials::Ledger>().post(tx, entry); });
        }
    });
}

// Receives goods of every product in turn, each a command with its entry of two lines.
void receive(World& world, std::int64_t receipts, Date from, int days) {
    Id<inventory::Location> location;
    world.suite().read({}, [&](const tessera::Snapshot& tx) {
        location = tx.value<Id<inventory::Location>>("SELECT id FROM inventory_location WHERE kind = 'storage' ORDER BY id LIMIT 1").value();
    });
    const auto cost = world.suite().books().money("41.70");
    world.suite().bulk([&](const Suite::Bulk& command) {
        for (std::int64_t i = 0; i < receipts; ++i)
            command({.name = "inventory.receive"}, [&](Transaction& tx) {
                const auto               day = from.plus_days(static_cast<int>(i % days));
                const tessera::Source    source{"catalog.product", world.product(i).value, 0};
                financials::JournalEntry entry{.date = day, .journal = "inventory", .memo = "bulk", .source = source};
                tx.service<inventory::Stock>().receive(tx,
                                                       {.product = world.product(i), .location = location, .quantity = Quantity::of(10), .date = day, .cost = cost,
                                                        .counter_role = "inventory.count_difference", .source = source},
                                                       entry);
                tx.service<financials::Ledger>().post(tx, entry);
            });
    });
}

}  // namespace bulk

void measure_bulk(const Settings& settings, Table& table) {
    const auto bare = run_bare(settings, "tessera_bench_sqlite", fmt::format("{} 0.1", settings.directory));
    World      world(settings.directory);
    const std::int64_t lines   = 200'000;
    const double       seconds = best_of(1, [&] { bulk::post(world, lines, Date(world.day().year(), 1, 1), 300); }) / 1000;
    table.add({"journal lines in bulk, every entry a command", static_cast<double>(lines) / seconds, "lines/s", bare.at("bulk_lines 0"), ">= 0.5 of bare inserts"});
}

void measure_reports(const Settings& settings, Table& table) {
    World        world(settings.directory);
    const auto   year = world.day().year();
    std::int64_t have = 0;
    std::map<std::string, double> first;
    std::string  at;
    const auto   report = [&](const std::string& name, const std::string& what, const Suite::ParameterTexts& parameters, const char* goal) {
        const auto ms = best_of(5, [&] { world.suite().report({}, name, parameters); });
        const auto [it, fresh] = first.try_emplace(what, ms);
        table.add({what + at, ms, "ms", fresh ? 0 : it->second, goal});
    };
    for (const std::int64_t lines : {std::int64_t{10'000}, std::int64_t{1'000'000}, std::int64_t{10'000'000}}) {
        if (lines > settings.lines_max) break;
        bulk::receive(world, (lines - have) / 10, Date(year - 1, 1, 1), 720);        // a fifth of the lines move stock
        bulk::post(world, (lines - have) / 5 * 4, Date(year - 1, 1, 1), 720);
        have               = lines;
        at                 = fmt::format(" at {} lines", lines);
        const auto middle  = Date(year, 5, 17).str();
        const auto account = world.suite().report({}, "financials.trial_balance", {}).rows.front().front();
        report("financials.trial_balance", "trial balance as of a mid-month day", {{"as_of", middle}}, "<= 20 ms, <= 2 x of 10,000");
        report("financials.balance_sheet", "balance sheet", {{"as_of", middle}}, "<= 20 ms, <= 2 x of 10,000");
        report("inventory.valuation", "stock valuation", {}, "<= 20 ms, <= 2 x of 10,000");
        report("inventory.valuation", "stock valuation as of a mid-month day", {{"as_of", middle}}, "<= 20 ms");
        struct FirstPage : tessera::ReportSink {
            void begin(const tessera::ReportResult&) override {}
            void row(const std::vector<tessera::Cell>&) override { if (++rows == 100) throw Full{}; }
            void end(const std::vector<tessera::Cell>&) override {}
            struct Full {};
            int rows = 0;
        };
        const auto ledger = best_of(5, [&] {
            FirstPage page;
            try {
                world.suite().report({}, "financials.general_ledger", {{"account", text_of(account)}, {"from", Date(year - 1, 1, 1).str()}, {"to", Date(year, 12, 31).str()}}, page,
                                     std::chrono::minutes(1));
            } catch (const FirstPage::Full&) {
            }
        });
        table.add({"general ledger of one account, first 100 lines" + at, ledger, "ms", 0, "<= 20 ms at any size"});
    }
}

namespace {

// Somebody whose role shows the suppliers only, which all of them are, and not their notes.
tessera::Actor narrowed(tessera::Suite& suite) {
    using namespace tessera;
    suite.write({.name = "bench"}, [](Transaction& tx) {
        access::Role role{.name = "Narrow"};
        role.permissions.push_back({.permission = "*.read"});
        role.rules.push_back({.entity = "directory.party", .field = "supplier", .value = "true"});
        role.fields.push_back({.entity = "directory.party", .field = "note"});
        access::User user{.name = "narrow"};
        user.roles.push_back({.role = tx.insert(role)});
        tx.insert(user);
    });
    access::Accounts accounts(suite);
    return accounts.recognise(accounts.make_token({}, "narrow", "bench", {"*.read"}, {}).key)->actor;
}

}  // namespace

void measure_lists(const Settings& settings, Table& table) {
    World      world(settings.directory, 100'000, 10);
    const auto narrow = narrowed(world.suite());
    const auto list   = [&](const std::string& what, tessera::ListRequest request) {
        const auto of = [&](const tessera::Actor& actor) { return best_of(7, [&] { world.suite().list(actor, "directory.party", request); }); };
        const auto whole = of({});
        table.add({"100,000 parties: " + what, whole, "ms", 0, "<= 20 ms"});
        table.add({"100,000 parties, seen by a rule: " + what, of(narrow), "ms", whole, "<= 1.1 x of all"});
    };
    list("first page by name", {.sort = {"name"}});
    list("page at 90,000", {.sort = {"name"}, .offset = 90'000});
    list("infix search", {.search = "lier 9999"});
    list("filtered by name", {.filters = {{"name", "contains", "77777"}}});
}

}  // namespace bench
