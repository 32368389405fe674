//     draft --propose--> draft --post--> posted

#include "services/dunning_letter.h"
#include "services/dunning_step.h"

#include <tessera/mail.h>

#include <algorithm>
#include <map>
#include <tuple>

namespace financials {
namespace dunning_workflow {

using tessera::Refused;

struct Levels {
    std::vector<DunningLevel> all{};
    std::vector<DunningStep>  steps{};
};

Levels levels_of(const Transaction& tx) {
    Levels levels{.all = tx.select<DunningLevel>("active = 1 ORDER BY level")};
    for (const auto& level : levels.all) levels.steps.push_back({level.level, level.days_overdue});
    if (!levels.all.empty()) return levels;
    throw Refused("financials.no_dunning_levels",
                  "To ask customers for what is overdue, set up the levels first (financials.dunning_level): there are none.");
}

// Overdue on the day, neither in dispute nor promised, with the last level it has reached.
struct Overdue {
    Id<OpenItem>         item{};
    Id<directory::Party> party{};
    Date                 due_on{};
    std::int64_t         reached = 0;
    Date                 reached_on{};
    Currency             currency{};
    Money                open{};
};

std::vector<Overdue> overdue_on(const Transaction& tx, Date day) {
    return tx.rows<Overdue>(R"sql(
        SELECT i.id, i.party, i.due_on, coalesce(d.reached, 0), d.reached_on, i.currency, i.open_amount
        FROM financials_open_item i
        LEFT JOIN (SELECT n.item AS item, max(l.level) AS reached, max(n.date) AS reached_on FROM financials_dunned_item n JOIN financials_dunning_level l ON l.id = n.level
                   GROUP BY n.item) d ON d.item = i.id
        WHERE i.side = 'receivable' AND i.kind = 'invoice' AND i.open_amount > 0 AND i.due_on < :day
          AND NOT EXISTS (SELECT 1 FROM financials_dispute q WHERE q.item = i.id AND q.state = 'open')
          AND NOT EXISTS (SELECT 1 FROM financials_payment_promise p WHERE p.item = i.id AND p.promised_on >= :day)
        ORDER BY i.party, i.due_on, i.id)sql",
                            day);
}

void propose(Transaction& tx, DunningRun& run) {
    const auto levels = levels_of(tx);
    run.lines.clear();
    for (const auto& overdue : overdue_on(tx, run.date)) {
        const auto days = run.date - overdue.due_on;
        const auto step = next_step(levels.steps, overdue.reached, days, overdue.reached_on.empty() ? 0 : run.date - overdue.reached_on);
        if (step < 0) continue;
        run.lines.push_back({.party        = overdue.party,
                             .item         = overdue.item,
                             .due_on       = overdue.due_on,
                             .days_overdue = days,
                             .level        = levels.all[static_cast<std::size_t>(step)].id,
                             .currency     = overdue.currency,
                             .open         = overdue.open});
    }
}

// What was proposed may have been paid, disputed or promised since.
void check_lines(const Transaction& tx, const DunningRun& run) {
    if (run.lines.empty()) throw Refused("financials.no_lines", "To post {}, propose what to ask for: it has no lines.", run.number);
    const auto still = overdue_on(tx, run.date);
    for (const auto& line : run.lines) {
        const auto now = std::ranges::find(still, line.item, &Overdue::item);
        if (now != still.end() && now->open == line.open && now->reached < tx.load(line.level).level) continue;
        throw Refused("financials.dunning_outdated", "To post {}, propose again: {} was paid, disputed, promised or asked for since.",
                      run.number, tx.label_of(line.item));
    }
}

// One letter: a customer, a level, a currency.
using Letters = std::map<std::tuple<Id<directory::Party>, Id<DunningLevel>, std::string>, std::vector<DunningLine>>;

Letters letters_of(const DunningRun& run) {
    Letters letters;
    for (const auto& line : run.lines) letters[{line.party, line.level, std::string(line.currency.code())}].push_back(line);
    return letters;
}

Id<OpenItem> book_fee(Transaction& tx, const DunningRun& run, const DunningLetter& letter) {
    if (letter.fee.is_zero()) return {};
    const auto in_books = tx.service<directory::ExchangeRates>().convert(tx, letter.fee, tx.books().currency, run.date);
    auto       owed     = debit("financials.receivable", in_books, letter.party);
    owed.currency       = letter.currency;
    owed.foreign_amount = letter.fee;
    tx.service<Ledger>().post(tx, {.date    = run.date,
                                   .journal = "receipts",
                                   .memo    = fmt::format("Fee of dunning letter {}", letter.number),
                                   .source  = tx.source_of(run),
                                   .lines   = {owed, credit("financials.dunning_fees", in_books)}});
    return tx.service<OpenItems>().open(tx, {.side          = ItemSide::receivable,
                                             .party         = letter.party,
                                             .kind          = ItemKind::invoice,
                                             .document      = letter.number,
                                             .date          = run.date,
                                             .due_on        = run.date,
                                             .book_amount   = in_books,
                                             .currency      = letter.currency,
                                             .amount        = letter.fee,
                                             .source_entity = "financials.dunning_run",
                                             .source_id     = run.id.value});
}

std::vector<AskedItem> asked_items(const Transaction& tx, const std::vector<DunningLine>& lines) {
    std::vector<AskedItem> asked;
    for (const auto& line : lines) {
        const auto item = tx.service<OpenItems>().item(tx, line.item);
        asked.push_back({item.document, item.date, line.due_on, line.open});
    }
    return asked;
}

void put_into_words(const Transaction& tx, DunningLetter& letter, Id<directory::LetterTemplate> words, const std::vector<AskedItem>& items) {
    const auto& letters = tx.service<directory::Letters>();
    auto        values  = letters.values_about(tx, letter.party, {}, letter.date);
    tell(values, letter, items);
    const auto written = letters.filled(letters.words_of(tx, words, dunning_purpose), values);
    letter.subject     = written.subject;
    letter.text        = written.text;
}

DunningLetter letter_of(Transaction& tx, const DunningRun& run, const std::vector<DunningLine>& lines) {
    const auto&   first = lines.front();
    const auto    level = tx.load(first.level);
    DunningLetter letter{.number   = tx.number("DL", run.date),
                         .run      = run.id,
                         .party    = first.party,
                         .level    = level.id,
                         .date     = run.date,
                         .currency = first.currency};
    letter.asked = Money{0, letter.currency};
    for (const auto& line : lines) letter.asked += line.open;
    letter.fee = tx.service<directory::ExchangeRates>().convert(tx, level.fee, letter.currency, run.date);
    if (const auto email = tx.load(first.party).email; run.send_mail && tessera::mail::is_address(email)) letter.recipient = email;
    put_into_words(tx, letter, level.letter, asked_items(tx, lines));
    if (run.book_fees) letter.fee_item = book_fee(tx, run, letter);
    return letter;
}

void write(Transaction& tx, const DunningRun& run, const std::vector<DunningLine>& lines) {
    auto letter = letter_of(tx, run, lines);
    tx.insert(letter);
    for (const auto& line : lines)
        tx.insert(DunnedItem{
            .letter = letter.id, .item = line.item, .level = line.level, .date = run.date, .currency = line.currency, .open = line.open});
    if (letter.recipient.empty()) return;
    tessera::mail::send(tx,
                        {.recipient = letter.recipient, .recipient_name = tx.label_of(letter.party), .subject = letter.subject, .text = letter.text},
                        tx.source_of(run));
}

void post(Transaction& tx, DunningRun& run) {
    check_lines(tx, run);
    for (const auto& [key, lines] : letters_of(run)) write(tx, run, lines);
}

}  // namespace dunning_workflow

void declare_dunning_workflow(tessera::Kernel& kernel) {
    using namespace tessera;
    kernel.workflow(&DunningRun::state)
        .transition("propose", DunningRunState::draft, DunningRunState::draft, needs("financials.dun"),
                    explained("Finds what is overdue, neither disputed nor promised, and the level that comes next."),
                    dunning_workflow::propose)
        .transition("post", DunningRunState::draft, DunningRunState::posted, needs("financials.dun"),
                    explained("Records the levels, writes the letters and books the fees when they are to be."), dunning_workflow::post);
}

}  // namespace financials
