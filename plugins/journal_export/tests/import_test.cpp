#include "tests/office.h"

using namespace journal_export;
using namespace journal_export::tests;

namespace {

const char* rent =
    "2026-01-31 * (12) Rent\n"
    "    6050    900.00 USD\n"
    "    1010\n"
    "2026-02-28 Rent, and a chair\n"
    "    6050    900.00 USD  ; memo: February\n"
    "    expenses:6020 Office supplies    50 USD\n"
    "    assets:1010 Bank\n";

std::string view(Office& office, Id<Import> id) {
    return office.company.suite().record_view({}, "journal_export.import", id.value, "transactions");
}

// One transaction of two postings, with one line in place of its own.
std::string with(const std::string& line) { return "2026-01-31 Rent\n    " + line + "\n    1010\n"; }

}  // namespace

TEST_CASE("import: checking makes nothing, posting makes a manual entry for each transaction and links it") {
    Office     office;
    const auto id = office.import(Syntax::hledger, rent);
    CHECK(office.problems(id) == "");
    auto import = office.company.load(id);
    CHECK(import.state == ImportState::checked);
    CHECK(import.file == "journal_1.txt");
    CHECK(import.transactions == 2);
    CHECK(office.count("financials_manual_entry") == 0);

    office.company.transition(id, "post");
    CHECK(office.company.load(id).state == ImportState::posted);
    CHECK(office.journal() ==
          "2026-01-31 Rent | 6050 900.00 | 1010 -900.00\n"
          "2026-02-28 Rent, and a chair | 6050 900.00 | 6020 50.00 | 1010 -950.00");
    CHECK(office.company.value<std::string>("SELECT memo FROM financials_journal_line WHERE memo IS NOT NULL") == "February");
    office.company.read([&](const Snapshot& tx) {
        const auto links = tx.select<ImportedEntry>("import = :import ORDER BY id", id);
        REQUIRE(links.size() == 2);
        CHECK(links[0].line == 1);
        CHECK(links[1].line == 4);
        CHECK(tx.load(links[0].entry).state == financials::ManualEntryState::posted);
        CHECK(tx.load(links[1].entry).number == "ME-2026-00002");
    });
    CHECK(office.company.verify() == "");
}

