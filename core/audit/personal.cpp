#include "audit/personal.h"

#include <fmt/ranges.h>
#include <sodium.h>

#include "audit/digest.h"

#include <array>
#include <stdexcept>

namespace tessera::audit {

std::string fresh_salt() {
    static const int ready = sodium_init();
    if (ready < 0) throw std::runtime_error("libsodium finds no source of chance");
    std::array<unsigned char, 16> bytes{};
    randombytes_buf(bytes.data(), bytes.size());
    return fmt::format("{:02x}", fmt::join(bytes, ""));
}

std::string personal_digest(std::string_view salt, std::string_view value) { return sha256_hex(std::string(salt).append(value)); }

std::map<std::string, PersonalValue> personal_values(const Snapshot& snapshot, std::int64_t entry) {
    std::map<std::string, PersonalValue> values;
    snapshot.each<PersonalValue>("SELECT path, salt, value FROM kernel_audit_personal WHERE audit = :audit",
                                 [&](const PersonalValue& one) { values.emplace(one.path, one); }, entry);
    return values;
}

}  // namespace tessera::audit
