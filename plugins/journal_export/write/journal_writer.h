#pragma once
// A journal writer appends the text of one of the three programs to a string, in this order: the heading, the entries in
// the order of their days, what every account holds at the end. The same calls give the same bytes.
//
//     std::string text;
//     const auto  writer = journal_writer(Syntax::hledger, text);
//     writer->heading(heading);
//     for (const auto& entry : entries) writer->entry(entry);
//     writer->balances(last_day, holdings);

#include "text/journal.h"

#include <memory>

namespace journal_export {

struct DeclaredAccount {
    std::string      name{};  // as account_name() writes it
    financials::Kind kind = financials::Kind::asset;
    std::string      code{}, title{};  // as the books have them
};

struct Heading {
    std::string                  company{};
    Date                         first_day{}, last_day{};
    Date                         opened_on{};  // no entry is earlier
    Currency                     books{};
    std::vector<Currency>        others{};  // of amounts, in the order of their codes
    std::vector<DeclaredAccount> accounts{};
};

struct Holding {
    std::string account{};
    Amount      amount{};
};

class JournalWriter {
public:
    virtual ~JournalWriter()                                              = default;
    virtual void heading(const Heading& heading)                          = 0;
    virtual void entry(const Entry& entry)                                = 0;
    virtual void balances(Date day, const std::vector<Holding>& holdings) = 0;
};

std::unique_ptr<JournalWriter> journal_writer(Syntax syntax, std::string& out);

}  // namespace journal_export
