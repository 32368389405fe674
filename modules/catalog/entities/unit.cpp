#include <catalog/records.h>

#include <array>

namespace catalog {

namespace unit {

struct Known {
    const char*  code;
    const char*  name;
    std::int64_t decimals;
};

constexpr std::array units = {
    Known{"EA", "Each", 0},        Known{"BOX", "Box", 0},       Known{"PAL", "Pallet", 0},
    Known{"SET", "Set", 0},        Known{"KG", "Kilogram", 3},   Known{"G", "Gram", 3},
    Known{"T", "Tonne", 6},        Known{"LB", "Pound", 6},      Known{"M", "Metre", 3},
    Known{"CM", "Centimetre", 1},  Known{"MM", "Millimetre", 0}, Known{"M2", "Square metre", 4},
    Known{"M3", "Cubic metre", 6}, Known{"L", "Litre", 3},       Known{"ML", "Millilitre", 0},
    Known{"H", "Hour", 4},         Known{"MIN", "Minute", 2},    Known{"D", "Day", 2},
};

struct KnownConversion {
    const char*  from;
    std::int64_t numerator;
    const char*  to;
};

constexpr std::array conversions = {
    KnownConversion{"KG", 1000, "G"}, KnownConversion{"T", 1000, "KG"}, KnownConversion{"M", 100, "CM"},
    KnownConversion{"M", 1000, "MM"}, KnownConversion{"CM", 10, "MM"},  KnownConversion{"L", 1000, "ML"},
    KnownConversion{"M3", 1000, "L"}, KnownConversion{"H", 60, "MIN"},
};

void check(tessera::Transaction&, Unit& unit) {
    if (unit.decimals < 0 || unit.decimals > Quantity::decimals)
        throw tessera::Refused("catalog.unit_decimals", "To divide {}, use 0 to {} decimals.", unit.code,
                               Quantity::decimals)
            .with_status(422)
            .with_field("decimals");
}

Id<Unit> coded(const tessera::Snapshot& tx, std::string_view code) {
    return *tx.value<Id<Unit>>("SELECT id FROM catalog_unit WHERE code = :code", code);
}

void seed(tessera::Transaction& tx, const tessera::SeedOptions&) {
    for (const auto& known : units) tx.insert(Unit{.code = known.code, .name = known.name, .decimals = known.decimals});
    for (const auto& known : conversions)
        tx.insert(
            UnitConversion{.from = coded(tx, known.from), .to = coded(tx, known.to), .numerator = known.numerator});
}

}  // namespace unit

void declare_unit(tessera::Kernel& kernel) {
    kernel.entity<Unit>("catalog.unit", "Unit")
        .help("What quantities are counted in.")
        .field("code", &Unit::code, tessera::required, tessera::unique, tessera::searchable, tessera::longest(12))
        .field("name", &Unit::name, tessera::searchable)
        .field("decimals", &Unit::decimals, tessera::help("How finely a quantity may be divided, 0 to 6"))
        .display("code")
        .menu(tessera::Menu::setup)
        .validate(unit::check);
    kernel.seed(unit::seed);
}

}  // namespace catalog
