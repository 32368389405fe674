// Which assets say the same, so that one of them can be merged into the other.
#include <knowledge/asset.h>
#include <tessera/markdown.h>

#include "assets/declare.h"
#include "assets/shingles.h"

namespace knowledge {

namespace duplicates {

using tessera::Parameters;

struct Row {
    std::string  first{}, second{};
    AssetState   first_state{}, second_state{};
    std::int64_t percent = 0, first_id = 0, second_id = 0;
};
struct Text {
    std::int64_t id = 0;
    std::string  title{}, body{};
    AssetState   state{};
};

void answer(const Snapshot& tx, const Parameters& parameters, const std::function<void(const Row&)>& emit) {
    std::vector<Text>     assets;
    std::vector<Shingles> texts;
    tx.each<Text>("SELECT id, title, body, state FROM knowledge_asset WHERE state <> 'retired' ORDER BY id", [&](Text& one) {
        texts.push_back(shingles_of(one.title + "\n" + tessera::text_of_markdown(one.body)));
        one.body.clear();
        assets.push_back(std::move(one));
    });
    for (const auto& pair : alike(std::move(texts), parameters.integer("at_least"))) {
        const auto &a = assets[pair.first], &b = assets[pair.second];
        emit({a.title, b.title, a.state, b.state, pair.percent, a.id, b.id});
    }
}

}  // namespace duplicates

void declare_duplicates(tessera::Kernel& kernel) {
    using namespace tessera;
    using duplicates::Row;
    kernel.report<Row>("knowledge.duplicates", "Assets that say the same")
        .help("Pairs of assets by the share of runs of four words that both have, in percent of those that either has; the most alike first")
        .parameter<std::int64_t>("at_least", by_default("30"), label("At least, in percent"))
        .column("first", &Row::first, opens_record("knowledge.asset", "first_id"))
        .column("second", &Row::second, opens_record("knowledge.asset", "second_id"))
        .column("first_state", &Row::first_state)
        .column("second_state", &Row::second_state)
        .column("percent", &Row::percent)
        .column("first_id", &Row::first_id, hidden)
        .column("second_id", &Row::second_id, hidden)
        .run(duplicates::answer);
}

}  // namespace knowledge
