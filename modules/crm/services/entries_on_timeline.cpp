// What is posted to the books with a customer comes on the timeline by itself.
#include <crm/timeline.h>
#include <financials/ledger.h>

#include "declare.h"

#include <algorithm>

namespace crm {

namespace entries_on_timeline {

const PostedOnTimeline* told(const Transaction& tx, const std::string& entity) {
    const auto& all   = tx.contributions<PostedOnTimeline>();
    const auto  found = std::ranges::find(all, entity, &PostedOnTimeline::entity);
    return found == all.end() ? nullptr : &*found;
}

std::vector<Id<Party>> customers_of(const Transaction& tx, const std::vector<financials::PostedLine>& lines) {
    std::vector<Id<Party>> parties;
    for (const auto& line : lines)
        if (line.party && std::ranges::find(parties, line.party) == parties.end()) parties.push_back(line.party);
    std::erase_if(parties, [&](Id<Party> party) { return !tx.load(party).customer; });
    return parties;
}

void add(Transaction& tx, const financials::EntryPosted& posted) {
    const auto* source = told(tx, posted.source.entity);
    if (!source) return;
    const auto customers = customers_of(tx, posted.lines);
    if (customers.empty()) return;
    const auto subject = tx.load(posted.entry).memo;
    for (const auto party : customers)
        tx.service<Timeline>().add(tx, {.party         = party,
                                        .day           = posted.date,
                                        .kind          = source->kind,
                                        .direction     = source->direction,
                                        .subject       = subject.empty() ? source->kind : subject,
                                        .source_entity = posted.source.entity,
                                        .source_id     = posted.source.id});
}

}  // namespace entries_on_timeline

void declare_entries_on_timeline(tessera::Kernel& kernel) {
    kernel.contribute(PostedOnTimeline{"financials.payment", "payment", Direction::outbound});
    kernel.contribute(PostedOnTimeline{"financials.customer_payment", "payment", Direction::inbound});
    kernel.on(entries_on_timeline::add);
}

}  // namespace crm
