#include "audit/digest.h"

#include <openssl/evp.h>

#include <memory>
#include <stdexcept>

namespace tessera {

std::string sha256_hex(std::string_view text) {
    static EVP_MD* const algorithm = EVP_MD_fetch(nullptr, "SHA256", nullptr);      // fetched once: looking it up costs more than hashing
    thread_local const std::unique_ptr<EVP_MD_CTX, void (*)(EVP_MD_CTX*)> context(EVP_MD_CTX_new(), EVP_MD_CTX_free);
    unsigned char bytes[32];
    unsigned      size = 0;
    if (!EVP_DigestInit_ex2(context.get(), algorithm, nullptr) || !EVP_DigestUpdate(context.get(), text.data(), text.size()) ||
        !EVP_DigestFinal_ex(context.get(), bytes, &size))
        throw std::runtime_error("SHA-256 is not available");
    static constexpr char digits[] = "0123456789abcdef";
    std::string           hex(64, '0');
    for (int i = 0; i < 32; ++i) {
        hex[static_cast<std::size_t>(2 * i)]     = digits[bytes[i] >> 4];
        hex[static_cast<std::size_t>(2 * i + 1)] = digits[bytes[i] & 15];
    }
    return hex;
}

}  // namespace tessera
