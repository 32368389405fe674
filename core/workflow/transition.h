#pragma once
// Runs one declared transition of a loaded record: permission, state, separate duties, limit, input, action, save.

#include <tessera/transaction.h>

#include <boost/json/fwd.hpp>

namespace tessera::workflow {

void run(Transaction& tx, const EntityDescription& entity, void* record, std::string_view transition, const boost::json::object* input,
         const std::function<void(void*)>& save, std::string_view also = {});      // also: a permission that the same command has used on it

// Refused "kernel.not_permitted" (403) unless the actor may.
// Refused 403 "kernel.confirmation_wanted" where somebody at a browser has not typed the password lately.
void require_confirmed(const Actor& actor, std::string_view goal);

void require_permission(const Actor& actor, std::string_view permission, std::string_view goal);

}  // namespace tessera::workflow
