// What the valuation says, as lists: the customer base, whom to keep, and who moved.
#include <crm/customer_value.h>

#include "customer_base/declare.h"

#include <algorithm>
#include <vector>

namespace crm {

namespace value_reports {

using tessera::Parameters;

struct BaseRow {
    std::string             party{};
    std::string             stage{}, segment{}, tier{}, score{};
    std::int64_t            purchases = 0;
    Date                    last_purchase{};
    Money                   revenue{};
    std::optional<Percent>  alive{};
    std::optional<Quantity> next_90_days{}, next_365_days{};
    std::optional<Money>    expected_value{};
    std::int64_t            party_id = 0, value_id = 0;
};
constexpr auto base_sql = R"sql(
    SELECT p.name, v.stage, v.segment, t.name, v.score, v.purchases, v.last_purchase, v.revenue, v.alive, v.next_90_days, v.next_365_days,
           v.expected_value, v.party, v.id
      FROM crm_customer_value v JOIN directory_party p ON p.id = v.party LEFT JOIN crm_value_tier t ON t.id = v.tier
     WHERE (:stage IS NULL OR v.stage = :stage) AND (:segment IS NULL OR v.segment = :segment) AND (:tier IS NULL OR v.tier = :tier)
     ORDER BY coalesce(v.expected_value, -1) DESC, p.name, v.party)sql";

struct RetentionRow {
    std::string  party{}, stage{}, tier{};
    Money        expected_value{}, at_risk{};
    Percent      alive{};
    Date         last_purchase{};
    std::int64_t party_id = 0, value_id = 0;
};
constexpr auto retention_sql = R"sql(
    SELECT p.name, v.stage, t.name, v.expected_value, 0, v.alive, v.last_purchase, v.party, v.id
      FROM crm_customer_value v JOIN directory_party p ON p.id = v.party LEFT JOIN crm_value_tier t ON t.id = v.tier
     WHERE v.expected_value > 0 AND v.alive IS NOT NULL AND (:tier IS NULL OR v.tier = :tier))sql";

void retention(const Snapshot& tx, const Parameters& parameters, const std::function<void(const RetentionRow&)>& emit) {
    auto rows = tx.rows<RetentionRow>(retention_sql, parameters.reference<ValueTier>("tier"));
    for (auto& row : rows) row.at_risk = tessera::percent_of(row.expected_value, Percent::of(100) - row.alive);
    std::erase_if(rows, [](const RetentionRow& row) { return row.at_risk.is_zero(); });
    std::ranges::stable_sort(rows, [](const RetentionRow& a, const RetentionRow& b) { return a.at_risk != b.at_risk ? a.at_risk > b.at_risk : a.party < b.party; });
    const auto most = static_cast<std::size_t>(std::max<std::int64_t>(parameters.integer("most"), 0));
    if (most > 0 && rows.size() > most) rows.resize(most);
    for (const auto& row : rows) emit(row);
}

struct MoveRow {
    std::string  month{};
    MoveKind     kind{};
    std::string  before{}, after{};
    std::int64_t customers = 0;
};

struct StageRow {
    std::string  stage{};
    std::int64_t customers = 0;
    Money        revenue{}, expected_value{};
};

