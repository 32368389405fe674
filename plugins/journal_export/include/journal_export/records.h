#pragma once
// The books as plain text, and plain text as entries of the books.
//
//     Export   draft --write--> written                    the file is attached to the export
//     Import   draft --check--> checked, or faulty         the file is attached to the import; the newest one is read
//              checked --post--> posted                    a manual entry for each of its transactions, or none at all
//
//     Export all{.format = Syntax::hledger, .first_day = "2026-01-01"_date, .last_day = "2026-12-31"_date};
//     tx.insert(all);
//     tx.transition(all.id, "write");
//     attachments::of(tx, tx.source_of(all));              // "books_2026-01-01_2026-12-31.hledger"

#include <financials/manual_entry.h>

namespace journal_export {

using financials::Account;
using financials::ManualEntry;
using tessera::Currency;
using tessera::Date;
using tessera::Id;
using tessera::Money;
using tessera::Snapshot;
using tessera::Transaction;

// The three programs whose text is written and read.
enum class Syntax { hledger, ledger, beancount };
constexpr auto names_of(Syntax) { return tessera::names("hledger", "ledger", "beancount"); }

enum class ExportState { draft, written };
constexpr auto names_of(ExportState) { return tessera::names("draft", "written"); }

struct Export {  // journal_export.export
    Id<Export>   id{};
    std::string  number{};  // "JX-2026-00001"
    Syntax       format = Syntax::hledger;
    Date         first_day{};  // none: the day of the first entry; what lies before becomes opening balances
    Date         last_day{};   // inclusive; none: the day on which it is written
    std::string  file{};       // the name of the attachment, once it is written
    std::int64_t entries = 0;  // how many it holds, opening balances not counted
    ExportState  state   = ExportState::draft;
};

enum class ImportState { draft, faulty, checked, posted };
constexpr auto names_of(ImportState) { return tessera::names("draft", "faulty", "checked", "posted"); }

struct Import;

// Why a file cannot be posted as it is: one sentence for each thing to mend.
struct ImportProblem {  // journal_export.import_problem
    Id<ImportProblem> id{};
    Id<Import>        document{};
    std::int64_t      line = 0;   // of the file, from 1
    std::string       code{};     // "journal_export.unbalanced"; all of them stand in the README
    std::string       problem{};  // "To post this transaction, balance it: …"
};

struct Import {  // journal_export.import
    Id<Import>                 id{};
    std::string                number{};  // "JI-2026-00001"
    Syntax                     format = Syntax::hledger;
    std::string                symbol{};  // what the file calls the currency of the books ("$"), when not by its code
    std::string                note{};
    std::string                file{};    // the name of the attachment that was read last
    std::string                sha256{};  // and its digest: a file is posted once
    std::int64_t               transactions = 0;
    ImportState                state        = ImportState::draft;
    std::vector<ImportProblem> problems{};
};

// Which manual entry was made of which transaction of a file.
struct ImportedEntry {  // journal_export.imported_entry: append-only
    Id<ImportedEntry> id{};
    Id<Import>        document{};
    Id<ManualEntry>   entry{};
    std::int64_t      line = 0;  // where the transaction begins in the file
};

// The accountant's word on what a name in a file means; it comes before every other way to find the account.
struct AccountName {  // journal_export.account_name
    Id<AccountName> id{};
    std::string     name{};  // "Expenses:Food:Restaurants", whole and exactly as the file has it
    Id<Account>     account{};
};

}  // namespace journal_export
