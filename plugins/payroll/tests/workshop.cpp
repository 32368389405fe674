#include "tests/workshop.h"

namespace payroll {

using tessera::Transaction;
using namespace tessera::literals;

Workshop::Workshop(int decimals)
    : company(tessera::testing::CompanyOptions{.modules = {"payroll"}, .currency = "EUR", .decimals = decimals}) {
    works    = company.insert(CostCentre{.code = "WORKS", .name = "Workshop"});
    sales    = company.insert(CostCentre{.code = "SALES", .name = "Sales"});
    wage_tax = company.insert(TaxTable{.code       = "wage_tax",
                                       .name       = "Wage tax by the month",
                                       .valid_from = "2026-01-01"_date,
                                       .slabs      = {{.from_amount = company.money("0.00")},
                                                      {.from_amount = company.money("1000.00"), .rate = Percent::of(20)},
                                                      {.from_amount = company.money("3000.00"), .rate = Percent::of(30)}}});
    using enum ComponentKind;
    const Id<Component> parts[] = {
        component({.code = "basic", .name = "Basic pay", .formula = "base", .taxable = true, .prorated = true}),
        component({.code = "house", .name = "House allowance", .formula = "basic * 0.1", .taxable = true}),
        component({.code    = "pension",
                   .name    = "Pension fund",
                   .kind    = deduction,
                   .formula = "round(gross * 0.05, 2)",
                   .taxable = true,
                   .owed_to = OwedTo::social_security}),
        component({.code    = "income_tax",
                   .name    = "Wage tax",
                   .kind    = deduction,
                   .formula = "tax(wage_tax, taxable)",
                   .owed_to = OwedTo::tax_office}),
        component({.code = "union_fee", .name = "Union fee", .kind = deduction, .formula = "10", .condition = "payment_days > 15"}),
        component({.code    = "social",
                   .name    = "Social security",
                   .kind    = contribution,
                   .formula = "gross * 0.2",
                   .owed_to = OwedTo::social_security}),
    };
    Structure structure{.code = "monthly", .name = "Monthly pay"};
    for (const auto part : parts) structure.lines.push_back({.component = part});
    monthly = company.insert(structure);
    ann     = employee("E1", "Ann Archer", works, "2020-03-01"_date, "3100.00", "DE89370400440532013000");
    bob     = employee("E2", "Bob Bjørk", sales, "2026-01-11"_date, "2000.00", "NL91 ABNA 0417 1643 00");
}

Id<Employee> Workshop::employee(const char* number, const char* name, Id<CostCentre> centre, Date hired_on, const char* base,
                                const char* iban) {
    Employee employee{
        .number = number, .party = company.insert(directory::Party{.name = name}), .hired_on = hired_on, .cost_centre = centre};
    if (*iban)
        employee.bank_account =
            company.insert(directory::BankAccount{.party = employee.party, .account_number = iban, .bank_code = "COBADEFFXXX"});
    const auto id = company.insert(employee);
    assign(id, std::max(hired_on, "2026-01-01"_date), base);
    return id;
}

Id<Assignment> Workshop::assign(Id<Employee> employee, Date from, const char* base) {
    return company.insert(Assignment{.employee = employee, .starts_on = from, .structure = monthly, .base = company.money(base)});
}

void Workshop::change(Id<Employee> id, const std::function<void(Employee&)>& change) {
    company.run([&](Transaction& tx) {
        auto employee = tx.load(id);
        change(employee);
        tx.save(employee);
    });
}

void Workshop::add_to_structure(Id<Component> component, int sequence, Date from, Date to) {
    company.run([&](Transaction& tx) {
        auto structure = tx.load(monthly);
        structure.lines.push_back({.sequence = sequence, .component = component, .starts_on = from, .ends_on = to});
        tx.save(structure);
    });
}

Id<Run> Workshop::run(const std::string& month, Id<CostCentre> centre) {
    const auto first = Date::parse(month + "-01");
    return company.insert(
        Run{.starts_on = first, .ends_on = first.last_of_month(), .pay_date = first.last_of_month(), .cost_centre = centre});
}

std::string Workshop::move(Id<Run> run, const char* step, const std::string& input, const tessera::Actor& actor) {
    try {
        company.suite().run({.verb       = tessera::RecordCommand::Verb::transition,
                             .entity     = "payroll.run",
                             .id         = run.value,
                             .body       = input,
                             .transition = step,
                             .info       = {.actor = actor, .business_date = "2026-06-15"_date}});
        return sentence_ = "";
    } catch (const tessera::Refused& refused) {
        sentence_ = refused.sentence();
        return refused.code();
    }
}

std::string Workshop::pay(Id<Run> run) {
    for (const char* step : {"calculate", "approve", "post"})
        if (const auto refusal = move(run, step); !refusal.empty()) return refusal;
    return "";
}

Id<Run> Workshop::paid(const std::string& month) {
    const auto id = run(month);
    if (const auto refusal = pay(id); !refusal.empty()) throw std::runtime_error(sentence());
    return id;
}

std::string Workshop::lines(Id<Run> run, const char* number) {
    struct Line {
        std::string code{};
        Date        arrears_of{};
        Money       amount{};
    };
    std::string text;
    company.read([&](const tessera::Snapshot& tx) {
        for (const auto& line : tx.rows<Line>(R"sql(
                 SELECT c.code, o.starts_on, l.amount
                   FROM payroll_payslip_line l
                   JOIN payroll_payslip p ON p.id = l.document
                   JOIN payroll_employee e ON e.id = p.employee
                   JOIN payroll_component c ON c.id = l.component
                   LEFT JOIN payroll_payslip o ON o.id = l.arrears_of
                  WHERE p.run = :run AND e.number = :number ORDER BY l.id)sql",
                                              run, std::string(number)))
            text += fmt::format("{}{} {}\n", line.code,
                                line.arrears_of.empty() ? "" : fmt::format(" ({})", line.arrears_of.str().substr(0, 7)), line.amount);
    });
    return text;
}

std::string Workshop::totals(Id<Run> id) {
    const auto run = company.load(id);
    return fmt::format("{}: {} - {} = {}, {}", run.employees, run.gross, run.deductions, run.net, run.contributions);
}

std::string Workshop::ledger() {
    struct Balance {
        std::string memo{};
        Money       amount{};
    };
    std::string text;
    company.read([&](const tessera::Snapshot& tx) {
        tx.each<Balance>("SELECT memo, sum(amount) FROM financials_journal_line GROUP BY memo HAVING sum(amount) <> 0 ORDER BY memo",
                         [&](const Balance& balance) { text += fmt::format("{}: {}\n", balance.memo, balance.amount); });
    });
    return text;
}

}  // namespace payroll
