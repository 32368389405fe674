#include "named_record.h"
#include "assets/uses.h"

#include <knowledge/asset_events.h>
#include <tessera/access.h>

#include "assets/declare.h"

namespace knowledge {

namespace uses {

using tessera::Refused;

constexpr std::int64_t minutes_max = 10'000;

void check(const Transaction& tx, const UseInput& input) {
    if (input.minutes_saved > minutes_max)
        throw Refused("knowledge.minutes_saved", "To say what it saved, give at most {} minutes.", minutes_max).with_status(422).with_field("minutes_saved");
    if (input.entity.empty() && !input.record) return;
    require_named(tx, "say what it was used on", {input.entity, input.record}, {});
}

}  // namespace uses

void note_use(Transaction& tx, Asset& asset, const UseInput& input) {
    uses::check(tx, input);
    tx.insert(Use{.asset         = asset.id,
                  .used_by       = tx.user().name,
                  .employee      = tx.service<directory::Staff>().acting(tx),
                  .used_at       = tx.now(),
                  .entity        = input.entity,
                  .record        = input.record,
                  .helpful       = input.helpful,
                  .minutes_saved = input.minutes_saved,
                  .comment       = input.comment});
    asset.minutes_saved = usual_minutes(tx, asset.id);
    tx.publish(AssetUsed{asset.id, input.entity, input.record, input.helpful});
}

std::int64_t usual_minutes(const Snapshot& tx, Id<Asset> asset) {
    const auto minutes = tx.rows<std::int64_t>("SELECT minutes_saved FROM knowledge_use WHERE asset = :asset AND minutes_saved > 0 ORDER BY minutes_saved, id", asset);
    return minutes.empty() ? 0 : minutes[(minutes.size() - 1) / 2];
}

void declare_use(tessera::Kernel& kernel) {
    using namespace tessera;
    kernel.entity<Use>("knowledge.use", "Use")
        .plural("Uses")
        .help("Where an asset was used, and whether it helped")
        .field("asset", &Use::asset, required, indexed)
        .field("used_by", &Use::used_by, personal)
        .field("employee", &Use::employee, not_in_list)
        .field("used_at", &Use::used_at, indexed)
        .field("entity", &Use::entity)
        .field("record", &Use::record)
        .field("helpful", &Use::helpful)
        .field("minutes_saved", &Use::minutes_saved)
        .field("comment", &Use::comment, multiline)
        .index({"entity", "record"})
        .seen_with("asset")
        .not_in_search()
        .made_by_commands();
    kernel.panel("knowledge.asset_uses", "knowledge.asset", "Uses", list_view("knowledge.use", {{"asset", "=id"}}));
}

}  // namespace knowledge
