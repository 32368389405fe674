#include <purchasing/records.h>

#include "declare.h"

namespace purchasing {

using tessera::Refused;
using tessera::Transaction;

namespace tolerance_entity {

void check(Transaction&, Tolerance& tolerance) {
    const bool named = tolerance.scope == ToleranceScope::company ||
                       (tolerance.scope == ToleranceScope::supplier && tolerance.supplier) ||
                       (tolerance.scope == ToleranceScope::category && tolerance.category) ||
                       (tolerance.scope == ToleranceScope::product && tolerance.product);
    if (!named)
        throw Refused("purchasing.scope_not_named", "To save a tolerance for one {}, name it.",
                      tessera::name_of(tolerance.scope))
            .with_status(422)
            .with_field(std::string(tessera::name_of(tolerance.scope)));
    for (const auto* limit : {&tolerance.lower_percent, &tolerance.upper_percent})
        if (*limit && (*limit)->is_negative())
            throw Refused("purchasing.negative_tolerance", "To save a tolerance, give limits of zero or more.")
                .with_status(422);
    for (const auto* limit : {&tolerance.lower_absolute, &tolerance.upper_absolute})
        if (*limit && (*limit)->is_negative())
            throw Refused("purchasing.negative_tolerance", "To save a tolerance, give limits of zero or more.")
                .with_status(422);
}

void seed(Transaction& tx, const tessera::SeedOptions&) {
    tx.insert(Tolerance{
        .kind = ToleranceKind::price, .lower_percent = Percent{}, .below = Outcome::warn, .upper_percent = Percent{}});
    tx.insert(Tolerance{.kind = ToleranceKind::quantity, .upper_percent = Percent{}});
    tx.insert(Tolerance{.kind           = ToleranceKind::total,
                        .lower_absolute = Quantity::parse("0.05"),
                        .below          = Outcome::block,
                        .upper_absolute = Quantity::parse("0.05")});
}

}  // namespace tolerance_entity

void declare_tolerance(tessera::Kernel& kernel) {
    using namespace tessera;
    kernel.entity<Tolerance>("purchasing.tolerance", "Tolerance")
        .field("scope", &Tolerance::scope, help("The most specific one wins: product, category, supplier, company"))
        .field("supplier", &Tolerance::supplier)
        .field("category", &Tolerance::category)
        .field("product", &Tolerance::product)
        .field("kind", &Tolerance::kind)
        .field("lower_percent", &Tolerance::lower_percent,
               help("Within all limits that are given is within the tolerance; none given: no limit"))
        .field("lower_absolute", &Tolerance::lower_absolute, help("Of price and total: money; of quantity: units"))
        .field("below", &Tolerance::below, help("What becomes of less than that"))
        .field("upper_percent", &Tolerance::upper_percent)
        .field("upper_absolute", &Tolerance::upper_absolute)
        .field("above", &Tolerance::above, help("What becomes of more than that"))
        .field("valid_from", &Tolerance::valid_from)
        .field("valid_to", &Tolerance::valid_to)
        .help("How far an invoice or a receipt may stray from the order; orders keep what held when they were approved")
        .menu(Menu::setup)
        .validate(tolerance_entity::check);
    kernel.seed(tolerance_entity::seed);
}

}  // namespace purchasing
