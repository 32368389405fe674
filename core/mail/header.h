#pragma once
// The values of a letter's header lines (RFC 5322): ASCII in lines short enough for every server, other characters in the
// words of RFC 2047 and, in the names of files, RFC 2231. A value is one value whatever it is made from: line breaks, other
// control characters and bytes that are not UTF-8 become "?", and what is too long is cut.
//
//     header::text("Rechnung für März");                    // "=?UTF-8?B?UmVjaG51bmcgZsO8ciBNw6Ryeg==?="
//     header::mailbox("Acme Books", "books@acme.example");  // "\"Acme Books\" <books@acme.example>"
//     header::attachment("März.pdf");                       // "attachment;\r\n filename*=UTF-8''M%C3%A4rz.pdf"
//
// Long values are folded: they hold line breaks, each followed by a space. Safe to call from every thread.

#include <tessera/date.h>

#include <string>
#include <string_view>

namespace tessera::mail::header {

std::string text(std::string_view value);
std::string mailbox(std::string_view name, std::string_view address);  // an address: is_address()
std::string attachment(std::string_view file_name);                    // slashes in it become "_"
std::string date(Instant moment);                                      // "Sat, 31 Jan 2026 10:15:30 +0000"

}  // namespace tessera::mail::header
