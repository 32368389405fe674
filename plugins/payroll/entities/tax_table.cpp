#include "declare.h"
#include "entities/codes.h"

#include <payroll/master_data.h>

#include <set>

namespace payroll {

namespace tax_table {

using tessera::Refused;

constexpr std::size_t slabs_max = 100;

Refused unfit(const TaxTable& table, std::string_view rule) {
    return Refused("payroll.slabs_unfit", "To save tax table {}, {}.", table.code, rule).with_status(422).with_field("slabs");
}

void check(tessera::Transaction&, TaxTable& table) {
    require_code(table.code, "tax table");
    if (table.slabs.empty() || table.slabs.size() > slabs_max) throw unfit(table, "give it 1 to 100 slabs");
    std::set<std::int64_t> begun;
    for (const auto& slab : table.slabs) {
        if (!begun.insert(slab.from_amount.minor()).second)
            throw unfit(table, fmt::format("let one slab alone begin at {}", slab.from_amount));
        if (slab.rate > Percent::of(100)) throw unfit(table, "give rates of at most 100 percent");
    }
}

}  // namespace tax_table

void declare_tax_table(tessera::Kernel& kernel) {
    using namespace tessera;
    kernel.entity<TaxSlab>("payroll.tax_slab", "Tax slab")
        .part_of(&TaxSlab::document)
        .field("from_amount", &TaxSlab::from_amount, not_negative, help("The rate holds for what lies above this, up to the next slab"))
        .field("rate", &TaxSlab::rate, not_negative, help("Percent"))
        .field("fixed_amount", &TaxSlab::fixed_amount, not_negative,
               help("The tax at the from amount, where the table prints it; the tax of the slabs below when left out"));
    kernel.entity<TaxTable>("payroll.tax_table", "Tax table")
        .help("A progressive tax. The newest table of its code on the pay date is in force; formulas ask it by tax(code, amount).")
        .menu(Menu::master_data)
        .field("code", &TaxTable::code, required, searchable, indexed, longest(40))
        .field("name", &TaxTable::name, required, searchable, longest(120))
        .field("valid_from", &TaxTable::valid_from, required)
        .lines("slabs", &TaxTable::slabs)
        .unique_together({"code", "valid_from"})
        .validate(tax_table::check);
}

}  // namespace payroll
