#pragma once
// Signatures with Ed25519 (RFC 8032), by keys in PEM files as OpenSSL writes them, so that whoever proves a signature needs nothing of
// this program: openssl pkeyutl -verify -pubin -inkey key.pem.pub -rawin -in line -sigfile signature.

#include <tessera/refused.h>

#include <memory>
#include <string>
#include <string_view>

namespace tessera::audit {

struct KeyPair {
    std::string secret{}, open{};  // PEM: PRIVATE KEY, PUBLIC KEY
};
TESSERA_API KeyPair fresh_key_pair();

class TESSERA_API SigningKey {
public:
    // Refused "kernel.no_key" where the text, from a file called so, is no such key.
    SigningKey(std::string_view pem, const std::string& file);
    std::string sign(std::string_view text) const;  // base64

private:
    std::shared_ptr<void> key_;
};

class TESSERA_API PublicKey {
public:
    PublicKey(std::string_view pem, const std::string& file);
    bool proves(std::string_view text, std::string_view signature) const;  // false also for what is no base64

private:
    std::shared_ptr<void> key_;
};

}  // namespace tessera::audit
