#pragma once
// Who does one thing should not do the other: pairs of permissions that one person must not have, or must not use on documents that
// belong together. They are data (access.duty_conflict); modules offer the usual ones of their trade.
//
//     order goods × release the payment         enter a bill × release what its match holds
//
// Checked when a role is given, and again when a step is taken: by the audit trail, on the document itself and on those it stands on (the
// order of a receipt, the bill of a payment, the supplier). Who may do everything (*) is not stopped, but reported like all others.

#include <tessera/access.h>
#include <tessera/kernel.h>

namespace tessera::access {

// A step is the use of a permission by a command on a document.
struct Step {
    std::string  entity{};
    std::int64_t record = 0;
    std::string  command{};  // "purchasing.order.approve"
    Instant      at{};
};

void declare_duties(Kernel& kernel);

// Refused "access.conflicting_duties" where the user did on this document, or on one it stands on, what must not be done by the same
// person as what needs `permission`. `also`: a permission used by the same command.
void require_separate_duties(Transaction& tx, const EntityDescription& entity, const void* record, std::string_view permission, std::string_view also = {});

// At the end of the command: the users (or all who have the role) have no conflicting permissions that nothing makes up for.
void check_duties_of(Transaction& tx, Id<User> user);
void check_duties_of(Transaction& tx, Id<Role> role);
void check_duties_now(const Snapshot& snapshot, const User& user);

}  // namespace tessera::access
