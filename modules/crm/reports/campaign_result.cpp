// Rates of campaigns are statistics.
#include <crm/campaign.h>
#include <crm/opportunity.h>
#include <crm/purchases.h>
#include <crm/uplift.h>

#include "declare.h"
#include "reports/in_books.h"
#include "services/campaign_run.h"

#include <cmath>
#include <map>

namespace crm {

using tessera::Parameters;

namespace campaign_result {

struct Row {
    std::string  campaign{};
    std::int64_t treated = 0, treated_converted = 0;
    Percent      treated_rate{};
    std::int64_t held_out = 0, held_out_converted = 0;
    Percent      held_out_rate{};
    std::optional<Percent> uplift{}, low{}, high{};
    std::string  verdict{};
    std::int64_t campaign_id = 0;
};

Percent percent(double share) { return Percent::raw(std::llround(share * 1'000'000) * 100); }

struct Groups {
    Proportion treated{}, held_out{};
};

// Everybody is followed from the start for as many days, whichever group they are in.
Groups groups_of(const Snapshot& tx, const Campaign& campaign, Date as_of) {
    std::map<Id<Party>, Treatment> parties;
    for (const auto& r : tx.select<CampaignRecipient>("campaign = :campaign AND treatment <> 'left_out'", campaign.id)) parties[r.party] = r.treatment;
    Groups groups;
    for (const auto& [party, treatment] : parties) ++(treatment == Treatment::sent ? groups.treated : groups.held_out).of;
    const auto until = std::min(as_of, campaign.started_on.plus_days(static_cast<int>(campaign.conversion_days)));
    conversion_of(tx, campaign).read(tx, campaign.started_on, until, [&](Id<Party> party, Date) {
        const auto found = parties.find(party);
        if (found == parties.end()) return;
        ++(found->second == Treatment::sent ? groups.treated : groups.held_out).converted;
        parties.erase(found);  // once
    });
    return groups;
}

std::string verdict_of(const Uplift& uplift) {
    if (!uplift.known) return "There is nobody to compare with.";
    if (!uplift.distinguishable()) return "The difference cannot be told from chance.";
    return uplift.difference > 0 ? "More of those who were written to did it." : "Fewer of those who were written to did it.";
}

Row row_of(const Snapshot& tx, const Campaign& campaign, Date as_of) {
    const auto groups = groups_of(tx, campaign, as_of);
    const auto uplift = uplift_of(groups.treated, groups.held_out);
    Row        row{.campaign            = campaign.name,
                   .treated             = groups.treated.of,
                   .treated_converted   = groups.treated.converted,
                   .treated_rate        = percent_of_whole(groups.treated.converted, groups.treated.of),
                   .held_out            = groups.held_out.of,
                   .held_out_converted  = groups.held_out.converted,
                   .held_out_rate       = percent_of_whole(groups.held_out.converted, groups.held_out.of),
                   .verdict             = verdict_of(uplift),
                   .campaign_id         = campaign.id.value};
    if (!uplift.known) return row;
    row.uplift = percent(uplift.difference);
    row.low    = percent(uplift.interval.low);
    row.high   = percent(uplift.interval.high);
    return row;
}

void answer(const Snapshot& tx, const Parameters& p, const std::function<void(const Row&)>& emit) {
    for (const auto& campaign :
         tx.select<Campaign>("started_on IS NOT NULL AND (:campaign IS NULL OR id = :campaign) ORDER BY started_on DESC, id", p.reference<Campaign>("campaign")))
        emit(row_of(tx, campaign, p.date("as_of")));
}

void won_opportunities(const Snapshot& tx, Date from, Date to, const ConversionSource::Visit& visit) {
    struct Won { Id<Party> party{}; Date day{}; };
    tx.each<Won>("SELECT party, closed_on FROM crm_opportunity WHERE state = 'won' AND closed_on >= :from AND closed_on <= :to ORDER BY closed_on, id",
                 [&](const Won& won) { visit(won.party, won.day); }, from, to);
}

void purchases(const Snapshot& tx, Date from, Date to, const ConversionSource::Visit& visit) {
    tx.service<PurchaseLog>().each(tx, {.from = from, .until = to}, [&](const PurchaseFact& purchase) { visit(purchase.party, purchase.day); });
}

}  // namespace campaign_result

void declare_campaign_result(tessera::Kernel& kernel) {
    using namespace tessera;
    using campaign_result::Row;
    kernel.contribute(ConversionSource{"opportunity_won", "An opportunity was won", campaign_result::won_opportunities});
    kernel.contribute(ConversionSource{"purchase", "Something was bought", campaign_result::purchases});
    kernel.report<Row>("crm.campaign_result", "Result of campaigns")
        .help(
            "By how much more of those who were written to did it than of those who were held out, with the 95 percent confidence interval of the difference (Newcombe "
            "1998, method 10)")
        .parameter<Id<Campaign>>("campaign")
        .parameter<Date>("as_of", by_default("today"))
        .column("campaign", &Row::campaign, opens_record("crm.campaign", "campaign_id"))
        .column("treated", &Row::treated, titled("Written to"))
        .column("treated_converted", &Row::treated_converted, titled("Of them did it"))
        .column("treated_rate", &Row::treated_rate)
        .column("held_out", &Row::held_out)
        .column("held_out_converted", &Row::held_out_converted, titled("Of them did it"))
        .column("held_out_rate", &Row::held_out_rate)
        .column("uplift", &Row::uplift, meaning("Difference of the two rates, in percentage points"))
        .column("low", &Row::low, titled("From"), meaning("Lower end of the 95 percent confidence interval"))
        .column("high", &Row::high, titled("To"))
        .column("verdict", &Row::verdict)
        .column("campaign_id", &Row::campaign_id, hidden)
        .run(campaign_result::answer);
}

}  // namespace crm
