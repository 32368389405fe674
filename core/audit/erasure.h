#pragma once
// Erasing what is kept about a person. The personal fields of the record, of its lines and of the records that are erased_with it are
// blanked as a command of its own; their values are taken out of the audit trail (personal.h) and out of what is kept to answer
// repeated requests and to deliver events. Books, numbers, and who did what and when, stay.
//
//     kernel.command "directory.contact.erase", reason "asked by letter of 2026-11-20"

#include <tessera/transaction.h>

namespace tessera::audit {

inline constexpr std::string_view may_erase = "access.erase";

bool has_personal_fields(const EntityDescription& entity);

// Refused kernel.not_permitted, kernel.not_found, kernel.nothing_personal, kernel.required without a reason, and what the entity's
// own checks refuse. Answers {"erased":[{"entity","record","fields":[…]}…],"values":7,"kept":[{"what","why"}…]}.
std::string erase(Transaction& tx, const EntityDescription& entity, std::int64_t id);

}  // namespace tessera::audit
