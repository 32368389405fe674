#include "assets/merge.h"

#include <knowledge/asset_events.h>
#include <knowledge/revision.h>

#include "assets/uses.h"

#include <algorithm>

namespace knowledge {

namespace merge {

using tessera::Refused;

// What belongs to the one belongs to the other from now on.
template <class Part>
void hand_over(Transaction& tx, Id<Asset> from, Id<Asset> to) {
    for (auto& part : tx.select<Part>("asset = :asset ORDER BY id", from)) {
        part.asset = to;
        tx.save(part);
    }
}

// A reading of the old text says nothing about a newer revision of the other.
void hand_over_readings(Transaction& tx, const Asset& from, Id<Asset> to) {
    for (auto& reading : tx.select<Reading>("asset = :asset ORDER BY id", from.id)) {
        reading.asset    = to;
        reading.revision = 0;
        tx.save(reading);
    }
}

void take_over_lines(Asset& target, const Asset& asset) {
    for (const auto& topic : asset.topics)
        if (std::ranges::find(target.topics, topic.topic, &AssetTopic::topic) == target.topics.end()) target.topics.push_back({.topic = topic.topic});
    for (auto link : asset.links) {
        const auto same = [&](const AssetLink& other) { return other.entity == link.entity && other.record == link.record && other.relation == link.relation; };
        const bool self = link.entity == "knowledge.asset" && link.record == target.id.value;
        if (self || std::ranges::any_of(target.links, same)) continue;
        link.id = {};
        target.links.push_back(std::move(link));
    }
}

// What links to the one links to the other.
void repoint(Transaction& tx, Id<Asset> from, Id<Asset> to) {
    for (const auto id : tx.rows<Id<Asset>>("SELECT DISTINCT document FROM knowledge_asset_link WHERE entity = 'knowledge.asset' AND record = :asset ORDER BY document", from)) {
        if (id == from || id == to) continue;
        auto other = tx.load(id);
        for (auto& link : other.links)
            if (link.entity == "knowledge.asset" && link.record == from.value) link.record = to.value;
        tx.save(other);
    }
}

}  // namespace merge

void merge_into(Transaction& tx, Asset& asset, const MergeTarget& input) {
    auto target = tx.find(input.target);
    if (!target || target->id == asset.id || target->state == AssetState::retired || target->audience == Audience::author_only)
        throw tessera::Refused("knowledge.no_merge_target", "To merge {}, choose another asset that is in use and that colleagues see.", asset.title).with_status(422).with_field("target");
    merge::hand_over<Use>(tx, asset.id, target->id);
    merge::hand_over<Objection>(tx, asset.id, target->id);
    merge::hand_over_readings(tx, asset, target->id);
    merge::repoint(tx, asset.id, target->id);
    merge::take_over_lines(*target, asset);
    std::erase_if(target->links, [&](const AssetLink& link) { return link.entity == "knowledge.asset" && link.record == asset.id.value; });
    target->minutes_saved = usual_minutes(tx, target->id);
    tx.save(*target);
    asset.replaced_by = target->id;
    asset.review_on   = {};
    tx.publish(AssetRetired{asset.id, target->id});
}

}  // namespace knowledge
