#include "complaints/disputed_invoice.h"

#include <financials/dunning.h>

namespace crm {

namespace disputed_invoice {

bool concerns_the_invoice(RemedyKind remedy) { return remedy == RemedyKind::refund || remedy == RemedyKind::credit || remedy == RemedyKind::discount; }

std::optional<financials::OpenItem> item_of(const Snapshot& tx, const Complaint& complaint) {
    if (complaint.source_entity == "sales.invoice") return tx.service<financials::OpenItems>().of_source(tx, {complaint.source_entity, complaint.source_id});
    if (complaint.order_reference.empty() || !complaint.party) return {};
    return tx.first<financials::OpenItem>("side = 'receivable' AND party = :party AND document = :document ORDER BY id", complaint.party, complaint.order_reference);
}

}  // namespace disputed_invoice

void dispute_invoice(Transaction& tx, const Complaint& complaint) {
    if (!disputed_invoice::concerns_the_invoice(complaint.remedy)) return;
    const auto item = disputed_invoice::item_of(tx, complaint);
    if (!item || item->side != financials::ItemSide::receivable || item->open_amount.is_zero() || item->open_amount.is_negative()) return;
    tx.service<financials::Disputes>().open(tx, item->id, fmt::format("Complaint {}: {}", complaint.number, tessera::name_of(complaint.remedy)), tx.source_of(complaint));
}

void end_dispute(Transaction& tx, const Complaint& complaint) {
    tx.service<financials::Disputes>().resolve(tx, tx.source_of(complaint), fmt::format("Complaint {} is closed: {}", complaint.number, complaint.resolution));
}

}  // namespace crm
