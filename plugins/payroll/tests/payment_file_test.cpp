#include "payment_file/iban.h"
#include "payment_file/latin_text.h"
#include "tests/workshop.h"

#include <tessera/attachments.h>

#include <doctest/doctest.h>

#include <set>

using namespace payroll;
using namespace tessera::literals;
using tessera::Transaction;

namespace {

// Reads XML of elements, attributes and text; refuses what is not well-formed. Gives the texts of the elements by their path.
class Elements {
public:
    explicit Elements(std::string_view xml) {
        REQUIRE(xml.starts_with("<?xml version=\"1.0\" encoding=\"UTF-8\"?>"));
        xml.remove_prefix(xml.find("?>") + 2);
        for (auto open = xml.find('<'); open != std::string_view::npos; open = xml.find('<')) {
            const auto text = xml.substr(0, open), tag = xml.substr(open + 1, xml.find('>') - open - 1);
            REQUIRE(text.find_first_of("&>") == std::string_view::npos);
            if (tag.starts_with('/')) close(tag.substr(1), text);
            else path_.push_back(std::string(tag.substr(0, tag.find(' '))));
            xml.remove_prefix(xml.find('>') + 1);
        }
        REQUIRE(path_.empty());
    }
    std::vector<std::string> of(const std::string& path) const {
        std::vector<std::string> texts;
        for (const auto& [at, text] : texts_)
            if (at.ends_with(path)) texts.push_back(text);
        return texts;
    }
    std::string one(const std::string& path) const {
        const auto texts = of(path);
        REQUIRE(texts.size() == 1);
        return texts.front();
    }

private:
    void close(std::string_view name, std::string_view text) {
        REQUIRE(!path_.empty());
        REQUIRE(path_.back() == name);
        texts_.emplace_back(fmt::format("/{}", fmt::join(path_, "/")), text);
        path_.pop_back();
    }
    std::vector<std::string>                         path_{};
    std::vector<std::pair<std::string, std::string>> texts_{};
};

Id<PayingAccount> bank_of(Workshop& shop) {
    return shop.company.insert(
        PayingAccount{.name = "Wages", .holder = "Acme & Söhne", .iban = "FR14 2004 1010 0505 0001 3M02 606", .bic = "PSSTFRPPPAR"});
}

std::string made(Workshop& shop, Id<Run> run, const char* input = R"({"pay_from": "Wages"})") {
    return shop.move(run, "make_payment_file", input);
}

std::vector<tessera::attachments::Attachment> files_of(Workshop& shop, Id<Run> run) {
    std::vector<tessera::attachments::Attachment> files;
    shop.company.read([&](const tessera::Snapshot& tx) { files = tessera::attachments::of(tx, {"payroll.run", run.value}); });
    return files;
}

std::string content_of(Workshop& shop, Id<tessera::attachments::Attachment> file) {
    std::string content;
    shop.company.read([&](const tessera::Snapshot& tx) { content = tessera::attachments::content(tx, file); });
    return content;
}

void change_account(Workshop& shop, Id<Employee> employee, const std::function<void(directory::BankAccount&)>& change) {
    shop.company.run([&](Transaction& tx) {
        auto account = tx.load(tx.load(employee).bank_account);
        change(account);
        tx.save(account);
    });
}

}  // namespace

TEST_CASE("IBAN: it proves itself") {
    for (const char* sound : {"DE89370400440532013000", "GB82WEST12345698765432", "FR1420041010050500013M02606", "NL91ABNA0417164300",
                              "NO9386011117947", "MT84MALT011000012345MTLCAST001S"})
        CHECK(iban_is_sound(sound));
    for (const char* wrong : {"DE89370400440532013001", "DE98370400440532013000", "DE8937040044053201300", "D189370400440532013000",
                              "DEA9370400440532013000", "", "DE89-370400440532013000"})
        CHECK(!iban_is_sound(wrong));
    CHECK(compact_iban("de89 3704 0044 0532 0130 00") == "DE89370400440532013000");
    CHECK(bic_is_sound("COBADEFF"));
    CHECK(bic_is_sound("COBADEFFXXX"));
    for (const char* wrong : {"COBADEF", "COBADEFFXX", "C0BADEFF", "cobadeff", ""}) CHECK(!bic_is_sound(wrong));
}

