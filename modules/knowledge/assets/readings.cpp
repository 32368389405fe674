#include "assets/readings.h"

#include "assets/declare.h"
#include "assets/quiz.h"

namespace knowledge {

namespace readings {

using tessera::Parameters;
using tessera::Refused;

std::optional<Reading> reading_of(const Snapshot& tx, const Asset& asset) {
    return tx.first<Reading>("asset = :asset AND revision = :revision AND reader = :reader ORDER BY id LIMIT 1", asset.id, asset.revision, tx.user().name);
}

struct UnreadRow {
    std::string  asset{};
    std::string  department{}, employee{};
    Date         verified_on{};
    std::int64_t asset_id = 0, employee_id = 0;
};
// A reading counts from the revision on that was verified last.
constexpr auto unread_sql = R"sql(
    SELECT a.title, e.department, e.name, a.verified_on, a.id, e.id
      FROM knowledge_asset a
      JOIN directory_employee e ON e.active = 1 AND (a.readers_department IS NULL OR e.department = a.readers_department)
     WHERE a.required_reading = 1 AND a.state IN ('verified', 'needs_review')
       AND (:department IS NULL OR e.department = :department)
       AND (:asset IS NULL OR a.id = :asset)
       AND NOT EXISTS (SELECT 1 FROM knowledge_reading r JOIN access_user u ON u.name = r.reader
                        WHERE r.asset = a.id AND r.understood = 1 AND r.revision >= a.verified_revision AND u.email = e.email)
     ORDER BY a.title, a.id, e.name, e.id)sql";

}  // namespace readings

void keep_reading(Transaction& tx, const Asset& asset, bool understood, std::optional<std::int64_t> score) {
    auto reading = readings::reading_of(tx, asset);
    if (!reading) {
        tx.insert(Reading{.asset = asset.id, .revision = asset.revision, .reader = tx.user().name, .read_at = tx.now(), .understood = understood, .score = score});
        return;
    }
    reading->read_at    = tx.now();
    reading->understood = reading->understood || understood;
    if (score) reading->score = std::max(reading->score.value_or(0), *score);
    tx.save(*reading);
}

void note_reading(Transaction& tx, Asset& asset) {
    const auto reading = readings::reading_of(tx, asset);
    if (has_quiz(tx, asset.id) && !(reading && reading->understood))
        throw tessera::Refused("knowledge.quiz_first", "To say that you understood {}, answer its questions: {} percent of them rightly.", asset.title, asset.pass_percent).with_status(422);
    keep_reading(tx, asset, true, std::nullopt);
}

void declare_reading(tessera::Kernel& kernel) {
    using namespace tessera;
    kernel.entity<Reading>("knowledge.reading", "Reading")
        .help("Who has read which revision of an asset, and understood it")
        .field("asset", &Reading::asset, required, indexed)
        .field("revision", &Reading::revision)
        .field("reader", &Reading::reader, required, indexed, personal)
        .field("read_at", &Reading::read_at)
        .field("understood", &Reading::understood)
        .field("score", &Reading::score, help("Percent of its questions that were answered rightly"))
        .seen_with("asset")
        .not_in_search()
        .made_by_commands();
    declare_quiz(kernel);
}

void declare_reading_report(tessera::Kernel& kernel) {
    using namespace tessera;
    using readings::UnreadRow;
    kernel.report<UnreadRow>("knowledge.unread", "Not read yet")
        .help("Who has not read and understood what they have to, as it was verified last")
        .parameter<std::string>("department")
        .parameter<Id<Asset>>("asset")
        .column("asset", &UnreadRow::asset, opens_record("knowledge.asset", "asset_id"))
        .column("department", &UnreadRow::department)
        .column("employee", &UnreadRow::employee, opens_record("directory.employee", "employee_id"))
        .column("verified_on", &UnreadRow::verified_on)
        .column("asset_id", &UnreadRow::asset_id, hidden)
        .column("employee_id", &UnreadRow::employee_id, hidden)
        .query(readings::unread_sql);
}

}  // namespace knowledge
