// Every night: what was verified is looked at again when its day has come, and what has become older ranks lower.
#include <knowledge/asset_events.h>

#include "assets/declare.h"
#include "assets/owner_letters.h"

#include <algorithm>

namespace knowledge {

namespace reviews {

using tessera::JobRun;

constexpr std::size_t at_once = 200;

void fall_due(Transaction& tx, Id<Asset> id) {
    auto asset = tx.load(id);
    if (asset.state != AssetState::verified || asset.review_on > tx.today()) return;
    asset.state = AssetState::needs_review;
    tx.because(fmt::format("To be reviewed since {}", asset.review_on));
    tell_owner(tx, asset, fmt::format("To be reviewed: {}", asset.title),
               fmt::format("{} ({}) was verified on {} and is to be reviewed since {}.", asset.title, asset.number, asset.verified_on, asset.review_on));
    tx.publish(AssetNeedsReview{asset.id, tx.reason()});
    tx.save(asset);
}

// Each is saved as it stands: its check works out how it ranks today, and only what differs is written.
void refresh(JobRun& job) {
    const auto all = job.ask<Id<Asset>>([](const Snapshot& tx) { return tx.rows<Id<Asset>>("SELECT id FROM knowledge_asset ORDER BY id"); });
    for (std::size_t begin = 0; begin < all.size() && !job.should_stop(); begin += at_once)
        job.write([&](Transaction& tx) {
            for (auto i = begin; i < std::min(begin + at_once, all.size()); ++i) {
                auto asset = tx.load(all[i]);
                tx.save(asset);
            }
        });
}

void run(JobRun& job) {
    std::int64_t count = 0;
    for (const auto id : job.ask<Id<Asset>>([](const Snapshot& tx) {
             return tx.rows<Id<Asset>>("SELECT id FROM knowledge_asset WHERE state = 'verified' AND review_on <= :today ORDER BY review_on, id", tx.today());
         })) {
        if (job.should_stop()) return;
        job.write([&](Transaction& tx) { fall_due(tx, id); });
        job.tell(fmt::format("{} to be reviewed", ++count));
    }
    refresh(job);
}

}  // namespace reviews

void declare_reviews(tessera::Kernel& kernel) { kernel.job("knowledge.reviews", "Ask for reviews of knowledge whose day has come", tessera::daily_at(5), reviews::run); }

}  // namespace knowledge
