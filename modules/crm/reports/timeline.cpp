#include <crm/timeline.h>

#include "declare.h"
#include "services/party_family.h"

#include <algorithm>

namespace crm {

using tessera::Parameters;

namespace timeline_report {

constexpr std::int64_t page = 100, longest_page = 1000;

struct Row {
    Date         day{};
    std::string  kind{};
    Direction    direction = Direction::inbound;
    std::string  subject{};
    std::string  contact{};
    std::string  party{};
    std::string  entered_by{};
    bool         pinned = false;
    std::string  body{};
    Instant      moment{};
    std::string  source_entity{};
    std::int64_t source_id = 0, touchpoint_id = 0, party_id = 0, contact_id = 0;
};

// Where the page begins: behind this touchpoint; nowhere in particular when there is none.
struct Place {
    Instant      moment{};
    std::int64_t id = 0;
};

const std::string columns = R"sql(
    SELECT t.day, t.kind, t.direction, t.subject, c.name, p.name, t.entered_by, CASE WHEN n.id IS NULL THEN 0 ELSE 1 END, t.body, t.moment,
           t.source_entity, t.source_id, t.id, t.party, t.contact
      FROM crm_touchpoint t
      LEFT JOIN directory_party p ON p.id = t.party
      LEFT JOIN directory_contact c ON c.id = t.contact
      LEFT JOIN crm_pin n ON n.touchpoint = t.id)sql";

const std::string first_page = columns + R"sql(
     WHERE t.party = :party AND (:kind IS NULL OR t.kind = :kind)
     ORDER BY t.moment DESC, t.id DESC LIMIT :rows)sql";
const std::string next_page  = columns + R"sql(
     WHERE t.party = :party AND (:kind IS NULL OR t.kind = :kind) AND t.moment <= :moment AND (t.moment < :moment OR t.id < :place)
     ORDER BY t.moment DESC, t.id DESC LIMIT :rows)sql";

bool is_newer(const Row& a, const Row& b) { return a.moment != b.moment ? a.moment > b.moment : a.touchpoint_id > b.touchpoint_id; }

Place place_of(const Snapshot& tx, std::int64_t touchpoint) {
    if (!touchpoint) return {};
    const auto found = tx.row<Place>("SELECT moment, id FROM crm_touchpoint WHERE id = :id", touchpoint);
    if (!found)
        throw tessera::Refused("crm.no_such_place", "To go on reading, name the touchpoint that was shown last; {} is none.", touchpoint)
            .with_status(422)
            .with_field("before");
    return *found;
}

std::vector<Row> newest(const Snapshot& tx, Id<Party> party, const std::string& kind, const Place& place, std::int64_t count) {
    return place.id ? tx.rows<Row>(next_page, party, kind, place.moment, place.id, count) : tx.rows<Row>(first_page, party, kind, count);
}

void answer(const Snapshot& tx, const Parameters& p, const std::function<void(const Row&)>& emit) {
    const auto       count = std::clamp<std::int64_t>(p.given("rows") ? p.integer("rows") : page, 1, longest_page);
    const auto       place = place_of(tx, p.integer("before"));
    std::vector<Row> rows;
    for (const auto party : family_of(tx, p.reference<Party>("party")))
        std::ranges::move(newest(tx, party, p.text("kind"), place, count), std::back_inserter(rows));
    std::ranges::sort(rows, is_newer);
    if (std::ssize(rows) > count) rows.resize(static_cast<std::size_t>(count));
    for (const auto& row : rows) emit(row);
}

}  // namespace timeline_report

void declare_timeline_report(tessera::Kernel& kernel) {
    using namespace tessera;
    using timeline_report::Row;
    kernel.report<Row>("crm.timeline", "Timeline")
        .help("All that happened between a party and us, newest first, a page at a time; what belongs to parties merged with it included")
        .parameter<Id<Party>>("party", required)
        .parameter<std::string>("kind", help("Only calls, visits, orders and the like"))
        .parameter<std::int64_t>("before", help("The touchpoint that was shown last: the next page begins behind it"))
        .parameter<std::int64_t>("rows", help("How many at a time: 100 when left out, at most 1000"))
        .column("day", &Row::day)
        .column("kind", &Row::kind)
        .column("direction", &Row::direction)
        .column("subject", &Row::subject, opens_record("@source_entity", "source_id"))
        .column("contact", &Row::contact, opens_record("directory.contact", "contact_id"))
        .column("party", &Row::party, opens_record("directory.party", "party_id"))
        .column("entered_by", &Row::entered_by)
        .column("pinned", &Row::pinned)
        .column("body", &Row::body, titled("Text"))
        .column("moment", &Row::moment, hidden)
        .column("source_entity", &Row::source_entity, hidden)
        .column("source_id", &Row::source_id, hidden)
        .column("touchpoint_id", &Row::touchpoint_id, hidden)
        .column("party_id", &Row::party_id, hidden)
        .column("contact_id", &Row::contact_id, hidden)
        .run(timeline_report::answer);
    kernel.panel("crm.party_timeline", "directory.party", "Timeline", report_view("crm.timeline", {{"party", "=id"}}));
}

}  // namespace crm
