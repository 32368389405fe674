// AdventureWorks, taken over through the program and compared with what SQL over the source says: the figures of
// data/adventureworks/reference.md are read from that file, what it leaves out is computed from the CSV files. Without
// the data the tests pass and say so. The sales of the first year are replayed here, all of them by tests/scenarios/full.sh.
#include "adventureworks_sales.h"

namespace adventureworks {

namespace {

// ---- what is compared

void check_records(const Books& books) {
    std::map<std::string, std::int64_t> counts;
    for (const auto& row : reference("1. Row counts")) counts[row.at("table")] = std::stoll(row.at("rows"));
    CHECK(books.count("directory party", "--filter supplier=true") == counts["Vendor"]);
    CHECK(books.count("directory contact") == counts["Person"]);
    CHECK(books.count("directory employee") == counts["Employee"]);
    CHECK(books.count("catalog product") == counts["Product"]);
    CHECK(books.count("catalog category") == counts["ProductCategory"] + counts["ProductSubcategory"]);
    CHECK(books.count("catalog supplier_price") == counts["ProductVendor"]);
    CHECK(books.count("directory exchange_rate") == counts["CurrencyRate"]);
    CHECK(books.count("purchasing order") == counts["PurchaseOrderHeader"]);
    CHECK(books.report("purchasing.open_orders --all true").size() ==
          static_cast<std::size_t>(counts["PurchaseOrderDetail"]));
}

void check_orders(const Books& books) {
    const auto orders  = books.report("purchasing.order_summary");
    const auto by_year = sums(orders, "year", {"orders", "subtotal", "tax", "freight", "total"});
    const auto years   = reference("2.1 ");
    CHECK(by_year.size() == years.size());
    for (const auto& year : years)
        compare(by_year.at(year.at("year")), year,
                {{"orders", "orders"},
                 {"subtotal", "subtotal"},
                 {"tax", "tax"},
                 {"freight", "freight"},
                 {"total", "total_due"}});

    const std::map<std::string, std::string> names{
        {"1", "pending"}, {"2", "approved"}, {"3", "rejected"}, {"4", "complete"}};
    const auto by_status = sums(orders, "status", {"orders", "total"});
    const auto statuses  = reference("2.2 ");
    CHECK(by_status.size() == statuses.size());
    for (const auto& status : statuses)
        compare(by_status.at(names.at(status.at("Status"))), status, {{"orders", "orders"}, {"total", "total_due"}});
}

void check_lines(const Books& books) {
    std::map<std::string, Figure> totals, classes;
    for (const auto& row : books.report("purchasing.open_orders --all true")) {
        const auto line    = figures(row);
        const auto ordered = line.at("ordered"), received = line.at("received"), rejected = line.at("rejected"),
                   price = line.at("price");
        const auto count = [&](const char* name, bool is) { classes[name] += Figure{is ? 1'000'000 : 0}; };
        totals["lines"] += Figure{1'000'000};
        totals["ordered"] += ordered;
        totals["received"] += received;
        totals["rejected"] += rejected;
        totals["stocked"] += received - rejected;
        totals["ordered_value"] += ordered * price;
        totals["received_value"] += received * price;
        totals["rejected_value"] += rejected * price;
        totals["stocked_value"] += (received - rejected) * price;
        count("received_ne_ordered", received != ordered);
        count("short", received < ordered);
        count("over", received > ordered);
        count("with_rejects", rejected > Figure{});
        count("all_rejected", rejected == received && received > Figure{});
        count("clean", received == ordered && rejected == Figure{});
        count("nothing_received", received == Figure{});
    }
    const auto all_lines = reference("2.3 "), all_classes = reference("2.4 ");
    for (const auto& [name, figure] : all_lines.front()) CHECK_MESSAGE(totals[name] == Figure::parse(figure), name);
    for (const auto& [name, figure] : all_classes.front()) CHECK_MESSAGE(classes[name] == Figure::parse(figure), name);
}

void check_receipts(const Books& books) {
    const auto ours  = books.report("purchasing.receipt_summary");
    const auto years = reference("2.5 ");
    REQUIRE(ours.size() == years.size());
    for (std::size_t i = 0; i < years.size(); ++i)
        compare(figures(ours[i]), years[i],
                {{"year", "year"},
                 {"lines", "lines"},
                 {"ordered", "ordered"},
                 {"received", "received"},
                 {"rejected", "rejected"},
                 {"stocked", "stocked"},
                 {"differing_lines", "received_ne_ordered"},
                 {"rejected_value", "rejected_value"}});
}

void check_suppliers(const Books& books) {
    std::map<std::string, Row> ours;
    std::vector<Figure>        values;
    for (const auto& row : books.report("purchasing.supplier_performance")) {
        ours[row.at("supplier")] = row;
        values.push_back(Figure::parse(row.at("ordered_value")));
    }
    CHECK(std::ranges::is_sorted(values, std::ranges::greater{}));
    const auto top = reference("2.6 ");
    REQUIRE(values.size() >= top.size());
    for (const auto& row : top) {
        CAPTURE(row.at("Name"));
        REQUIRE(ours.contains(row.at("Name")));
        compare(figures(ours[row.at("Name")]), row,
                {{"orders", "orders"},
                 {"ordered_value", "ordered_value"},
                 {"received", "received"},
                 {"rejected", "rejected"},
                 {"reject_rate", "reject_rate"}});
        CHECK(Figure::parse(ours[row.at("Name")].at("ordered_value")) >= values[top.size() - 1]);
    }
}

void check_match(const Books& books) {
    const auto ours = books.report("purchasing.match_summary");
    REQUIRE(ours.size() == 1);
    compare(figures(ours.front()), reference("2.7 ").front(),
            {{"lines", "lines"},
             {"invoiced", "invoiced_at_ordered_qty"},
             {"payable", "payable_for_accepted_qty"},
             {"held", "to_hold_or_debit"},
             {"exception_lines", "exception_lines"},
             {"exception_orders", "exception_orders"}});
    const auto holds = sums(books.report("purchasing.holds"), "", {"amount"});
    CHECK(holds.at("").at("amount") == Figure::parse(ours.front().at("held")));
}

// What each supplier asks for each product, to the last digit.
void check_supplier_parts(const Books& books, const SourceFolder& files) {
    std::map<std::string, std::string> products, vendors;
    for (const auto& row : files.rows("Product")) products[row.at("ProductID")] = row.at("ProductNumber");
    for (const auto& row : files.rows("Vendor")) vendors[row.at("BusinessEntityID")] = row.at("Name");
    std::multiset<std::string> theirs, ours;
    const auto key = [](const std::string& product, const std::string& supplier, const std::string& price) {
        return product + " of " + supplier + " at " + std::to_string(Figure::parse(price).millionths);
    };
    for (const auto& row : files.rows("ProductVendor"))
        theirs.insert(
            key(products.at(row.at("ProductID")), vendors.at(row.at("BusinessEntityID")), row.at("StandardPrice")));
    for (const auto& row : books.report("catalog.supplier_prices --as_of 2013-12-31"))
        ours.insert(key(row.at("product"), row.at("supplier"), row.at("price")));
    CHECK(ours == theirs);
}

void check_ledger(const Books& books, const SourceFolder& files) {
    auto       accounts = books.balances();
    const auto role     = books.accounts_of_roles();
    const auto of       = [&](const std::string& name) { return role.contains(name) ? accounts[role.at(name)] : Figure{}; };
    Figure     total;
    for (const auto& [account, balance] : accounts) total += balance;
    CHECK(total == Figure{});
    CHECK(!accounts.empty());

    const auto open = sums(books.report("purchasing.received_not_invoiced"), "", {"amount"});
    CHECK(open.at("").at("amount") == Figure{} - of("purchasing.received_not_invoiced"));
    CHECK(open.at("").at("amount") != Figure{});

    const auto stock = sums(books.report("inventory.valuation"), "account", {"value"});
    CHECK(!stock.empty());
    Figure worth;
    for (const auto& [account, value] : stock) {
        CHECK_MESSAGE(value.at("value") == accounts[account], account);
        worth += value.at("value");
    }
    // what went back left at its own cost; what was made and sold came in and left
    const CostOfSales costs(files);
    CHECK(worth == Figure::parse(reference("2.3 ").front().at("stocked_value")) + costs.produced() - costs.all());

    const auto owed = sums(books.report("financials.open_items"), "", {"open_in_books"});
    CHECK(owed.at("").at("open_in_books") == Figure{} - of("financials.payable"));
}

void check_soundness(const Books& books) {
    const auto verified = books.tessera("verify");
    CHECK_MESSAGE(verified.code == 0, verified.output, verified.errors);
    CHECK_MESSAGE(books.import_again().at("commands").as_int64() == 0, "the same import again does nothing");
}

Sales wanted() {
    const char* given = ::getenv("TESSERA_ADVENTUREWORKS");
    return given && std::string_view(given) == "all" ? Sales::all : Sales::of_2011;
}

}  // namespace

TEST_CASE("AdventureWorks: every figure of the reference comes out of the books, to the last digit" *
          doctest::skip(::getenv("TESSERA_TEST_POSTGRES") != nullptr && wanted() != Sales::all)) {   // the killed one says as much there
    if (!data_is_there()) return;
    const SourceFolder files(wanted());
    const Books        books(files);
    books.import();
    check_records(books);
    check_orders(books);
    check_lines(books);
    check_receipts(books);
    check_suppliers(books);
    check_match(books);
    check_supplier_parts(books, files);
    check_ledger(books, files);
    check_sales(books, files);
    check_soundness(books);
}

TEST_CASE("AdventureWorks: an import that is killed goes on from there and ends with the same figures") {
    if (!data_is_there()) return;
    const SourceFolder files(Sales::of_2011);
    const Books        books(files);
    for (const int milliseconds : {300, 700, 1100, 200})
        books.import_until_killed_after(std::chrono::milliseconds(milliseconds));
    books.import();
    check_records(books);
    check_orders(books);
    check_lines(books);
    check_receipts(books);
    check_suppliers(books);
    check_match(books);
    check_supplier_parts(books, files);
    check_ledger(books, files);
    check_sales(books, files);
    check_soundness(books);
}

}  // namespace adventureworks
