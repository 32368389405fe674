#include <directory/records.h>

#include "services/payee_notice.h"

namespace directory {

namespace party {

using tessera::Refused;

std::string free_number(const tessera::Transaction& tx) {
    auto next = tx.value<std::int64_t>("SELECT max(id) FROM directory_party").value_or(0);
    for (;;) {
        auto number = fmt::format("P{:05}", ++next);
        if (!tx.value<std::int64_t>("SELECT id FROM directory_party WHERE number = :number", number)) return number;
    }
}

std::string known_email(const tessera::Transaction& tx, const Party& party) {
    return tx.without(party, [&] { return tx.value<std::string>("SELECT email FROM directory_party WHERE id = :id", party.id).value_or(""); });
}

void complete(tessera::Transaction& tx, Party& party) {
    if (party.rating < 0 || party.rating > 5)
        throw Refused("directory.rating_out_of_range",
                      "To rate {}, use 1 (superior) to 5 (below average), or 0 for unrated.", party.name)
            .with_status(422)
            .with_field("rating");
    if (party.payment_days < 0 || party.payment_days > 3650)
        throw Refused("directory.payment_days_out_of_range", "To set the terms of {}, use 0 to 3650 days.", party.name)
            .with_status(422)
            .with_field("payment_days");
    if (party.number.empty()) party.number = free_number(tx);
    if (party.currency.none()) party.currency = tx.books().currency;
    if (party.id && tx.user().user) tell_of_address(tx, party, known_email(tx, party));
}

}  // namespace party

void declare_party(tessera::Kernel& kernel) {
    kernel.entity<Party>("directory.party", "Party")
        .plural("Parties")
        .help("Whoever we deal with: one party may be supplier, customer and carrier at once.")
        .field("number", &Party::number, tessera::unique, tessera::searchable, tessera::longest(40),
               tessera::help("Our short name for it; made when left empty"))
        .field("name", &Party::name, tessera::required, tessera::searchable, tessera::indexed, tessera::longest(200),
               tessera::personal, tessera::kept_while_used)
        .field("supplier", &Party::supplier)
        .field("customer", &Party::customer)
        .field("carrier", &Party::carrier, tessera::not_in_list)
        .field("active", &Party::active)
        .field("preferred", &Party::preferred, tessera::help("Chosen first among suppliers of the same goods"))
        .field("rating", &Party::rating, tessera::help("1 superior to 5 below average; 0 unrated"))
        .field("tax_number", &Party::tax_number, tessera::not_in_list, tessera::personal, tessera::kept_while_used)
        .field("currency", &Party::currency,
               tessera::help("In which we trade with it; that of the books when left empty"))
        .field("payment_days", &Party::payment_days, tessera::label("Days to pay"), tessera::help("Days from the invoice date until it is due"))
        .field("email", &Party::email, tessera::not_in_list, tessera::personal)
        .field("phone", &Party::phone, tessera::not_in_list, tessera::personal)
        .field("website", &Party::website, tessera::not_in_list, tessera::personal)
        .field("note", &Party::note, tessera::multiline, tessera::personal)
        .display("name")
        .menu(tessera::Menu::master_data)
        .validate(party::complete);
}

}  // namespace directory
