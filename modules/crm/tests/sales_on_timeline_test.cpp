// What sales does with a customer is part of its history.
#include "tests/customers.h"

#include <crm/complaints.h>
#include <crm/purchases.h>
#include <tessera/suite.h>
#include <sales/records.h>

#include <chrono>

namespace crm::tests {

TEST_CASE("timeline: quotation, order, delivery and invoice come by themselves, each leading to its document") {
    Customers  shop;
    const auto unit    = *shop.company.value<Id<catalog::Unit>>("SELECT id FROM catalog_unit WHERE code = 'EA'");
    const auto service = shop.company.insert(
        catalog::Product{.number = "TUNE", .name = "Tuning", .unit = unit, .stocked = false, .saleable = true, .list_price = tessera::UnitPrice::parse("40")});
    const auto day       = "2026-03-02"_date;
    const auto quotation = shop.company.insert(sales::Quotation{.customer = shop.acme, .lines = {{.product = service, .quantity = Quantity::of(2)}}}, day);
    shop.company.transition(quotation, "send", day);
    shop.company.transition(quotation, "accept", "2026-03-03"_date);
    const auto order = shop.company.load(quotation).sales_order;
    shop.company.transition(order, "confirm", "2026-03-03"_date);
    shop.company.transition(order, "ship_all", "2026-03-04"_date);
    shop.company.transition(order, "invoice_all", "2026-03-05"_date);
    shop.company.transition(*shop.company.value<Id<sales::Invoice>>("SELECT max(id) FROM sales_invoice"), "post", "2026-03-05"_date);
    CHECK(shop.timeline() ==
          "2026-03-05 invoice outbound Invoice SI-2026-00001: 80.00 USD\n"
          "2026-03-04 delivery outbound Shipment SH-2026-00001\n"
          "2026-03-03 order inbound Sales order SO-2026-00001: 80.00 USD\n"
          "2026-03-02 quote outbound Quotation SQ-2026-00001: 80.00 USD\n");
    CHECK(shop.company.value<std::int64_t>("SELECT source_id FROM crm_touchpoint WHERE source_entity = 'sales.order'") == order.value);
}

TEST_CASE("follow-ups: a shipment of these days plans its calls, one of years ago none") {
    Customers  shop;
    const auto unit    = *shop.company.value<Id<catalog::Unit>>("SELECT id FROM catalog_unit WHERE code = 'EA'");
    const auto service = shop.company.insert(
        catalog::Product{.number = "TUNE", .name = "Tuning", .unit = unit, .stocked = false, .saleable = true, .list_price = tessera::UnitPrice::parse("40")});
    const auto ship = [&](Date on) {
        const auto order = shop.company.insert(sales::Order{.customer = shop.acme, .date = on, .lines = {{.product = service, .quantity = Quantity::of(1)}}}, on);
        shop.company.transition(order, "confirm", on);
        shop.company.transition(order, "ship_all", on);
        shop.company.suite().run_outbox();
        return shop.company.value<std::int64_t>("SELECT count(*) FROM crm_follow_up").value_or(0);
    };
    const std::chrono::year_month_day now = std::chrono::floor<std::chrono::days>(std::chrono::system_clock::now());
    const Date today(static_cast<int>(now.year()), static_cast<int>(static_cast<unsigned>(now.month())), static_cast<int>(static_cast<unsigned>(now.day())));
    CHECK(ship(today.plus_days(-400)) == 0);
    CHECK(ship(today.plus_days(-1)) > 0);
}

TEST_CASE("complaints: who was sent the product is found through the shipments, who sent it back is not") {
    Customers  shop;
    const auto unit    = *shop.company.value<Id<catalog::Unit>>("SELECT id FROM catalog_unit WHERE code = 'EA'");
    const auto service = shop.company.insert(
        catalog::Product{.number = "TUNE", .name = "Tuning", .unit = unit, .stocked = false, .saleable = true, .list_price = tessera::UnitPrice::parse("40")});
    const auto other = shop.company.insert(Party{.number = "OTHER", .name = "Other", .customer = true});
    const auto day   = "2026-03-02"_date;
    const auto ship  = [&](Id<Party> customer) {
        const auto order = shop.company.insert(sales::Order{.customer = customer, .date = day, .lines = {{.product = service, .quantity = Quantity::of(1)}}}, day);
        shop.company.transition(order, "confirm", day);
        shop.company.transition(order, "ship_all", day);
        return *shop.company.value<Id<sales::ShipmentLine>>("SELECT max(id) FROM sales_shipment_line");
    };
    ship(shop.acme);
    const auto back = shop.company.insert(sales::CustomerReturn{.date = day, .lines = {{.shipment_line = ship(other), .quantity = Quantity::of(1)}}}, day);
    shop.company.transition(back, "post", day);
    const auto complaint = shop.company.insert(Complaint{.customer = "Somebody at the door", .what_happened = "It squeaks", .product = service}, day);
    const auto text      = shop.company.report("crm.affected_customers", {{"complaint", std::to_string(complaint.value)}});
    CHECK(text.find("Acme") != std::string::npos);
    CHECK(text.find("Other") == std::string::npos);
}

TEST_CASE("purchases: what is invoiced net is a purchase on its day, less what is credited of it") {
    Customers  shop;
    const auto day    = "2026-03-05"_date;
    const auto bought = [&] {
        std::string text;
        shop.company.read([&](const Snapshot& tx) {
            tx.service<PurchaseLog>().each(tx, {.party = shop.acme}, [&](const PurchaseFact& fact) { text += fmt::format("{} {}\n", fact.day, fact.amount); });
        });
        return text;
    };
    const auto post = [&](sales::Invoice invoice) {
        const auto id = shop.company.insert(invoice, day);
        shop.company.transition(id, "post", day);
        return id;
    };
    const auto charge = [&](const char* price) { return std::vector<sales::InvoiceLine>{{.description = "Tuning", .price = tessera::UnitPrice::parse(price)}}; };
    const auto invoice = post({.customer = shop.acme, .date = day, .lines = charge("80")});
    shop.company.insert(sales::Invoice{.customer = shop.acme, .date = day, .lines = charge("999")}, day);      // a draft
    CHECK(bought() == "2026-03-05 80.00\n");
    post({.kind = sales::InvoiceKind::credit_note, .customer = shop.acme, .date = day, .corrects = invoice, .lines = charge("30")});
    CHECK(bought() == "2026-03-05 50.00\n");
    post({.kind = sales::InvoiceKind::credit_note, .customer = shop.acme, .date = day, .corrects = invoice, .lines = charge("50")});
    CHECK(bought() == "");
}

}  // namespace crm::tests
