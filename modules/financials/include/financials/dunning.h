#pragma once
// Dunning: asking for what is overdue, step by step. A run proposes what to ask for, one level after the other for each
// item; posting it records the levels, writes a letter per customer, currency and level, and books the fee when it is to.
//
//     const auto friendly = tx.insert(directory::LetterTemplate{.name = "Reminder", .purpose = "financials.dunning",
//                                         .subject = "Payment reminder", .text = "May we remind you of:\n{{items}}"});
//     tx.insert(DunningLevel{.level = 1, .days_overdue = 10, .title = "Payment reminder", .letter = friendly});
//     tx.insert(DunningLevel{.level = 2, .days_overdue = 30, .fee = usd("15.00"), .title = "Second reminder", .letter = firm});
//
//     const auto run = tx.insert(DunningRun{.date = "2026-03-01"_date, .book_fees = true});
//     tx.transition(run, "propose");    // lines: what is overdue, the level that comes next
//     tx.transition(run, "post");
//
// Nobody is asked for what is in dispute or promised. A dispute stands on an item from the day it is opened until it is
// resolved; a promise to pay holds until the day that was promised has passed. Others dispute on behalf of the customer:
//
//     tx.service<Disputes>().open(tx, invoice.open_item, "Two wheels are missing", tx.source_of(complaint));
//     tx.service<Disputes>().resolve(tx, tx.source_of(complaint), "Wheels were sent");

#include <directory/letters.h>
#include <financials/open_items.h>

namespace financials {

struct DunningLevel {                // financials.dunning_level
    Id<DunningLevel>              id{};
    std::int64_t                  level        = 1;       // 1, 2, 3 …: reached one after the other
    std::int64_t                  days_overdue = 0;       // from how many on
    Money                         fee{};                  // of a letter, in the currency of the books
    std::string                   title{};
    Id<directory::LetterTemplate> letter{};               // what is written, for the purpose financials.dunning
    bool                          active = true;
};

enum class DisputeState { open, resolved };
constexpr auto names_of(DisputeState) { return tessera::names("open", "resolved"); }

struct Dispute {                     // financials.dispute: a customer says that an item is not owed, or not so
    Id<Dispute>          id{};
    Id<OpenItem>         item{};
    Id<directory::Party> party{};            // of the item
    Date                 opened_on{};
    std::string          reason{};
    DisputeState         state = DisputeState::open;
    Date                 resolved_on{};
    std::string          outcome{};
    std::string          source_entity{};    // of what it was opened for; empty: by hand
    std::int64_t         source_id = 0;
};

class Disputes {
public:
    virtual ~Disputes() = default;
    // One is open for this item and source at a time: it is given when there is one.
    // Refused financials.not_receivable.
    virtual Id<Dispute> open(Transaction&, Id<OpenItem> item, std::string reason, const Source& source) = 0;
    // Resolves what is open for the source; nothing happens where nothing is.
    virtual void        resolve(Transaction&, const Source& source, const std::string& outcome) = 0;
};

struct PaymentPromise {              // financials.payment_promise: a customer says until when an item is paid
    Id<PaymentPromise>   id{};
    Id<OpenItem>         item{};
    Id<directory::Party> party{};            // of the item
    Date                 promised_on{};      // the last day; dunning leaves the item out until then
    std::string          note{};
};

enum class DunningRunState { draft, posted };
constexpr auto names_of(DunningRunState) { return tessera::names("draft", "posted"); }

struct DunningRun;

struct DunningLine {                 // financials.dunning_line: an item that is asked for
    Id<DunningLine>      id{};
    Id<DunningRun>       document{};
    Id<directory::Party> party{};
    Id<OpenItem>         item{};
    Date                 due_on{};
    std::int64_t         days_overdue = 0;
    Id<DunningLevel>     level{};
    Currency             currency{};
    Money                open{};
};

struct DunningRun {                  // financials.dunning_run
    Id<DunningRun>           id{};
    std::string              number{};       // "DR-2026-00001"
    Date                     date{};
    DunningRunState          state = DunningRunState::draft;
    bool                     book_fees  = false;   // fees become open items
    bool                     send_mail  = true;    // to customers whose e-mail address is known
    std::string              note{};
    std::vector<DunningLine> lines{};
};

struct DunningLetter {               // financials.dunning_letter: append-only; what a posted run asked a customer for
    Id<DunningLetter>    id{};
    std::string          number{};           // "DL-2026-00001"
    Id<DunningRun>       run{};
    Id<directory::Party> party{};
    Id<DunningLevel>     level{};
    Date                 date{};
    std::string          recipient{};        // e-mail address; none: to be printed
    std::string          subject{}, text{};
    Currency             currency{};
    Money                asked{};            // open of the items
    Money                fee{};
    Id<OpenItem>         fee_item{};         // when it was booked
};

struct DunnedItem {                  // financials.dunned_item: append-only; an item has reached a level
    Id<DunnedItem>    id{};
    Id<DunningLetter> letter{};
    Id<OpenItem>      item{};
    Id<DunningLevel>  level{};
    Date              date{};
    Currency          currency{};
    Money             open{};
};

}  // namespace financials
