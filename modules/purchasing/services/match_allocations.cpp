#include "services/match_allocations.h"

#include "services/allocation.h"

#include <algorithm>

namespace purchasing {

using tessera::Transaction;

namespace match_allocations {

struct ReceiptPart {
    Id<GoodsReceiptLine>         id{};
    Id<OrderLine>                order_line{};
    Quantity                     accepted{};
    Quantity                     matched{};
    Id<inventory::QuantityEntry> stock_entry{};
};
struct InvoicePart {
    Id<VendorInvoiceLine> id{};
    Id<OrderLine>         order_line{};
    Id<VendorInvoice>     invoice{};
    Quantity              quantity{};
    Quantity              matched{};
};
struct Standing {
    Id<GoodsReceiptLine>  receipt_line{};
    Id<VendorInvoiceLine> invoice_line{};
    Quantity              quantity{};
};

std::vector<ReceiptPart> receipts_of(const Transaction& tx, const Order& order, const AllocationCause& cause) {
    return tx.rows<ReceiptPart>(R"sql(
        SELECT l.id, l.order_line, l.quantity - l.rejected - l.returned_accepted, l.matched, l.stock_entry
          FROM purchasing_goods_receipt_line l JOIN purchasing_goods_receipt d ON d.id = l.document
         WHERE l.purchase_order = :purchase_order AND (d.state = 'posted' OR d.id = :receipt)
         ORDER BY d.date, l.id)sql",
                                order.id, cause.receipt);
}

std::vector<InvoicePart> posted_invoices_of(const Transaction& tx, const Order& order, Id<VendorInvoice> but) {
    return tx.rows<InvoicePart>(R"sql(
        SELECT l.id, l.order_line, l.document, l.quantity, l.matched
          FROM purchasing_vendor_invoice_line l JOIN purchasing_vendor_invoice d ON d.id = l.document
         WHERE l.purchase_order = :purchase_order AND l.kind = 'goods' AND d.state = 'posted' AND d.id <> :but)sql",
                                order.id, but.value);
}

std::vector<InvoicePart> invoices_of(const Transaction& tx, const Order& order, const AllocationCause& cause) {
    if (!cause.invoice) return posted_invoices_of(tx, order, {});
    std::vector<InvoicePart> parts;
    if (others_invoiced(tx, order, *cause.invoice)) parts = posted_invoices_of(tx, order, cause.invoice->id);
    for (const auto& line : cause.invoice->lines)
        if (line.kind == InvoiceLineKind::goods && line.purchase_order == order.id)
            parts.push_back({line.id, line.order_line, cause.invoice->id, line.quantity, line.matched});
    return parts;
}

VendorInvoiceLine* line_of(VendorInvoice* invoice, Id<VendorInvoiceLine> id) {
    if (!invoice) return nullptr;
    const auto found = std::ranges::find(invoice->lines, id, &VendorInvoiceLine::id);
    return found == invoice->lines.end() ? nullptr : &*found;
}

std::vector<Standing> standing_of(const Transaction& tx, const Order& order, const OrderLine& line) {
    return tx.rows<Standing>(R"sql(
        SELECT receipt_line, invoice_line, sum(quantity)
          FROM purchasing_match_allocation WHERE purchase_order = :purchase_order AND order_line = :order_line
         GROUP BY receipt_line, invoice_line HAVING sum(quantity) > 0 ORDER BY max(id) DESC)sql",
                             order.id, line.id);
}

std::vector<Standing> allocated_by(const Transaction& tx, const Order& order, const OrderLine& line,
                                   const tessera::Source& source) {
    return tx.rows<Standing>(R"sql(
        SELECT receipt_line, invoice_line, sum(quantity)
          FROM purchasing_match_allocation WHERE purchase_order = :purchase_order AND order_line = :order_line
               AND source_entity = :entity AND source_id = :source
         GROUP BY receipt_line, invoice_line HAVING sum(quantity) > 0)sql",
                             order.id, line.id, source.entity, source.id);
}

// The parts of one order line; parts are kept sorted by it, the oldest first within each.
template <class Part>
std::span<Part> of_line(std::vector<Part>& parts, const OrderLine& line) {
    const auto found = std::ranges::equal_range(parts, line.id, {}, &Part::order_line);
    return {found.begin(), found.end()};
}

class Planner {
public:
    Planner(const Transaction& tx, const Order& order, const AllocationCause& cause)
        : tx_(tx),
          order_(order),
          cause_(cause),
          receipts_(receipts_of(tx, order, cause)),
          invoices_(invoices_of(tx, order, cause)) {
        std::ranges::stable_sort(receipts_, {}, &ReceiptPart::order_line);
        std::ranges::sort(invoices_, {}, [](const InvoicePart& part) { return std::pair(part.order_line, part.id); });
    }

    std::vector<Allocated> plan() {
        for (const auto& line : order_.lines) plan_line(line);
        return std::move(plan_);
    }

private:
    void plan_line(const OrderLine& line) {
        goods_            = of_line(receipts_, line);
        billed_           = of_line(invoices_, line);
        const auto target = std::max(Quantity{}, std::min(line.accepted(), line.invoiced));
        if (matched() > target || cause_.removed_invoice || cause_.removed_return || some_overmatched())
            take_back(line, target);
        if (const auto missing = target - matched(); missing > Quantity{}) allocate(line, missing);
    }

    Quantity matched() const {
        Quantity sum;
        for (const auto& part : goods_) sum += part.matched;
        return sum;
    }

