// Every shipment is compared with what its customer calls quality: how late or early its lines left, and how much of them was short.
#include <crm/quality.h>
#include <sales/events.h>

#include "declare.h"

#include <algorithm>

namespace crm {

namespace quality_of_shipments {

struct Line {
    Date     promised_on{};
    Quantity ordered{}, shipped{};
};

constexpr auto lines_sql = R"sql(
    SELECT o.promised_on, o.quantity, o.shipped FROM sales_order_line o
     WHERE o.id IN (SELECT l.order_line FROM sales_shipment_line l WHERE l.document = :shipment))sql";

// The worst of its lines counts, in days; of the quantities all of them together, in percent of what was ordered.
std::vector<Measured> measured(const std::vector<Line>& lines, Date left_on) {
    std::int64_t late = 0, early = 0, ordered = 0, outstanding = 0;
    for (const auto& line : lines) {
        if (!line.promised_on.empty()) {
            late  = std::max<std::int64_t>(late, left_on - line.promised_on);
            early = std::max<std::int64_t>(early, line.promised_on - left_on);
        }
        ordered += line.ordered.raw();
        outstanding += std::max<std::int64_t>(0, line.ordered.raw() - line.shipped.raw());
    }
    const auto short_percent = ordered ? Quantity::raw(tessera::divide(tessera::Wide{outstanding} * 100 * tessera::power_of_ten(Quantity::decimals), ordered)) : Quantity{};
    return {{"days_late", Quantity::of(late)}, {"days_early", Quantity::of(early)}, {"quantity_short", short_percent}};
}

void check(Transaction& tx, const sales::GoodsShipped& shipped) {
    if (!tx.value<std::int64_t>("SELECT id FROM crm_quality_criterion WHERE party = :party LIMIT 1", shipped.customer)) return;
    const auto lines = tx.rows<Line>(lines_sql, shipped.shipment);
    tx.service<CustomerQuality>().check(
        tx, {.party = shipped.customer, .day = shipped.date, .source = {"sales.shipment", shipped.shipment.value, 0}, .measured = measured(lines, shipped.date)});
}

}  // namespace quality_of_shipments

void declare_quality_of_shipments(tessera::Kernel& kernel) { kernel.on(quality_of_shipments::check); }

}  // namespace crm
