// AdventureWorks, taken over through the program and compared with what SQL over the source says: the figures of
// data/adventureworks/reference.md are read from that file, what it leaves out is computed from the CSV files. Without
// the data the tests pass and say so.
#include "process.h"

#include <doctest/doctest.h>
#include <tessera/csv.h>
#include <tessera/testing/database.h>

#include <boost/json.hpp>

#include <fstream>
#include <iterator>
#include <map>
#include <set>

namespace adventureworks {

namespace {

namespace fs   = std::filesystem;
namespace json = boost::json;
using Row      = std::map<std::string, std::string>;

fs::path data() {
    const char* shared = ::getenv("TESSERA_SHARED_DIR");
    return fs::path(shared ? shared : TESSERA_SHARED_DIR) / "data" / "adventureworks";
}

std::string text_of(const fs::path& file) {
    std::ifstream in(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

// ---- exact figures: millionths, so that sums here cannot round

struct Figure {
    std::int64_t millionths = 0;

    static Figure parse(std::string_view text) {
        const bool   negative = text.starts_with('-');
        std::int64_t units    = 0;
        int          decimals = -1;
        for (const char c : text) {
            if (c == '.') decimals = 0;
            if (c < '0' || c > '9' || decimals == 6) continue;
            units = units * 10 + (c - '0');
            if (decimals >= 0) ++decimals;
        }
        for (int i = std::max(decimals, 0); i < 6; ++i) units *= 10;
        return {negative ? -units : units};
    }
    Figure& operator+=(Figure other) { return millionths += other.millionths, *this; }
    bool    operator==(const Figure&) const  = default;
    auto    operator<=>(const Figure&) const = default;
};
Figure operator*(Figure a, Figure b) {
    return {static_cast<std::int64_t>(static_cast<__int128>(a.millionths) * b.millionths / 1'000'000)};
}
Figure operator-(Figure a, Figure b) { return {a.millionths - b.millionths}; }

doctest::String toString(const Figure& figure) { return std::to_string(figure.millionths).c_str(); }

// ---- the reference: the first table below a heading

std::vector<std::string> cells(std::string_view line) {
    std::vector<std::string> all;
    for (std::size_t at = 1; at < line.size();) {
        const auto end  = line.find('|', at);
        auto       cell = line.substr(at, end - at);
        while (cell.starts_with(' ')) cell.remove_prefix(1);
        while (cell.ends_with(' ')) cell.remove_suffix(1);
        all.emplace_back(cell);
        at = end == std::string_view::npos ? line.size() : end + 1;
    }
    return all;
}

std::vector<Row> reference(const std::string& heading) {
    std::istringstream       file(text_of(data() / "reference.md"));
    std::vector<std::string> columns;
    std::vector<Row>         rows;
    bool                     found = false;
    for (std::string line; std::getline(file, line);) {
        if (!found)
            found = line.starts_with("#") && line.find(heading) != std::string::npos;
        else if (line.starts_with("|--"))
            continue;
        else if (line.starts_with("|") && columns.empty())
            columns = cells(line);
        else if (line.starts_with("|")) {
            auto&      row    = rows.emplace_back();
            const auto values = cells(line);
            for (std::size_t i = 0; i < std::min(columns.size(), values.size()); ++i) row[columns[i]] = values[i];
        } else if (!columns.empty())
            break;
    }
    REQUIRE_MESSAGE(!rows.empty(), "reference.md has no table below ", heading);
    return rows;
}

std::vector<Row> source(const std::string& table) {
    const auto         text = text_of(data() / (table + ".csv"));
    std::vector<Row>   rows;
    tessera::CsvReader csv(text);
    while (csv.next()) {
        auto& row = rows.emplace_back();
        for (std::size_t i = 0; i < csv.header().size(); ++i) row[std::string(csv.header()[i])] = std::string(csv[i]);
    }
    return rows;
}

// ---- the books

class Books {
public:
    Books() { REQUIRE(tessera("init --name 'Adventure Works' --currency USD --decimals 4").code == 0); }

    void import() const {
        const auto imported = tessera("import adventureworks " + data().string());
        REQUIRE_MESSAGE(imported.code == 0, imported.errors);
    }
    void import_until_killed_after(std::chrono::milliseconds time) const {
        whole::Program program({whole::tessera(), "import", "adventureworks", data().string()}, setting());
        std::this_thread::sleep_for(time);
        program.stop(SIGKILL);
    }
    whole::Ended tessera(const std::string& words) const {
        return whole::run({"/bin/sh", "-c", "exec tessera " + words}, setting(), std::chrono::seconds(600));
    }
    std::vector<Row> report(const std::string& words) const {
        const auto ended = tessera("report " + words + " --format json");
        REQUIRE_MESSAGE(ended.code == 0, words, ": ", ended.errors);
        std::vector<Row> rows;
        const auto       answer = json::parse(ended.output);
        for (const auto& one : answer.as_object().at("rows").as_array()) {
            auto& row = rows.emplace_back();
            for (const auto& [name, value] : one.as_object())
                row[std::string(name)] = value.is_string() ? std::string(value.as_string())
                                         : value.is_null() ? std::string()
                                                           : json::serialize(value);
        }
        return rows;
    }
    std::int64_t count(const std::string& entity, const std::string& filter = {}) const {
        const auto ended = tessera(entity + " list --limit 1 --format json " + filter);
        REQUIRE_MESSAGE(ended.code == 0, entity, ": ", ended.errors);
        return json::parse(ended.output).as_object().at("total").as_int64();
    }

private:
    whole::Setting setting() const {
        return {.directory = folder_.path(), .environment = {"TESSERA_DATABASE=" + database_.location()}};
    }

    whole::Scratch             folder_;
    tessera::testing::Database database_{folder_.path(), "books"};
};

// Adds up columns of rows by a key; "" as the key adds up all of them.
using Sums = std::map<std::string, std::map<std::string, Figure>>;
Sums sums(const std::vector<Row>& rows, const std::string& key, const std::vector<std::string>& columns) {
    Sums all;
    for (const auto& row : rows)
        for (const auto& column : columns) all[key.empty() ? "" : row.at(key)][column] += Figure::parse(row.at(column));
    return all;
}

struct Same {
    std::string ours, theirs;
};
void compare(const std::map<std::string, Figure>& ours, const Row& theirs, const std::vector<Same>& columns) {
    for (const auto& column : columns) {
        CAPTURE(column.theirs);
        CHECK(ours.at(column.ours) == Figure::parse(theirs.at(column.theirs)));
    }
}

std::map<std::string, Figure> figures(const Row& row) {
    std::map<std::string, Figure> all;
    for (const auto& [name, value] : row) all[name] = Figure::parse(value);
    return all;
}

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
void check_supplier_parts(const Books& books) {
    std::map<std::string, std::string> products, vendors;
    for (const auto& row : source("Product")) products[row.at("ProductID")] = row.at("ProductNumber");
    for (const auto& row : source("Vendor")) vendors[row.at("BusinessEntityID")] = row.at("Name");
    std::multiset<std::string> theirs, ours;
    const auto key = [](const std::string& product, const std::string& supplier, const std::string& price) {
        return product + " of " + supplier + " at " + std::to_string(Figure::parse(price).millionths);
    };
    for (const auto& row : source("ProductVendor"))
        theirs.insert(
            key(products.at(row.at("ProductID")), vendors.at(row.at("BusinessEntityID")), row.at("StandardPrice")));
    for (const auto& row : books.report("catalog.supplier_prices --as_of 2013-12-31"))
        ours.insert(key(row.at("product"), row.at("supplier"), row.at("price")));
    CHECK(ours == theirs);
}

void check_ledger(const Books& books) {
    const auto                    balances = books.report("financials.trial_balance");
    std::map<std::string, Figure> accounts;
    Figure                        total;
    for (const auto& row : balances) total += accounts[row.at("account")] = Figure::parse(row.at("closing"));
    CHECK(total == Figure{});
    CHECK(!accounts.empty());

    const auto open = sums(books.report("purchasing.received_not_invoiced"), "", {"amount"});
    const auto role = books.report("financials.account_roles");
    const auto of   = [&](const std::string& name) {
        const auto found = std::ranges::find_if(role, [&](const Row& row) { return row.at("role") == name; });
        return found == role.end() ? Figure{} : accounts[found->at("account")];
    };
    CHECK(open.at("").at("amount") == Figure{} - of("purchasing.received_not_invoiced"));
    CHECK(open.at("").at("amount") != Figure{});

    const auto stock = sums(books.report("inventory.valuation"), "account", {"value"});
    CHECK(!stock.empty());
    Figure worth;
    for (const auto& [account, value] : stock) {
        CHECK_MESSAGE(value.at("value") == accounts[account], account);
        worth += value.at("value");
    }
    CHECK(worth == Figure::parse(reference("2.3 ").front().at("stocked_value")));   // what went back left at its own cost

    const auto owed = sums(books.report("financials.open_items"), "", {"open_in_books"});
    CHECK(owed.at("").at("open_in_books") == Figure{} - of("financials.payable"));
}

void check_soundness(const Books& books) {
    const auto verified = books.tessera("verify");
    CHECK_MESSAGE(verified.code == 0, verified.output, verified.errors);
    const auto again = books.tessera("import adventureworks " + data().string() + " --format json");
    REQUIRE_MESSAGE(again.code == 0, again.errors);
    CHECK_MESSAGE(json::parse(again.output).as_object().at("commands").as_int64() == 0,
                  "the same import again does nothing");
}

}  // namespace

bool data_is_there() {
    if (fs::exists(data() / "reference.md")) return true;
    if (::getenv("CI")) FAIL("To run these tests, put the sample data beside the repository: " << data().string());
    MESSAGE("Left out: ", data().string(), " is not there.");
    return false;
}

TEST_CASE("AdventureWorks: every figure of the reference comes out of the books, to the last digit") {
    if (!data_is_there()) return;
    const Books books;
    books.import();
    check_records(books);
    check_orders(books);
    check_lines(books);
    check_receipts(books);
    check_suppliers(books);
    check_match(books);
    check_supplier_parts(books);
    check_ledger(books);
    check_soundness(books);
}

TEST_CASE("AdventureWorks: an import that is killed goes on from there and ends with the same figures") {
    if (!data_is_there()) return;
    const Books books;
    for (const int milliseconds : {300, 700, 1100, 200})
        books.import_until_killed_after(std::chrono::milliseconds(milliseconds));
    books.import();
    check_records(books);
    check_orders(books);
    check_lines(books);
    check_match(books);
    check_ledger(books);
    check_soundness(books);
}

}  // namespace adventureworks
