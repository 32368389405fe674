#include "services/line_matching.h"
#include "tests/office.h"

#include <financials/bank_statement.h>

#include <tessera/attachments.h>

#include <cstdlib>
#include <fstream>
#include <sstream>

using financials::testing::Office;
using namespace financials;
using namespace tessera;
using namespace tessera::literals;

namespace {

struct Bank {
    Office      office{};
    Id<Account> bank = office.account("1010");

    Money         usd(std::string_view amount) { return office.usd(amount); }
    BankStatement statement(const char* opening, const char* closing, std::vector<BankStatementLine> lines) {
        return {.bank_account = bank, .opening = usd(opening), .closing = usd(closing), .lines = std::move(lines)};
    }
    BankStatementLine line(Date date, const char* amount, std::string text = {}, Id<directory::Party> party = {}) {
        return {.date = date, .text = std::move(text), .amount = usd(amount), .party = party};
    }
    // With a file attached, read.
    Id<BankStatement> read(const std::string& bytes, std::string name = "bank.csv") {
        const auto id = office.company.insert(BankStatement{.bank_account = bank});
        attach(id, bytes, std::move(name));
        office.move(id, "read", "{}");
        return id;
    }
    void attach(Id<BankStatement> id, const std::string& bytes, std::string name) {
        office.company.run([&](Transaction& tx) {
            attachments::attach(tx, tx.source_of(tx.load(id)), {std::move(name), "text/plain", bytes});
        });
    }
    BankStatement load(Id<BankStatement> id) { return office.company.load(id); }
    std::string   lines(Id<BankStatement> id) {
          std::string text;
          const auto  statement = load(id);
          for (const auto& line : statement.lines) {
              text += fmt::format("{} {}: {} {}", line.position, line.amount, name_of(line.state), line.score);
              if (line.entry) text += " entry";
            for (const auto& match : statement.matches)
                if (match.position == line.position)
                    text += fmt::format(" {}={}{}", office.company.load(match.item).document, match.amount,
                                        match.discount.is_zero() ? "" : "+" + match.discount.str());
            text += "\n";
        }
          return text;
    }
    void change(Id<BankStatement> id, const std::function<void(BankStatement&)>& how) {
        office.company.run([&](Transaction& tx) {
            auto statement = tx.load(id);
            how(statement);
            tx.save(statement);
        });
    }
};

}  // namespace

// tryton account_statement scenario_account_statement.rst (O25)
TEST_CASE("bank statement: customers pay in part, a credit is paid back, a supplier is paid, and it all ties (O25)") {
    Bank       bank;
    auto&      office   = bank.office;
    const auto customer = office.customer("Bike World"), supplier = office.supplier("Superior Bicycles");
    const auto first  = office.sale(customer, "S-1", "2026-01-02"_date, "2026-02-01"_date, "100.00");
    const auto second = office.sale(customer, "S-2", "2026-01-03"_date, "2026-02-02"_date, "150.00");
    const auto credit = office.sale(customer, "SC-1", "2026-01-04"_date, "2026-01-04"_date, "-50.00");
    const auto bill   = office.invoice(supplier, "I-1", "2026-01-04"_date, "2026-02-03"_date, "50.00");
    auto       statement =
        bank.statement("0.00", "80.00",
                       {bank.line("2026-01-10"_date, "180.00", "", customer), bank.line("2026-01-11"_date, "-50.00", "", customer),
                        bank.line("2026-01-12"_date, "-60.00", "", supplier)});
    statement.matches = {{.position = 1, .item = first, .amount = office.usd("100.00")},
                         {.position = 1, .item = second, .amount = office.usd("80.00")},
                         {.position = 2, .item = credit, .amount = office.usd("-50.00")},
                         {.position = 3, .item = bill, .amount = office.usd("50.00")}};
    const auto id     = office.company.insert(statement);
    CHECK(bank.load(id).number == "BS-2026-00001");
    CHECK(bank.load(id).ends_on == "2026-01-12"_date);
    CHECK(office.move_refusal(id, "post") == "financials.statement_differs");
    bank.change(id, [&](BankStatement& changed) { changed.lines[2].amount = office.usd("-50.00"); });
    office.move(id, "post", "{}");
    CHECK(office.open(first).is_zero());
    CHECK(office.open(second).str() == "70.00");
    CHECK(office.open(credit).is_zero());
    CHECK(office.open(bill).is_zero());
    CHECK(office.balance("1010") == "80.00");
    CHECK(office.company.verify() == "");

    const auto differs = office.company.insert(bank.statement("50.00", "150.00", {bank.line("2026-01-20"_date, "60.00", "", customer)}));
    CHECK(office.move_refusal(differs, "post") == "financials.statement_differs");
    bank.change(differs, [&](BankStatement& changed) { changed.lines.push_back(bank.line("2026-01-21"_date, "40.00", "", customer)); });
    CHECK(office.move_refusal(differs, "post") == "financials.statement_gap");
    bank.change(differs, [&](BankStatement& changed) {
        changed.opening = office.usd("80.00");
        changed.closing = office.usd("180.00");
    });
    office.move(differs, "post", "{}");
    CHECK(office.balance("1010") == "180.00");

    CHECK(office.move_refusal(id, "reverse", R"({"reason":"Wrong account"})") == "financials.later_statement_posted");
    office.move(differs, "reverse", R"({"reason":"Wrong account"})");
    office.move(id, "reverse", R"({"reason":"Wrong account"})");
    CHECK(office.balance("1010") == "0.00");
    CHECK(office.open(first).str() == "100.00");
    CHECK(office.open(credit).str() == "-50.00");
    CHECK(office.open(bill).str() == "50.00");
    CHECK(office.company.verify() == "");
}

