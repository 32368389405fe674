#include "mail/mail.h"

#include <tessera/suite.h>
#include <tessera/text.h>

#include "mail/smtp.h"

namespace tessera::mail {

namespace delivering {

using namespace std::chrono_literals;

constexpr auto given_up_after = 5 * 24h;

Instant later(Instant at, std::chrono::seconds by) { return Instant::from_microseconds(at.microseconds() + std::chrono::microseconds(by).count()); }

// After 1, 2, 4 … minutes, at most every four hours.
std::chrono::seconds retry_after(std::int64_t attempts) { return std::min<std::chrono::seconds>(4h, 60s * (std::int64_t{1} << std::min<std::int64_t>(attempts, 8))); }

void make_due(Transaction& tx, Message& message) {
    message.due_at    = tx.now();
    message.queued_at = tx.now();
    jobs::ask_for(tx, delivery_job);
}

// Whoever was erased is written to no more.
void withhold(Transaction& tx, std::int64_t id) {
    auto message = tx.load(Id<Message>{id});
    if (message.state != State::waiting) return;
    message.state = State::given_up;
    tx.save(message);
}

Letter letter_of(const Snapshot& tx, const Message& m) {
    Letter letter{.to = m.recipient, .to_name = m.recipient_name, .subject = m.subject, .text = m.text, .id = fmt::format("{}.{}", m.id.value, m.queued_at.microseconds()), .date = m.queued_at};
    for (const auto& file : attachments::of(tx, tx.source_of(m))) letter.files.push_back({file.name, file.media_type, attachments::content(tx, file.id)});
    return letter;
}

// The letter as it is by now; nothing when somebody has given it up, or another server has tried it.
std::optional<Message> untouched(const Snapshot& tx, const Message& tried) {
    auto now = tx.find(tried.id);
    return now && now->state == State::waiting && now->attempts == tried.attempts ? now : std::nullopt;
}

void note_sent(JobRun& run, const Message& tried) {
    run.write([&](Transaction& tx) {
        auto message = untouched(tx, tried);
        if (!message) return;
        message->state   = State::sent;
        message->sent_at = tx.now();
        ++message->attempts;
        message->last_failure.clear();
        tx.save(*message);
    });
}

void note_failure(JobRun& run, const Message& tried, const std::string& sentence, bool permanent) {
    run.write([&](Transaction& tx) {
        auto message = untouched(tx, tried);
        if (!message) return;
        message->last_failure = excerpt(sentence, 1000);
        message->due_at       = later(tx.now(), retry_after(message->attempts));
        ++message->attempts;
        if (permanent || message->due_at > later(message->queued_at, std::chrono::seconds(given_up_after))) message->state = State::given_up;
        tx.save(*message);
    });
}

// False when the server cannot be reached or takes nothing now: then the others need not be tried.
bool deliver(JobRun& run, const Server& server, const Message& message) {
    Letter letter;
    run.read([&](const Snapshot& tx) { letter = letter_of(tx, message); });
    try {
        mail::send(server, letter, &run.stopping());
        note_sent(run, message);
        return true;
    } catch (const NotSent& failure) {
        if (run.should_stop()) return false;
        note_failure(run, message, failure.what(), failure.permanent);
        return failure.permanent;
    }
}

void deliver_all(JobRun& run) {
    std::optional<Server> server;
    std::vector<Message>  due;
    run.read([&](const Snapshot& tx) {
        server = tx.service<Post>().server();
        due    = tx.select<Message>("state = 'waiting' AND due_at <= :now ORDER BY id LIMIT 1000", tx.now());
    });
    if (due.empty()) return;
    if (!server) return run.tell(fmt::format("{} wait: no mail server is configured", due.size()));
    for (std::size_t i = 0; i < due.size() && !run.should_stop(); ++i) {
        run.tell(fmt::format("{} of {}", i + 1, due.size()));
        if (deliver(run, *server, due[i])) continue;
        std::string why;
        run.read([&](const Snapshot& tx) { why = tx.load(due[i].id).last_failure; });
        if (!run.should_stop()) throw Refused(Refused::Plain{}, "mail.not_sent", why);
    }
}

}  // namespace delivering

void declare(Kernel& kernel) {
    kernel.permission(std::string(manage), "Watch and manage e-mail that goes out");
    kernel.provide<Post>(std::make_shared<Post>());
    kernel.entity<Message>("mail.message", "E-mail")
        .plural("E-mails")
        .path("messages")
        .help("A letter that goes out, or has. It waits here until the mail server has taken it.")
        .menu(Menu::setup)
        .read_needs(std::string(manage))
        .needs(std::string(manage))
        .made_by_commands()
        .display("subject")
        .belongs_to(&Message::entity, &Message::record)
        .field("recipient", &Message::recipient, required, searchable, personal, longest(254))
        .field("recipient_name", &Message::recipient_name, personal, searchable, longest(200))
        .field("subject", &Message::subject, required, personal, searchable, longest(200))
        .field("text", &Message::text, personal, multiline)
        .field("entity", &Message::entity, not_in_list, longest(120))
        .field("record", &Message::record, not_in_list)
        .field("state", &Message::state, read_only)
        .field("queued_at", &Message::queued_at)
        .field("due_at", &Message::due_at)
        .field("attempts", &Message::attempts)
        .field("sent_at", &Message::sent_at)
        .field("last_failure", &Message::last_failure, longest(1000))
        .index({"state", "due_at"})
        .index({"entity", "record"})
        .when_erased(delivering::withhold);
    kernel.workflow(&Message::state)
        .transition("retry", {State::waiting, State::given_up}, State::waiting, called("Try again now"), delivering::make_due)
        .transition("give_up", State::waiting, State::given_up, destructive, explained("It is not sent, unless it is tried again"));
    kernel.job(std::string(delivery_job), "Hand e-mail to the mail server", every(std::chrono::minutes(1)), delivering::deliver_all);
}

Id<Message> send(Transaction& tx, Message message, const Source& about, const std::vector<attachments::File>& files) {
    if (!is_address(message.recipient))
        throw Refused("mail.bad_address", "To send an e-mail, write its address like name@example.org; \"{}\" is none.", excerpt(message.recipient)).with_status(422);
    message.entity = about.entity;
    message.record = about.id;
    message.state  = State::waiting;
    message.queued_at = message.due_at = tx.now();
    tx.insert(message);
    for (const auto& file : files) attachments::attach(tx, tx.source_of(message), file);
    jobs::ask_for(tx, delivery_job);
    return message.id;
}

}  // namespace tessera::mail
