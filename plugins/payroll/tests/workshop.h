#pragma once
// A small company that pays two people by the month, for the tests: Ann in the workshop, Bob in sales since 11 January.
//
//     Workshop shop;
//     const auto january = shop.run("2026-01");           // a draft of the month, paid on its last day
//     shop.move(january, "calculate");
//     CHECK(shop.lines(january, "E1") == "basic 3100.00\n…");
//
// Monthly pay: basic = base, house = basic * 0.1, pension 5 % of gross, wage tax (0 to 1000, 20 % to 3000, 30 % above), a union fee of 10
// in months of more than 15 days, and a contribution of ours of 20 % of gross.

#include <payroll/run.h>

#include <tessera/testing/company.h>

namespace payroll {

class Workshop {
public:
    explicit Workshop(int decimals = -1);

    Id<Component>   component(Component component) { return company.insert(std::move(component)); }
    Id<Employee>    employee(const char* number, const char* name, Id<CostCentre> centre, Date hired_on, const char* base,
                             const char* iban = "");
    Id<Assignment>  assign(Id<Employee> employee, Date from, const char* base);
    Id<UnpaidLeave> leave(Id<Employee> employee, Date from, Date to) {
        return company.insert(UnpaidLeave{.employee = employee, .starts_on = from, .ends_on = to});
    }
    void change(Id<Employee> employee, const std::function<void(Employee&)>& change);
    void add_to_structure(Id<Component> component, int sequence, Date from = {}, Date to = {});

    Id<Run> run(const std::string& month, Id<CostCentre> centre = {});  // "2026-01"
    // A step with its input, as the API and the command line take it; the code of its refusal, or "".
    std::string move(Id<Run> run, const char* step, const std::string& input = {}, const tessera::Actor& actor = {});
    std::string sentence() const { return sentence_; }  // of the refusal before
    // Everything until it is posted; "" or the code of the first refusal.
    std::string pay(Id<Run> run);
    Id<Run>     paid(const std::string& month);

    std::string lines(Id<Run> run, const char* number);  // "basic 3100.00\n", arrears as "basic (2026-01) 160.00\n"
    std::string totals(Id<Run> run);                     // "2: 4900.32 - 820.03 = 4080.29, 980.06"
    std::string ledger();                                // "payroll: Wages and salaries, WORKS Workshop 3410.00\n"

    tessera::testing::Company company;
    Id<CostCentre>            works{}, sales{};
    Id<TaxTable>              wage_tax{};
    Id<Structure>             monthly{};
    Id<Employee>              ann{}, bob{};

private:
    std::string sentence_{};
};

}  // namespace payroll
