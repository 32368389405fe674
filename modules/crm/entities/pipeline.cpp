#include <crm/opportunity.h>

#include <tessera/text.h>

#include "declare.h"
#include "services/stage_gate.h"

namespace crm {

using tessera::Refused;

namespace pipeline_entity {

void check_stage(Transaction& tx, Stage& stage) {
    if (stage.probability.is_negative() || stage.probability > Percent::of(100))
        throw Refused("crm.probability_out_of_range", "To say how likely the stage {} leads to a sale, use 0 to 100 percent.", stage.name)
            .with_status(422)
            .with_field("probability");
    for (const auto& field : words_of(stage.required_fields)) require_field_of_opportunity(tx, field);
    if (stage.position == 0)
        stage.position = 1 + tx.value<std::int64_t>("SELECT max(position) FROM crm_stage WHERE pipeline = :pipeline", stage.pipeline).value_or(0);
}

void check_item(Transaction& tx, CheckedItem& item) {
    if (item.done_on.empty()) item.done_on = tx.today();
    if (item.done_by.empty()) item.done_by = tx.user().name;
}

void seed(Transaction& tx, const tessera::SeedOptions&) {
    const auto sales = tx.insert(Pipeline{.name = "Sales", .position = 1});
    for (const auto& [name, probability] : {std::pair{"Contacted", 10}, {"Needs known", 25}, {"Offered", 50}, {"Negotiated", 75}})
        tx.insert(Stage{.pipeline = sales, .name = name, .probability = Percent::of(probability)});
    for (const auto* name : {"Price", "Product does not fit", "Delivery time", "Competitor known better", "No decision", "No budget"}) tx.insert(LostReason{.name = name});
}

}  // namespace pipeline_entity

void declare_pipeline(tessera::Kernel& kernel) {
    using namespace tessera;
    kernel.entity<Pipeline>("crm.pipeline", "Pipeline")
        .field("name", &Pipeline::name, required, unique, longest(100))
        .field("position", &Pipeline::position, help("Of several pipelines the first is the usual one"))
        .field("active", &Pipeline::active)
        .help("One way of selling, from the first stage to the last")
        .menu(Menu::setup)
        .needs("crm.manage");
    kernel.entity<StageItem>("crm.stage_item", "Stage step")
        .part_of(&StageItem::document)
        .field("text", &StageItem::text, required, longest(300), help("What must have been done before the stage is entered"))
        .display("text");
    kernel.entity<Stage>("crm.stage", "Stage")
        .field("pipeline", &Stage::pipeline, required, indexed)
        .field("position", &Stage::position, not_negative, help("1 is the first; the last when left out"))
        .field("name", &Stage::name, required, longest(100))
        .field("probability", &Stage::probability, help("How many of those that stand here are won, in percent"))
        .field("required_fields", &Stage::required_fields,
               help("Fields of the opportunity that must be filled before it is entered, divided by spaces: amount expected_close contact"))
        .lines("items", &Stage::items)
        .display("name")
        .unique_together({"pipeline", "position"})
        .unique_together({"pipeline", "name"})
        .help("Where an opportunity stands, and what must be there before it gets there")
        .menu(Menu::setup)
        .needs("crm.manage")
        .validate(pipeline_entity::check_stage);
    kernel.entity<CheckedItem>("crm.checked_item", "Step done")
        .plural("Steps done")
        .field("opportunity", &CheckedItem::opportunity, required, indexed)
        .field("item", &CheckedItem::item, required)
        .field("note", &CheckedItem::note)
        .field("done_on", &CheckedItem::done_on, help("Today when left out"))
        .field("done_by", &CheckedItem::done_by, read_only)
        .display("item")
        .unique_together({"opportunity", "item"})
        .help("A step of a stage that was done for an opportunity")
        .menu(Menu::hidden)
        .validate(pipeline_entity::check_item);
    kernel.entity<Competitor>("crm.competitor", "Competitor")
        .field("name", &Competitor::name, required, unique, searchable, longest(200))
        .field("website", &Competitor::website, not_in_list)
        .field("strengths", &Competitor::strengths, multiline)
        .field("weaknesses", &Competitor::weaknesses, multiline)
        .field("active", &Competitor::active)
        .help("Who sells what we sell")
        .menu(Menu::master_data);
    kernel.entity<LostReason>("crm.lost_reason", "Lost reason")
        .field("name", &LostReason::name, required, unique, longest(100))
        .field("active", &LostReason::active)
        .help("Why sales do not come about")
        .menu(Menu::setup)
        .needs("crm.manage");
    kernel.seed(pipeline_entity::seed);
}

}  // namespace crm
