#pragma once
// A company with the shipped chart, for the tests of this module: accounts by their codes, entries in one line.

#include <financials/manual_entry.h>
#include <financials/payment.h>
#include <financials/payment_terms.h>
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

    Id<directory::Party> customer(std::string name) {
        return company.insert(directory::Party{.name = std::move(name), .customer = true});
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
        return document_of({.side = ItemSide::payable, .party = party, .document = document, .date = date, .due_on = due_on},
                           usd(net), usd(tax), "financials.input_tax", "financials.payable");
    }
    // What a customer invoice does: net to revenue, tax to output tax, the whole to receivables and an open item.
    Id<OpenItem> sale(Id<directory::Party> party, std::string document, Date date, Date due_on, std::string net,
                      std::string tax = "0.00", DocumentTerms terms = {}) {
        return document_of({.side                 = ItemSide::receivable,
                            .party                = party,
                            .document             = document,
                            .date                 = date,
                            .due_on               = due_on,
                            .discount             = terms.discount,
                            .discount_until       = terms.discount_until,
                            .discount_grace_until = terms.discount_grace_until,
                            .tolerance            = terms.tolerance},
                           usd(net), usd(tax), "financials.output_tax", "financials.receivable");
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
    Id<OpenItem> document_of(OpenItem item, Money net, Money tax, const char* tax_role, const char* control_role) {
        Id<OpenItem> id;
        company.run([&](Transaction& tx) {
            const auto   whole = net + tax;
            const Source source{"test.invoice", ++invoices_, 0};
            const bool   ours = item.side == ItemSide::payable;
            JournalEntry posting{.date = item.date, .journal = ours ? "purchases" : "sales", .memo = "Invoice " + item.document, .source = source};
            posting.lines = {signed_line(ours ? "financials.rounding" : "financials.exchange_difference", ours ? net : -net),
                             signed_line(tax_role, ours ? tax : -tax), signed_line(control_role, ours ? -whole : whole, item.party)};
            tx.service<Ledger>().post(tx, posting);
            item.kind          = whole.is_negative() ? ItemKind::credit_note : ItemKind::invoice;
            item.amount        = whole;
            item.source_entity = source.entity;
            item.source_id     = source.id;
            id                 = tx.service<OpenItems>().open(tx, item);
        });
        return id;
    }

    std::int64_t invoices_ = 0;
};

}  // namespace financials::testing