TEST_CASE("latin text: accents go, what banks do not take is written otherwise or not at all") {
    CHECK(latin_text("Zoë Müller & Søn", 70) == "Zoe Muller + Son");
    CHECK(latin_text("Strauß, Ærø <Łódź>", 70) == "Strauss, AEro (Lodz)");
    CHECK(latin_text("a/b//c", 70) == "a-b--c");
    CHECK(latin_text("O’Neill \"Pat\"", 70) == "O'Neill 'Pat'");
    CHECK(latin_text("four more", 5) == "four");
    CHECK(!latin_text("Ωmega", 70));
    CHECK(!latin_text("張", 70));
}

TEST_CASE("payment file: it pays everybody's net pay, and its sum is what the ledger owes") {
    Workshop   shop;
    const auto january = shop.paid("2026-01");
    bank_of(shop);
    REQUIRE(made(shop, january) == "");
    const auto files = files_of(shop, january);
    REQUIRE(files.size() == 1);
    CHECK(files[0].name == "PR-2026-00001-1.xml");
    CHECK(files[0].media_type == "application/xml");
    const auto xml = content_of(shop, files[0].id);
    CHECK(xml.find("<Document xmlns=\"urn:iso:std:iso:20022:tech:xsd:pain.001.001.09\">") != std::string::npos);

    const Elements elements(xml);
    const auto     owed = -*shop.company.value<Money>("SELECT sum(amount) FROM payroll_posting WHERE role = 'payroll.net_pay_payable'");
    CHECK(owed.str() == "4080.29");
    CHECK(elements.one("/GrpHdr/CtrlSum") == owed.str());
    CHECK(elements.one("/PmtInf/CtrlSum") == owed.str());
    CHECK(elements.one("/GrpHdr/NbOfTxs") == "2");
    CHECK(elements.one("/GrpHdr/MsgId") == "PR-2026-00001-1");
    CHECK(elements.one("/GrpHdr/CreDtTm").size() == 20);
    CHECK(elements.one("/PmtInf/PmtMtd") == "TRF");
    CHECK(elements.one("/CtgyPurp/Cd") == "SALA");
    CHECK(elements.one("/ReqdExctnDt/Dt") == "2026-06-15");  // the pay date is over
    CHECK(elements.one("/Dbtr/Nm") == "Acme + Sohne");
    CHECK(elements.one("/DbtrAcct/Id/IBAN") == "FR1420041010050500013M02606");
    CHECK(elements.one("/DbtrAgt/FinInstnId/BICFI") == "PSSTFRPPPAR");
    CHECK(elements.of("/CdtTrfTxInf/PmtId/EndToEndId") == std::vector<std::string>{"PR-2026-00001-E1", "PR-2026-00001-E2"});
    CHECK(elements.of("/CdtTrfTxInf/Amt/InstdAmt") == std::vector<std::string>{"2757.65", "1322.64"});
    CHECK(elements.of("/CdtTrfTxInf/Cdtr/Nm") == std::vector<std::string>{"Ann Archer", "Bob Bjork"});
    CHECK(elements.of("/CdtrAcct/Id/IBAN") == std::vector<std::string>{"DE89370400440532013000", "NL91ABNA0417164300"});
    CHECK(elements.of("/CdtrAgt/FinInstnId/BICFI") == std::vector<std::string>{"COBADEFFXXX", "COBADEFFXXX"});
    CHECK(elements.of("/RmtInf/Ustrd")[1] == "Pay from 2026-01-01 to 2026-01-31, PR-2026-00001-E2");
}