TEST_CASE("bank statement: an invoice used in two drafts is warned of, and freed from the other (O25)") {
    Bank       bank;
    auto&      office   = bank.office;
    const auto customer = office.customer("Bike World");
    const auto invoice  = office.sale(customer, "S-1", "2026-01-02"_date, "2026-02-01"_date, "100.00");
    const auto one      = office.company.insert(bank.statement("0.00", "100.00", {bank.line("2026-01-10"_date, "100.00", "S-1")}));
    const auto two      = office.company.insert(bank.statement("100.00", "200.00", {bank.line("2026-01-11"_date, "100.00", "S-1")}));
    office.move(one, "propose", "{}");
    office.move(two, "propose", "{}");
    CHECK(bank.lines(one) == "1 100.00: proposed 80 S-1=100.00\n");
    CHECK(bank.lines(two) == "1 100.00: proposed 80 S-1=100.00\n");
    CHECK(bank.load(one).lines[0].warning == "");
    CHECK(bank.load(two).lines[0].warning == "S-1 is matched in BS-2026-00001 too");
    office.move(one, "post", "{}");
    CHECK(bank.lines(two) == "1 100.00: open 0\n");
    CHECK(bank.load(two).lines[0].warning == "What it paid has been paid by BS-2026-00001");
    CHECK(office.open(invoice).is_zero());
    CHECK(office.move_refusal(two, "post") == "financials.line_unassigned");
    CHECK(office.company.verify() == "");
}

