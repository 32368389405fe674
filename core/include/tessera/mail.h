#pragma once
// E-mail goes out as a record of its own, written in the transaction of what it tells of, and is handed to the mail server of
// the operator after the commit, by the job mail.delivery, until that has taken it.
//
//     mail::send(tx, {.recipient = contact.email, .recipient_name = contact.name, .subject = "…", .text = "…"}, tx.source_of(order));
//
// A command that is undone sends nothing; a letter is never lost, and only where a server went silent after it had taken one is
// it sent again, under the same Message-ID. What is refused for good, or for five days, is given up and says why. The letter is part of the
// history of the record that it is about, and is erased with it. The text is plain and UTF-8.
//
// Refused: mail.bad_address (422).

#include <tessera/attachments.h>

#include <chrono>

namespace tessera::mail {

// Where the operator hands letters over.
struct Server {
    // starttls: begins readable and is encrypted before anything but a greeting is said; a server that does not offer it gets
    // nothing. tls: encrypted from the beginning, mostly port 465. none: for a server on this machine; all can be read on
    // the way, the password too.
    enum class Security { starttls, tls, none };

    std::string               host{};
    unsigned short            port     = 587;
    Security                  security = Security::starttls;
    std::string               user{}, password{};  // without a user nobody signs in
    std::string               from{};              // "Acme Books <books@acme.example>"
    std::string               authorities{};       // a PEM file: the server's certificate must be from one of these; empty: one that the system trusts
    std::chrono::milliseconds time_max{60'000};    // for the whole, from the connection to the server's last word
};

enum class State { waiting, sent, given_up };
constexpr auto names_of(State) { return names("waiting", "sent", "given_up"); }

struct Message {
    Id<Message>  id{};
    std::string  recipient{}, recipient_name{};
    std::string  subject{}, text{};
    std::string  entity{};  // of the record it is about
    std::int64_t record = 0;
    State        state  = State::waiting;
    Instant      queued_at{}, due_at{};
    std::int64_t attempts = 0;
    Instant      sent_at{};
    std::string  last_failure{};
};

// Whether it can be an address; whether letters arrive there only sending tells.
TESSERA_API bool is_address(std::string_view text);

TESSERA_API Id<Message> send(Transaction& tx, Message message, const Source& about, const std::vector<attachments::File>& files = {});

}  // namespace tessera::mail
