#include "audit/signature.h"

#include <openssl/evp.h>
#include <openssl/pem.h>
#include <sodium.h>

namespace tessera::audit {

namespace signature {

constexpr std::size_t bytes = 64;

struct Freed {
    void operator()(BIO* text) const { BIO_free(text); }
    void operator()(EVP_MD_CTX* context) const { EVP_MD_CTX_free(context); }
};
using Text    = std::unique_ptr<BIO, Freed>;
using Context = std::unique_ptr<EVP_MD_CTX, Freed>;
using Key     = std::shared_ptr<void>;

Key owned(EVP_PKEY* key) { return {key, [](void* one) { EVP_PKEY_free(static_cast<EVP_PKEY*>(one)); }}; }
EVP_PKEY* of(const Key& key) { return static_cast<EVP_PKEY*>(key.get()); }

std::string written(EVP_PKEY* key, bool secret) {
    const Text text(BIO_new(BIO_s_mem()));
    const bool done = secret ? PEM_write_bio_PrivateKey(text.get(), key, nullptr, nullptr, 0, nullptr, nullptr) : PEM_write_bio_PUBKEY(text.get(), key);
    char*      data = nullptr;
    const long size = BIO_get_mem_data(text.get(), &data);
    if (!done || size <= 0) throw std::runtime_error("a key cannot be written");
    return {data, static_cast<std::size_t>(size)};
}

int no_passphrase(char*, int, int, void*) { return 0; }

Key read(std::string_view pem, const std::string& file, bool secret) {
    const Text text(BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size())));
    auto       key = owned(secret ? PEM_read_bio_PrivateKey(text.get(), nullptr, no_passphrase, nullptr) : PEM_read_bio_PUBKEY(text.get(), nullptr, no_passphrase, nullptr));
    if (!key || EVP_PKEY_get_base_id(of(key)) != EVP_PKEY_ED25519)
        throw Refused("kernel.no_key", "To use {}, put {} key of Ed25519 there as PEM, such as tessera audit key makes.", file, secret ? "a private" : "a public");
    return key;
}

}  // namespace signature

KeyPair fresh_key_pair() {
    const auto key = signature::owned(EVP_PKEY_Q_keygen(nullptr, nullptr, "ED25519"));
    if (!key) throw std::runtime_error("Ed25519 is not available");
    return {signature::written(signature::of(key), true), signature::written(signature::of(key), false)};
}

SigningKey::SigningKey(std::string_view pem, const std::string& file) : key_(signature::read(pem, file, true)) {}

std::string SigningKey::sign(std::string_view text) const {
    const signature::Context context(EVP_MD_CTX_new());
    unsigned char            made[signature::bytes];
    std::size_t              size = sizeof made;
    if (EVP_DigestSignInit(context.get(), nullptr, nullptr, nullptr, signature::of(key_)) != 1 ||
        EVP_DigestSign(context.get(), made, &size, reinterpret_cast<const unsigned char*>(text.data()), text.size()) != 1)
        throw std::runtime_error("signing failed");
    std::string base64(sodium_base64_encoded_len(size, sodium_base64_VARIANT_ORIGINAL), '\0');
    sodium_bin2base64(base64.data(), base64.size(), made, size, sodium_base64_VARIANT_ORIGINAL);
    base64.pop_back();  // the NUL
    return base64;
}

PublicKey::PublicKey(std::string_view pem, const std::string& file) : key_(signature::read(pem, file, false)) {}

bool PublicKey::proves(std::string_view text, std::string_view base64) const {
    unsigned char given[signature::bytes];
    std::size_t   size = 0;
    if (sodium_base642bin(given, sizeof given, base64.data(), base64.size(), nullptr, &size, nullptr, sodium_base64_VARIANT_ORIGINAL) != 0) return false;
    const signature::Context context(EVP_MD_CTX_new());
    return EVP_DigestVerifyInit(context.get(), nullptr, nullptr, nullptr, signature::of(key_)) == 1 &&
           EVP_DigestVerify(context.get(), given, size, reinterpret_cast<const unsigned char*>(text.data()), text.size()) == 1;
}

}  // namespace tessera::audit
