// What this module, the directory and the ledger know of parties, for the rules of segments.
#include <crm/purchases.h>
#include <crm/segment.h>

#include "declare.h"
#include "reports/in_books.h"

#include <map>

namespace crm {

namespace party_facts {

using Visit = PartyFact::Visit;

struct Text { Id<Party> party{}; std::string text{}; };
struct Number { Id<Party> party{}; std::int64_t number = 0; };
struct Day { Id<Party> party{}; Date day{}; };
struct Sum { Id<Party> party{}; Date day{}; Currency currency{}; Money amount{}; };

void visit_texts(const Snapshot& tx, std::string_view sql, const Visit& visit) {
    tx.each<Text>(sql, [&](const Text& row) { if (!row.text.empty()) visit(row.party, {.text = row.text}); });
}
void visit_numbers(const Snapshot& tx, std::string_view sql, const Visit& visit) {
    tx.each<Number>(sql, [&](const Number& row) { visit(row.party, {.number = Quantity::of(row.number)}); });
}
void visit_days(const Snapshot& tx, std::string_view sql, Date on, const Visit& visit) {
    tx.each<Day>(sql, [&](const Day& row) { visit(row.party, {.day = row.day}); }, on);
}

Quantity as_number(Money amount) {
    return Quantity::raw(tessera::narrow(tessera::Wide{amount.minor()} * tessera::power_of_ten(Quantity::decimals - amount.currency().decimals())));
}

// Added up by party, in the currency of the books.
void visit_sums(const Snapshot& tx, std::string_view sql, Date on, const Visit& visit) {
    std::map<Id<Party>, Money> sums;
    tx.each<Sum>(sql, [&](const Sum& row) { sums.try_emplace(row.party, tx.books().zero()).first->second += in_books(tx, row.amount, row.day.empty() ? on : row.day); }, on);
    for (const auto& [party, sum] : sums) visit(party, {.number = as_number(sum)});
}

void names(const Snapshot& tx, Date, const Visit& visit) { visit_texts(tx, "SELECT id, name FROM directory_party", visit); }
void emails(const Snapshot& tx, Date, const Visit& visit) { visit_texts(tx, "SELECT id, email FROM directory_party", visit); }
void countries(const Snapshot& tx, Date, const Visit& visit) { visit_texts(tx, "SELECT party, country FROM directory_address WHERE party IS NOT NULL", visit); }
void regions(const Snapshot& tx, Date, const Visit& visit) { visit_texts(tx, "SELECT party, region FROM directory_address WHERE party IS NOT NULL", visit); }
void postal_codes(const Snapshot& tx, Date, const Visit& visit) { visit_texts(tx, "SELECT party, postal_code FROM directory_address WHERE party IS NOT NULL", visit); }
void customers(const Snapshot& tx, Date, const Visit& visit) { visit_numbers(tx, "SELECT id, customer FROM directory_party", visit); }
void suppliers(const Snapshot& tx, Date, const Visit& visit) { visit_numbers(tx, "SELECT id, supplier FROM directory_party", visit); }
void ratings(const Snapshot& tx, Date, const Visit& visit) { visit_numbers(tx, "SELECT id, rating FROM directory_party WHERE rating > 0", visit); }

void last_contacts(const Snapshot& tx, Date on, const Visit& visit) {
    visit_days(tx, "SELECT party, max(day) FROM crm_touchpoint WHERE party IS NOT NULL AND day <= :day GROUP BY party", on, visit);
}
void open_opportunities(const Snapshot& tx, Date, const Visit& visit) {
    visit_numbers(tx, "SELECT party, count(id) FROM crm_opportunity WHERE state = 'open' GROUP BY party", visit);
}
void won_opportunities(const Snapshot& tx, Date, const Visit& visit) {
    visit_numbers(tx, "SELECT party, count(id) FROM crm_opportunity WHERE state = 'won' GROUP BY party", visit);
}
void last_won(const Snapshot& tx, Date on, const Visit& visit) {
    visit_days(tx, "SELECT party, max(closed_on) FROM crm_opportunity WHERE state = 'won' AND closed_on <= :day GROUP BY party", on, visit);
}
void won_amounts(const Snapshot& tx, Date on, const Visit& visit) {
    visit_sums(tx, "SELECT party, closed_on, currency, amount FROM crm_opportunity WHERE state = 'won' AND closed_on <= :day", on, visit);
}
void open_amounts(const Snapshot& tx, Date on, const Visit& visit) {
    visit_sums(tx, "SELECT party, opened_on, currency, amount FROM crm_opportunity WHERE state = 'open' AND opened_on <= :day", on, visit);
}

// What was bought within a year, from the one log of purchases.
template <class Add>
void visit_purchases(const Snapshot& tx, Date on, const Visit& visit, const Add& add) {
    std::map<Id<Party>, FactValue> parties;
    tx.service<PurchaseLog>().each(tx, {.from = on.plus_days(-364), .until = on}, [&](const PurchaseFact& purchase) { add(parties[purchase.party], purchase); });
    for (const auto& [party, value] : parties) visit(party, value);
}
void purchases(const Snapshot& tx, Date on, const Visit& visit) {
    visit_purchases(tx, on, visit, [](FactValue& value, const PurchaseFact&) { value.number += Quantity::of(1); });
}
void bought_amounts(const Snapshot& tx, Date on, const Visit& visit) {
    visit_purchases(tx, on, visit, [](FactValue& value, const PurchaseFact& purchase) { value.number += as_number(purchase.amount); });
}
void last_purchases(const Snapshot& tx, Date on, const Visit& visit) {
    std::map<Id<Party>, Date> days;
    tx.service<PurchaseLog>().each(tx, {.until = on}, [&](const PurchaseFact& purchase) {
        auto& day = days[purchase.party];
        day       = day.empty() ? purchase.day : std::max(day, purchase.day);
    });
    for (const auto& [party, day] : days) visit(party, {.day = day});
}

}  // namespace party_facts

void declare_party_facts(tessera::Kernel& kernel) {
    using namespace party_facts;
    for (const auto& fact : {PartyFact{"name", "Name", FactKind::text, names},
                             {"email", "E-mail", FactKind::text, emails},
                             {"country", "Country", FactKind::text, countries},
                             {"region", "Region", FactKind::text, regions},
                             {"postal_code", "Postal code", FactKind::text, postal_codes},
                             {"customer", "Customer", FactKind::flag, customers},
                             {"supplier", "Supplier", FactKind::flag, suppliers},
                             {"rating", "Rating", FactKind::number, ratings},
                             {"last_contact", "Last contact", FactKind::day, last_contacts},
                             {"open_opportunities", "Open opportunities", FactKind::number, open_opportunities},
                             {"open_amount", "Worth of open opportunities", FactKind::number, open_amounts},
                             {"won_opportunities", "Opportunities won", FactKind::number, won_opportunities},
                             {"won_amount", "Worth of opportunities won", FactKind::number, won_amounts},
                             {"purchases_a_year", "Purchases within a year", FactKind::number, purchases},
                             {"bought_a_year", "Bought within a year", FactKind::number, bought_amounts},
                             {"last_purchase", "Last purchase", FactKind::day, last_purchases},
                             {"last_won", "Last opportunity won", FactKind::day, last_won}})
        kernel.contribute(fact);
}

}  // namespace crm
