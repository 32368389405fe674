#pragma once
// Writes what hledger and ledger read. The two differ in how they declare commodities and the kinds of accounts; the
// transactions are the same.

#include "write/journal_writer.h"

namespace journal_export {

class PlainWriter : public JournalWriter {
public:
    PlainWriter(Syntax syntax, std::string& out) : syntax_(syntax), out_(out) {}
    void heading(const Heading& heading) override;
    void entry(const Entry& entry) override;
    void balances(Date day, const std::vector<Holding>& holdings) override;

private:
    void declare(Currency currency);
    void declare(const DeclaredAccount& account);
    void tags(const std::vector<Tag>& tags);

    Syntax       syntax_;
    std::string& out_;
};

}  // namespace journal_export
