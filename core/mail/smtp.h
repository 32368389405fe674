#pragma once
// Hands one letter to a mail server, and returns when the server has taken it.
//
//     const Server server{.host = "smtp.acme.example", .user = "books", .password = …, .from = "Acme Books <books@acme.example>"};
//     Letter       letter{.to = "ada@example.org", .to_name = "Ada Lovelace", .subject = "Invoice 12", .text = …, .id = "42"};
//     letter.files.push_back({"Invoice 12.pdf", "application/pdf", pdf});
//     try {
//         send(server, letter);
//     } catch (const NotSent& failed) {
//         if (!failed.permanent) …                             // worth trying again, with the same id
//     }
//
// The certificate of the server is always verified; nothing is taken from the environment, no proxy and no .netrc. Safe to
// call from several threads at once.

#include "mail/address.h"

#include <tessera/mail.h>

#include <atomic>
#include <chrono>
#include <stdexcept>
#include <string>
#include <vector>

namespace tessera::mail {

struct File {
    std::string name{}, media_type{}, bytes{};  // a type that is none is sent as application/octet-stream
};

struct Letter {
    std::string to{}, to_name{};
    std::string subject{};
    std::string text{};      // UTF-8, any line breaks
    std::string reply_to{};  // as mailbox() reads it; may be empty
    // With the sender's domain the Message-ID: letters, digits and marks that may stand before the @ of an address. The same for
    // each try, so that a letter that arrives twice can be known as one.
    std::string       id{};
    Instant           date{};  // empty: now
    std::vector<File> files{};
};

// Why a letter was not sent: one sentence for the operator, without the password, the text or the recipient, unless
// the server's answer repeats it.
class TESSERA_API NotSent : public std::runtime_error {
public:
    struct Kind {
        bool permanent        = false;  // this letter to this recipient is refused for good: change it before it is tried again
        bool may_have_arrived = false;  // the server was being given the letter, or had it, and did not say whether it took it
    };
    explicit NotSent(const std::string& sentence, Kind kind);
    explicit NotSent(const std::string& sentence) : NotSent(sentence, Kind{}) {}
    ~NotSent() override;

    const bool permanent, may_have_arrived;
};

// Blocks for time_max and a second at most, and for a second after *cancelled has become true. NotSent when the server has
// not said that it took the letter; permanent too when the letter itself cannot be sent: its addresses or its id are none.
TESSERA_API void send(const Server& server, const Letter& letter, const std::atomic<bool>* cancelled = nullptr);

}  // namespace tessera::mail
