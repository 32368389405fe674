// Whether there are fewer complaints since something is known. Rates are statistics.
#include <crm/complaints.h>
#include <knowledge/asset.h>

#include <algorithm>
#include <cmath>
#include <set>

#include "measured/declare.h"
#include "measured/poisson_rates.h"
#include "people/topic_map.h"

namespace knowledge {

namespace complaint_rate {

using tessera::Parameters;
using tessera::Quantity;
using tessera::Refused;

struct Row {
    std::string             asset{};
    Date                    before_from{}, since{}, until{};
    std::int64_t            deliveries_before = 0, complaints_before = 0;
    std::optional<Quantity> rate_before{};
    std::int64_t            deliveries_after = 0, complaints_after = 0;
    std::optional<Quantity> rate_after{}, ratio{}, low{}, high{}, p{};
    std::string             finding{};
    std::int64_t            asset_id = 0;
};

// What is counted; empty: whatever it is.
struct Measured {
    std::set<std::int64_t> products{}, reasons{};
    bool counts(std::int64_t product, std::int64_t reason) const { return (products.empty() || products.contains(product)) && (reasons.empty() || reasons.contains(reason)); }
};

void add_all(std::set<std::int64_t>& to, const std::map<Id<Topic>, std::set<std::int64_t>>& of_topics, Id<Topic> topic) {
    if (const auto found = of_topics.find(topic); found != of_topics.end()) to.insert(found->second.begin(), found->second.end());
}

// By what was asked; else by what the asset is about, and what its topics stand for.
Measured measured_by(const Snapshot& tx, const Asset& asset, const Parameters& parameters) {
    Measured m;
    if (const auto product = parameters.reference<catalog::Product>("product")) m.products = {product.value};
    if (const auto reason = parameters.reference<crm::ComplaintReason>("reason")) m.reasons = {reason.value};
    if (!m.products.empty() || !m.reasons.empty()) return m;
    for (const auto& link : asset.links) {
        if (link.entity == "catalog.product") m.products.insert(link.record);
        if (link.entity == "crm.complaint_reason") m.reasons.insert(link.record);
    }
    const TopicMap map(tx);
    const auto     products = map.records("catalog.product"), reasons = map.records("crm.complaint_reason");
    for (const auto& topic : asset.topics) {
        add_all(m.products, products, topic.topic);
        add_all(m.reasons, reasons, topic.topic);
    }
    if (m.products.empty() && m.reasons.empty())
        throw Refused("knowledge.nothing_to_measure", "To measure {}, choose a product or a reason: it is linked to neither, nor is its topic.", asset.title).with_status(422).with_field("reason");
    return m;
}

struct Delivered {
    std::int64_t shipment = 0;
    Date         date{};
    std::int64_t product = 0;
};
struct Complained {
    Date         date{};
    std::int64_t product = 0, reason = 0;
};

struct Counts {
    Counted before{}, after{};
    Counted& of(Date day, Date since) { return day < since ? before : after; }
};

Counts counts_of(const Snapshot& tx, const Measured& measured, Date from, Date since, Date until) {
    Counts       counts;
    std::int64_t last = 0;
    tx.each<Delivered>(R"sql(
        SELECT s.id, s.date, l.product FROM sales_shipment s JOIN sales_shipment_line l ON l.document = s.id
         WHERE s.state = 'shipped' AND s.date BETWEEN :from AND :until ORDER BY s.id, l.id)sql", [&](const Delivered& delivered) {
        if (delivered.shipment == last || (!measured.products.empty() && !measured.products.contains(delivered.product))) return;
        last = delivered.shipment;
        ++counts.of(delivered.date, since).of;
    }, from, until);
    tx.each<Complained>("SELECT registered_on, coalesce(product, 0), coalesce(reason, 0) FROM crm_complaint WHERE registered_on BETWEEN :from AND :until ORDER BY id", [&](const Complained& complained) {
        if (measured.counts(complained.product, complained.reason)) ++counts.of(complained.date, since).count;
    }, from, until);
    return counts;
}

std::optional<Quantity> rounded(std::optional<double> value, int decimals) {
    if (!value || !std::isfinite(*value) || *value > 1e9) return std::nullopt;
    const auto unit = static_cast<double>(tessera::power_of_ten(decimals));
    return Quantity::raw(std::llround(*value * unit) * tessera::power_of_ten(Quantity::decimals - decimals));
}

