#include "services/payee_notice.h"

#include <set>

namespace directory {

using namespace tessera;

namespace payee_notice {

struct Company {
    std::string name{}, email{};
};

std::string own_name(const Snapshot& tx) { return tx.value<std::string>("SELECT name FROM directory_company ORDER BY id LIMIT 1").value_or(""); }

// What cannot be written to must not stop what is changed.
void send(Transaction& tx, const Party& party, const std::string& recipient, const std::string& subject, const std::string& text) {
    if (!mail::is_address(recipient)) return;
    mail::send(tx, {.recipient = recipient, .recipient_name = party.name, .subject = subject, .text = text}, tx.source_of(party));
}

std::string ending(const std::string& account_number) { return account_number.size() <= 4 ? account_number : account_number.substr(account_number.size() - 4); }

std::set<std::string> addresses_of(const Snapshot& tx, const Party& party) {
    std::set<std::string> all;
    if (!party.email.empty()) all.insert(party.email);
    for (auto& one : tx.rows<std::string>("SELECT email FROM directory_contact WHERE party = :party AND active <> 0 AND email <> '' ORDER BY id", party.id)) all.insert(std::move(one));
    return all;
}

}  // namespace payee_notice

void tell_of_bank_account(Transaction& tx, const BankAccount& account) {
    tx.before_commit(fmt::format("directory.payee_notice.{}", account.content), [party_id = account.party, last = payee_notice::ending(account.account_number)](Transaction& at_end) {
        const auto party = at_end.load(party_id);
        const auto name  = payee_notice::own_name(at_end);
        for (const auto& address : payee_notice::addresses_of(at_end, party))
            payee_notice::send(at_end, party, address, fmt::format("Where {} pays you", name),
                               fmt::format("To {},\n\n{} was told to pay you to a bank account that ends in {}. Nothing is paid to it before somebody has asked you.\n\n"
                                           "If this change is not yours, please tell {} at once.\n",
                                           party.name, name, last, name));
    });
}

void tell_of_address(Transaction& tx, const Party& party, const std::string& before) {
    if (party.email.empty() || before == party.email) return;
    const auto name = payee_notice::own_name(tx);
    auto       known = payee_notice::addresses_of(tx, party);
    known.erase(party.email);
    if (!before.empty()) known = {before};
    for (const auto& address : known)
        payee_notice::send(tx, party, address, fmt::format("Your address at {}", name),
                           fmt::format("To {},\n\n{} was told to write to you at another address from now on.\n\nIf this change is not yours, please tell {} at once.\n", party.name, name, name));
}

}  // namespace directory
