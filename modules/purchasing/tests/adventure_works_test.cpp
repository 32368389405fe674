// All purchase orders of AdventureWorks, replayed as documents: ordered, received, rejected, and invoiced at the
// ordered quantity. The figures are those that SQL gives over the source (data/adventureworks/reference.md, 2.1 to
// 2.7).
#include <tessera/csv.h>

#include "tests/buying.h"

#include <cstdlib>
#include <fstream>
#include <iterator>
#include <map>

namespace purchasing::tests {

namespace {

std::string file(const std::string& name) {
    const char* shared = std::getenv("TESSERA_SHARED_DIR");
#ifdef TESSERA_SHARED_DIR
    if (!shared) shared = TESSERA_SHARED_DIR;
#endif
    std::ifstream in(std::string(shared ? shared : "") + "/data/adventureworks/" + name + ".csv", std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

using Row = std::map<std::string, std::string>;
std::vector<Row> table(const std::string& text) {
    std::vector<Row>   rows;
    tessera::CsvReader csv(text);
    while (csv.next()) {
        auto& row = rows.emplace_back();
        for (std::size_t i = 0; i < csv.header().size(); ++i) row[std::string(csv.header()[i])] = std::string(csv[i]);
    }
    return rows;
}

class Replay {
public:
    Replay() : buying({.modules = {"purchasing"}, .decimals = 4}) {}

    bool run() {
        const auto orders = file("PurchaseOrderHeader"), lines = file("PurchaseOrderDetail"), vendors = file("Vendor");
        if (orders.empty()) return false;
        for (const auto& line : table(lines)) details_[line.at("PurchaseOrderID")].push_back(line);
        buying.company.suite().bulk([&](const tessera::Suite::Bulk& command) {
            command({.name = "test.set_up", .business_date = "2011-01-01"_date},
                    [&](Transaction& tx) { set_up(tx, vendors); });
            for (const auto& order : table(orders))
                command({.name = "test.order", .business_date = day_of(order.at("OrderDate"))},
                        [&](Transaction& tx) { replay(tx, order); });
        });
        return true;
    }

    Buying buying;

private:
    static Date day_of(const std::string& text) { return Date::parse(std::string_view(text).substr(0, 10)); }

    void set_up(Transaction& tx, const std::string& vendors) {
        for (int year = 2011; year <= 2014; ++year)
            if (!tx.value<std::int64_t>("SELECT 1 FROM financials_period WHERE starts_on = :day", Date(year, 1, 1)))
                tx.insert(financials_year(year));
        const auto unit = *tx.value<Id<catalog::Unit>>("SELECT id FROM catalog_unit WHERE code = 'EA'");
        for (const auto& vendor : table(vendors))
            vendors_[vendor.at("BusinessEntityID")] =
                tx.insert(Party{.number = vendor.at("BusinessEntityID"), .name = vendor.at("Name"), .supplier = true});
        for (const auto& [order, lines] : details_)
            for (const auto& line : lines)
                if (auto& product = products_[line.at("ProductID")]; !product)
                    product =
                        tx.insert(Product{.number = line.at("ProductID"), .name = line.at("ProductID"), .unit = unit});
    }
    static financials::FiscalYear financials_year(int year) { return {.starts_on = Date(year, 1, 1)}; }

    void replay(Transaction& tx, const Row& source) {
        static const std::map<std::string, std::string> statuses{
            {"1", "pending"}, {"2", "approved"}, {"3", "rejected"}, {"4", "complete"}};
        const auto& lines = details_.at(source.at("PurchaseOrderID"));
        const auto  money = [&](const char* name) { return tx.books().money(source.at(name)); };
        Order       order{.supplier      = vendors_.at(source.at("VendorID")),
                          .date          = day_of(source.at("OrderDate")),
                          .tax           = money("TaxAmt"),
                          .freight       = money("Freight"),
                          .source_status = statuses.at(source.at("Status"))};
        for (const auto& line : lines)
            order.lines.push_back({.product  = products_.at(line.at("ProductID")),
                                   .quantity = Quantity::parse(line.at("OrderQty")),
                                   .price    = UnitPrice::parse(line.at("UnitPrice")),
                                   .due_on   = day_of(line.at("DueDate"))});
        tx.insert(order);
        tx.transition(order.id, "approve");
        GoodsReceipt receipt{.date = day_of(source.at("ShipDate"))};
        for (std::size_t i = 0; i < lines.size(); ++i)
            receipt.lines.push_back({.order_line = order.lines[i].id,
                                     .quantity   = Quantity::parse(lines[i].at("ReceivedQty")),
                                     .rejected   = Quantity::parse(lines[i].at("RejectedQty"))});
        tx.insert(receipt);
        tx.transition(receipt.id, "post");
        if (source.at("Status") != "4") return;
        VendorInvoice invoice{.supplier_number = source.at("PurchaseOrderID"),
                              .date            = receipt.date,
                              .freight         = order.freight,
                              .tax             = order.tax};
        for (const auto& line : order.lines)
            invoice.lines.push_back({.order_line = line.id, .quantity = line.quantity});
        tx.insert(invoice);
        tx.transition(invoice.id, "post");
    }

    std::map<std::string, std::vector<Row>> details_;
    std::map<std::string, Id<Party>>        vendors_;
    std::map<std::string, Id<Product>>      products_;
};

}  // namespace

TEST_CASE("purchasing: the orders of AdventureWorks come out as SQL over the source says") {
    Replay replay;
    if (!replay.run()) return;
    auto& company = replay.buying.company;
    CHECK(company.report("purchasing.match_summary")
              .starts_with("3452 | 23431834.2160 | 22920118.7460 | 511715.4700 | 318 | 318"));

    std::map<std::string, std::pair<std::int64_t, Money>> statuses;
    for (const auto& row : company.report_result("purchasing.order_summary").rows) {
        auto& [orders, total] = statuses[std::get<std::string>(row[1])];
        orders += std::get<std::int64_t>(row[2]);
        total += Money{std::get<tessera::Decimal>(row[6]).units, company.suite().books().currency};
    }
    CHECK(statuses["pending"] == std::pair<std::int64_t, Money>{1, company.money("300.6721")});
    CHECK(statuses["approved"] == std::pair<std::int64_t, Money>{3, company.money("108963.8000")});
    CHECK(statuses["rejected"] == std::pair<std::int64_t, Money>{64, company.money("954346.7446")});
    CHECK(statuses["complete"] == std::pair<std::int64_t, Money>{1519, company.money("25892176.8235")});

    CHECK(company.report("purchasing.receipt_summary")
              .starts_with("2011 | 68 | 15977 | 15866 | 1295 | 14571 | 4 | 11658.4335\n"
                           "2012 | 576 | 140890 | 139485 | 15636 | 123849 | 30 | 418318.6350\n"
                           "2013 | 2923 | 763758 | 757044 | 25983 | 731061 | 113 | 735224.9100\n"));
    const auto suppliers = company.report("purchasing.supplier_performance");
    CHECK(suppliers.starts_with("Superior Bicycles | 19 | 1731241.0500 | 20682 | 1347 | 6.5129 | "));
    CHECK(suppliers.find("\nProfessional Athletic Consultants | 19 | 1207090.5000 | 30609 | 301 | 0.9834 | ") !=
          std::string::npos);
    CHECK(company.verify() == "");
}

}  // namespace purchasing::tests
