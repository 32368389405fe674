// Which knowledge hangs on how few.
#include "people/declare.h"
#include "people/holders.h"

#include <algorithm>

namespace knowledge {

namespace at_risk {

using tessera::Parameters;
using tessera::Percent;

struct Row {
    std::string            topic{};
    std::int64_t           holders = 0, staying = 0;
    std::string            top_holder{};
    std::optional<Percent> top_share{};
    std::string            leaving{};
    Date                   leaves_on{};
    Money                  revenue{};
    std::int64_t           topic_id = 0, top_id = 0;
};

// The holder who leaves first.
const Holder* first_to_leave(const HeldTopic& held) {
    const Holder* first = nullptr;
    for (const auto& holder : held.holders)
        if (!holder.stays() && (!first || holder.leaves_on < first->leaves_on)) first = &holder;
    return first;
}

Row row_of(const Snapshot& tx, const HeldTopic& held) {
    Row row{.topic    = held.name,
            .holders  = static_cast<std::int64_t>(held.holders.size()),
            .staying  = std::ranges::count_if(held.holders, &Holder::stays),
            .revenue  = held.revenue,
            .topic_id = held.topic.value};
    if (!held.holders.empty()) {
        const auto& top = held.holders.front();
        row.top_holder  = tx.label_of(top.employee);
        row.top_id      = top.employee.value;
        row.top_share   = Percent::raw(tessera::divide(tessera::Wide{top.score.raw()} * 1'000, held.whole.raw()) * 100'000);
    }
    if (const auto* leaver = first_to_leave(held)) {
        row.leaving   = tx.label_of(leaver->employee);
        row.leaves_on = leaver->leaves_on;
    }
    return row;
}

void answer(const Snapshot& tx, const Parameters& parameters, const std::function<void(const Row&)>& emit) {
    const auto from = parameters.given("held_from") ? tessera::Quantity::of(parameters.integer("held_from")) : held_from;
    auto       all  = held_topics(tx, parameters.date("on"), from);
    std::ranges::stable_sort(all, {}, [](const HeldTopic& held) { return std::ranges::count_if(held.holders, &Holder::stays); });
    for (const auto& held : all) emit(row_of(tx, held));
}

}  // namespace at_risk

void declare_at_risk(tessera::Kernel& kernel) {
    using namespace tessera;
    using at_risk::Row;
    kernel.report<Row>("knowledge.at_risk", "Knowledge at risk")
        .help("How many people hold each topic by what they have done, how much of it the first of them holds alone, who leaves, and what depends on it: the revenue of the last twelve "
              "months of the products it stands for. What the fewest hold comes first, and of that what the most depends on")
        .parameter<Date>("on", by_default("today"))
        .parameter<std::int64_t>("held_from", tessera::help("The score from which somebody holds a topic; 3 when left out"))
        .column("topic", &Row::topic, opens_record("knowledge.topic", "topic_id"))
        .column("holders", &Row::holders, opens("knowledge.experts", {{"topic", "topic_id"}}))
        .column("staying", &Row::staying, meaning("Of them, who are not known to leave"))
        .column("top_holder", &Row::top_holder, opens_record("directory.employee", "top_id"))
        .column("top_share", &Row::top_share, titled("Share, percent"), meaning("Of all that was done"))
        .column("leaving", &Row::leaving)
        .column("leaves_on", &Row::leaves_on)
        .column("revenue", &Row::revenue, meaning("That depends on it; a product counts for each topic it belongs to"))
        .column("topic_id", &Row::topic_id, hidden)
        .column("top_id", &Row::top_id, hidden)
        .run(at_risk::answer);
}

}  // namespace knowledge
