#pragma once
// An import profile says how the files of another system become records here: it is data, a TOML file, so that a new
// source needs no program. Its CSV files are loaded into a scratch database in memory, a table per file with every column
// as text and an empty cell as NULL; each step is a SELECT over these tables whose column names are the field names of an
// entity.
//
//     name = "old_system"
//
//     [tables]
//     Vendor = "Vendor.csv"
//
//     [[step]]
//     title  = "Suppliers"
//     entity = "directory.party"
//     match  = "number"
//     select = "SELECT VendorID AS key, AccountNumber AS number, Name AS name, 'true' AS supplier FROM Vendor"
//
//     [[step]]
//     title      = "Purchase orders"
//     entity     = "purchasing.order"
//     transition = "approve"
//     replay     = true
//     select     = '''SELECT OrderID AS key, OrderDate AS date, VendorID AS "supplier@directory.party" FROM OrderHeader'''
//       [[step.lines]]
//       name   = "lines"
//       select = "SELECT OrderID AS parent, LineID AS key, Qty AS quantity, Price AS price FROM OrderDetail"
//
//     [[step]]
//     title      = "Rejected orders"
//     on         = "purchasing.order"
//     transition = "close"
//     replay     = true
//     select     = '''SELECT OrderID AS key, ClosedOn AS date, 'rejected' AS "input.reason" FROM OrderHeader WHERE …'''
//
// Columns of a step's SELECT:
//     key            the record's name in the other system, once per step; with it a second import knows what it has
//     field          a field of the entity; nothing is set where it is NULL
//     field@entity   a reference: the value is the key of a record that this profile has imported before
//     input.field    input of the transition, also as input.field@entity
//     books.name     a value for the `books` query of the lines (below), also as books.name@entity
//     date           of a replayed step: the day on which it happens (and the entity's field `date`, if it has one)
// Columns of the lines: parent (the key of their record), and if later steps refer to them, key; the rest are fields.
//
// Words of a step:
//     match          a field that finds records which are there already (seeded currencies): they are taken over
//     when_known     "skip" (default) or "update": what happens to a record that an earlier import made
//     transition     runs right after the record is made; with `on` instead of `entity`, on the record with that key
//     replay         neighbouring steps that say so are merged and run day by day, within a day in the order of the steps
//     without_lines  "keep" (default) or "skip": whether a record that has no lines is made at all
// Lines may come from the books instead of the scratch tables: `books` is a SELECT over published tables, run when the
// step's turn comes, whose parameters are the columns books.… in their order; amounts in it are the stored integers.
//
// `[[prepare]] sql` runs on the scratch tables before the steps; a `[[summary]]` (title, sql, kinds) is a question to the
// books whose answer ends the import's report: kinds names each column's kind (text, integer, money, quantity).

#include <tessera/refused.h>

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace tessera::imports {

struct ScratchTable {
    std::string name{}, file{};
    bool        optional = false;
};

struct LineStep {
    std::string name{};    // the entity's field: "lines"
    std::string select{};  // over the scratch tables, or
    std::string books{};   // over the books
    int         source_line = 0;
};

enum class WhenKnown { skip, update };
enum class WithoutLines { keep, skip };

struct Step {
    std::string           title{};
    std::string           entity{};
    bool                  moves = false;  // `on`: a transition of a record that is there
    std::string           transition{};
    std::string           select{};
    std::string           match{};
    WhenKnown             when_known    = WhenKnown::skip;
    WithoutLines          without_lines = WithoutLines::keep;
    bool                  replay        = false;
    std::vector<LineStep> lines{};
    int                   source_line = 0;
};

enum class SummaryKind { text, integer, money, quantity };
struct Summary {
    std::string              title{};
    std::string              sql{};
    std::vector<SummaryKind> kinds{};
    int                      source_line = 0;
};

struct ImportProfile {
    std::string               source{};  // the file, for refusals
    std::string               name{};    // what the keys are kept under: [a-z0-9_]
    std::string               title{};
    std::string               about{};
    std::vector<ScratchTable> tables{};
    std::vector<std::string>  prepare{};
    std::vector<Step>         steps{};
    std::vector<Summary>      summaries{};
};

// Refused "kernel.malformed_profile", naming file and line: what is not TOML, an unknown or missing word, a word of the
// wrong type. That steps fit the entities is checked when the import begins, before anything is written.
TESSERA_API ImportProfile parse_profile(std::string_view toml, const std::string& source);
// Refused "kernel.no_profile" when there is no such file.
TESSERA_API ImportProfile read_profile(const std::filesystem::path& file);

// The refusal of one line of a profile.
Refused malformed_profile(const std::string& source, int line, std::string_view what);

}  // namespace tessera::imports
