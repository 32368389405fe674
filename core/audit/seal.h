#pragma once
// How an entry of the audit trail is sealed. Its hash is the SHA-256, as hexadecimal text, of a text that begins with the hash of the
// entry before (of the first: 64 zeros), so that nothing can be changed, taken out or put in without changing every hash after it.
//
//     format 2    "tessera-audit-2" and then, each as LENGTH:BYTES, in this order:
//                 hash before, id, company, at (microseconds since 1970), user_name, via, request, command, reason, changes
//     format 1    the hash before, id, company, at, user_name, command, reason, changes, divided by the byte 0x1f
//
// Each row says its format. Format 1 is of entries made by the versions before; it is only read. In format 2 a personal value is not
// part of `changes`: a digest stands there (personal.h), so that the value can be erased and the chain stays whole.

#include <tessera/date.h>

#include <optional>
#include <string>
#include <string_view>

namespace tessera::audit {

inline constexpr std::int64_t newest_format = 2;

// A row of kernel_audit; the members are in the order of `entry_columns`.
struct Entry {
    std::int64_t id = 0, company = 0;
    Instant      at{};
    std::string  user{}, command{}, reason{}, changes{}, hash{};
    std::int64_t format = newest_format;
    std::string  via{}, request{};
};
inline constexpr std::string_view entry_columns = "id, company, at, user_name, command, reason, changes, hash, format, via, request";

inline const std::string before_the_first(64, '0');

// What the entry's hash has to be; none for a format that nobody knows.
TESSERA_API std::optional<std::string> seal_of(std::string_view hash_before, const Entry& entry);

}  // namespace tessera::audit
