#pragma once
// E-mail addresses as Tessera takes them: what can stand in an envelope and in a header without quoting. What passes here
// holds no line break, no space, no bracket, and so can never become another command or another header.
//
//     is_address("ada@example.org");                           // true
//     mailbox("Acme Books <books@acme.example>");              // {.name = "Acme Books", .address = "books@acme.example"}
//
// A domain with other letters than those of ASCII is given in its xn-- form. Safe to call from every thread.

#include <tessera/mail.h>

#include <optional>
#include <string>
#include <string_view>

namespace tessera::mail {

struct Mailbox {
    std::string name{}, address{};

    std::string domain() const { return address.substr(address.rfind('@') + 1); }
};
// "books@acme.example", "Acme Books <books@acme.example>" or "\"Books, Acme\" <books@acme.example>"; none when it is
// neither, more than one, or not one line of UTF-8.
TESSERA_API std::optional<Mailbox> mailbox(std::string_view text);

}  // namespace tessera::mail
