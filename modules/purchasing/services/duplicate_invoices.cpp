#include "services/duplicate_invoices.h"

namespace purchasing {

using tessera::Refused;
using tessera::Snapshot;

namespace duplicate_invoices {

bool is_digit(char c) { return c >= '0' && c <= '9'; }

// Zeros that only fill a number up say nothing; a zero that is all of it does.
std::string without_filling_zeros(std::string_view text) {
    std::string result;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const bool starts_number = is_digit(text[i]) && (i == 0 || !is_digit(text[i - 1]));
        if (starts_number)
            while (text[i] == '0' && i + 1 < text.size() && is_digit(text[i + 1])) ++i;
        result += text[i];
    }
    return result;
}

}  // namespace duplicate_invoices

std::string normalised_number(std::string_view number) {
    using duplicate_invoices::is_digit;
    std::string kept;
    bool        gap = false;
    for (char c : number) {
        if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
        const bool says_something = is_digit(c) || (c >= 'A' && c <= 'Z') || static_cast<unsigned char>(c) >= 0x80;
        if (!says_something) {
            gap = true;
            continue;
        }
        // 1-11 and 11-1 are two numbers.
        if (gap && is_digit(c) && !kept.empty() && is_digit(kept.back())) kept += '-';
        kept += c;
        gap = false;
    }
    return duplicate_invoices::without_filling_zeros(kept);
}

void refuse_duplicate(const Snapshot& tx, const VendorInvoice& invoice) {
    if (invoice.number_key.empty()) return;
    struct Row {
        Id<VendorInvoice> id{};
        std::string       number{};
        Date              date{};
    };
    const auto other = tx.row<Row>(R"sql(
        SELECT d.id, d.number, d.date FROM purchasing_vendor_invoice d
         WHERE d.supplier = :supplier AND d.number_key = :number_key AND d.year = :year
                AND d.state <> 'reversed' AND d.id <> :id LIMIT 1)sql",
                                   invoice.supplier, invoice.number_key, invoice.year, invoice.id.value);
    if (!other) return;
    throw Refused("purchasing.duplicate_invoice",
                  "To enter {} of {} again, reverse {} first: it is that invoice, dated {}.", invoice.supplier_number,
                  tx.label_of(invoice.supplier),
                  other->number.empty() ? fmt::format("draft {}", other->id) : other->number, other->date)
        .with_field("supplier_number");
}

namespace duplicate_invoices {

struct Candidate {
    Id<VendorInvoice> id{};
    std::string       number{};
};

void take_earlier(std::optional<Candidate>& found, std::optional<Candidate> other) {
    if (other && (!found || other->id < found->id)) found = std::move(other);
}

std::optional<Candidate> on_order(const Snapshot& tx, const VendorInvoice& invoice, Id<Order> order) {
    return tx.row<Candidate>(R"sql(
        SELECT d.id, d.number FROM purchasing_vendor_invoice_line l CROSS JOIN purchasing_vendor_invoice d
         WHERE l.purchase_order = :purchase_order AND d.id = l.document AND d.supplier = :supplier AND d.date = :date
               AND d.total = :total AND d.kind = 'invoice' AND d.state = 'posted' AND d.id <> :id
         ORDER BY d.id LIMIT 1)sql",
                             order, invoice.supplier, invoice.date, invoice.total, invoice.id.value);
}

std::optional<Candidate> without_order(const Snapshot& tx, const VendorInvoice& invoice) {
    return tx.row<Candidate>(R"sql(
        SELECT d.id, d.number FROM purchasing_vendor_invoice d
         WHERE d.supplier = :supplier AND d.date = :date AND d.total = :total AND d.kind = 'invoice'
               AND d.state = 'posted' AND d.id <> :id AND d.purchase_order IS NULL
         ORDER BY d.id LIMIT 1)sql",
                             invoice.supplier, invoice.date, invoice.total, invoice.id.value);
}

}  // namespace duplicate_invoices

// Asked order by order: a supplier may send hundreds of invoices over one amount in a day.
std::optional<std::string> looks_like(const Snapshot& tx, const VendorInvoice& invoice, std::span<const Id<Order>> orders) {
    auto found = duplicate_invoices::without_order(tx, invoice);
    for (const auto order : orders) duplicate_invoices::take_earlier(found, duplicate_invoices::on_order(tx, invoice, order));
    if (!found) return std::nullopt;
    return found->number;
}

}  // namespace purchasing