TEST_CASE("bank statement: each line gets its best match, and why") {
    Bank       bank;
    auto&      office   = bank.office;
    const auto customer = office.customer("Bike World Ltd"), other = office.customer("Alpine"),
               supplier = office.supplier("Superior Bicycles");
    office.company.insert(directory::BankAccount{.party = other, .holder = "Alpine", .account_number = "DE89370400440532013000"});
    const DocumentTerms terms{.discount             = office.usd("20.00"),
                              .discount_until       = "2026-01-15"_date,
                              .discount_grace_until = "2026-01-15"_date,
                              .tolerance            = office.usd("5.00")};
    office.sale(customer, "S-1", "2026-01-02"_date, "2026-02-01"_date, "1000.00", "0.00", terms);
    office.sale(customer, "S-2", "2026-01-03"_date, "2026-02-02"_date, "77.00");
    office.sale(other, "S-3", "2026-01-03"_date, "2026-02-02"_date, "300.00");
    office.sale(other, "S-4", "2026-01-03"_date, "2026-03-02"_date, "55.00");
    office.invoice(supplier, "I-1", "2026-01-03"_date, "2026-02-02"_date, "64.00");
    Payment paid{.party = supplier, .date = "2026-01-08"_date, .on_account = office.usd("12.00")};
    office.company.run([&](Transaction& tx) {
        tx.insert(paid);
        tx.transition(paid.id, "post");
    });
    auto lines              = std::vector{bank.line("2026-01-10"_date, "980.00", "Inv S 1"),
                             bank.line("2026-01-10"_date, "120.00"),
                             bank.line("2026-01-10"_date, "77.00"),
                             bank.line("2026-01-10"_date, "-64.00"),
                             bank.line("2026-01-10"_date, "-12.00"),
                             bank.line("2026-01-10"_date, "3.33", "Interest")};
    lines[1].account_number = "DE89 3704 0044 0532 0130 00";
    lines[1].counterparty   = "ALPINE GmbH";
    const auto id           = office.company.insert(bank.statement("0.00", "1104.33", lines));
    office.move(id, "propose", "{}");
    CHECK(bank.lines(id) ==
          "1 980.00: proposed 80 S-1=980.00+20.00\n"
          "2 120.00: proposed 45 S-3=120.00\n"
          "3 77.00: proposed 40 S-2=77.00\n"
          "4 -64.00: proposed 40 I-1=64.00\n"
          "5 -12.00: proposed 60 entry\n"
          "6 3.33: open 0\n");
    const auto statement = bank.load(id);
    CHECK(statement.lines[0].reasons == "amount less discount in time, document number");
    CHECK(statement.lines[1].reasons == "bank account, name");
    CHECK(statement.lines[4].reasons == "amount, day of what is booked");
    CHECK(office.move_refusal(id, "post") == "financials.line_unassigned");
    bank.change(id, [&](BankStatement& changed) { changed.lines[5].account = office.account("4010"); });
    office.move(id, "post", "{}");
    CHECK(office.balance("1010") == "1104.33");
    CHECK(office.balance("4010") == "-3.33");
    CHECK(office.company.verify() == "");
}

TEST_CASE("bank statement: who may post it may make its payments") {
    Bank          bank;
    const auto    customer = bank.office.customer("Bike World");
    const auto    id = bank.office.company.insert(bank.statement("0.00", "5.00", {bank.line("2026-01-10"_date, "5.00", "", customer)}));
    RecordCommand command{
        .verb = RecordCommand::Verb::transition, .entity = "financials.bank_statement", .id = id.value, .transition = "post"};
    command.info.actor = {.name = "clerk", .permissions = Permissions::of({"*.read", "financials.bank"})};
    CHECK_THROWS_AS(bank.office.company.suite().run(command), Refused);
    CHECK(bank.office.balance("1010") == "0.00");
}

TEST_CASE("bank statement: who reverses it may undo what its lines made") {
    Bank       bank;
    auto&      office   = bank.office;
    const auto customer = office.customer("Bike World"), supplier = office.supplier("Superior Bicycles");
    const auto bill = office.invoice(supplier, "I-1", "2026-01-04"_date, "2026-02-03"_date, "50.00");
    const auto as   = [&](Id<BankStatement> id, std::initializer_list<std::string> permissions) {
        RecordCommand command{.verb       = RecordCommand::Verb::transition,
                              .entity     = "financials.bank_statement",
                              .id         = id.value,
                              .body       = R"({"reason":"Wrong account"})",
                              .transition = "reverse"};
        command.info.actor = {.name = "clerk", .permissions = Permissions::of(permissions)};
        try {
            office.company.suite().run(command);
        } catch (const Refused& refused) {
            return std::string(refused.code());
        }
        return std::string();
    };
    auto statement    = bank.statement("0.00", "-45.00", {bank.line("2026-01-10"_date, "5.00", "", customer), bank.line("2026-01-12"_date, "-50.00", "", supplier)});
    statement.matches = {{.position = 2, .item = bill, .amount = office.usd("50.00")}};
    const auto paying = office.company.insert(statement);
    office.move(paying, "post", "{}");
    CHECK(as(paying, {"*.read", "financials.bank"}) == "kernel.not_permitted");
    CHECK(as(paying, {"*.read", "financials.bank", "financials.collect"}) == "kernel.not_permitted");
    CHECK(as(paying, {"*.read", "financials.bank", "financials.pay"}) == "kernel.not_permitted");
    CHECK(office.balance("1010") == "-45.00");
    CHECK(as(paying, {"*.read", "financials.bank", "financials.collect", "financials.pay"}) == "");
    CHECK(office.balance("1010") == "0.00");

    auto charge             = bank.line("2026-01-10"_date, "-5.00", "Fee");
    charge.account          = office.account("6500");
    const auto only_charges = office.company.insert(bank.statement("0.00", "-5.00", {charge}));
    office.move(only_charges, "post", "{}");
    CHECK(as(only_charges, {"*.read", "financials.bank"}) == "");
    CHECK(office.company.verify() == "");
}

