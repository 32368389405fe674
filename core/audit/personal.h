#pragma once
// Personal values in the audit trail. What is sealed of a personal field is a digest; the value itself lies in the table
// kernel_audit_personal, under the entry and a path, with a salt of 128 random bits that nobody can guess:
//
//     kernel_audit.changes              [{"entity":"directory.contact","id":7,"did":"insert","after":{"email":{"digest":"9f2c…"}}}]
//     kernel_audit_personal             audit 42   path 0.after.email   salt 77ab…   value "ada@example.org"
//     digest                            SHA-256 of salt and value, as they stand there (the value is JSON)
//
// The path is the place of the change in the entry, the side and the field. Where the row is gone, the value was erased, and an entry
// of the trail says so ("did":"erase"); the digest tells nothing about it any more, not even to who guesses right.

#include <tessera/transaction.h>

#include <map>
#include <string>
#include <string_view>

namespace tessera::audit {

struct PersonalValue {
    std::string path{}, salt{}, value{};
};

std::string fresh_salt();                                                   // 32 characters
std::string personal_digest(std::string_view salt, std::string_view value);  // 64 characters

// By path, of one entry.
std::map<std::string, PersonalValue> personal_values(const Snapshot& snapshot, std::int64_t entry);

inline constexpr std::string_view digest_key = "digest";

}  // namespace tessera::audit
