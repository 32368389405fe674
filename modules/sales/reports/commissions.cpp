#include <sales/records.h>

#include <tessera/kernel.h>

#include "declare.h"

namespace sales {

namespace commissions {

struct Row {
    std::string  month{};
    std::string  sales_person{};
    std::string  plan{};
    std::int64_t invoices = 0;
    Money        amount{};
    std::int64_t sales_person_id = 0, plan_id = 0;
};

struct Entry {
    Date         date{};
    std::string  sales_person{};
    std::string  plan{};
    std::string  invoice{};
    std::string  customer{};
    Money        base{};
    Money        amount{};
    std::int64_t invoice_id = 0, customer_id = 0;
};

}  // namespace commissions

void declare_commissions(tessera::Kernel& kernel) {
    using namespace tessera;
    using commissions::Row;
    const auto entries = opens("sales.commission_entries", {{"month", "month"}, {"sales_person", "sales_person_id"}, {"plan", "plan_id"}, {"from", ":from"}, {"to", ":to"}});
    kernel.report<Row>("sales.commissions", "Commissions")
        .help("What each sales person has earned, month by month, less what was taken back")
        .parameter<Date>("from", tessera::help("First day"))
        .parameter<Date>("to", tessera::help("Last day"))
        .parameter<Instant>("known_at", tessera::help("As it was recorded then; now when left out"))
        .parameter<Id<directory::Employee>>("sales_person")
        .column("month", &Row::month)
        .column("sales_person", &Row::sales_person, opens_record("directory.employee", "sales_person_id"))
        .column("plan", &Row::plan, opens_record("sales.commission_plan", "plan_id"))
        .column("invoices", &Row::invoices, entries)
        .column("amount", &Row::amount, total, entries)
        .column("sales_person_id", &Row::sales_person_id, hidden)
        .column("plan_id", &Row::plan_id, hidden)
        .query(R"sql(
            SELECT substr(e.date, 1, 7), s.name, p.name, count(DISTINCT e.invoice), sum(e.amount), s.id, p.id
              FROM sales_commission_entry e JOIN directory_employee s ON s.id = e.sales_person JOIN sales_commission_plan p ON p.id = e.plan
             WHERE (:from IS NULL OR e.date >= :from) AND (:to IS NULL OR e.date <= :to) AND (:known_at IS NULL OR e.recorded_at <= :known_at)
               AND (:sales_person IS NULL OR e.sales_person = :sales_person)
             GROUP BY substr(e.date, 1, 7), s.name, p.name, s.id, p.id
             ORDER BY substr(e.date, 1, 7), s.name, p.name)sql");
    using commissions::Entry;
    kernel.report<Entry>("sales.commission_entries", "Commission entries")
        .help("What commissions are made of, invoice by invoice")
        .parameter<std::string>("month", tessera::help("2026-03"))
        .parameter<Date>("from", tessera::help("First day"))
        .parameter<Date>("to", tessera::help("Last day"))
        .parameter<Id<directory::Employee>>("sales_person")
        .parameter<Id<CommissionPlan>>("plan")
        .column("date", &Entry::date)
        .column("sales_person", &Entry::sales_person)
        .column("plan", &Entry::plan)
        .column("invoice", &Entry::invoice, opens_record("sales.invoice", "invoice_id"))
        .column("customer", &Entry::customer, opens_record("directory.party", "customer_id"))
        .column("base", &Entry::base, opens_record("sales.invoice", "invoice_id"), meaning("Revenue or margin of the invoice that it is paid for"))
        .column("amount", &Entry::amount, total, opens_record("sales.invoice", "invoice_id"))
        .column("invoice_id", &Entry::invoice_id, hidden)
        .column("customer_id", &Entry::customer_id, hidden)
        .query(R"sql(
            SELECT e.date, s.name, p.name, i.number, c.name, e.base, e.amount, i.id, c.id
              FROM sales_commission_entry e JOIN directory_employee s ON s.id = e.sales_person JOIN sales_commission_plan p ON p.id = e.plan
              JOIN sales_invoice i ON i.id = e.invoice JOIN directory_party c ON c.id = e.customer
             WHERE (:month IS NULL OR substr(e.date, 1, 7) = :month) AND (:from IS NULL OR e.date >= :from) AND (:to IS NULL OR e.date <= :to)
               AND (:sales_person IS NULL OR e.sales_person = :sales_person) AND (:plan IS NULL OR e.plan = :plan)
             ORDER BY e.date, e.id)sql");
}

}  // namespace sales