TEST_CASE("import: every problem is told with its line, in one sentence") {
    Office office;
    office.company.insert(directory::Party{.number = "A", .name = "Twin"});
    office.company.insert(directory::Party{.number = "B", .name = "Twin"});
    office.company.run([&](Transaction& tx) {
        auto chair   = tx.load(office.account("6310"));
        chair.active = false;
        tx.save(chair);
    });
    const auto january = office.named<financials::Period>("financials_period", "2025-01");
    office.company.transition(january, "soft_lock");
    office.company.transition(january, "lock");
    struct Row {
        std::string text{};
        std::string problems{};
        std::string sentence{};
    };
    const Row rows[] = {
        {"2026-01-31 Rent\n  6050  900.00 USD\n  1010  -899.99 USD\n", "1 unbalanced\n",
         "To post this transaction, balance it: it has 0.01 too much on the debit side."},
        {"2026-01-31 Rent\n  6050  900.00 USD\n  1010  -900.01 USD\n", "1 unbalanced\n",
         "To post this transaction, balance it: it has 0.01 too much on the credit side."},
        {with("Food  1 USD"), "2 unknown_account\n",
         "To post to \"Food\", say which account it is (journal_export.account_name): no account has this name or code."},
        {with("assets:1010 Cash  1 USD"), "2 unknown_account\n",
         "To post to \"assets:1010 Cash\", say which account it is (journal_export.account_name): no account has this name or code."},
        {with("6000  1 USD"), "2 account_not_postable\n", "To post to 6000 Operating expenses, choose another account: it is a heading."},
        {with("6310  1 USD"), "2 account_not_postable\n",
         "To post to 6310 Software and subscriptions, choose another account: it is inactive."},
        {with("2010  1 USD"), "2 account_not_postable\n",
         "To post to 2010 Trade payables, choose another account: it is the control account of payables."},
        {with("6050  one USD"), "2 unreadable_amount\n",
         "To read the amount \"one USD\", write a number with its currency, such as -1,234.50 USD."},
        {with("6050  1,000 USD"), "2 ambiguous_amount\n",
         "To read the amount \"1,000 USD\", declare above it what the mark means, such as \"decimal-mark .\" or \"commodity 1,000.00 "
         "USD\"."},
        {with("6050  5 EUR"), "2 other_currency\n", "To post 5 EUR, write the amount in USD, the currency of the books, without a cost."},
        {with("6050  5 EUR @@ 6 USD"), "2 other_currency\n",
         "To post 5 EUR, write the amount in USD, the currency of the books, without a cost."},
        {with("6050  5 USD @ 6 EUR"), "2 other_currency\n",
         "To post 5 USD, write the amount in USD, the currency of the books, without a cost."},
        {with("6050  1.005 USD"), "2 ambiguous_amount\n",
         "To read the amount \"1.005 USD\", declare above it what the mark means, such as \"decimal-mark .\" or \"commodity 1,000.00 "
         "USD\"."},
        {with("6050  1.0051 USD"), "2 too_many_decimals\n", "To post 1.0051, round it: the books have 2 decimals."},
        {with("6050  12345678901234567 USD"), "2 unreadable_amount\n",
         "To post 12345678901234567, divide it: it is more than the books hold."},
        {with("6050  1 USD  ; party: C"), "2 unknown_party\n",
         "To post for \"C\", enter this party, or take the tag out: none, or more than one, has it."},
        {with("6050  1 USD  ; party_name: Twin"), "2 unknown_party\n",
         "To post for \"Twin\", enter this party, or take the tag out: none, or more than one, has it."},
        {"2026-01-31 Rent\n  6050\n  6020\n  1010  5 USD\n", "3 unreadable_amount\n",
         "To post this transaction, leave out no more than one of its amounts."},
        {"2026-01-31 Rent\n  6050  0 USD\n  1010\n", "1 no_amounts\n",
         "To post this transaction, give it amounts: nothing in it moves anything."},
        {"2026-01-31 Rent\n  1010  5 USD\n  1010  -5 USD\n", "1 no_amounts\n",
         "To post this transaction, give it amounts: nothing in it moves anything."},
        {"2026-01-31 Rent\n", "1 no_amounts\n", "To post this transaction, give it amounts: nothing in it moves anything."},
        {"2026-01-31\n  6050  1 USD\n  1010\n", "1 no_description\n", "To post this transaction, describe it on its first line."},
        {"2026-01-31 " + std::string(4001, 'x') + "\n  6050  1 USD\n  1010\n", "1 too_long\n",
         "To post this transaction, shorten its description to 4000 bytes."},
        {"2025-01-31 Rent\n  6050  1 USD\n  1010\n", "1 period_closed\n",
         "To post on 2025-01-31, reopen period 2025-01 or choose another day: the period is locked."},
        {"1999-01-31 Rent\n  6050  1 USD\n  1010\n", "1 period_closed\n",
         "To post on 1999-01-31, create the fiscal year that contains this day."},
        {"31.1.2026 Rent\n  6050  1 USD\n  1010\n", "1 unreadable_date\n",
         "To read this transaction, write its day as 2026-01-31; \"31.1.2026\" is none."},
        {"include more\n", "1 unreadable_line\n",
         "To read this line, take it out or write what it stands for: \"include more\" is no transaction and no declaration that is "
         "understood."},
        {with("6050  1\x01 USD"), "2 unreadable_text\n", "To read this line, save the file as UTF-8 text without control characters."},
        {"; nothing\n", "1 no_transactions\n", "To import this file, choose one with transactions: it has none in the syntax of hledger."},
    };
    for (const auto& row : rows) {
        CAPTURE(row.text);
        const auto id = office.import(Syntax::hledger, row.text);
        CHECK(office.problems(id) == row.problems);
        const auto import = office.company.load(id);
        CHECK(import.state == ImportState::faulty);
        CHECK(import.problems.at(0).problem == row.sentence);
        CHECK(import.problems.at(0).code.starts_with("journal_export."));
        CHECK(office.company.refusal([&](Transaction& tx) { tx.transition(id, "post"); }) == "kernel.wrong_state");
    }
    CHECK(office.journal() == "");
}