TEST_CASE("bank statement: what a supplier pays back takes its credits") {
    Bank       bank;
    auto&      office   = bank.office;
    const auto supplier = office.supplier("Superior Bicycles");
    const auto credit   = office.invoice(supplier, "C-1", "2026-01-04"_date, "2026-01-04"_date, "-50.00");
    const auto id       = office.company.insert(bank.statement("0.00", "50.00", {bank.line("2026-01-12"_date, "50.00", "Refund of C-1")}));
    office.move(id, "propose", "{}");
    CHECK(bank.lines(id) == "1 50.00: proposed 80 C-1=-50.00\n");
    office.move(id, "post", "{}");
    CHECK(office.open(credit).is_zero());
    CHECK(office.balance("1010") == "50.00");
    CHECK(office.balance("2010") == "0.00");
    const auto refund = office.company.load(bank.load(id).lines[0].payment);
    CHECK(refund.refund);
    CHECK(refund.total.str() == "-50.00");
    CHECK(office.company.load(refund.entry).memo == "Refund PAY-2026-00001 of Superior Bicycles");
    CHECK(office.company.verify() == "");
    office.move(id, "reverse", R"({"reason":"Wrong account"})");
    CHECK(office.open(credit).str() == "-50.00");
    CHECK(office.balance("2010") == "50.00");
    CHECK(office.company.verify() == "");

    const auto bill  = office.invoice(supplier, "I-1", "2026-01-04"_date, "2026-02-03"_date, "30.00");
    const auto typed = [&](std::vector<BankStatementMatch> matches) {
        auto statement    = bank.statement("0.00", "50.00", {bank.line("2026-01-12"_date, "50.00", "", supplier)});
        statement.matches = std::move(matches);
        return office.company.insert(statement);
    };
    CHECK(office.move_refusal(typed({{.position = 1, .item = bill, .amount = office.usd("30.00")}}), "post") == "financials.line_overmatched");
    CHECK(office.move_refusal(typed({{.position = 1, .item = credit, .amount = office.usd("-40.00")}}), "post") == "financials.line_overmatched");
    const auto more = office.invoice(supplier, "C-2", "2026-01-04"_date, "2026-01-04"_date, "-30.00");
    office.move(typed({{.position = 1, .item = credit, .amount = office.usd("-50.00")},
                       {.position = 1, .item = more, .amount = office.usd("-30.00")},
                       {.position = 1, .item = bill, .amount = office.usd("30.00")}}),
                "post", "{}");
    CHECK(office.balance("2010") == "0.00");
    CHECK(office.company.verify() == "");
}

TEST_CASE("bank statement: read from a file, once, without what was read before") {
    Bank       bank;
    auto&      office = bank.office;
    const auto charge = office.account("6500");
    const auto empty  = office.company.insert(BankStatement{.bank_account = bank.bank});
    CHECK(office.move_refusal(empty, "read") == "financials.no_statement_file");
    const auto first =
        bank.read("date,amount,balance,description\n2026-01-10,-5.00,95.00,Fee\n2026-01-11,-5.00,90.00,Fee\n2026-01-11,-5.00,85.00,Fee\n");
    CHECK(bank.load(first).opening.str() == "100.00");
    CHECK(bank.load(first).closing.str() == "85.00");
    CHECK(bank.lines(first) == "1 -5.00: open 0\n2 -5.00: open 0\n3 -5.00: open 0\n");
    bank.change(first, [&](BankStatement& changed) {
        for (auto& line : changed.lines) line.account = charge;
    });
    office.move(first, "post", "{}");
    CHECK(office.balance("6500") == "15.00");

    const auto second = bank.read("date,amount,balance,description\n2026-01-11,-5.00,85.00,Fee\n2026-01-12,-7.00,78.00,Fee\n");
    CHECK(bank.lines(second) == "1 -5.00: duplicate 0\n2 -7.00: open 0\n");
    bank.change(second, [&](BankStatement& changed) { changed.lines[1].account = charge; });
    office.move(second, "post", "{}");
    CHECK(office.balance("6500") == "22.00");
    CHECK(office.balance("1010") == "-22.00");
    CHECK(office.company.verify() == "");
}

