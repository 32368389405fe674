#pragma once
// How much somebody may approve, and what exactly was approved.
//
// A role may have limits: up to an amount for each document, up to an amount a day, in a currency. Who has several roles has the highest
// of their limits; a role that permits the same without a limit has none. Amounts are those that an entity declares with worth().
//
// A transition that is declared with `approves` leaves an Approval: who, when, how much, and the digest of what was approved (every field and line
// that people can set). When the document no longer reads like that, the approval is not worth anything: access.approved_content.

#include <tessera/access.h>
#include <tessera/kernel.h>

namespace tessera::access {

void declare_approvals(Kernel& kernel);

// Refused "access.over_limit" (403); otherwise what is used of the day's limit is counted.
void require_within_limit(Transaction& tx, const EntityDescription& entity, const void* record, std::string_view permission);

void note_approval(Transaction& tx, const EntityDescription& entity, const void* record, const TransitionDescription& transition);

// The digest of what people can set of a record.
std::string content_of(const EntityDescription& entity, const void* record);

}  // namespace tessera::access
