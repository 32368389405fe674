// What dunning is made of: levels, disputes, promises, runs, and what they left.

#include "services/dunning_letter.h"

namespace financials {
namespace dunning {

using tessera::Refused;

OpenItem receivable(const Transaction& tx, Id<OpenItem> id) {
    const auto item = tx.service<OpenItems>().item(tx, id);
    if (item.side == ItemSide::receivable) return item;
    throw Refused("financials.not_receivable", "To record this of {}, choose what a customer owes us: it is what we owe.", item.document)
        .with_status(422)
        .with_field("item");
}

void complete_dispute(Transaction& tx, Dispute& dispute) {
    if (!dispute.item) return;  // the kernel demands it
    dispute.party = receivable(tx, dispute.item).party;
    if (dispute.opened_on.empty()) dispute.opened_on = tx.today();
}

void complete_promise(Transaction& tx, PaymentPromise& promise) {
    if (promise.item) promise.party = receivable(tx, promise.item).party;
}

void check_level(Transaction& tx, DunningLevel& level) {
    if (level.level < 1)
        throw Refused("financials.dunning_level", "To save this level, number it from 1: {} is no level.", level.level)
            .with_status(422)
            .with_field("level");
    if (level.letter) tx.service<directory::Letters>().words_of(tx, level.letter, dunning_purpose);
}

struct StandardLevel {
    std::string_view title{};
    std::int64_t     days_overdue = 0;
    std::string_view text{};
};
constexpr StandardLevel standard_levels[] = {
    {"Payment reminder", 10,
     "Dear {{contact.name}},\n\nmay we remind you of what has become due:\n\n{{items}}\n\nTogether {{open}}. If you have paid meanwhile, please do not mind this "
     "letter.\n\n{{company.name}}\n"},
    {"Second reminder", 24,
     "Dear {{contact.name}},\n\nwe have written to you before about these, and they are still open:\n\n{{items}}\n\nPlease pay {{open}} within a week, or tell us what "
     "keeps you from it.\n\n{{company.name}}\n"},
    {"Final demand", 38,
     "Dear {{contact.name}},\n\nin spite of our letters this has not been paid:\n\n{{items}}\n\nWe ask for {{open}} within ten days. After that we have to claim it by "
     "other means, at your cost.\n\n{{company.name}}\n"}};

// A new company can dun at once; the words, the days and the fees are its own to change.
void seed(Transaction& tx, const tessera::SeedOptions&) {
    std::int64_t number = 0;
    for (const auto& level : standard_levels) {
        const auto letter = tx.insert(directory::LetterTemplate{.name    = fmt::format("Dunning {}: {}", ++number, level.title),
                                                                .purpose = std::string(dunning_purpose),
                                                                .subject = fmt::format("{} {{{{number}}}}", level.title),
                                                                .text    = std::string(level.text)});
        tx.insert(DunningLevel{.level = number, .days_overdue = level.days_overdue, .title = std::string(level.title), .letter = letter});
    }
}

void complete_run(Transaction& tx, DunningRun& run) {
    if (run.number.empty()) run.number = tx.number("DR", run.date.empty() ? tx.today() : run.date);
}

void check_removal(Transaction&, const DunningRun& run) {
    if (run.state != DunningRunState::draft)
        throw Refused("financials.entry_posted", "To keep what customers were told, leave {} as it is: it is posted.", run.number);
}

struct Resolution {
    std::string outcome{};
    static void describe(tessera::Fields<Resolution>& fields) { fields.field("outcome", &Resolution::outcome, tessera::required); }
};

void resolve(Transaction& tx, Dispute& dispute, const Resolution& input) {
    dispute.resolved_on = tx.today();
    dispute.outcome     = input.outcome;
}

void declare_run(tessera::Kernel& kernel) {
    using namespace tessera;
    kernel.entity<DunningLine>("financials.dunning_line", "Dunning line")
        .part_of(&DunningLine::document)
        .field("party", &DunningLine::party, read_only, label("Customer"))
        .field("item", &DunningLine::item, read_only, indexed)
        .field("due_on", &DunningLine::due_on, read_only)
        .field("days_overdue", &DunningLine::days_overdue, read_only)
        .field("level", &DunningLine::level, read_only)
        .field("currency", &DunningLine::currency, read_only)
        .field("open", &DunningLine::open, read_only);

    kernel.entity<DunningRun>("financials.dunning_run", "Dunning run")
        .help("Asks customers for what is overdue, one level after the other. Lines may be taken out before it is posted.")
        .menu(Menu::documents)
        .field("number", &DunningRun::number, read_only, unique, searchable)
        .field("date", &DunningRun::date, required)
        .field("state", &DunningRun::state, read_only)
        .field("book_fees", &DunningRun::book_fees, help("The fees of the levels become open items"))
        .field("send_mail", &DunningRun::send_mail, help("To customers whose e-mail address is known"))
        .field("note", &DunningRun::note)
        .lines("lines", &DunningRun::lines)
        .display("number")
        .editable_while(DunningRunState::draft)
        .needs("financials.dun")
        .validate(complete_run)
        .before_remove(check_removal);
}

void declare_traces(tessera::Kernel& kernel) {
    using namespace tessera;
    kernel.entity<DunningLetter>("financials.dunning_letter", "Dunning letter")
        .help("What a posted run asked a customer for.")
        .menu(Menu::ledgers)
        .field("number", &DunningLetter::number, unique, searchable)
        .field("run", &DunningLetter::run, required, indexed)
        .field("party", &DunningLetter::party, required, indexed, label("Customer"))
        .field("level", &DunningLetter::level, required)
        .field("date", &DunningLetter::date, required)
        .field("recipient", &DunningLetter::recipient, personal, help("None: to be printed"))
        .field("subject", &DunningLetter::subject, not_in_list, personal)
        .field("text", &DunningLetter::text, multiline, personal)
        .field("currency", &DunningLetter::currency)
        .field("asked", &DunningLetter::asked)
        .field("fee", &DunningLetter::fee)
        .field("fee_item", &DunningLetter::fee_item)
        .display("number")
        .append_only();

    kernel.entity<DunnedItem>("financials.dunned_item", "Dunned item")
        .help("An open item has reached a level.")
        .menu(Menu::ledgers)
        .field("letter", &DunnedItem::letter, required, indexed)
        .field("item", &DunnedItem::item, required, indexed)
        .field("level", &DunnedItem::level, required)
        .field("date", &DunnedItem::date, required)
        .field("currency", &DunnedItem::currency)
        .field("open", &DunnedItem::open)
        .append_only();
}

}  // namespace dunning

void declare_dunning(tessera::Kernel& kernel) {
    using namespace tessera;
    kernel.contribute(dunning_letters());
    kernel.seed(dunning::seed);
    kernel.entity<DunningLevel>("financials.dunning_level", "Dunning level")
        .help("From how many days overdue on what a customer is written.")
        .menu(Menu::setup)
        .field("level", &DunningLevel::level, required, unique)
        .field("days_overdue", &DunningLevel::days_overdue, positive)
        .field("fee", &DunningLevel::fee, not_negative, help("Of a letter, in the currency of the books"))
        .field("title", &DunningLevel::title, required, longest(120))
        .field("letter", &DunningLevel::letter, required, help("What is written: a letter template for financials.dunning"))
        .field("active", &DunningLevel::active)
        .display("title")
        .needs("financials.set_up")
        .validate(dunning::check_level);

    kernel.entity<Dispute>("financials.dispute", "Dispute")
        .help("A customer says that an item is not owed, or not so. It is not dunned until that is resolved.")
        .menu(Menu::documents)
        .field("item", &Dispute::item, required, indexed)
        .field("party", &Dispute::party, read_only, indexed, label("Customer"))
        .field("opened_on", &Dispute::opened_on, help("Today when left out"))
        .field("reason", &Dispute::reason, required)
        .field("state", &Dispute::state, read_only)
        .field("resolved_on", &Dispute::resolved_on, read_only)
        .field("outcome", &Dispute::outcome, read_only)
        .field("source_entity", &Dispute::source_entity, read_only, not_in_list, help("What it was opened for"))
        .field("source_id", &Dispute::source_id, read_only, not_in_list)
        .index({"source_entity", "source_id"})
        .display("reason")
        .editable_while(DisputeState::open)
        .needs("financials.dun")
        .validate(dunning::complete_dispute);
    kernel.workflow(&Dispute::state)
        .transition("resolve", DisputeState::open, DisputeState::resolved, needs("financials.dun"), explained("The item is dunned again."),
                    dunning::resolve);

    kernel.entity<PaymentPromise>("financials.payment_promise", "Payment promise")
        .help("A customer says until when an item is paid. It is not dunned until that day has passed.")
        .menu(Menu::documents)
        .field("item", &PaymentPromise::item, required, indexed)
        .field("party", &PaymentPromise::party, read_only, indexed, label("Customer"))
        .field("promised_on", &PaymentPromise::promised_on, required)
        .field("note", &PaymentPromise::note)
        .display("promised_on")
        .needs("financials.dun")
        .validate(dunning::complete_promise);

    dunning::declare_run(kernel);
    dunning::declare_traces(kernel);
}

}  // namespace financials
