#include <directory/records.h>

#include <array>

namespace directory {

namespace currency {

struct Known {
    const char* code;
    const char* name;
};

constexpr std::array main_currencies = {
    Known{"USD", "US dollar"},
    Known{"EUR", "Euro"},
    Known{"GBP", "Pound sterling"},
    Known{"JPY", "Yen"},
    Known{"CHF", "Swiss franc"},
    Known{"CNY", "Yuan renminbi"},
    Known{"CAD", "Canadian dollar"},
    Known{"AUD", "Australian dollar"},
    Known{"NZD", "New Zealand dollar"},
    Known{"SEK", "Swedish krona"},
    Known{"NOK", "Norwegian krone"},
    Known{"DKK", "Danish krone"},
    Known{"PLN", "Zloty"},
    Known{"CZK", "Czech koruna"},
    Known{"HUF", "Forint"},
    Known{"INR", "Indian rupee"},
    Known{"BRL", "Brazilian real"},
    Known{"MXN", "Mexican peso"},
    Known{"ARS", "Argentine peso"},
    Known{"KRW", "Won"},
    Known{"SGD", "Singapore dollar"},
    Known{"HKD", "Hong Kong dollar"},
    Known{"TRY", "Turkish lira"},
    Known{"ZAR", "Rand"},
    Known{"AED", "UAE dirham"},
    Known{"SAR", "Saudi riyal"},
    Known{"THB", "Baht"},
    Known{"MYR", "Malaysian ringgit"},
    Known{"IDR", "Rupiah"},
    Known{"ILS", "New Israeli sheqel"},
    Known{"KWD", "Kuwaiti dinar"},
    Known{"BHD", "Bahraini dinar"},
};

void check(tessera::Transaction& tx, CurrencyName& currency) {
    if (currency.code != tx.books().currency.code()) Currency::of(currency.code);
    if (currency.name.empty()) currency.name = currency.code;
}

void seed(tessera::Transaction& tx, const tessera::SeedOptions&) {
    const std::string own{tx.books().currency.code()};
    bool              own_is_known = false;
    for (const auto& known : main_currencies) {
        tx.insert(CurrencyName{.code = known.code, .name = known.name});
        own_is_known |= own == known.code;
    }
    if (!own_is_known) tx.insert(CurrencyName{.code = own, .name = own});
}

}  // namespace currency

void declare_currency(tessera::Kernel& kernel) {
    kernel.entity<CurrencyName>("directory.currency", "Currency")
        .plural("Currencies")
        .help("The currencies in use here.")
        .field("code", &CurrencyName::code, tessera::required, tessera::unique, tessera::searchable,
               tessera::longest(3))
        .field("name", &CurrencyName::name, tessera::searchable)
        .field("active", &CurrencyName::active)
        .display("code")
        .menu(tessera::Menu::setup)
        .validate(currency::check);
    kernel.seed(currency::seed);
}

}  // namespace directory
