#include "assets/owner_letters.h"

#include <tessera/mail.h>

namespace knowledge {

void tell_owner(Transaction& tx, const Asset& asset, const std::string& subject, const std::string& text) {
    const auto owner = tx.find(asset.owner);
    if (!owner || !tessera::mail::is_address(owner->email)) return;
    tessera::mail::send(tx, {.recipient = owner->email, .recipient_name = owner->name, .subject = subject, .text = text}, tx.source_of(asset));
}

}  // namespace knowledge
