#pragma once
// What a bank's file says, whatever its format: camt.053 (ISO 20022, versions 2 to 8), MT940, OFX 1 and 2, CSV with named
// columns. Reading is a pure function of the bytes; nothing is guessed about amounts: a text that can be read in two ways
// is refused.
//
//     for (const auto& statement : read_statements(bytes, "2026-01.sta"))
//         for (const auto& entry : statement.entries) …     // amount: positive came in, negative went out
//
// Refused "financials.statement_unreadable" (422), naming the line and what is wrong there.

#include <tessera/date.h>
#include <tessera/decimal.h>

#include <optional>
#include <vector>

namespace financials::bank {

using tessera::Date;

using Amount = tessera::Fixed<struct BankAmountTag, 6>;

struct Entry {
    std::int64_t line = 0;  // of the file, from 1
    Date         date{};    // booked on
    Date         value_date{};
    Amount       amount{};
    std::string  counterparty{};  // name of the other one
    std::string  account{};       // of the other one: IBAN or domestic number
    std::string  reference{};     // what the payer gave it: end-to-end id, creditor reference, customer reference
    std::string  text{};
    std::string  bank_id{};       // the bank's own, once per entry
};

struct Statement {
    std::string           account{};   // ours: IBAN, or as the bank writes it
    std::string           currency{};  // empty when the file does not say
    std::string           number{};    // the bank's
    Date                  from{}, to{};
    std::optional<Amount> opening{}, closing{};
    bool                  notice = false;  // tells of single movements only and is no statement (camt.054)
    std::vector<Entry>    entries{};
};

std::vector<Statement> read_statements(std::string_view bytes, std::string_view name);

// The formats, each for itself.
std::vector<Statement> read_camt(std::string_view bytes);
std::vector<Statement> read_mt940(std::string_view bytes);
std::vector<Statement> read_ofx(std::string_view bytes);
std::vector<Statement> read_csv_statement(std::string_view bytes);

}  // namespace financials::bank
