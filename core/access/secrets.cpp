#include "access/secrets.h"

#include <tessera/accounts.h>
#include <tessera/text.h>

#include <boost/url/encode.hpp>
#include <boost/url/rfc/unreserved_chars.hpp>
#include <liboath/oath.h>
#include <qrencode.h>
#include <sodium.h>
#include <zxcvbn.h>

#include <array>
#include <memory>

namespace tessera::access {

namespace secrets {

constexpr int         step_seconds         = 30;
constexpr int         digits               = 6;
constexpr std::size_t longest_password     = 200;
constexpr double      least_entropy_bits   = 35;  // some 10^10 guesses
constexpr auto        operations           = crypto_pwhash_OPSLIMIT_INTERACTIVE;
constexpr auto        memory_bytes         = crypto_pwhash_MEMLIMIT_INTERACTIVE;

void require_library() {
    static const int ready = sodium_init();
    if (ready < 0) throw std::runtime_error("libsodium finds no source of chance");
}

std::string random_bytes(std::size_t count) {
    require_library();
    std::string bytes(count, '\0');
    randombytes_buf(bytes.data(), count);
    return bytes;
}

struct Freed {
    void operator()(char* text) const { std::free(text); }
};

std::string secret_bytes(std::string_view base32) {
    char*        bytes = nullptr;
    std::size_t  size  = 0;
    if (oath_base32_decode(base32.data(), base32.size(), &bytes, &size) != OATH_OK) throw std::runtime_error("a second factor is kept that is none");
    const std::unique_ptr<char, Freed> kept(bytes);
    return {bytes, size};
}

std::string in_address(std::string_view text) { return boost::urls::encode(text, boost::urls::unreserved_chars); }

std::size_t characters(std::string_view text) {
    return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), [](char c) { return (c & 0xC0) != 0x80; }));
}

}  // namespace secrets

std::string fresh_key() {
    const auto  bytes = secrets::random_bytes(32);
    std::string text(sodium_base64_encoded_len(bytes.size(), sodium_base64_VARIANT_URLSAFE_NO_PADDING), '\0');
    sodium_bin2base64(text.data(), text.size(), reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size(), sodium_base64_VARIANT_URLSAFE_NO_PADDING);
    text.pop_back();  // the zero at the end
    return text;
}

std::string hash_of_password(std::string_view password) {
    secrets::require_library();
    std::array<char, crypto_pwhash_STRBYTES> hash{};
    if (crypto_pwhash_str_alg(hash.data(), password.data(), password.size(), secrets::operations, secrets::memory_bytes, crypto_pwhash_ALG_ARGON2ID13) != 0) throw std::bad_alloc();
    return hash.data();
}

bool password_matches(const std::string& hash, std::string_view password) {
    secrets::require_library();
    return crypto_pwhash_str_verify(hash.c_str(), password.data(), password.size()) == 0;
}

void pretend_to_check(std::string_view password) {
    static const auto nobodys = hash_of_password(fresh_key());
    password_matches(nobodys, password);
}

std::optional<std::string> weakness_of(std::string_view password, const std::vector<std::string>& known, bool second_factor) {
    const std::size_t least = second_factor ? 8 : 15;
    const auto        count = secrets::characters(password);
    if (count < least) return fmt::format("To be safe with a password alone, choose one of {} characters or more, such as five words: this has {}.", least, count);
    if (password.size() > secrets::longest_password) return fmt::format("To choose a password, use at most {} bytes.", secrets::longest_password);
    std::vector<const char*> words;
    for (const auto& one : known)
        if (!one.empty()) words.push_back(one.c_str());
    words.push_back(nullptr);
    const std::string text(password);
    if (ZxcvbnMatch(text.c_str(), words.data(), nullptr) < secrets::least_entropy_bits)
        return "To choose a password, take one that is harder to guess: this is made of words, names or patterns that are tried first.";
    return {};
}

std::string fresh_second_factor() {
    const auto bytes = secrets::random_bytes(20);
    char*      text  = nullptr;
    if (oath_base32_encode(bytes.data(), bytes.size(), &text, nullptr) != OATH_OK) throw std::bad_alloc();
    const std::unique_ptr<char, secrets::Freed> kept(text);
    return text;
}

std::string second_factor_address(std::string_view secret, std::string_view user, std::string_view company) {
    const auto issuer = secrets::in_address(company);
    return fmt::format("otpauth://totp/{}:{}?secret={}&issuer={}", issuer, secrets::in_address(user), secret, issuer);
}

std::string drawn_as_qr(std::string_view text) {
    const std::unique_ptr<QRcode, void (*)(QRcode*)> code(QRcode_encodeString8bit(std::string(text).c_str(), 0, QR_ECLEVEL_M), QRcode_free);
    if (!code) throw std::bad_alloc();
    constexpr int margin = 4;
    const int     side   = code->width + 2 * margin;
    std::string   path;
    for (int y = 0; y < code->width; ++y)
        for (int x = 0; x < code->width; ++x)
            if (code->data[y * code->width + x] & 1) path += fmt::format("M{} {}h1v1h-1z", x + margin, y + margin);
    return fmt::format(R"(<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {0} {0}" shape-rendering="crispEdges"><rect width="{0}" height="{0}" fill="#fff"/><path d="{1}" fill="#000"/></svg>)",
                       side, path);
}

std::optional<std::int64_t> step_of_code(std::string_view secret, std::string_view code, std::int64_t now_seconds, std::int64_t last) {
    const auto bytes = secrets::secret_bytes(secret);
    const auto given = std::string(code);
    const auto now   = now_seconds / secrets::step_seconds;
    for (const auto step : {now, now - 1, now + 1}) {
        std::array<char, 16> expected{};
        if (step <= last) continue;
        if (oath_totp_generate(bytes.data(), bytes.size(), static_cast<time_t>(step * secrets::step_seconds), secrets::step_seconds, 0, secrets::digits, expected.data()) != OATH_OK) continue;
        const std::string right(expected.data());
        if (right.size() == given.size() && sodium_memcmp(right.data(), given.data(), right.size()) == 0) return step;
    }
    return {};
}

std::vector<std::string> fresh_recovery_codes() {
    constexpr std::string_view letters = "abcdefghjkmnpqrstuvwxyz23456789";  // nothing that looks like another
    std::vector<std::string>   codes(10);
    secrets::require_library();
    for (auto& code : codes)
        for (int i = 0; i < 12; ++i) {
            if (i == 4 || i == 8) code += '-';
            code += letters[randombytes_uniform(static_cast<std::uint32_t>(letters.size()))];
        }
    return codes;
}

}  // namespace tessera::access
