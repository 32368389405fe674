#pragma once
// The directory: who we are and whom we deal with. One party may be supplier, customer and carrier at once, so that a
// business partner has one name, one history and one balance. Other modules refer to these records by Id and read the
// tables named after them (directory_party, …).

#include <tessera/sdk.h>

namespace directory {

using tessera::Currency;
using tessera::Date;
using tessera::Id;
using tessera::Rate;

struct Company {                          // directory.company: the legal entity whose books these are
    Id<Company> id{};
    std::string name{};
    std::string tax_number{};
    std::string country{};                // ISO 3166 alpha-2
    std::string address{};
    std::int64_t bank_cool_off_days = 1;  // between the confirmation of a bank account and the first payment to it
};

struct Party {                            // directory.party
    Id<Party>   id{};
    std::string number{};                 // our short name for it, unique
    std::string name{};
    bool        supplier = false;
    bool        customer = false;
    bool        carrier  = false;
    bool        active   = true;
    bool        preferred = false;
    std::int64_t rating  = 0;             // 1 superior to 5 below average, 0 unrated
    std::string tax_number{};
    Currency    currency{};               // in which we trade with it; the books' when none
    std::int64_t payment_days = 30;       // after the invoice date
    std::string email{};
    std::string phone{};
    std::string website{};
    std::string note{};
};

struct Contact {                          // directory.contact: a person, of a party or on their own
    Id<Contact> id{};
    Id<Party>   party{};
    std::string name{};
    std::string role{};                   // "Sales manager", "Employee", "Individual customer"
    std::string email{};
    std::string phone{};
    bool        active = true;
};

enum class AddressKind { main, billing, shipping, home, office };
constexpr auto names_of(AddressKind) { return tessera::names("main", "billing", "shipping", "home", "office"); }

struct Address {                          // directory.address
    Id<Address> id{};
    Id<Party>   party{};
    Id<Contact> contact{};
    AddressKind kind = AddressKind::main;
    std::string street{};
    std::string street_2{};
    std::string city{};
    std::string region{};
    std::string postal_code{};
    std::string country{};
};

// Nothing is paid to an account before a second person has confirmed it, and then not for some days (Company::bank_cool_off_days).
// Whatever changes about where the money goes makes it pending again.
enum class BankAccountState { pending, confirmed };
constexpr auto names_of(BankAccountState) { return tessera::names("pending", "confirmed"); }

struct BankAccount {                      // directory.bank_account: where a party is paid
    Id<BankAccount> id{};
    Id<Party>       party{};
    std::string     holder{};
    std::string     account_number{};     // IBAN (checked) or domestic number
    std::string     bank_code{};          // BIC or routing number
    std::string     bank_name{};
    Currency        currency{};
    bool            active = true;
    BankAccountState state = BankAccountState::pending;
    std::string     changed_by{}, confirmed_by{};   // users
    Date            payable_from{};       // the first day on which it may be paid to; empty while it is pending
    std::string     content{};            // what was confirmed, or is to be: a digest of where the money goes
};

struct CurrencyName {                     // directory.currency: the currencies in use here
    Id<CurrencyName> id{};
    std::string      code{};
    std::string      name{};
    bool             active = true;
};

struct ExchangeRate {                     // directory.exchange_rate: one unit of `base` buys `rate` of `quote` on `date`
    Id<ExchangeRate> id{};
    Currency         base{};
    Currency         quote{};
    Date             date{};
    Rate             rate{};              // of the day
    Rate             closing_rate{};      // at its end; equal to rate when not known
};

struct Employee {                         // directory.employee
    Id<Employee> id{};
    std::string  number{};
    std::string  name{};
    std::string  job_title{};
    std::string  email{};
    std::string  phone{};
    std::string  department{};
    std::string  languages{};             // "en, de": in which questions may be asked
    Date         hired_on{};
    Date         leaves_on{};             // the first day without them
    bool         active = true;
};

// Converts between currencies with the newest rate on or before a day, directly, by the inverse, or across the books'
// currency.
class ExchangeRates {
public:
    virtual ~ExchangeRates() = default;
    // Refused "directory.no_exchange_rate" when none is known on or before the day. 1 when the currencies are equal.
    virtual Rate           rate(const tessera::Snapshot&, Currency from, Currency to, Date on) const = 0;
    virtual tessera::Money convert(const tessera::Snapshot&, tessera::Money amount, Currency to, Date on) const = 0;
};

// Which employee a user is: the one with the same e-mail address who is active.
class Staff {
public:
    virtual ~Staff() = default;
    virtual Id<Employee> acting(const tessera::Snapshot&) const = 0;                          // the user of the command; none when nobody is
    virtual Id<Employee> of_user(const tessera::Snapshot&, std::string_view name) const = 0;  // by the name to sign in with
    virtual std::string  user_of(const tessera::Snapshot&, Id<Employee> employee) const = 0;  // empty when they do not sign in
};

// Whether a party may be paid, as far as its bank accounts go.
class Payees {
public:
    virtual ~Payees() = default;
    // Refused "directory.payee_on_hold" when the party has accounts and none of them is confirmed, active and payable today.
    virtual void require_payable(const tessera::Snapshot&, Id<Party> party) const = 0;
};

}  // namespace directory