TEST_CASE("payment file: another is made only when somebody says so, and none of a run that is not posted") {
    Workshop   shop;
    const auto january = shop.run("2026-01");
    bank_of(shop);
    CHECK(made(shop, january) == "kernel.wrong_state");
    REQUIRE(shop.pay(january) == "");
    CHECK(made(shop, january, "{}") == "kernel.required");
    CHECK(made(shop, january) == "");
    CHECK(made(shop, january) == "payroll.file_made_already");
    CHECK(made(shop, january, R"({"pay_from": "Wages", "another": true})") == "");
    CHECK(files_of(shop, january).back().name == "PR-2026-00001-2.xml");
    CHECK(shop.move(january, "reverse", R"({"reason": "Wrong"})") == "");
    CHECK(made(shop, january, R"({"pay_from": "Wages", "another": true})") == "kernel.wrong_state");
}

TEST_CASE("payment file: nobody is paid to an account that is not known, proven and confirmed") {
    Workshop   shop;
    const auto january = shop.paid("2026-01");
    bank_of(shop);
    const auto account = shop.company.load(shop.ann).bank_account;
    shop.change(shop.ann, [](Employee& ann) { ann.bank_account = {}; });
    CHECK(made(shop, january) == "payroll.no_bank_account");
    CHECK(shop.sentence() == "To pay Ann Archer (E1), choose a bank account for the employee.");
    shop.change(shop.ann, [&](Employee& ann) { ann.bank_account = account; });

    change_account(shop, shop.ann, [](directory::BankAccount& a) { a.active = false; });
    CHECK(made(shop, january) == "payroll.account_on_hold");
    change_account(shop, shop.ann, [](directory::BankAccount& a) { a.active = true, a.state = directory::BankAccountState::pending; });
    CHECK(made(shop, january) == "payroll.account_on_hold");
    change_account(shop, shop.ann,
                   [](directory::BankAccount& a) { a.state = directory::BankAccountState::confirmed, a.payable_from = "2026-06-16"_date; });
    CHECK(made(shop, january) == "payroll.account_on_hold");  // today is 15 June
    change_account(shop, shop.ann, [](directory::BankAccount& a) { a.account_number = "0532013000"; });
    CHECK(made(shop, january) == "payroll.not_an_iban");
    change_account(shop, shop.ann, [](directory::BankAccount& a) { a.account_number = "GB82 WEST 1234 5698 7654 32", a.holder = "Ωmega"; });
    CHECK(made(shop, january) == "payroll.not_payable_text");
    change_account(shop, shop.ann, [](directory::BankAccount& a) { a.holder = "Anna Archer"; });
    CHECK(made(shop, january) == "");
    CHECK(Elements(content_of(shop, files_of(shop, january)[0].id)).of("/Cdtr/Nm")[0] == "Anna Archer");
    CHECK(shop.company.load(january).payment_files == 1);
}

TEST_CASE("payment file: banks take whole cents, and a file has something in it") {
    SUBCASE("books of four decimals") {
        Workshop   shop(4);
        const auto january = shop.paid("2026-01");
        bank_of(shop);
        CHECK(made(shop, january) == "payroll.not_payable_amount");
        shop.company.verify();
        shop.change(shop.bob, [](Employee& bob) { bob.left_on = "2026-01-31"_date; });
        const auto february = shop.paid("2026-02");  // Ann alone: 2757.65
        CHECK(made(shop, february) == "");
        CHECK(Elements(content_of(shop, files_of(shop, february)[0].id)).one("/GrpHdr/CtrlSum") == "2757.65");
    }
    SUBCASE("a month of nothing but leave") {
        Workshop shop;
        for (const auto one : {shop.ann, shop.bob}) shop.leave(one, "2026-01-01"_date, "2026-01-31"_date);
        const auto january = shop.paid("2026-01");
        bank_of(shop);
        CHECK(shop.totals(january) == "2: 0.00 - 0.00 = 0.00, 0.00");
        CHECK(made(shop, january) == "payroll.nothing_to_transfer");
        CHECK(shop.company.verify() == "");
    }
}
