#include "services/posting_guards.h"

#include <tessera/text.h>

#include <algorithm>

namespace financials {
namespace posting_guards {

using tessera::Refused;

std::string title_of(const Snapshot& snapshot, std::string_view role) {
    for (const auto& known : snapshot.contributions<AccountRole>())
        if (known.name == role) return known.title;
    return std::string(role);
}

// What people type names accounts and no document stands behind it that a subledger could know.
bool typed_by_people(const JournalEntry& entry) {
    return entry.source.entity.empty() || entry.source.entity == "financials.manual_entry";
}

std::string_view keeper_of(Control control) {
    switch (control) {
        case Control::payables:
            return "a vendor invoice or a payment";
        case Control::receivables:
            return "a customer invoice or a receipt of money";
        case Control::stock:
            return "a stock movement or a revaluation";
        default:
            return "a goods receipt or a vendor invoice";
    }
}

bool wants_party(Control control) { return control == Control::payables || control == Control::receivables; }

}  // namespace posting_guards

using tessera::Refused;

const Setup::PeriodFacts& period_for_posting(const Setup& setup, Date date, const tessera::Actor& user) {
    const auto* period = date.empty() ? nullptr : setup.period(date);
    if (!period)
        throw Refused("financials.no_period", "To post on {}, create the fiscal year that contains this day.",
                      date.empty() ? "no day" : date.str());
    if (period->state == PeriodState::locked)
        throw Refused("financials.period_closed",
                      "To post on {}, reopen period {} or choose a later date: the period is locked.", date,
                      period->name);
    if (period->state == PeriodState::soft_locked && !user.may("financials.post_in_soft_locked"))
        throw Refused("financials.period_closed",
                      "To post on {}, ask an administrator or choose a later date: period {} is soft-locked.", date,
                      period->name);
    return *period;
}

Id<Account> mapped_account(const Snapshot& snapshot, const Setup& setup, std::string_view role) {
    if (const auto account = setup.account_of(role)) return account;
    throw Refused("financials.role_not_mapped",
                  "To post \"{}\", map the role {} to an account (financials.account_role_mapping; the report "
                  "financials.account_roles lists them).",
                  posting_guards::title_of(snapshot, role), role);
}

std::vector<Id<Account>> accounts_of(const Snapshot& snapshot, const Setup& setup, const std::vector<Line>& lines) {
    std::vector<Id<Account>> accounts;
    accounts.reserve(lines.size());
    for (const auto& line : lines)
        accounts.push_back(line.account ? line.account : mapped_account(snapshot, setup, line.role));
    return accounts;
}

void check_postable(const Setup& setup, const std::vector<Id<Account>>& accounts) {
    for (const auto id : accounts) {
        const auto* account = setup.account(id);
        if (!account)
            throw Refused("financials.account_not_postable", "To post, choose an account of the chart; {} is none.",
                          id);
        if (!account->postable)
            throw Refused("financials.account_not_postable", "To post, choose an account below {} {}: it is a heading.",
                          account->code, account->name);
        if (!account->active)
            throw Refused("financials.account_not_postable",
                          "To post to {} {}, make it active again or choose another account.", account->code,
                          account->name);
    }
}

void check_control(const Setup& setup, const JournalEntry& entry, const std::vector<Line>& lines,
                   const std::vector<Id<Account>>& accounts) {
    if (!posting_guards::typed_by_people(entry)) return;
    for (std::size_t i = 0; i < lines.size(); ++i) {
        const auto& account = *setup.account(accounts[i]);
        if (!lines[i].account || account.control == Control::none) continue;
        throw Refused("financials.control_account",
                      "To change {} {}, record {}: it is a control account and agrees with its subledger.",
                      account.code, account.name, posting_guards::keeper_of(account.control));
    }
}

void check_parties(const Setup& setup, const std::vector<Line>& lines, const std::vector<Id<Account>>& accounts) {
    for (std::size_t i = 0; i < lines.size(); ++i) {
        const auto& account = *setup.account(accounts[i]);
        if (lines[i].party || !posting_guards::wants_party(account.control)) continue;
        throw Refused("financials.party_missing", "To post to {} {}, name the party: the account is kept by party.",
                      account.code, account.name);
    }
}

void check_balanced(const JournalEntry& entry, const std::vector<Line>& lines) {
    Money debit, credit;
    for (const auto& line : lines) {
        debit += line.debit;
        credit += line.credit;
    }
    if (debit == credit) return;
    throw Refused("financials.entry_unbalanced", "To post \"{}\", balance its lines: debits are {}, credits are {}.",
                  tessera::excerpt(entry.memo), debit, credit);
}

}  // namespace financials
