#pragma once
// Tells a party, at the addresses it is known by, that somebody has changed where it is paid or written to: a letter that
// whoever the change is not from can answer.

#include <directory/records.h>

namespace directory {

// Sent with the commit, to the address of the party and those of its people.
void tell_of_bank_account(tessera::Transaction& tx, const BankAccount& account);
// To the address of before; to those of its people, where there was none. Whoever is written to nowhere any more is not told.
void tell_of_address(tessera::Transaction& tx, const Party& party, const std::string& before);

}  // namespace directory
