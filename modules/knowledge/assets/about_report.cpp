// What is known about a record of whatever module: assets that link to it or to what it names, those of its topics, and those with
// similar words.
#include <knowledge/asset.h>
#include <tessera/access.h>
#include <tessera/search.h>

#include "assets/declare.h"

#include <algorithm>

namespace knowledge {

namespace about_report {

using tessera::Parameters;

enum class Why { linked, topic, named, similar };
constexpr auto names_of(Why) { return tessera::names("linked", "topic", "named", "similar"); }

struct Row {
    std::string  number{}, title{};
    AssetKind    kind{};
    AssetState   state{};
    Why          why{};
    std::string  relation{};
    Date         verified_on{};
    std::int64_t standing = 0, asset_id = 0;
};
constexpr auto linked_sql = R"sql(
    SELECT a.number, a.title, a.kind, a.state, 'linked', l.relation, a.verified_on, a.standing, a.id
      FROM knowledge_asset_link l JOIN knowledge_asset a ON a.id = l.document
     WHERE l.entity = :entity AND l.record = :record AND a.state <> 'retired'
     ORDER BY a.id, l.id)sql";
constexpr auto topic_sql = R"sql(
    SELECT a.number, a.title, a.kind, a.state, 'topic', t.name, a.verified_on, a.standing, a.id
      FROM knowledge_topic_subject s
      JOIN knowledge_topic t ON t.id = s.document
      JOIN knowledge_asset_topic x ON x.topic = t.id
      JOIN knowledge_asset a ON a.id = x.document
     WHERE s.entity = :entity AND s.record = :record AND a.state <> 'retired'
     ORDER BY a.id, t.id)sql";
constexpr int similar_max = 10;

class Found {
public:
    void add(const Row& row) {
        if (std::ranges::find(rows_, row.asset_id, &Row::asset_id) == rows_.end()) rows_.push_back(row);
    }
    // Verified ones first; of these what is linked, then what has its topic, what is linked to what it names, what is similar; of these the
    // higher standing.
    std::vector<Row> sorted() {
        std::ranges::stable_sort(rows_, [](const Row& a, const Row& b) {
            const auto rank = [](const Row& r) { return std::tuple(r.state != AssetState::verified, r.why, -r.standing); };
            return rank(a) < rank(b);
        });
        return std::move(rows_);
    }

private:
    std::vector<Row> rows_{};
};

// What a complaint is about is known of its product; what a document names of master data counts, not who owns it.
void add_named(const Snapshot& tx, const std::string& entity, std::int64_t record, Found& found) {
    const auto& e     = *tx.kernel().find_entity(entity);
    const auto  whole = e.make();
    tx.load_record(e.type, record, whole.get(), true);
    for (const auto& [field, named] : e.references) {
        const auto id = field->number ? field->number(whole.get()) : 0;
        if (!id || named->name == "directory.employee" || !tessera::access::sees(tx, named->name, id)) continue;
        const auto add = [&](Row row) {
            row.why      = Why::named;
            row.relation = field->label;
            found.add(row);
        };
        tx.each<Row>(linked_sql, add, named->name, id);
        tx.each<Row>(topic_sql, add, named->name, id);
    }
}

void add_similar(const Snapshot& tx, const std::string& entity, std::int64_t record, Found& found) {
    for (const auto& hit : tessera::search::similar(tx, {entity, record}, {"knowledge.asset"}, similar_max)) {
        const auto asset = tx.find(Id<Asset>{hit.id});
        if (asset && asset->state != AssetState::retired) found.add({asset->number, asset->title, asset->kind, asset->state, Why::similar, {}, asset->verified_on, asset->standing, asset->id.value});
    }
}

void answer(const Snapshot& tx, const Parameters& parameters, const std::function<void(const Row&)>& emit) {
    const auto entity = parameters.text("entity");
    const auto record = parameters.integer("record");
    if (!tx.kernel().find_entity(entity))
        throw tessera::Refused("knowledge.unknown_kind", "To see what is known, name a kind of record such as catalog.product; {} is none.", entity).with_status(422).with_field("entity");
    if (!tessera::access::sees(tx, entity, record)) return;
    Found found;
    tx.each<Row>(linked_sql, [&](const Row& row) { found.add(row); }, entity, record);
    tx.each<Row>(topic_sql, [&](const Row& row) { found.add(row); }, entity, record);
    add_named(tx, entity, record, found);
    add_similar(tx, entity, record, found);
    for (const auto& row : found.sorted()) emit(row);
}

void declare_panels(tessera::Kernel& kernel) {
    const std::pair<const char*, const char*> shown[] = {{"complaint", "crm.complaint"}, {"product", "catalog.product"}, {"party", "directory.party"}, {"opportunity", "crm.opportunity"}, {"order", "sales.order"}};
    for (const auto& [name, entity] : shown)
        if (kernel.find_entity(entity))
            kernel.panel(fmt::format("knowledge.about_{}", name), entity, "What is known", tessera::report_view("knowledge.assets_about", {{"entity", entity}, {"record", "=id"}}));
}

}  // namespace about_report

void declare_assets_about(tessera::Kernel& kernel) {
    using namespace tessera;
    using about_report::Row;
    kernel.report<Row>("knowledge.assets_about", "What is known")
        .not_in_menu()
        .help("Assets that are linked to a record or to what it names, that have a topic which stands for it, or that have similar words; verified ones first")
        .parameter<std::string>("entity", required, tessera::help("The kind of record: crm.complaint"))
        .parameter<std::int64_t>("record", required)
        .column("number", &Row::number)
        .column("title", &Row::title, opens_record("knowledge.asset", "asset_id"))
        .column("kind", &Row::kind)
        .column("state", &Row::state)
        .column("why", &Row::why)
        .column("relation", &Row::relation, titled("Relation, topic or field"))
        .column("verified_on", &Row::verified_on)
        .column("standing", &Row::standing, hidden)
        .column("asset_id", &Row::asset_id, hidden)
        .run(about_report::answer);
    about_report::declare_panels(kernel);
}

}  // namespace knowledge
