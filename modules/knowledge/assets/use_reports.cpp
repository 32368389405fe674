// What knowledge is made, read and used, and what that is worth.
#include <knowledge/revision.h>
#include <knowledge/use.h>

#include "assets/declare.h"

#include <map>

namespace knowledge {

namespace use_reports {

using tessera::Parameters;

// The first day after a span of days, as a moment.
Instant end_of(Date to) { return Instant::parse(to.plus_days(1).str() + "T00:00:00Z"); }
Instant begin_of(Date from) { return Instant::parse(from.str() + "T00:00:00Z"); }

struct TopicRow {
    std::string  topic{}, department{}, month{};
    std::int64_t created = 0, read = 0, reused = 0, helpful = 0, unhelpful = 0;
};
struct Happened {
    Id<Asset>   asset{};
    std::string department{};
    Instant     at{};
    std::string what{};
};
// By the department of whoever made, read or used it.
constexpr auto happened_sql = R"sql(
    SELECT r.asset, e.department, r.changed_at, 'created'
      FROM knowledge_revision r
      LEFT JOIN access_user u ON u.name = r.changed_by
      LEFT JOIN directory_employee e ON e.email = u.email AND e.active = 1
     WHERE r.number = 1 AND r.changed_at >= :from AND r.changed_at < :to
    UNION ALL
    SELECT d.asset, e.department, d.read_at, 'read'
      FROM knowledge_reading d
      LEFT JOIN access_user u ON u.name = d.reader
      LEFT JOIN directory_employee e ON e.email = u.email AND e.active = 1
     WHERE d.read_at >= :from AND d.read_at < :to
    UNION ALL
    SELECT s.asset, e.department, s.used_at, CASE WHEN s.helpful = 'yes' THEN 'helpful' WHEN s.helpful = 'no' THEN 'unhelpful' ELSE 'reused' END
      FROM knowledge_use s LEFT JOIN directory_employee e ON e.id = s.employee
     WHERE s.used_at >= :from AND s.used_at < :to)sql";

void count(TopicRow& row, const std::string& what) {
    if (what == "created") ++row.created;
    else if (what == "read") ++row.read;
    else ++row.reused;
    row.helpful += what == "helpful";
    row.unhelpful += what == "unhelpful";
}

struct Topical {
    Id<Asset>   asset{};
    std::string topic{};
};

// An asset with several topics counts for each of them.
void by_topic(const Snapshot& tx, const Parameters& parameters, const std::function<void(const TopicRow&)>& emit) {
    std::multimap<Id<Asset>, std::string> topics;
    tx.each<Topical>("SELECT x.document, t.name FROM knowledge_asset_topic x JOIN knowledge_topic t ON t.id = x.topic ORDER BY x.id", [&](const Topical& one) { topics.emplace(one.asset, one.topic); });
    std::map<std::tuple<std::string, std::string, std::string>, TopicRow> rows;
    const auto add = [&](const std::string& topic, const Happened& one) {
        const auto department = one.department.empty() ? std::string("no department") : one.department;
        const auto month      = one.at.date().str().substr(0, 7);
        auto&      row        = rows[{topic, department, month}];
        row.topic      = topic;
        row.department = department;
        row.month      = month;
        count(row, one.what);
    };
    tx.each<Happened>(happened_sql, [&](const Happened& one) {
        const auto [first, last] = topics.equal_range(one.asset);
        if (first == last) add("no topic", one);
        for (auto it = first; it != last; ++it) add(it->second, one);
    }, begin_of(parameters.date("from")), end_of(parameters.date("to")));
    for (const auto& [key, row] : rows) emit(row);
}

struct ValueRow {
    std::string            title{}, kind{};
    std::int64_t           uses = 0, helpful = 0, unhelpful = 0, minutes = 0;
    Money                  value{};
    std::int64_t           asset_id = 0;
};
struct Used {
    std::string  title{}, kind{};
    std::int64_t uses = 0, helpful = 0, unhelpful = 0, said = 0, said_minutes = 0, usual = 0, asset_id = 0;
};
constexpr auto value_sql = R"sql(
    SELECT a.title, a.kind, count(*), sum(CASE WHEN s.helpful = 'yes' THEN 1 ELSE 0 END), sum(CASE WHEN s.helpful = 'no' THEN 1 ELSE 0 END),
           sum(CASE WHEN s.helpful <> 'no' AND s.minutes_saved > 0 THEN 1 ELSE 0 END), sum(CASE WHEN s.helpful <> 'no' THEN s.minutes_saved ELSE 0 END), a.minutes_saved, a.id
      FROM knowledge_use s JOIN knowledge_asset a ON a.id = s.asset
     WHERE s.used_at >= :from AND s.used_at < :to
     GROUP BY a.id, a.title, a.kind, a.minutes_saved
     ORDER BY a.title, a.id)sql";

