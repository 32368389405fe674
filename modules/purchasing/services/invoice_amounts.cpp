#include "services/invoice_amounts.h"

#include "services/tolerance.h"

#include <algorithm>

namespace purchasing {

using financials::TaxAmount;
using tessera::Refused;
using tessera::Snapshot;

namespace invoice_amounts {

std::vector<TaxAmount> taxes_of(const Snapshot& tx, const VendorInvoice& invoice) {
    std::vector<financials::TaxBase> bases;
    for (const auto& line : invoice.lines)
        if (line.tax_code) bases.push_back({line.amount, line.tax_code});
    if (bases.empty()) return {};
    return tx.service<financials::Taxes>().of(tx, bases, financials::TaxRounding::sum_of_rounded_lines, invoice.date);
}

// The part of a code's tax that cannot be deducted is cost of the lines with that code, by their amounts.
void add_to_costs(const VendorInvoice& invoice, const TaxAmount& tax, std::vector<Money>& lines) {
    const auto cost = tax.tax - tax.deductible;
    if (cost.is_zero()) return;
    std::vector<std::size_t>  places;
    std::vector<std::int64_t> weights;
    for (std::size_t i = 0; i < invoice.lines.size(); ++i) {
        if (invoice.lines[i].tax_code != tax.code || invoice.lines[i].amount.is_zero()) continue;
        places.push_back(i);
        weights.push_back(invoice.lines[i].amount.magnitude().minor());
    }
    if (places.empty()) return;
    const auto parts = tessera::allocate(cost, weights);
    for (std::size_t i = 0; i < places.size(); ++i) lines[places[i]] += parts[i];
}

}  // namespace invoice_amounts

Money tax_by_codes(const Snapshot& tx, const VendorInvoice& invoice) {
    Money sum{0, invoice.currency};
    for (const auto& tax : invoice_amounts::taxes_of(tx, invoice)) sum += tax.tax;
    return sum;
}

BookedAmounts booked_amounts(const Snapshot& tx, const VendorInvoice& invoice) {
    BookedAmounts booked;
    for (const auto& line : invoice.lines) booked.lines.push_back(line.amount);
    booked.deductible_tax = invoice.tax;
    for (const auto& tax : invoice_amounts::taxes_of(tx, invoice)) {
        invoice_amounts::add_to_costs(invoice, tax, booked.lines);
        booked.deductible_tax -= tax.tax - tax.deductible;
    }
    booked.freight = invoice.freight;
    booked.total   = invoice.total;
    if (invoice.currency != tx.books().currency) {
        const auto rate =
            tx.service<directory::ExchangeRates>().rate(tx, invoice.currency, tx.books().currency, invoice.date);
        const auto convert = [&](Money& amount) { amount = tessera::convert(amount, rate, tx.books().currency); };
        std::ranges::for_each(booked.lines, convert);
        convert(booked.deductible_tax);
        convert(booked.freight);
        convert(booked.total);
    }
    booked.rounding = booked.total - booked.freight - booked.deductible_tax;
    for (const auto& line : booked.lines) booked.rounding -= line;
    return booked;
}

void check_difference(const Snapshot& tx, const VendorInvoice& invoice) {
    if (invoice.difference.is_zero()) return;
    const auto  tolerances = tx.select<Tolerance>("kind = 'total' ORDER BY id");
    const auto* own = applicable(tolerances, ToleranceKind::total, {.supplier = invoice.supplier, .on = invoice.date});
    const Side  small{{}, Quantity::parse("0.05"), Outcome::block};
    const auto  parts = invoice.total - invoice.difference;
    const bool  above = !invoice.difference.is_negative();
    const Side  side  = own ? Side{above ? own->upper_percent : own->lower_percent,
                                 above ? own->upper_absolute : own->lower_absolute, Outcome::block}
                            : small;
    const auto  six   = [](Money m) {
        return tessera::narrow(tessera::Wide{m.minor()} * tessera::power_of_ten(6 - m.currency().decimals()));
    };
    if (judge_deviation(side, six(invoice.difference.magnitude()), six(parts.magnitude())) == Outcome::ok) return;
    throw Refused("purchasing.total_differs",
                  "To post {} with the total {}, correct its lines, tax and freight: they come to {}.",
                  invoice.supplier_number.empty() ? "this invoice" : invoice.supplier_number, invoice.total, parts);
}

}  // namespace purchasing
