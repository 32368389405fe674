#pragma once
// A bank statement: what the bank says went in and out of one of our accounts between two balances. It is typed, or read
// from the file that is attached to it (camt.053, MT940, OFX, CSV), and posted when every line is explained.
//
//     BankStatement statement{.bank_account = bank, .opening = usd("0.00"), .closing = usd("80.00")};
//     statement.lines   = {{.date = "2026-01-20"_date, .amount = usd("80.00"), .party = customer}};
//     statement.matches = {{.position = 1, .item = invoice, .amount = usd("80.00")}};
//     tx.insert(statement);
//     tx.transition(statement.id, "post");          // a payment of the customer, in the books of the bank account
//
// A line is explained by one of: the entry that has booked it already, an account, or a party with the items that it pays
// (what is left is on account). Amounts are positive when they came in; those of matches of what we pay are positive, too.
//
// The opening balance and the lines come to the closing balance, and the opening balance is the closing one before; lines
// of an earlier statement (the same id of the bank, or the same day, amount and text) are duplicates and are not posted.

#include <financials/customer_payment.h>
#include <financials/payment.h>

namespace financials {

enum class BankStatementState { draft, posted, reversed };
constexpr auto names_of(BankStatementState) { return tessera::names("draft", "posted", "reversed"); }

enum class BankLineState { open, proposed, duplicate, posted };
constexpr auto names_of(BankLineState) { return tessera::names("open", "proposed", "duplicate", "posted"); }

struct BankStatement;

struct BankStatementLine {  // financials.bank_statement_line
    Id<BankStatementLine> id{};
    Id<BankStatement>     document{};
    std::int64_t          position = 0;  // from 1; matches name the line by it
    Date                  date{};
    std::string           counterparty{};
    std::string           account_number{};  // of the counterparty
    std::string           reference{};
    std::string           text{};
    std::string           bank_id{};  // the bank's own
    Money                 amount{};   // negative: went out
    Id<directory::Party>  party{};
    Id<Account>           account{};
    Id<PostedEntry>       entry{};  // what has booked it
    BankLineState         state = BankLineState::open;
    std::int64_t          score = 0;  // of the proposal, 0 to 100
    std::string           reasons{};
    std::string           warning{};
    Id<CustomerPayment>   customer_payment{};  // made by posting
    Id<Payment>           payment{};           // made by posting
};

struct BankStatementMatch {  // financials.bank_statement_match: an item that a line pays
    Id<BankStatementMatch> id{};
    Id<BankStatement>      document{};
    std::int64_t           position = 0;  // of the line
    Id<OpenItem>           item{};
    Money                  amount{};  // as in a line of the payment that posting makes of it
    Money                  discount{};
    Money                  write_off{};
    Money                  bank_fee{};
};

struct BankStatement {  // financials.bank_statement
    Id<BankStatement>               id{};
    std::string                     number{};  // "BS-2026-00001"
    Id<Account>                     bank_account{};
    std::string                     account_number{};    // ours, as the bank writes it
    std::string                     statement_number{};  // the bank's
    Date                            starts_on{}, ends_on{};
    BankStatementState              state = BankStatementState::draft;
    std::string                     file{};
    Currency                        currency{};  // the books' when none
    Money                           opening{}, closing{};
    Money                           movement{};  // sum of the lines
    std::vector<BankStatementLine>  lines{};
    std::vector<BankStatementMatch> matches{};
};

}  // namespace financials