// Minutes as users said; where one did not say, and it was not without help, the usual ones of the asset.
std::int64_t minutes_of(const Used& used) { return used.said_minutes + (used.uses - used.unhelpful - used.said) * used.usual; }

void value(const Snapshot& tx, const Parameters& parameters, const std::function<void(const ValueRow&)>& emit) {
    const auto            hour = tx.books().money(parameters.text("cost_per_hour"));
    std::vector<ValueRow> rows;
    tx.each<Used>(value_sql, [&](const Used& used) {
        const auto minutes = minutes_of(used);
        rows.push_back({used.title, used.kind, used.uses, used.helpful, used.unhelpful, minutes, Money{tessera::divide(tessera::Wide{hour.minor()} * minutes, 60), hour.currency()}, used.asset_id});
    }, begin_of(parameters.date("from")), end_of(parameters.date("to")));
    std::ranges::stable_sort(rows, [](const ValueRow& a, const ValueRow& b) { return a.value > b.value; });
    for (const auto& row : rows) emit(row);
}

void declare_by_topic(tessera::Kernel& kernel) {
    using namespace tessera;
    kernel.report<TopicRow>("knowledge.use_by_topic", "Use of knowledge by topic")
        .help("What was written, read and used, by topic, department and month")
        .parameter<Date>("from", by_default("year_start"))
        .parameter<Date>("to", by_default("today"), tessera::help("Inclusive"))
        .column("topic", &TopicRow::topic)
        .column("department", &TopicRow::department)
        .column("month", &TopicRow::month)
        .column("created", &TopicRow::created, total)
        .column("read", &TopicRow::read, total)
        .column("reused", &TopicRow::reused, total)
        .column("helpful", &TopicRow::helpful, total)
        .column("unhelpful", &TopicRow::unhelpful, total)
        .run(by_topic);
}

void declare_value(tessera::Kernel& kernel) {
    using namespace tessera;
    kernel.report<ValueRow>("knowledge.value", "Value of knowledge")
        .help("What the uses of each asset have saved: minutes times the cost of an hour, the most valuable first")
        .parameter<Date>("from", by_default("year_start"))
        .parameter<Date>("to", by_default("today"), tessera::help("Inclusive"))
        .parameter<Money>("cost_per_hour", by_default("40"), tessera::help("Of those who use it"))
        .column("title", &ValueRow::title, opens_record("knowledge.asset", "asset_id"))
        .column("kind", &ValueRow::kind)
        .column("uses", &ValueRow::uses, total)
        .column("helpful", &ValueRow::helpful, total)
        .column("unhelpful", &ValueRow::unhelpful, total)
        .column("minutes", &ValueRow::minutes, total, meaning("As users said; where one did not, the asset's usual minutes"))
        .column("value", &ValueRow::value, total)
        .column("asset_id", &ValueRow::asset_id, hidden)
        .run(value);
}

}  // namespace use_reports

void declare_use_reports(tessera::Kernel& kernel) {
    use_reports::declare_by_topic(kernel);
    use_reports::declare_value(kernel);
}

}  // namespace knowledge
