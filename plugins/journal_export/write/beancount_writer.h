#pragma once
// Writes what beancount reads. Amounts are exact: assertions allow no tolerance, and transactions of currencies without
// decimals only that of a quotient (a total cost becomes a price per unit there).

#include "write/journal_writer.h"

namespace journal_export {

class BeancountWriter : public JournalWriter {
public:
    explicit BeancountWriter(std::string& out) : out_(out) {}
    void heading(const Heading& heading) override;
    void entry(const Entry& entry) override;
    void balances(Date day, const std::vector<Holding>& holdings) override;

private:
    void tags(const std::vector<Tag>& tags, std::string_view indent);

    std::string& out_;
};

}  // namespace journal_export
