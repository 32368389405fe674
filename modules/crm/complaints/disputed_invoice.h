#pragma once
// A complaint that was answered with money (a refund, a credit, a discount) and is about an invoice disputes what of it is open, so that
// nobody is dunned for it, until the complaint is closed. The invoice is the document of the complaint, or the one its order
// reference names.

#include <crm/complaints.h>

namespace crm {

void dispute_invoice(Transaction& tx, const Complaint& complaint);
void end_dispute(Transaction& tx, const Complaint& complaint);

}  // namespace crm
