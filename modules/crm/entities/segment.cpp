// A segment:  used --refresh--> used;  used --retire--> retired --reuse--> used
#include <crm/segment.h>

#include <tessera/job.h>

#include "declare.h"
#include "services/segment_rule.h"

namespace crm {

using tessera::Refused;

namespace segment_entity {

void check(Transaction& tx, Segment& segment) {
    if (segment.hold_out.is_negative() || segment.hold_out > Percent::of(90))
        throw Refused("crm.hold_out_out_of_range", "To hold out part of {}, use 0 to 90 percent.", segment.name).with_status(422).with_field("hold_out");
    require_sound(tx, segment.conditions);
}

void refresh(Transaction& tx, Segment& segment) {
    tx.service<Segments>().refresh(tx, segment.id);
    segment = tx.load(segment.id);
}

void refresh_all(tessera::JobRun& run) {
    for (const auto id : run.ask<Id<Segment>>([](const Snapshot& tx) { return tx.rows<Id<Segment>>("SELECT id FROM crm_segment WHERE state = 'used' ORDER BY id"); })) {
        if (run.should_stop()) return;
        std::string told;
        run.write([&](Transaction& tx) {
            const auto change = tx.service<Segments>().refresh(tx, id);
            told              = fmt::format("{}: {} joined, {} left", tx.label_of(id), change.joined, change.left);
        });
        run.tell(std::move(told));
    }
}

struct Row {
    std::string  party{};
    Date         joined_on{};
    Date         left_on{};
    bool         held_out = false;
    std::int64_t party_id = 0;
};

constexpr auto members = R"sql(
    SELECT p.name, m.joined_on, m.left_on, m.held_out, m.party
      FROM crm_segment_member m JOIN directory_party p ON p.id = m.party
     WHERE m.segment = :segment AND (:as_of IS NULL OR (m.joined_on <= :as_of AND (m.left_on IS NULL OR m.left_on > :as_of)))
     ORDER BY p.name, m.joined_on, m.id)sql";

void declare_records(tessera::Kernel& kernel) {
    using namespace tessera;
    kernel.entity<SegmentCondition>("crm.segment_condition", "Segment condition")
        .part_of(&SegmentCondition::document)
        .field("alternative", &SegmentCondition::alternative, help("All conditions of one alternative must hold, of one alternative or another"))
        .field("fact", &SegmentCondition::fact, required, longest(60), help("What is known of the party: customer, country, last_contact, won_amount …"))
        .field("comparison", &SegmentCondition::comparison)
        .field("value", &SegmentCondition::value, longest(1000), help("What it is compared with; several divided by commas with one_of"))
        .display("fact");
    kernel.entity<Segment>("crm.segment", "Segment")
        .field("state", &Segment::state, read_only)
        .field("name", &Segment::name, required, unique, searchable, longest(100))
        .field("note", &Segment::note, multiline)
        .field("hold_out", &Segment::hold_out, help("Percent of the members whom campaigns leave alone, to compare with"))
        .field("worked_out_on", &Segment::worked_out_on, read_only)
        .field("members", &Segment::members, read_only)
        .lines("conditions", &Segment::conditions)
        .help("The parties that satisfy a rule, worked out every night")
        .menu(Menu::documents)
        .needs("crm.manage")
        .validate(check);
    kernel.entity<SegmentMember>("crm.segment_member", "Segment member")
        .field("segment", &SegmentMember::segment, required)
        .field("party", &SegmentMember::party, required, indexed, erased_with)
        .field("joined_on", &SegmentMember::joined_on)
        .field("left_on", &SegmentMember::left_on, help("The first day on which it no longer belonged to it"))
        .field("held_out", &SegmentMember::held_out)
        .display("party")
        .index({"segment", "left_on"})
        .help("Who belonged to a segment from when to when")
        .menu(Menu::ledgers)
        .made_by_commands();
}

}  // namespace segment_entity

void declare_segment(tessera::Kernel& kernel) {
    using namespace tessera;
    using enum SegmentState;
    using segment_entity::Row;
    segment_entity::declare_records(kernel);
    kernel.workflow(&Segment::state)
        .transition("refresh", used, used, needs("crm.manage"), called("Work out now"), segment_entity::refresh)
        .transition("retire", used, retired, needs("crm.manage"), destructive)
        .transition("reuse", retired, used, needs("crm.manage"));
    kernel.job("crm.segments", "Work out who belongs to which segment", daily_at(2, 30), segment_entity::refresh_all);
    kernel.report<Row>("crm.segment_members", "Members of a segment")
        .help("Who belonged to a segment on a day, or everybody who ever did")
        .parameter<Id<Segment>>("segment", required)
        .parameter<Date>("as_of", help("Everybody who ever did when left out"))
        .column("party", &Row::party, opens_record("directory.party", "party_id"))
        .column("joined_on", &Row::joined_on)
        .column("left_on", &Row::left_on)
        .column("held_out", &Row::held_out)
        .column("party_id", &Row::party_id, hidden)
        .query(segment_entity::members);
    kernel.panel("crm.segment_now", "crm.segment", "Members", report_view("crm.segment_members", {{"segment", "=id"}}));
}

}  // namespace crm
