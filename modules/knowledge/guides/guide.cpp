#include "guides/declare.h"
#include "guides/guide_version.h"

namespace knowledge {

namespace guide_entity {

void complete(Transaction& tx, GuideVersion& version) {
    if (!version.guide || version.version_number) return;
    version.version_number = tx.value<std::int64_t>("SELECT max(version_number) FROM knowledge_guide_version WHERE guide = :guide", version.guide).value_or(0) + 1;
    version.name           = fmt::format("{}, {}", tx.label_of(version.guide), version.version_number);
}

}  // namespace guide_entity

std::optional<GuideVersion> version_on(const Snapshot& tx, Id<Guide> guide, Date day) {
    return tx.first<GuideVersion>(
        "guide = :guide AND state IN ('in_use', 'retired') AND valid_from <= :day AND (valid_to IS NULL OR valid_to >= :day) ORDER BY version_number DESC", guide, day);
}

void declare_guide(tessera::Kernel& kernel) {
    using namespace tessera;
    kernel.entity<Guide>("knowledge.guide", "Guide")
        .help("Questions that lead to what is to be done: walked with a customer on the telephone or at a machine")
        .field("name", &Guide::name, required, unique, searchable, longest(120))
        .field("topic", &Guide::topic, indexed)
        .field("asset", &Guide::asset, indexed, help("The article it belongs to"))
        .field("help", &Guide::help, multiline, searchable, help("When it is walked"))
        .field("active", &Guide::active)
        .display("name")
        .needs("knowledge.manage")
        .menu(Menu::master_data);
    kernel.entity<GuideStep>("knowledge.guide_step", "Step of a guide")
        .part_of(&GuideStep::version)
        .field("code", &GuideStep::code, required, longest(40), help("By which answers name it"))
        .field("kind", &GuideStep::kind)
        .field("text", &GuideStep::text, required, longest(2000), help("The question, or what is to be done"))
        .field("asset", &GuideStep::asset, help("Of an article"))
        .field("entity", &GuideStep::entity, help("Of a new record: crm.complaint"))
        .display("code");
    kernel.entity<GuideAnswer>("knowledge.guide_answer", "Answer of a guide")
        .part_of(&GuideAnswer::version)
        .field("step", &GuideAnswer::step, required, longest(40), help("The code of the question"))
        .field("text", &GuideAnswer::text, required, longest(200))
        .field("next_step", &GuideAnswer::next_step, required, longest(40), help("The code of the step it leads to"));
    kernel.entity<GuideVersion>("knowledge.guide_version", "Version of a guide")
        .plural("Versions of guides")
        .path("guide_versions")
        .help("The steps and answers of a guide, as they hold from a day on")
        .field("guide", &GuideVersion::guide, required, indexed)
        .field("version_number", &GuideVersion::version_number, read_only)
        .field("name", &GuideVersion::name, read_only, searchable)
        .field("state", &GuideVersion::state, read_only)
        .field("valid_from", &GuideVersion::valid_from, read_only)
        .field("valid_to", &GuideVersion::valid_to, read_only)
        .field("note", &GuideVersion::note, multiline, help("What changed"))
        .lines("steps", &GuideVersion::steps)
        .lines("answers", &GuideVersion::answers)
        .display("name")
        .unique_together({"guide", "version_number"})
        .editable_while(GuideState::draft)
        .needs("knowledge.manage")
        .validate(guide_entity::complete);
}

}  // namespace knowledge
