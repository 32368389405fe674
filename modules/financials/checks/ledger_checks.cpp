// Proofs about entries, from the rows up: none of this uses the code that posts.

#include "services/entry_seal.h"

#include <financials/periods.h>

#include <tessera/kernel.h>

#include <charconv>
#include <map>

namespace financials {
namespace ledger_checks {

using tessera::Finding;
using Report = std::function<void(Finding)>;

struct Unbalanced {
    std::string  number{};
    std::int64_t sum = 0, lines = 0, zero_lines = 0, other_days = 0;
};

void entry_balanced(const Snapshot& snapshot, const Report& report) {
    snapshot.each<Unbalanced>(
        R"sql(
        SELECT e.number, coalesce(sum(l.amount), 0), count(l.id), coalesce(sum(CASE WHEN l.amount = 0 THEN 1 ELSE 0 END), 0),
               coalesce(sum(CASE WHEN l.date <> e.date THEN 1 ELSE 0 END), 0)
        FROM financials_journal_entry e LEFT JOIN financials_journal_line l ON l.entry = e.id
        GROUP BY e.id, e.number
        HAVING coalesce(sum(l.amount), 0) <> 0 OR count(l.id) < 2 OR sum(CASE WHEN l.amount = 0 OR l.date <> e.date THEN 1 ELSE 0 END) > 0
        ORDER BY e.id)sql",
        [&](const Unbalanced& entry) {
            const auto found = Money{entry.sum, snapshot.books().currency};
            if (!found.is_zero())
                report({entry.number, "debits and credits that are equal", fmt::format("a difference of {}", found)});
            if (entry.lines < 2) report({entry.number, "two lines or more", fmt::format("{}", entry.lines)});
            if (entry.zero_lines) report({entry.number, "no line of zero", fmt::format("{}", entry.zero_lines)});
            if (entry.other_days)
                report(
                    {entry.number, "lines dated like the entry", fmt::format("{} of another day", entry.other_days)});
        });
}

struct Numbered {
    std::string number{};
};

void entry_numbers(const Snapshot& snapshot, const Report& report) {
    std::map<std::string, std::int64_t> last;  // by series and year: "JE-2026-"
    snapshot.each<Numbered>("SELECT number FROM financials_journal_entry ORDER BY id", [&](const Numbered& entry) {
        const auto   dash = entry.number.rfind('-') + 1;
        std::int64_t n    = 0;
        std::from_chars(entry.number.data() + dash, entry.number.data() + entry.number.size(), n);
        auto& before = last[entry.number.substr(0, dash)];
        if (n != before + 1)
            report({entry.number, fmt::format("{}{:05}", entry.number.substr(0, dash), before + 1), entry.number});
        before = n;
    });
}

struct Chained {
    std::int64_t     id = 0, company = 0;
    std::string      number{};
    Date             date{};
    tessera::Instant recorded_at{};
    std::string      journal{}, memo{}, source_entity{};
    std::int64_t     source_id = 0, reverses = 0;
    std::string      user{}, hash{};
    std::int64_t     hash_version = 0;
    std::int64_t     line = 0, account = 0;
    Date             line_date{};
    std::int64_t     amount = 0, party = 0;
    std::string      line_memo{}, currency{};
    std::int64_t     foreign_amount = 0;
};

class Chain {
public:
    explicit Chain(const Report& report) : report_(report) {}
    void add(Chained& row) {
        if (!rows_.empty() && rows_.front().id != row.id) prove();
        rows_.push_back(std::move(row));
    }
    void prove() {
        if (rows_.empty()) return;
        const auto&             head = rows_.front();
        PostedEntry             entry{.company       = head.company,
                                      .number        = head.number,
                                      .date          = head.date,
                                      .recorded_at   = head.recorded_at,
                                      .journal       = head.journal,
                                      .memo          = head.memo,
                                      .source_entity = head.source_entity,
                                      .source_id     = head.source_id,
                                      .reverses      = Id<PostedEntry>{head.reverses},
                                      .user          = head.user};
        std::vector<SealedLine> lines;
        for (const auto& row : rows_)
            if (row.line)
                lines.push_back({row.account, row.line_date, row.amount, row.party, row.line_memo, row.currency,
                                 row.foreign_amount});
        const auto expected = seal(previous_, entry, lines);
        if (expected != head.hash) report_({head.number, "hash " + expected, "hash " + head.hash});
        if (head.hash_version != 1) report_({head.number, "hash version 1", fmt::format("{}", head.hash_version)});
        previous_ = head.hash;  // so that one break is one finding
        rows_.clear();
    }

private:
    const Report&        report_;
    std::vector<Chained> rows_;
    std::string          previous_;
};

void hash_chain(const Snapshot& snapshot, const Report& report) {
    Chain chain(report);
    snapshot.each<Chained>(R"sql(
        SELECT e.id, e.company, e.number, e.date, e.recorded_at, e.journal, e.memo, e.source_entity, e.source_id, e.reverses, e.recorded_by,
               e.hash, e.hash_version, l.id, l.account, l.date, l.amount, l.party, l.memo, l.currency, l.foreign_amount
        FROM financials_journal_entry e LEFT JOIN financials_journal_line l ON l.entry = e.id
        ORDER BY e.id, l.id)sql",
                           [&](Chained& row) { chain.add(row); });
    chain.prove();
}