TEST_CASE("import: all problems of a file are told at once, in the order of its lines") {
    Office office;
    CHECK(office.checked(Syntax::ledger,
                         "include x\n1999-01-01 a\n  Food  1 USD\n  1010  x\n2026-01-01 b\n  6050  1 USD\n  1010\n2026-01-02 c\n  6050  1 "
                         "EUR\n  1010\n") ==
          "1 unreadable_line\n2 period_closed\n3 unknown_account\n4 unreadable_amount\n9 other_currency\n");
}

TEST_CASE("import: of very many problems the first are listed, and how many more there are") {
    Office      office;
    std::string text;
    for (int i = 0; i < 203; ++i) text += "wrong\n";
    const auto import = office.company.load(office.import(Syntax::hledger, text));
    REQUIRE(import.problems.size() == 201);
    CHECK(import.problems.back().code == "journal_export.more_problems");
    CHECK(import.problems.back().problem == "To see the other 3 problems, mend these first.");
}

TEST_CASE("import: a soft-locked period is closed to whoever is no administrator") {
    Office office;
    office.company.transition(office.named<financials::Period>("financials_period", "2026-01"), "soft_lock");
    const auto id = office.import(Syntax::hledger, rent);
    CHECK(office.problems(id) == "");
    tessera::RecordCommand command{
        .verb = tessera::RecordCommand::Verb::transition, .entity = "journal_export.import", .id = id.value, .transition = "check"};
    command.info.actor = {.name = "clerk", .permissions = tessera::Permissions::of({"*.read", "journal_export.import", "financials.post"})};
    office.run(command);
    CHECK(office.problems(id) == "1 period_closed\n");
    CHECK(office.company.load(id).problems.at(0).problem ==
          "To post on 2026-01-31, reopen period 2026-01 or choose another day: the period is soft-locked.");
}

TEST_CASE("import: what has changed since the check is found when it is posted, and then nothing is made") {
    Office     office;
    const auto id = office.import(Syntax::hledger, rent);
    office.company.transition(office.named<financials::Period>("financials_period", "2026-02"), "lock");
    CHECK(office.company.refusal([&](Transaction& tx) { tx.transition(id, "post"); }) == "journal_export.has_problems");
    CHECK(office.journal() == "");
    CHECK(office.count("financials_manual_entry") == 0);
    CHECK(office.count("journal_export_imported_entry") == 0);
    CHECK(office.company.load(id).state == ImportState::checked);
}

TEST_CASE("import: the newest file is read, and a file is posted once") {
    Office     office;
    const auto id = office.import(Syntax::hledger, "2026-01-31 Rent\n  6050  900.00 USD\n  1010  -90.00 USD\n");
    CHECK(office.problems(id) == "1 unbalanced\n");
    office.attach(id, rent);
    office.company.transition(id, "check");
    CHECK(office.problems(id) == "");
    CHECK(office.company.load(id).file == "journal_2.txt");
    office.company.transition(id, "post");

    const auto again = office.import(Syntax::hledger, rent);
    CHECK(office.problems(again) == "");
    CHECK(office.company.refusal([&](Transaction& tx) { tx.transition(again, "post"); }) == "journal_export.posted_before");
    CHECK(office.count("financials_manual_entry") == 2);
}

TEST_CASE("import: without a file, with too large a one, or with assertions alone there is nothing to post") {
    Office     office;
    const auto id = office.company.insert(Import{});
    CHECK(office.company.refusal([&](Transaction& tx) { tx.transition(id, "check"); }) == "journal_export.no_file");
    CHECK(view(office, id) == R"({"file":null,"problems":[],"transactions":[]})");
    office.attach(id, std::string((4 << 20) + 1, '\n'));
    CHECK(office.company.refusal([&](Transaction& tx) { tx.transition(id, "check"); }) == "journal_export.too_large");

    const auto asserted = office.import(Syntax::hledger, "2026-01-31 Balances\n  1010  0 USD = 5 USD\n");
    CHECK(office.problems(asserted) == "");
    CHECK(office.company.refusal([&](Transaction& tx) { tx.transition(asserted, "post"); }) == "journal_export.no_transactions");
}

