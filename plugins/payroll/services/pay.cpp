#include "services/pay.h"

#include <map>

namespace payroll {

namespace pay {

using tessera::Refused;

class KnownFacts final : public Facts {
public:
    KnownFacts(const SetUp& set_up, const PayDays& days, Date pay_date) : set_up_(set_up), pay_date_(pay_date) {
        known_["base"]         = days.base;
        known_["payment_days"] = Number::of(days.paid);
        known_["period_days"]  = Number::of(days.period);
        known_["gross"]        = {};
        known_["taxable"]      = {};
    }
    // A component that is not in force is worth nothing.
    Number value(std::string_view name) const override {
        const auto found = known_.find(name);
        return found == known_.end() ? Number{} : found->second;
    }
    Number tax(std::string_view table, const Number& amount) const override {
        const auto* slabs = set_up_.table(table, pay_date_);
        if (!slabs) throw Refused("payroll.no_tax_table", "enter a tax table {} that is valid on {}", table, pay_date_);
        return tax_of(*slabs, amount);
    }
    void add(const Component& component, const Number& amount) {
        known_[component.code] = amount;
        if (component.kind == ComponentKind::earning) known_["gross"] = known_["gross"] + amount;
        if (!component.taxable) return;
        known_["taxable"] = component.kind == ComponentKind::deduction ? known_["taxable"] - amount : known_["taxable"] + amount;
    }

private:
    const SetUp&                               set_up_;
    Date                                       pay_date_{};
    std::map<std::string, Number, std::less<>> known_{};
};

Money amount_of(const ReckonedComponent& c, const KnownFacts& facts, const PayDays& days, tessera::Currency currency) {
    if (c.condition && !c.condition->holds(facts)) return {0, currency};
    auto amount = c.formula.value(facts);
    if (c.component.prorated) amount = amount * Number::of(days.paid) / Number::of(days.period);
    return amount.money(currency);
}

std::string sentence(const Employee& employee, const Component& component, std::string_view what) {
    return fmt::format("To calculate {} of {} ({}), {}.", component.code, employee.name, employee.number, what);
}

// The sentence names employee and component, whatever it was that could not be calculated.
Money amount_or_refused(const Employee& employee, const ReckonedComponent& c, const KnownFacts& facts, const PayDays& days,
                        tessera::Currency currency) {
    try {
        return amount_of(c, facts, days, currency);
    } catch (const ArithmeticFault fault) {
        if (fault == ArithmeticFault::division_by_zero)
            throw Refused(Refused::Plain{}, "payroll.division_by_zero",
                          sentence(employee, c.component, "change its formula or what it stands on: it divides by zero"));
        throw Refused(Refused::Plain{}, "payroll.amount_too_large",
                      sentence(employee, c.component, "change its formula or what it stands on: its numbers become too large"));
    } catch (const Refused& refused) {
        throw Refused(Refused::Plain{}, refused.code(), sentence(employee, c.component, refused.sentence()));
    }
}

}  // namespace pay

std::optional<Pay> pay_of(const SetUp& set_up, const Employed& employed, const Period& period, Date pay_date, tessera::Currency currency) {
    const auto days = pay_days_of(employed, period);
    if (!days) return std::nullopt;
    Pay             pay{.days = *days, .base = days->base.money(currency)};
    pay::KnownFacts facts(set_up, *days, pay_date);
    for (const auto* c : set_up.structure(days->structure, period.to)) {
        const auto amount = pay::amount_or_refused(employed.employee, *c, facts, *days, currency);
        facts.add(c->component, Number::of(amount));
        if (!amount.is_zero()) pay.lines.push_back({c->component.id, amount});
    }
    pay.taxable = facts.value("taxable").money(currency);
    return pay;
}

}  // namespace payroll
