// What is to be done with assets.
#include <knowledge/asset.h>

#include "assets/declare.h"

namespace knowledge {

namespace worklists {

using tessera::Parameters;

struct Row {
    std::string  number{}, title{};
    AssetKind    kind{};
    AssetState   state{};
    std::string  owner{};
    Date         changed_on{}, review_on{};
    std::int64_t asset_id = 0;
};

enum class Lacking { owner, objective, topic };
constexpr auto names_of(Lacking) { return tessera::names("owner", "objective", "topic"); }

constexpr auto of_whoever_asks = R"sql(
    SELECT a.number, a.title, a.kind, a.state, e.name, a.changed_on, a.review_on, a.id
      FROM knowledge_asset a LEFT JOIN directory_employee e ON e.id = a.owner
     WHERE a.state = 'draft' AND a.author = :me ORDER BY a.changed_on DESC, a.id)sql";
constexpr auto lacking_sql = R"sql(
    SELECT a.number, a.title, a.kind, a.state, e.name, a.changed_on, a.review_on, a.id
      FROM knowledge_asset a LEFT JOIN directory_employee e ON e.id = a.owner
     WHERE a.state <> 'retired' AND a.audience <> 'private'
       AND ((:what = 'owner' AND (a.owner IS NULL OR e.active = 0)) OR (:what = 'objective' AND a.objective IS NULL)
            OR (:what = 'topic' AND NOT EXISTS (SELECT 1 FROM knowledge_asset_topic x WHERE x.document = a.id)))
     ORDER BY a.standing DESC, a.id)sql";

void drafts(const Snapshot& tx, const Parameters&, const std::function<void(const Row&)>& emit) {
    tx.each<Row>(of_whoever_asks, emit, tx.user().name);
}

tessera::ReportBuilder<Row>& with_columns(tessera::ReportBuilder<Row>& report) {
    using namespace tessera;
    return report.column("number", &Row::number)
        .column("title", &Row::title, opens_record("knowledge.asset", "asset_id"))
        .column("kind", &Row::kind)
        .column("state", &Row::state)
        .column("owner", &Row::owner)
        .column("changed_on", &Row::changed_on)
        .column("review_on", &Row::review_on)
        .column("asset_id", &Row::asset_id, hidden);
}

}  // namespace worklists

void declare_worklists(tessera::Kernel& kernel) {
    using namespace tessera;
    using namespace worklists;
    auto mine = kernel.report<Row>("knowledge.my_drafts", "My drafts").help("What you have begun to write, the newest first").run(drafts);
    with_columns(mine);
    auto lacking = kernel.report<Row>("knowledge.lacking", "Assets that lack something").help("Assets without an owner who is active, without an objective or without a topic").parameter<Lacking>("what", required).query(lacking_sql);
    with_columns(lacking);

    kernel.card("knowledge.to_be_reviewed", "Knowledge to be reviewed", list_view("knowledge.asset", {{"state", "needs_review"}}));
    kernel.card("knowledge.in_review", "Knowledge in review", list_view("knowledge.asset", {{"state", "in_review"}}));
    kernel.card("knowledge.my_drafts", "My drafts", report_view("knowledge.my_drafts"));
    kernel.card("knowledge.without_owner", "Knowledge without owner", report_view("knowledge.lacking", {{"what", "owner"}}));
    kernel.card("knowledge.without_objective", "Knowledge without objective", report_view("knowledge.lacking", {{"what", "objective"}}));
}

}  // namespace knowledge