TEST_CASE("import: posting takes the permission to import and the ledger's own to post") {
    Office     office;
    const auto id = office.import(Syntax::hledger, rent);
    const auto as = [&](std::vector<std::string> granted) {
        tessera::RecordCommand command{
            .verb = tessera::RecordCommand::Verb::transition, .entity = "journal_export.import", .id = id.value, .transition = "post"};
        command.info.actor = {.name = "clerk", .permissions = tessera::Permissions::of(std::move(granted))};
        try {
            office.run(command);
        } catch (const tessera::Refused& refused) {
            return refused.code();
        }
        return std::string();
    };
    CHECK(as({"*.read", "financials.post"}) == "kernel.not_permitted");
    CHECK(as({"*.read", "journal_export.import"}) == "kernel.not_permitted");
    CHECK(office.journal() == "");
    CHECK(as({"*.read", "journal_export.import", "financials.post"}) == "");
    CHECK(office.count("financials_manual_entry") == 2);
}

TEST_CASE("import: an account is found by what the accountant says, by the name that is exported, by its code") {
    Office office;
    office.company.insert(AccountName{.name = "Expenses:Flat:Rent", .account = office.account("6050")});
    office.company.insert(AccountName{.name = "1010", .account = office.account("1020")});  // comes before the code
    const auto post = [&](Syntax syntax, const std::string& text) {
        const auto id = office.import(syntax, text);
        CHECK(office.problems(id) == "");
        office.company.transition(id, "post");
    };
    post(Syntax::hledger, "2026-01-31 a\n  Expenses:Flat:Rent  1 USD\n  1010\n");
    post(Syntax::ledger, "2026-02-01 b\n  Whatever:6050  2 USD\n  assets:1010 Bank\n");
    post(Syntax::beancount, "2026-02-02 * \"c\"\n  Expenses:6050-Rent  3 USD\n  Assets:Current:1010\n");
    CHECK(office.journal() ==
          "2026-01-31 a | 6050 1.00 | 1020 -1.00\n"
          "2026-02-01 b | 6050 2.00 | 1010 -2.00\n"
          "2026-02-02 c | 6050 3.00 | 1010 -3.00");
    CHECK(office.company.refusal([&](Transaction& tx) { tx.insert(AccountName{.name = "1010", .account = office.account("6050")}); }) ==
          "kernel.duplicate");
}

TEST_CASE("import: parties, memos and the journal come from tags, the currency's symbol from the import") {
    Office     office;
    const auto ann = office.company.insert(directory::Party{.number = "ANN", .name = "Ann Archer"});
    const auto id  = office.import(Syntax::hledger,
                                   "2026-01-31 Set right  ; journal: adjustment\n"
                                    "    6050    $900  ; party: ANN, memo: first\n"
                                    "    6050    $-1\n"
                                    "    ; party_name: Ann Archer\n"
                                    "    1010    $-899\n",
                                   "$");
    CHECK(office.problems(id) == "");
    office.company.transition(id, "post");
    office.company.read([&](const Snapshot& tx) {
        const auto entry = tx.load(tx.select<ImportedEntry>("import = :import", id).at(0).entry);
        CHECK(entry.journal == financials::ManualJournal::adjustment);
        REQUIRE(entry.lines.size() == 3);
        CHECK(entry.lines[0].party == ann);
        CHECK(entry.lines[0].memo == "first");
        CHECK(entry.lines[0].debit.str() == "900.00");
        CHECK(entry.lines[1].party == ann);
        CHECK(entry.lines[1].credit.str() == "1.00");
        CHECK_FALSE(entry.lines[2].party);
    });
}

TEST_CASE("import: how a file is understood is seen before anything is posted") {
    Office office;
    CHECK(view(office, office.import(Syntax::hledger, with("6050  1 USD") + with("Food  2 USD"))) ==
          R"({"file":"journal_1.txt","problems":[{"line":5,"code":"journal_export.unknown_account",)"
          R"("problem":"To post to \"Food\", say which account it is (journal_export.account_name): )"
          R"(no account has this name or code."}],"transactions":[{"line":1,"date":"2026-01-31","memo":"Rent","lines":[)"
          R"({"account":"6050 Rent","debit":"1.00","credit":"0.00","memo":""},)"
          R"({"account":"1010 Bank","debit":"0.00","credit":"1.00","memo":""}]}]})");
}
