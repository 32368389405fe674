#pragma once
// What keeps people out: keys nobody can guess, passwords kept as argon2id, second factors by the clock (RFC 6238).
// Every function may be called from every thread.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace tessera::access {

// Takes some 60 ms and 64 MiB: call it where nobody waits for the thread. "$argon2id$v=19$m=65536,t=2,p=1$…"
std::string hash_of_password(std::string_view password);
bool        password_matches(const std::string& hash, std::string_view password);
// As long as the two above, for a user that does not exist: so that nobody learns from the time who does.
void        pretend_to_check(std::string_view password);

// Why the password is too easy to guess, as a sentence; nothing when it will do. It is at least 15 characters long, or 8 with
// a second factor; how easily it is guessed is measured by zxcvbn, which knows what people choose. `known` is what an attacker
// tries first: the user's name, the company's.
std::optional<std::string> weakness_of(std::string_view password, const std::vector<std::string>& known, bool second_factor);

// ---- the second factor
std::string fresh_second_factor();                                            // 160 bits, base32
std::string second_factor_address(std::string_view secret, std::string_view user, std::string_view company);  // "otpauth://totp/…"
std::string drawn_as_qr(std::string_view text);                               // "<svg …>"
// The step of 30 seconds that the code is of: that of now, the one before or the one after, but later than `last`.
std::optional<std::int64_t> step_of_code(std::string_view secret, std::string_view code, std::int64_t now_seconds, std::int64_t last);
std::vector<std::string>    fresh_recovery_codes();                           // ten like "k3j9-x2ma-77qd"

}  // namespace tessera::access