void declare_base_report(tessera::Kernel& kernel) {
    using namespace tessera;
    kernel.report<BaseRow>("crm.customer_base", "Customer base")
        .help("Every customer with what they bought, what is expected, and where they stand; the most valuable first")
        .parameter<std::string>("stage", tessera::help("Of this stage of life alone"))
        .parameter<std::string>("segment", tessera::help("Of this segment alone"))
        .parameter<Id<ValueTier>>("tier", tessera::help("Of this tier alone"))
        .column("party", &BaseRow::party, titled("Customer"), opens_record("directory.party", "party_id"))
        .column("stage", &BaseRow::stage)
        .column("segment", &BaseRow::segment)
        .column("tier", &BaseRow::tier)
        .column("score", &BaseRow::score, meaning("Recency, frequency, money: 5 is best"))
        .column("purchases", &BaseRow::purchases, total)
        .column("last_purchase", &BaseRow::last_purchase)
        .column("revenue", &BaseRow::revenue, total)
        .column("alive", &BaseRow::alive, titled("Still buys"), meaning("Chance in percent"))
        .column("next_90_days", &BaseRow::next_90_days, total, meaning("Purchases expected"))
        .column("next_365_days", &BaseRow::next_365_days, total, meaning("Purchases expected"))
        .column("expected_value", &BaseRow::expected_value, total, opens_record("crm.customer_value", "value_id"))
        .column("party_id", &BaseRow::party_id, hidden)
        .column("value_id", &BaseRow::value_id, hidden)
        .query(base_sql);
}

void declare_retention_report(tessera::Kernel& kernel) {
    using namespace tessera;
    kernel.report<RetentionRow>("crm.retention", "Customers to keep")
        .help("With whom most is at stake: the expected value of a customer by the chance that they do not buy any more. The largest first")
        .parameter<Id<ValueTier>>("tier", tessera::help("Of this tier alone"))
        .parameter<std::int64_t>("most", by_default("100"), tessera::help("How many customers at most; 0: all"))
        .column("party", &RetentionRow::party, titled("Customer"), opens_record("directory.party", "party_id"))
        .column("stage", &RetentionRow::stage)
        .column("tier", &RetentionRow::tier)
        .column("expected_value", &RetentionRow::expected_value, total, opens_record("crm.customer_value", "value_id"))
        .column("at_risk", &RetentionRow::at_risk, total, titled("Value at risk"), meaning("Expected value × chance that they do not buy any more"))
        .column("alive", &RetentionRow::alive, titled("Still buys"), meaning("Chance in percent"))
        .column("last_purchase", &RetentionRow::last_purchase)
        .column("party_id", &RetentionRow::party_id, hidden)
        .column("value_id", &RetentionRow::value_id, hidden)
        .run(retention);
}

void declare_move_reports(tessera::Kernel& kernel) {
    using namespace tessera;
    kernel.report<MoveRow>("crm.customer_moves", "Moves of customers")
        .help("How many customers came from one stage, tier or segment into another, by month")
        .parameter<Date>("from", by_default("year_start"))
        .parameter<Date>("to", by_default("today"), tessera::help("Inclusive"))
        .parameter<MoveKind>("kind")
        .column("month", &MoveRow::month)
        .column("kind", &MoveRow::kind)
        .column("before", &MoveRow::before, titled("From"))
        .column("after", &MoveRow::after, titled("To"))
        .column("customers", &MoveRow::customers, total)
        .query(R"sql(
            SELECT substr(CAST(day AS TEXT), 1, 7) AS month, kind, before, after, count(*)
              FROM crm_customer_move
             WHERE day BETWEEN :from AND :to AND (:kind IS NULL OR kind = :kind)
             GROUP BY substr(CAST(day AS TEXT), 1, 7), kind, before, after
             ORDER BY month, kind, before, after)sql");
    kernel.report<StageRow>("crm.lifecycle", "Customers by stage of life")
        .help("How many customers are in each stage, what they bought, and what is expected of them")
        .column("stage", &StageRow::stage, opens("crm.customer_base", {{"stage", "stage"}}))
        .column("customers", &StageRow::customers, total)
        .column("revenue", &StageRow::revenue, total)
        .column("expected_value", &StageRow::expected_value, total)
        .query(R"sql(
            SELECT stage, count(*), sum(revenue), coalesce(sum(expected_value), 0) FROM crm_customer_value GROUP BY stage ORDER BY count(*) DESC, stage)sql");
}

}  // namespace value_reports

void declare_value_reports(tessera::Kernel& kernel) {
    value_reports::declare_base_report(kernel);
    value_reports::declare_retention_report(kernel);
    value_reports::declare_move_reports(kernel);
}

}  // namespace crm
