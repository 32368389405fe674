#pragma once
// A company for the tests of this plugin: entries in one line, exports and imports as texts, other programs as judges.
//
//     Office office;
//     office.post("2026-01-31"_date, "Rent", {{"6050", "900.00"}, {"1010", "-900.00"}});
//     const auto text = office.exported(Syntax::hledger);
//     CHECK(office.judged("hledger -f {} check", "books.hledger", text) == "");

#include <journal_export/records.h>

#include <financials/periods.h>
#include <tessera/attachments.h>
#include <tessera/testing/company.h>

#include <doctest/doctest.h>

namespace journal_export::tests {

using tessera::Snapshot;
using tessera::Transaction;
using tessera::operator""_date;

inline constexpr Syntax all_syntaxes[] = {Syntax::hledger, Syntax::ledger, Syntax::beancount};

struct Side {
    std::string account{};   // code
    std::string amount{};    // debit positive
    std::string currency{};  // of foreign
    std::string foreign{};
    std::string memo{};
};

class Office {
public:
    explicit Office(tessera::testing::CompanyOptions options = {.modules = {"journal_export"}}) : company(std::move(options)) {
        for (int year = 2025; year <= 2027; ++year)
            if (!company.value<std::int64_t>("SELECT id FROM financials_fiscal_year WHERE starts_on = :day", Date(year, 1, 1)))
                company.insert(financials::FiscalYear{.starts_on = Date(year, 1, 1)});
    }

    Id<Account> account(std::string_view code) {
        return Id<Account>{company.value<std::int64_t>("SELECT id FROM financials_account WHERE code = :code", code).value()};
    }
    template <class T>
    Id<T> named(std::string_view table, std::string_view name) {
        return Id<T>{company.value<std::int64_t>(fmt::format("SELECT id FROM {} WHERE name = :name", table), name).value()};
    }

    // An entry as another module posts it: it may touch control accounts and hold amounts of other currencies.
    Id<financials::PostedEntry> post(Date date, std::string memo, const std::vector<Side>& sides, std::string journal = "general") {
        financials::JournalEntry entry{
            .date = date, .journal = std::move(journal), .memo = std::move(memo), .source = {"tests.document", 7, 0}};
        for (const auto& side : sides) {
            auto line    = financials::signed_line({}, company.money(side.amount));
            line.account = account(side.account);
            line.memo    = side.memo;
            if (!side.currency.empty()) {
                line.currency       = Currency::of(side.currency);
                line.foreign_amount = Money::parse(side.foreign, line.currency);
            }
            entry.lines.push_back(line);
        }
        Id<financials::PostedEntry> id;
        company.run([&](Transaction& tx) { id = tx.service<financials::Ledger>().post(tx, entry); });
        return id;
    }

    Id<Export> written(Export wanted) {
        const auto id = company.insert(wanted);
        company.transition(id, "write");
        return id;
    }
    std::string exported(Syntax syntax, Date first_day = {}, Date last_day = "2026-12-31"_date) {
        return file_of(written({.format = syntax, .first_day = first_day, .last_day = last_day}));
    }
    template <class Document>
    std::string file_of(Id<Document> id) {
        std::string text;
        company.read([&](const Snapshot& tx) {
            const auto files = tessera::attachments::of(tx, tx.source_of(tx.load(id)));
            REQUIRE(files.size() == 1);
            text = tessera::attachments::content(tx, files.front().id);
        });
        return text;
    }

    void attach(Id<Import> id, const std::string& text) {
        company.run([&](Transaction& tx) {
            const auto count = tessera::attachments::of(tx, tx.source_of(tx.load(id))).size();
            tessera::attachments::attach(tx, tx.source_of(tx.load(id)), {fmt::format("journal_{}.txt", count + 1), "text/plain", text});
        });
    }
    Id<Import> import(Syntax syntax, const std::string& text, std::string symbol = {}) {
        const auto id = company.insert(Import{.format = syntax, .symbol = std::move(symbol)});
        attach(id, text);
        company.transition(id, "check");
        return id;
    }
    // "3 unbalanced\n": the problems of a file that was checked.
    std::string problems(Id<Import> id) {
        std::string text;
        for (const auto& problem : company.load(id).problems)
            text += fmt::format("{} {}\n", problem.line, problem.code.substr(problem.code.find('.') + 1));
        return text;
    }
    std::string checked(Syntax syntax, const std::string& text) { return problems(import(syntax, text)); }

    std::int64_t count(std::string_view table) {
        return company.value<std::int64_t>(fmt::format("SELECT count(*) FROM {}", table)).value();
    }
    // All that was posted, a line each: "2026-01-31 Rent | 6050 900.00 | 1010 -900.00"
    std::string journal() {
        struct Row {
            std::int64_t entry = 0;
            Date         date{};
            std::string  memo{}, code{};
            Money        amount{};
        };
        std::string  text;
        std::int64_t last = 0;
        company.read([&](const Snapshot& tx) {
            tx.each<Row>(R"sql(SELECT e.id, e.date, e.memo, a.code, l.amount
                                 FROM financials_journal_entry e JOIN financials_journal_line l ON l.entry = e.id
                                 JOIN financials_account a ON a.id = l.account ORDER BY e.id, l.id)sql",
                         [&](const Row& row) {
                             if (row.entry != last) text += fmt::format("{}{} {}", last ? "\n" : "", row.date, row.memo);
                             last = row.entry;
                             text += fmt::format(" | {} {}", row.code, row.amount);
                         });
        });
        return text;
    }

    // What a program prints about a text, standard error included; the exit code is put before it unless it is 0.
    std::string judged(const std::string& command, const std::string& file_name, const std::string& text);
    // Runs a record command as the API does.
    std::int64_t run(tessera::RecordCommand command) { return company.suite().run(command).id; }

    tessera::testing::Company company;
};

}  // namespace journal_export::tests
