#pragma once
// The general ledger as other modules see it. A module posts to *account roles* that it contributes and the accountant
// maps to accounts; it never names an account.
//
//     kernel.contribute(AccountRole{"purchasing.received_not_invoiced", "Goods received, not invoiced", Kind::liability});
//     …
//     JournalEntry entry{.date = receipt.date, .journal = "purchases", .memo = "Goods receipt GR-2026-00004",
//                        .source = tx.source_of(receipt)};
//     entry.lines = {debit("inventory.stock", value), credit("purchasing.received_not_invoiced", value)};
//     tx.service<Ledger>().post(tx, entry);
//
// What is owed because of an entry, to us or by us, is an open item beside it: financials/open_items.h.
//
// A posted entry never changes; it is sealed by a hash chain per company. A correction is a new entry.

#include <directory/records.h>

namespace financials {

using tessera::Currency;
using tessera::Date;
using tessera::Id;
using tessera::Money;
using tessera::Snapshot;
using tessera::Source;
using tessera::Transaction;

enum class Kind { asset, liability, equity, income, expense };
constexpr auto names_of(Kind) { return tessera::names("asset", "liability", "equity", "income", "expense"); }

// Contributed by modules; shown to the accountant, who maps each to an account. `account_hint` names the accounts of the
// shipped charts by their tag ("inventory", "payables"): a new company is mapped by it.
struct AccountRole {
    std::string name{};              // "purchasing.received_not_invoiced"
    std::string title{};
    Kind        kind = Kind::expense;
    std::string account_hint{};      // tag in the shipped charts; empty: the role's own last word ("expense" of warranty.expense)
};

// Which account a role is posted to; a role without one is refused when something is posted to it.
struct AccountRoleMapping {          // financials.account_role_mapping
    Id<AccountRoleMapping> id{};
    std::string            role{};
    Id<struct Account>     account{};
};

// What an account is reserved for: a control account takes lines only from the module that keeps its subledger.
enum class Control { none, payables, receivables, stock, received_not_invoiced };
constexpr auto names_of(Control) { return tessera::names("none", "payables", "receivables", "stock", "received_not_invoiced"); }

struct Account {                     // financials.account
    Id<Account> id{};
    std::string code{};
    std::string name{};
    Kind        kind = Kind::asset;
    Id<Account> parent{};
    bool        postable = true;     // false: a heading
    bool        active   = true;
    Control     control  = Control::none;
    std::string tag{};               // what it serves by default, several separated by spaces; see AccountRole::account_hint
};

// One side of an entry, in the currency of the books. Either a role or an account is given, either debit or credit.
struct Line {
    std::string          role{};
    Id<Account>          account{};
    Money                debit{};
    Money                credit{};
    Id<directory::Party> party{};    // demanded by payables and receivables accounts
    std::string          memo{};
    Currency             currency{}; // of foreign_amount, when the document is in another currency
    Money                foreign_amount{};   // signed: positive debit
};
inline Line debit(std::string role, Money amount, Id<directory::Party> party = {}) { return {.role = std::move(role), .debit = amount, .party = party}; }
inline Line credit(std::string role, Money amount, Id<directory::Party> party = {}) { return {.role = std::move(role), .credit = amount, .party = party}; }
// A positive amount is a debit, a negative one a credit.
inline Line signed_line(std::string role, Money amount, Id<directory::Party> party = {}) {
    return amount.is_negative() ? credit(std::move(role), -amount, party) : debit(std::move(role), amount, party);
}

struct JournalEntry {                // what is posted
    Date              date{};
    std::string       journal = "general";   // general, purchases, payments, inventory, closing, …
    std::string       memo{};
    Source            source{};
    std::vector<Line> lines{};
};

struct PostedEntry {                 // financials.journal_entry: append-only
    Id<PostedEntry>      id{};
    std::int64_t         company = 1;
    std::string          number{};           // "JE-2026-00001", gapless
    Date                 date{};
    tessera::Instant     recorded_at{};
    std::string          journal{};
    std::string          memo{};
    std::string          source_entity{};
    std::int64_t         source_id = 0;
    Id<PostedEntry>      reverses{};
    std::string          user{};
    std::string          hash{};             // SHA-256 over the previous hash and this entry with its lines
    std::int64_t         hash_version = 1;
};

struct PostedLine {                  // financials.journal_line: append-only; amount is positive for debit
    Id<PostedLine>       id{};
    Id<PostedEntry>      entry{};
    Id<Account>          account{};
    Date                 date{};             // of the entry, repeated so that an account's lines are one index range
    Money                amount{};
    Id<directory::Party> party{};
    std::string          memo{};
    Currency             currency{};
    Money                foreign_amount{};
};

// Published in the transaction for every entry, also a reversal: whoever keeps a subledger compares.
struct EntryPosted {
    Id<PostedEntry>         entry{};
    Date                    date{};
    Source                  source{};
    std::vector<PostedLine> lines{};         // accounts resolved, lines alike merged
};

class Ledger {
public:
    virtual ~Ledger() = default;
    // Posts an entry. Lines alike in account, party, memo and currency are merged; zero lines are dropped; an entry
    // without lines is not posted and gives an empty id. Refused, in this order: financials.no_period, financials.period_closed,
    // financials.role_not_mapped, financials.account_not_postable, financials.control_account,
    // financials.party_missing, financials.entry_unbalanced.
    virtual Id<PostedEntry> post(Transaction&, const JournalEntry&) = 0;
    // Posts the mirror image on `date` (moved to the first open day when that is later) and links both.
    // Refused "financials.already_reversed".
    virtual Id<PostedEntry> reverse(Transaction&, Id<PostedEntry> entry, Date date, std::string_view why) = 0;
    virtual Id<Account>     account_of(const Snapshot&, std::string_view role) const = 0;   // Refused financials.role_not_mapped
    virtual std::optional<Id<Account>> find_account_of(const Snapshot&, std::string_view role) const = 0;
    virtual bool            is_open(const Snapshot&, Date date) const = 0;
    // `date` itself when its period is open, else the first day after it that is.
    virtual Date            first_open(const Snapshot&, Date date) const = 0;
    // The day on which a document of `document_date` is undone. A day that was asked for is taken or refused, never
    // moved: "financials.reversed_before", "financials.period_closed". None asked: today, not before the document, moved
    // to the first open day.
    virtual Date            reversal_date(const Snapshot&, Date document_date, Date asked) const = 0;
    // All that was ever posted to an account, from the kept balances.
    virtual Money           balance(const Snapshot&, Id<Account> account) const = 0;
};

// Purchase tax: a dated rate and how much of it may be deducted.
struct TaxCode {                     // financials.tax_code
    Id<TaxCode>      id{};
    std::string      code{};
    std::string      name{};
    tessera::Percent rate{};
    tessera::Percent deductible = tessera::Percent::of(100);
    Date             valid_from{};
    Date             valid_to{};
    bool             active = true;
};
enum class TaxRounding { sum_of_rounded_lines, rounded_sum };
constexpr auto names_of(TaxRounding) { return tessera::names("sum_of_rounded_lines", "rounded_sum"); }

struct TaxBase { Money net{}; Id<TaxCode> code{}; };
struct TaxAmount { Id<TaxCode> code{}; Money base{}; Money tax{}; Money deductible{}; };   // tax − deductible is cost
class Taxes {
public:
    virtual ~Taxes() = default;
    // The tax of a document by code. Refused "financials.tax_code_not_valid" on a day outside the code's dates.
    virtual std::vector<TaxAmount> of(const Snapshot&, const std::vector<TaxBase>& lines, TaxRounding rounding, Date on) const = 0;
};

}  // namespace financials
