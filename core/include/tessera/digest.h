#pragma once
// SHA-256 as hexadecimal text: the hash of every seal in the books, so that whoever proves the books later needs nothing
// but the entries and this function.
//
//     seal = sha256_hex(previous_seal + text_of(entry));
//
// Safe to call from every thread.

#include <tessera/refused.h>

#include <string>
#include <string_view>

namespace tessera {

TESSERA_API std::string sha256_hex(std::string_view text);     // 64 characters: 0 to 9, a to f

}  // namespace tessera