struct Late {
    std::string      number{};
    Date             date{};
    std::string      period{};
    tessera::Instant recorded_at{}, locked_at{};
};

// Between the moment a period was locked and its next change nothing may have been recorded in it.
void locked_periods(const Snapshot& snapshot, const Report& report) {
    snapshot.each<Late>(
        R"sql(
        SELECT e.number, e.date, p.name, e.recorded_at, c.recorded_at
        FROM financials_period_change c
        JOIN financials_period p ON p.id = c.period
        JOIN financials_journal_entry e ON e.date >= p.starts_on AND e.date <= p.ends_on AND e.recorded_at > c.recorded_at
        WHERE c.state = 'locked'
          AND NOT EXISTS (SELECT 1 FROM financials_period_change n
                          WHERE n.period = c.period AND n.id > c.id AND n.recorded_at <= e.recorded_at)
        ORDER BY e.id)sql",
        [&](const Late& late) {
            report({late.number, fmt::format("no entry in period {} recorded after {}", late.period, late.locked_at),
                    fmt::format("dated {}, recorded {}", late.date, late.recorded_at)});
        });
    snapshot.each<Late>(R"sql(
        SELECT p.name, p.starts_on, p.state, 0, 0 FROM financials_period p
        WHERE p.state <> coalesce((SELECT c.state FROM financials_period_change c WHERE c.period = p.id ORDER BY c.id DESC LIMIT 1), 'open'))sql",
                        [&](const Late& late) {
                            report({late.number, "the state its last change gave it", late.period});
                        });
}

struct Unmirrored {
    std::string  number{};
    std::string  original{};
    std::int64_t account    = 0;
    std::int64_t difference = 0;
};

void reversals(const Snapshot& snapshot, const Report& report) {
    snapshot.each<Unmirrored>(R"sql(
        SELECT r.number, o.number, l.account, sum(l.amount)
        FROM financials_journal_entry r
        JOIN financials_journal_entry o ON o.id = r.reverses
        JOIN financials_journal_line l ON l.entry = r.id OR l.entry = o.id
        GROUP BY r.id, r.number, o.number, l.account, l.party
        HAVING sum(l.amount) <> 0
        ORDER BY r.id)sql",
                              [&](const Unmirrored& row) {
                                  report({row.number, "the mirror image of " + row.original,
                                          fmt::format("a difference of {} on account {}",
                                                      Money{row.difference, snapshot.books().currency}, row.account)});
                              });
    snapshot.each<Unmirrored>(R"sql(
        SELECT min(r.number), o.number, count(r.id), 0 FROM financials_journal_entry r JOIN financials_journal_entry o ON o.id = r.reverses
        GROUP BY o.id, o.number HAVING count(r.id) > 1)sql",
                              [&](const Unmirrored& row) {
                                  report({row.original, "reversed once", fmt::format("{} reversals", row.account)});
                              });
}

}  // namespace ledger_checks

void declare_ledger_checks(tessera::Kernel& kernel) {
    kernel.check("financials.entry_balanced", "Every entry balances", ledger_checks::entry_balanced);
    kernel.check("financials.entry_numbers", "Entry numbers are without gaps", ledger_checks::entry_numbers);
    kernel.check("financials.hash_chain", "No entry was changed, added or removed afterwards",
                 ledger_checks::hash_chain);
    kernel.check("financials.locked_periods", "No entry was recorded in a locked period",
                 ledger_checks::locked_periods);
    kernel.check("financials.reversals", "Every reversal mirrors its original, once", ledger_checks::reversals);
}

}  // namespace financials