std::optional<Quantity> per_thousand(Counted counted) {
    if (counted.of == 0) return std::nullopt;
    return Quantity::raw(tessera::divide(tessera::Wide{counted.count} * 100'000, counted.of) * tessera::power_of_ten(Quantity::decimals - 2));
}

void compare(Row& row, const Counts& counts) {
    const auto comparison = compare_rates(counts.after, counts.before);
    if (!comparison) {
        row.finding = "Nothing to compare yet";
        return;
    }
    row.ratio = rounded(comparison->ratio, 3);
    row.low   = rounded(comparison->low, 3);
    row.high  = rounded(comparison->high, 3);
    row.p     = rounded(comparison->p, 4);
    if (!comparison->distinguishable()) row.finding = "Not to be told from chance";
    else row.finding = comparison->ratio && *comparison->ratio < 1 ? "Fewer complaints" : "More complaints";
}

void answer(const Snapshot& tx, const Parameters& parameters, const std::function<void(const Row&)>& emit) {
    const auto asset = tx.load(parameters.reference<Asset>("asset"));
    const auto since = parameters.date("since").empty() ? asset.verified_on : parameters.date("since");
    if (since.empty()) throw Refused("knowledge.not_verified", "To measure {}, say since when it holds: it was never verified.", asset.title).with_status(422).with_field("since");
    const auto days   = static_cast<int>(std::clamp<std::int64_t>(parameters.integer("days"), 1, 3650));
    const auto from   = since.plus_days(-days), until = std::min(since.plus_days(days - 1), parameters.date("on"));
    const auto counts = counts_of(tx, measured_by(tx, asset, parameters), from, since, until);
    Row        row{.asset             = asset.title,
                   .before_from       = from,
                   .since             = since,
                   .until             = until,
                   .deliveries_before = counts.before.of,
                   .complaints_before = counts.before.count,
                   .rate_before       = per_thousand(counts.before),
                   .deliveries_after  = counts.after.of,
                   .complaints_after  = counts.after.count,
                   .rate_after        = per_thousand(counts.after),
                   .asset_id          = asset.id.value};
    compare(row, counts);
    emit(row);
}

}  // namespace complaint_rate

void declare_complaint_rate(tessera::Kernel& kernel) {
    using namespace tessera;
    using complaint_rate::Row;
    kernel.report<Row>("knowledge.complaint_rate", "Complaints before and since something is known")
        .help("Complaints of a thousand deliveries, before an asset was verified and since then, of the products and reasons it is about; and whether the difference can be told from chance: "
              "the exact test of two Poisson rates, with the range in which their ratio lies with 95 percent confidence")
        .parameter<Id<Asset>>("asset", required)
        .parameter<Id<crm::ComplaintReason>>("reason", tessera::help("Those that the asset and its topics stand for when left out"))
        .parameter<Id<catalog::Product>>("product", tessera::help("Those that the asset and its topics stand for when left out"))
        .parameter<Date>("since", tessera::help("The day on which it was verified when left out"))
        .parameter<std::int64_t>("days", by_default("180"), tessera::help("Before and since"))
        .parameter<Date>("on", by_default("today"), tessera::help("The last day that counts"))
        .column("asset", &Row::asset, opens_record("knowledge.asset", "asset_id"))
        .column("before_from", &Row::before_from)
        .column("since", &Row::since)
        .column("until", &Row::until)
        .column("deliveries_before", &Row::deliveries_before)
        .column("complaints_before", &Row::complaints_before)
        .column("rate_before", &Row::rate_before, meaning("Of a thousand deliveries"))
        .column("deliveries_after", &Row::deliveries_after)
        .column("complaints_after", &Row::complaints_after)
        .column("rate_after", &Row::rate_after, meaning("Of a thousand deliveries"))
        .column("ratio", &Row::ratio, meaning("After by before"))
        .column("low", &Row::low, titled("At least"))
        .column("high", &Row::high, titled("At most"))
        .column("p", &Row::p, meaning("How likely so great a difference is when there is none"))
        .column("finding", &Row::finding)
        .column("asset_id", &Row::asset_id, hidden)
        .run(complaint_rate::answer);
}

}  // namespace knowledge
