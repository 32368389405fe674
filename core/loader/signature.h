#pragma once
// Where the operator demands it, a library is only loaded when one of the keys he trusts has signed it, byte for byte. The
// signature (audit/signature.h) lies beside the library, as text in warranty.so.signature, and is of the library's SHA-256 in hexadecimal.
//
//     sign("warranty.so", audit::SigningKey(pem, "ours.pem"));       // writes warranty.so.signature
//     require_signature("warranty.so", {"ours.pem.pub"});            // Refused "kernel.not_signed", "kernel.tampered"

#include <filesystem>
#include <string>
#include <vector>

#include "audit/signature.h"

namespace tessera::loader {

TESSERA_API std::filesystem::path sign(const std::filesystem::path& library, const audit::SigningKey& key);
// `signers` are files, each with a public key. Refused "kernel.no_key" where one holds none.
TESSERA_API void check_signers(const std::vector<std::string>& signers);
TESSERA_API void require_signature(const std::filesystem::path& library, const std::vector<std::string>& signers);

}  // namespace tessera::loader