    void allocate(const OrderLine& line, Quantity missing) {
        std::vector<OpenPart> waiting, open;
        for (const auto& part : billed_)
            if (part.invoice != cause_.removed_invoice)
                waiting.push_back({part.id.value, part.quantity - part.matched});
        for (const auto& taken : take_in_order(waiting, missing)) {
            open.clear();
            for (const auto& part : goods_) open.push_back({part.id.value, part.accepted - part.matched});
            for (const auto& from : take_in_order(open, taken.quantity))
                add(line, Id<GoodsReceiptLine>{from.id}, Id<VendorInvoiceLine>{taken.id}, from.quantity);
        }
    }

    bool some_overmatched() const {
        return std::ranges::any_of(goods_, [](const ReceiptPart& part) { return part.matched > part.accepted; });
    }

    // First what the reversed invoice had or the reversed return had put in place of its goods, then what receipts no
    // longer have, then the newest.
    void take_back(const OrderLine& line, Quantity target) {
        auto       standing = standing_of(tx_, order_, line);
        const auto give_up  = [&](auto&& how_much) {
            for (auto& one : standing) {
                const auto some = std::clamp(how_much(one), Quantity{}, one.quantity);
                if (some.is_zero()) continue;
                one.quantity -= some;
                add(line, one.receipt_line, one.invoice_line, -some);
            }
        };
        if (cause_.removed_invoice)
            give_up([&](const Standing& one) { return of_removed(one.invoice_line) ? one.quantity : Quantity{}; });
        if (cause_.removed_return) {
            const auto in_place = allocated_by(tx_, order_, line, cause_.source);
            give_up([&](const Standing& one) {
                const auto found = std::ranges::find_if(in_place, [&](const Standing& other) {
                    return other.receipt_line == one.receipt_line && other.invoice_line == one.invoice_line;
                });
                return found == in_place.end() ? Quantity{} : found->quantity;
            });
        }
        give_up([&](const Standing& one) { return overmatched(one.receipt_line); });
        give_up([&](const Standing&) { return matched() - target; });
    }

    bool of_removed(Id<VendorInvoiceLine> id) const {
        const auto part = std::ranges::find(billed_, id, &InvoicePart::id);
        return part != billed_.end() && part->invoice == cause_.removed_invoice;
    }

    Quantity overmatched(Id<GoodsReceiptLine> id) const {
        const auto part = std::ranges::find(goods_, id, &ReceiptPart::id);
        return part == goods_.end() ? Quantity{} : part->matched - part->accepted;
    }

    void add(const OrderLine& line, Id<GoodsReceiptLine> receipt_line, Id<VendorInvoiceLine> invoice_line,
             Quantity quantity) {
        const auto goods  = std::ranges::find(goods_, receipt_line, &ReceiptPart::id);
        const auto billed = std::ranges::find(billed_, invoice_line, &InvoicePart::id);
        if (billed != billed_.end()) billed->matched += quantity;
        Allocated allocated{line.id, receipt_line, invoice_line, quantity, {}, {}};
        if (goods != goods_.end()) {
            goods->matched += quantity;
            allocated.stock_entry = goods->stock_entry;
        }
        plan_.push_back(allocated);
    }

    const Transaction&       tx_;
    const Order&             order_;
    const AllocationCause&   cause_;
    std::vector<ReceiptPart> receipts_;
    std::vector<InvoicePart> invoices_;
    std::span<ReceiptPart>   goods_;  // of the order line at hand
    std::span<InvoicePart>   billed_;
    std::vector<Allocated>   plan_;
};

}  // namespace match_allocations

bool others_invoiced(const tessera::Snapshot& tx, const Order& order, const VendorInvoice& invoice) {
    const auto other = tx.without(invoice, [&] {
        return tx.value<std::int64_t>(R"sql(
        SELECT 1 FROM purchasing_vendor_invoice_line WHERE purchase_order = :purchase_order AND document <> :invoice LIMIT 1)sql",
                                      order.id, invoice.id.value);
    });
    return other.has_value();
}

std::vector<Allocated> plan_allocations(Transaction& tx, const Order& order, const AllocationCause& cause) {
    return match_allocations::Planner(tx, order, cause).plan();
}

void write_allocations(Transaction& tx, const Order& order, std::span<const Allocated> allocations,
                       const AllocationCause& cause) {
    for (const auto& one : allocations) {
        tx.insert(MatchAllocation{.purchase_order = order.id,
                                  .order_line     = one.order_line,
                                  .receipt_line   = one.receipt_line,
                                  .invoice_line   = one.invoice_line,
                                  .quantity       = one.quantity,
                                  .cost           = one.cost,
                                  .date           = cause.date,
                                  .recorded_at    = tx.now(),
                                  .source_entity  = cause.source.entity,
                                  .source_id      = cause.source.id});
        if (one.quantity.is_zero()) continue;
        tx.execute("UPDATE purchasing_goods_receipt_line SET matched = matched + :quantity WHERE id = :receipt_line",
                   one.quantity, one.receipt_line);
        if (auto* line = match_allocations::line_of(cause.invoice, one.invoice_line))
            line->matched += one.quantity;
        else
            tx.execute("UPDATE purchasing_vendor_invoice_line SET matched = matched + :quantity WHERE id = :invoice_line",
                       one.quantity, one.invoice_line);
    }
}

}  // namespace purchasing
