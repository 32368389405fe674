#include "services/addressee.h"

#include <tessera/mail.h>

namespace crm {

bool Addressee::can_be_reached() const { return tessera::mail::is_address(email); }

Addressee addressee_of(const Snapshot& tx, Id<Party> party, Id<Contact> named) {
    if (named) return tx.row<Addressee>("SELECT id, name, email FROM directory_contact WHERE id = :contact", named).value_or(Addressee{});
    const auto contact = tx.row<Addressee>(R"sql(
        SELECT c.id, c.name, c.email FROM directory_contact c LEFT JOIN crm_relationship r ON r.contact = c.id AND r.party = :party AND r.main_contact = 1
                AND (r.starts_on IS NULL OR r.starts_on <= :day) AND (r.ends_on IS NULL OR r.ends_on >= :day)
         WHERE c.active = 1 AND c.email IS NOT NULL AND (c.party = :party OR r.id IS NOT NULL)
         ORDER BY CASE WHEN r.id IS NULL THEN 1 ELSE 0 END, c.id LIMIT 1)sql",
                                           party, tx.today());
    if (contact) return *contact;
    const auto itself = tx.load(party);
    return {{}, itself.name, itself.email};
}

Addressee require_addressee(const Snapshot& tx, Id<Party> party, Id<Contact> contact) {
    if (party)
        if (auto addressee = addressee_of(tx, party, contact); addressee.can_be_reached()) return addressee;
    throw tessera::Refused("crm.cannot_be_reached", "To write to {}, enter an e-mail address, or leave the letter out.", party ? tx.label_of(party) : "somebody who is no party yet")
        .with_status(422)
        .with_field("letter");
}

void send_letter(Transaction& tx, Id<Party> party, const Addressee& addressee, const directory::Letter& letter, const tessera::Source& about, Touchpoint touchpoint) {
    tessera::mail::send(tx, {.recipient = addressee.email, .recipient_name = addressee.name, .subject = letter.subject, .text = letter.text}, about);
    touchpoint.party     = party;
    touchpoint.contact   = addressee.contact;
    touchpoint.direction = Direction::outbound;
    touchpoint.subject   = letter.subject;
    touchpoint.body      = letter.text;
    tx.service<Timeline>().add(tx, touchpoint);
}

}  // namespace crm