TEST_CASE("bank statement: an unreadable file loses nothing, and names the line") {
    Bank       bank;
    auto&      office = bank.office;
    const auto id     = bank.read("date,amount\n2026-01-10,5.00\n");
    bank.attach(id, "date,amount\n2026-01-10,5.00\n2026-01-11,x\n", "worse.csv");
    CHECK(office.move_refusal(id, "read") == "financials.statement_unreadable");
    CHECK(bank.lines(id) == "1 5.00: open 0\n");
    CHECK(bank.load(id).file == "bank.csv");
    bank.attach(id, "date,amount\n2026-01-10,5.005\n", "finer.csv");
    CHECK(office.move_refusal(id, "read") == "financials.statement_unreadable");
}

TEST_CASE("bank statement: the file of another account is refused, and so are statements that leave something out") {
    Bank       bank;
    auto&      office = bank.office;
    const auto mt940  = [](const char* account, const char* opening, const char* closing, const char* amount) {
        return fmt::format(":20:X\n:25:{}\n:60F:C260110USD{}\n:61:2601100110C{},NTRFNONREF//{}\n:62F:C260110USD{}\n-\n", account, opening,
                            amount, opening, closing);
    };
    const auto first = bank.read(mt940("111/2", "0,", "5,", "5"), "a.sta");
    CHECK(bank.load(first).account_number == "111/2");
    bank.change(first, [&](BankStatement& changed) { changed.lines[0].account = office.account("4010"); });
    office.move(first, "post", "{}");
    const auto id = office.company.insert(BankStatement{.bank_account = bank.bank});
    bank.attach(id, mt940("999/9", "5,", "9,", "4"), "b.sta");
    CHECK(office.move_refusal(id, "read") == "financials.statement_of_other_account");
    bank.attach(id, mt940("111/2", "5,", "9,", "4") + mt940("111/2", "10,", "12,", "2"), "c.sta");
    CHECK(office.move_refusal(id, "read") == "financials.statements_apart");
    bank.attach(id, mt940("111/2", "5,", "9,", "4") + mt940("111 2", "9,", "11,", "2"), "d.sta");
    office.move(id, "read", "{}");
    CHECK(bank.load(id).closing.str() == "11.00");
    CHECK(bank.load(id).lines.size() == 2);
}

TEST_CASE("bank statement: every camt file of others is read, and posted only when it balances") {
    const auto* named = std::getenv("TESSERA_SHARED_DIR");
    const auto  files = std::filesystem::path(named ? named : TESSERA_SHARED_DIR) / "data" / "bank" / "camt-genkgo";
    const auto  text  = [&](const char* name) {
        std::ifstream      file(files / name, std::ios::binary);
        std::ostringstream bytes;
        bytes << file.rdbuf();
        return bytes.str();
    };
    for (const auto& [name, code] :
         {std::pair("camt053.v2.multi.statement.xml", ""), std::pair("camt053.v2.minimal.xml", "financials.statement_differs"),
          std::pair("camt053.v3.xml", "financials.statement_differs"), std::pair("camt053.v8.xml", "financials.statement_differs")}) {
        CAPTURE(name);
        Bank bank;
        bank.office.company.insert(directory::ExchangeRate{
            .base = Currency::of("USD"), .quote = Currency::of("EUR"), .date = "2014-01-01"_date, .rate = Rate::parse("1")});
        for (const int year : {2014, 2015})
            if (!bank.office.company.value<std::int64_t>("SELECT id FROM financials_fiscal_year WHERE starts_on = :day", Date(year, 1, 1)))
                bank.office.company.insert(FiscalYear{.starts_on = Date(year, 1, 1)});
        const auto id = bank.read(text(name), name);
        CHECK(bank.load(id).currency == Currency::of("EUR"));
        bank.change(id, [&](BankStatement& changed) {
            for (auto& line : changed.lines) line.account = bank.office.account("4010");
        });
        CHECK(bank.office.move_refusal(id, "post") == code);
    }
    Bank       bank;
    const auto notice = bank.office.company.insert(BankStatement{.bank_account = bank.bank});
    bank.attach(notice, text("camt054.v4.xml"), "notice.xml");
    CHECK(bank.office.move_refusal(notice, "read") == "financials.statement_is_notice");
}
