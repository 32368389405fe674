#pragma once
// A company with the shipped chart, for the tests of this module: accounts by their codes, entries in one line.

#include <financials/manual_entry.h>
#include <financials/payment.h>
#include <financials/periods.h>

#include <tessera/testing/company.h>

#include <doctest/doctest.h>

namespace financials::testing {

using namespace tessera;

struct Side {
    std::string          account{};  // code, or the name of a role
    std::string          debit{};
    std::string          credit{};
    Id<directory::Party> party{};
};

class Office {
public:
    explicit Office(std::string chart = {}, std::string currency = "USD")
        : company(tessera::testing::CompanyOptions{.modules = {"financials"}, .currency = currency, .chart = chart}) {
        // A new company's years follow the clock; the tests are about these.
        for (int year = 2025; year <= 2027; ++year)
            if (!company.value<std::int64_t>("SELECT id FROM financials_fiscal_year WHERE starts_on = :day",
                                             Date(year, 1, 1)))
                company.insert(FiscalYear{.starts_on = Date(year, 1, 1)});
    }

    Money       usd(std::string_view amount) { return company.money(amount); }
    Id<Account> account(std::string_view code) {
        return Id<Account>{
            company.value<std::int64_t>("SELECT id FROM financials_account WHERE code = :code", code).value()};
    }
    Id<Period> period(std::string_view name) {
        return Id<Period>{
            company.value<std::int64_t>("SELECT id FROM financials_period WHERE name = :name", name).value()};
    }
    Id<FiscalYear> year(std::string_view name) {
        return Id<FiscalYear>{
            company.value<std::int64_t>("SELECT id FROM financials_fiscal_year WHERE name = :name", name).value()};
    }
    Id<directory::Party> supplier(std::string name) {
        return company.insert(directory::Party{.name = std::move(name), .supplier = true});
    }

    JournalEntry entry(Date date, std::string memo, const std::vector<Side>& sides) {
        JournalEntry result{.date = date, .memo = std::move(memo)};
        for (const auto& side : sides) {
            Line line{.debit  = side.debit.empty() ? Money{} : usd(side.debit),
                      .credit = side.credit.empty() ? Money{} : usd(side.credit),
                      .party  = side.party};
            if (side.account.find('.') == std::string::npos)
                line.account = account(side.account);
            else
                line.role = side.account;
            result.lines.push_back(std::move(line));
        }
        return result;
    }
    Id<PostedEntry> post(Date date, std::string memo, const std::vector<Side>& sides) {
        const auto      posting = entry(date, std::move(memo), sides);
        Id<PostedEntry> id;
        company.run([&](Transaction& tx) { id = tx.service<Ledger>().post(tx, posting); });
        return id;
    }
    std::string refusal(Date date, const std::vector<Side>& sides) {
        const auto posting = entry(date, "Test", sides);
        return company.refusal([&](Transaction& tx) { tx.service<Ledger>().post(tx, posting); });
    }
    // What a vendor invoice does to the ledger: net to expense, tax to input tax, the whole to payables and an open item.
    Id<OpenItem> invoice(Id<directory::Party> party, std::string document, Date date, Date due_on, std::string net,
                         std::string tax = "0.00") {
        Id<OpenItem> item;
        company.run([&](Transaction& tx) {
            const auto   whole = usd(net) + usd(tax);
            const Source source{"test.invoice", ++invoices_, 0};
            JournalEntry posting{.date = date, .journal = "purchases", .memo = "Invoice " + document, .source = source};
            posting.lines = {signed_line("financials.rounding", usd(net)),
                             signed_line("financials.input_tax", usd(tax)),
                             signed_line("financials.payable", -whole, party)};
            tx.service<Ledger>().post(tx, posting);
            item = tx.service<Payables>().open(tx,
                                               {.party = party,
                                                .kind = whole.is_negative() ? ItemKind::credit_note : ItemKind::invoice,
                                                .document      = document,
                                                .date          = date,
                                                .due_on        = due_on,
                                                .amount        = whole,
                                                .source_entity = source.entity,
                                                .source_id     = source.id});
        });
        return item;
    }
    Money       open(Id<OpenItem> item) { return company.load(item).open_amount; }
    std::string balance(std::string_view code) {
        std::string text;
        company.read([&](const Snapshot& tx) { text = tx.service<Ledger>().balance(tx, account(code)).str(); });
        return text;
    }
    // Runs a transition with its input, as the API does.
    template <class T>
    void move(Id<T> id, std::string transition, std::string body, Date date = {}) {
        RecordCommand command{.verb       = RecordCommand::Verb::transition,
                              .id         = id.value,
                              .body       = std::move(body),
                              .transition = std::move(transition)};
        company.read([&](const Snapshot& tx) { command.entity = std::string(tx.entity_name(typeid(T))); });
        command.info.business_date = date;
        company.suite().run(command);
    }
    template <class T>
    std::string move_refusal(Id<T> id, std::string transition, std::string body = "{}") {
        try {
            move(id, std::move(transition), std::move(body));
        } catch (const Refused& refused) {
            return refused.code();
        }
        return {};
    }
    std::string row(std::string_view report, std::string_view start, const Suite::ParameterTexts& parameters = {}) {
        const auto text = company.report(report, parameters);
        for (std::size_t at = 0; at < text.size();) {
            const auto end  = text.find('\n', at);
            const auto line = text.substr(at, end - at);
            if (line.starts_with(start)) return line;
            at = end + 1;
        }
        return {};
    }

    tessera::testing::Company company;

private:
    std::int64_t invoices_ = 0;
};

}  // namespace financials::testing
