#pragma once
// SHA-256 as hexadecimal text; the hash of every seal in the books.

#include <string>
#include <string_view>

namespace tessera::audit {

std::string sha256_hex(std::string_view text);

}  // namespace tessera::audit
