#pragma once
// What an account of the books is called in a journal: its kind, its code and its name, so that people read it, programs
// accept it and it leads back to the account. No two accounts share a name, because no two share a code.
//
//     hledger, ledger   assets:1010 Bank              liabilities:2100 VAT 7%25 %3B old
//     beancount         Assets:1010-Bank              Liabilities:2100-VAT-7--25--20--3B-old
//
// hledger and ledger end a name at two spaces and divide it at colons: what is not a letter, a digit, a single space or
// plain punctuation becomes % and two digits. beancount takes letters, digits and hyphens, and wants a capital or a digit
// first: a space before a letter or digit is a hyphen, everything else -- and two digits, and an X is put before what
// begins otherwise.

#include <journal_export/records.h>

namespace journal_export {

std::string        account_name(Syntax syntax, financials::Kind kind, std::string_view code, std::string_view name);
inline std::string account_name(Syntax syntax, const Account& account) {
    return account_name(syntax, account.kind, account.code, account.name);
}

struct NamedAccount {
    financials::Kind kind = financials::Kind::asset;
    std::string      code{};
    std::string      name{};
};
// What account_name() was given; nothing for a text it never gives.
std::optional<NamedAccount> read_account_name(Syntax syntax, std::string_view text);

}  // namespace journal_export
