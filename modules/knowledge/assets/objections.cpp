#include "assets/objections.h"

#include "assets/declare.h"

namespace knowledge {

void note_objection(Transaction& tx, const Asset& asset, const std::string& text) {
    tx.insert(Objection{.asset = asset.id, .revision = asset.revision, .text = text, .objected_by = tx.user().name, .objected_at = tx.now()});
}

void settle_objections(Transaction& tx, Id<Asset> asset) {
    for (auto& objection : tx.select<Objection>("asset = :asset AND state = 'open' ORDER BY id", asset)) {
        objection.state      = ObjectionState::settled;
        objection.settled_by = tx.user().name;
        objection.settled_on = tx.today();
        tx.save(objection);
    }
}

void declare_objection(tessera::Kernel& kernel) {
    using namespace tessera;
    kernel.entity<Objection>("knowledge.objection", "Objection")
        .help("What somebody found wrong with an asset")
        .field("asset", &Objection::asset, required, indexed)
        .field("revision", &Objection::revision, not_in_list)
        .field("text", &Objection::text, required, multiline)
        .field("objected_by", &Objection::objected_by)
        .field("objected_at", &Objection::objected_at)
        .field("state", &Objection::state, read_only)
        .field("settled_by", &Objection::settled_by, not_in_list)
        .field("settled_on", &Objection::settled_on)
        .display("text")
        .seen_with("asset")
        .not_in_search()
        .made_by_commands();
    kernel.panel("knowledge.asset_objections", "knowledge.asset", "Objections", list_view("knowledge.objection", {{"asset", "=id"}}));
}

}  // namespace knowledge
