#pragma once
// The Ledger: guards, then one entry with its lines, the kept balances, the seal, the event.

#include "services/entry_lines.h"
#include "services/setup.h"

namespace financials {

class LedgerService : public Ledger {
public:
    explicit LedgerService(std::shared_ptr<SetupCache> setup) : setup_(std::move(setup)) {}

    Id<PostedEntry> post(Transaction& tx, const JournalEntry& entry) override;
    Id<PostedEntry> reverse(Transaction& tx, Id<PostedEntry> entry, Date date, std::string_view why) override;
    Id<Account>     account_of(const Snapshot& snapshot, std::string_view role) const override;
    std::optional<Id<Account>> find_account_of(const Snapshot& snapshot, std::string_view role) const override;
    bool            is_open(const Snapshot& snapshot, Date date) const override;
    Date            first_open(const Snapshot& snapshot, Date date) const override;
    Date            reversal_date(const Snapshot& snapshot, Date document_date, Date asked) const override;
    Money           balance(const Snapshot& snapshot, Id<Account> account) const override;

private:
    Id<PostedEntry> record(Transaction& tx, const Setup& setup, const Setup::PeriodFacts& period, PostedEntry& entry,
                           std::vector<PostedLine>& lines) const;

    std::shared_ptr<SetupCache> setup_;
};

}  // namespace financials
