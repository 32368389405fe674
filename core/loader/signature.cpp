#include "loader/signature.h"

#include <tessera/digest.h>
#include <tessera/text.h>

#include <algorithm>
#include <fstream>
#include <iterator>

namespace tessera::loader {

namespace fs = std::filesystem;

namespace signing {

std::string content_of(const fs::path& file) {
    std::ifstream in(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

std::string digest_of(const fs::path& library) { return sha256_hex(content_of(library)); }
fs::path    beside(const fs::path& library) { return library.string() + ".signature"; }

std::vector<audit::PublicKey> keys_of(const std::vector<std::string>& signers) {
    std::vector<audit::PublicKey> keys;
    for (const auto& file : signers) keys.emplace_back(content_of(file), file);
    return keys;
}

}  // namespace signing

fs::path sign(const fs::path& library, const audit::SigningKey& key) {
    const auto    file = signing::beside(library);
    std::ofstream out(file, std::ios::binary);
    out << key.sign(signing::digest_of(library)) << "\n";
    out.close();
    if (!out) throw Refused("kernel.cannot_write", "To write {}, name a folder that can be written to and has room.", file.string());
    return file;
}

void check_signers(const std::vector<std::string>& signers) { signing::keys_of(signers); }

void require_signature(const fs::path& library, const std::vector<std::string>& signers) {
    const auto name = library.filename().string();
    const auto file = signing::beside(library);
    if (std::error_code none; !fs::exists(file, none))
        throw Refused("kernel.not_signed", "To load {}, have it signed by someone the operator trusts: there is no {}.", name, file.filename().string());
    const auto content   = signing::content_of(file);
    const auto signature = trim(content);
    const auto digest    = signing::digest_of(library);
    if (std::ranges::none_of(signing::keys_of(signers), [&](const auto& key) { return key.proves(digest, signature); }))
        throw Refused("kernel.tampered", "To load {}, have it signed again: no key that the operator trusts has signed this file as it is.", name);
}

}  // namespace tessera::loader
