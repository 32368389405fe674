#pragma once
// The accountant's set-up as posting needs it: accounts, role mappings and periods, read once and kept for all commands.
//
// A row of the database (financials_setup) carries the moment of the last change; what is kept is used only while it
// bears that moment, so a command that fails, also at its commit, leaves nothing stale behind. Every record of the
// set-up calls setup_changed() from its validator, before it is written. Safe from every thread.

#include <financials/periods.h>

#include <memory>
#include <mutex>
#include <unordered_map>

namespace financials {

class Setup {
public:
    struct AccountFacts {
        Id<Account> id{};
        std::string code{};
        std::string name{};
        bool        postable = true;
        bool        active   = true;
        Control     control  = Control::none;
    };
    struct PeriodFacts {
        std::string name{};
        Date        starts_on{};
        Date        ends_on{};
        PeriodState state = PeriodState::open;
    };

    explicit Setup(const Snapshot& snapshot);

    const AccountFacts* account(Id<Account> id) const;
    const PeriodFacts*  period(Date date) const;                  // null when no fiscal year contains the day
    Id<Account>         account_of(std::string_view role) const;  // none when the role is not mapped
    std::optional<Date> first_open(Date date) const;              // none when no open period follows

private:
    struct TextHash {
        using is_transparent = void;
        std::size_t operator()(std::string_view text) const { return std::hash<std::string_view>{}(text); }
    };
    std::unordered_map<Id<Account>, AccountFacts>                           accounts_;
    std::unordered_map<std::string, Id<Account>, TextHash, std::equal_to<>> roles_;
    std::vector<PeriodFacts>                                                periods_;  // in order of their days
};

class SetupCache {
public:
    std::shared_ptr<const Setup> of(const Snapshot& snapshot);  // of a command: looks at the database once
    void                         changed(Transaction& tx);

private:
    std::shared_ptr<const Setup> read(const Snapshot& snapshot);

    std::mutex                   mutex_;
    std::shared_ptr<const Setup> setup_;
    std::int64_t                 changed_at_ = -1;
};

inline void setup_changed(Transaction& tx) { tx.service<SetupCache>().changed(tx); }

}  // namespace financials
