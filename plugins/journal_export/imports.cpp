// An import: a file attached to it, and a manual entry for each of its transactions once it is posted.
//
//     draft --check--> checked --post--> posted
//       `----check---> faulty --check--> …

#include <journal_export/records.h>

#include "read/import_file.h"
#include "read/import_plan.h"

#include <algorithm>

namespace journal_export {
namespace imports {

using tessera::Refused;

void complete(Transaction& tx, Import& import) {
    if (import.number.empty()) import.number = tx.number("JI", tx.today());
}

std::vector<Planned> plan_of(Transaction& tx, Import& import, Problems& problems) {
    const auto file     = import_file(tx, import);
    auto       plan     = import_plan(tx, import, file.text, problems);
    import.file         = file.name;
    import.sha256       = file.sha256;
    import.transactions = static_cast<std::int64_t>(plan.size());
    return plan;
}

void check(Transaction& tx, Import& import) {
    Problems problems;
    plan_of(tx, import, problems);
    import.problems.clear();
    auto list = problems.list();
    std::ranges::stable_sort(list, {}, &Problem::line);
    for (const auto& problem : list) import.problems.push_back({.line = problem.line, .code = problem.code, .problem = problem.sentence});
    if (problems.count() > list.size())
        import.problems.push_back(
            {.line    = list.back().line,
             .code    = "journal_export.more_problems",
             .problem = fmt::format("To see the other {} problems, mend these first.", problems.count() - list.size())});
    import.state = problems.none() ? ImportState::checked : ImportState::faulty;
}

void require_not_posted_before(const Snapshot& tx, const Import& import) {
    const auto other = tx.without(import, [&] {
        return tx.value<std::string>(
            "SELECT number FROM journal_export_import WHERE sha256 = :sha256 AND state = 'posted' AND id <> :id ORDER BY id LIMIT 1",
            import.sha256, import.id);
    });
    if (other)
        throw Refused("journal_export.posted_before", "To post {}, choose another file: import {} has posted this one.", import.file,
                      *other);
}

void post(Transaction& tx, Import& import) {
    Problems   problems;
    const auto plan = plan_of(tx, import, problems);
    if (!problems.none()) {
        const auto& first = *std::ranges::min_element(problems.list(), {}, &Problem::line);
        throw Refused("journal_export.has_problems", "To post import {}, check it again and mend what is found, first line {}: {}",
                      import.number, first.line, first.sentence);
    }
    if (plan.empty())
        throw Refused("journal_export.no_transactions", "To post import {}, choose a file with transactions that move something.",
                      import.number);
    require_not_posted_before(tx, import);
    for (auto [entry, line] : plan) {
        tx.insert(entry);
        tx.transition(entry.id, "post");
        tx.insert(ImportedEntry{.document = import.id, .entry = entry.id, .line = line});
    }
}

}  // namespace imports

void declare_imports(tessera::Kernel& kernel) {
    using namespace tessera;
    kernel.entity<ImportProblem>("journal_export.import_problem", "Import problem")
        .part_of(&ImportProblem::document)
        .field("line", &ImportProblem::line, read_only)
        .field("code", &ImportProblem::code, read_only)
        .field("problem", &ImportProblem::problem, read_only);

    kernel.entity<Import>("journal_export.import", "Journal import")
        .help("A file of hledger, ledger or beancount that is attached here, checked, and posted as manual entries: all or none.")
        .field("number", &Import::number, read_only, unique, searchable)
        .field("format", &Import::format, help("Whose syntax the file has"))
        .field("symbol", &Import::symbol, longest(20), help("What the file calls the currency of the books, when not by its code: $"))
        .field("note", &Import::note, multiline)
        .field("file", &Import::file, read_only)
        .field("sha256", &Import::sha256, read_only, not_in_list, indexed)
        .field("transactions", &Import::transactions, read_only, help("That can be posted, or were"))
        .field("state", &Import::state, read_only)
        .lines("problems", &Import::problems)
        .display("number")
        .editable_while(ImportState::draft, ImportState::faulty, ImportState::checked)
        .not_deletable()
        .needs("journal_export.import")
        .validate(imports::complete);

    kernel.entity<ImportedEntry>("journal_export.imported_entry", "Imported entry")
        .plural("Imported entries")
        .help("Which manual entry was made of which transaction of a file.")
        .menu(Menu::ledgers)
        .field("import", &ImportedEntry::document, indexed)
        .field("entry", &ImportedEntry::entry, unique)
        .field("line", &ImportedEntry::line)
        .append_only();

    using enum ImportState;
    kernel.workflow(&Import::state)
        .transition("check", {draft, faulty, checked}, decided_by_action, needs("journal_export.import"),
                    explained("Reads the newest file and lists all that has to be mended. Makes nothing."), imports::check)
        .transition("post", checked, posted, needs("journal_export.import"),
                    explained("Posts a manual entry for each transaction, all or none."), imports::post);
}

}  // namespace journal_export
