#include <crm/people.h>

#include "declare.h"

namespace crm {

namespace duplicates_report {

struct Row {
    std::string  party{};
    std::string  other{};
    Percent      similarity{};
    Percent      score{};
    std::string  reasons{};
    std::int64_t party_id = 0, other_id = 0;
};

void answer(const Snapshot& tx, const tessera::Parameters& p, const std::function<void(const Row&)>& emit) {
    const auto threshold = p.integer("threshold");
    if (threshold < 50 || threshold > 100)
        throw tessera::Refused("crm.threshold_out_of_range", "To look for parties that are alike, give a threshold of 50 to 100 percent.").with_status(422).with_field("threshold");
    for (const auto& pair : tx.service<Duplicates>().find(tx, Percent::of(threshold)))
        emit({tx.label_of(pair.first), tx.label_of(pair.second), pair.similarity, pair.score, pair.reasons, pair.first.value, pair.second.value});
}

}  // namespace duplicates_report

void declare_duplicates_report(tessera::Kernel& kernel) {
    using namespace tessera;
    using duplicates_report::Row;
    kernel.report<Row>("crm.duplicates", "Parties that may be the same")
        .help("Pairs that share an e-mail address, a telephone or a tax number, or whose names are alike, the likeliest first. Merge them, or tell them apart")
        .parameter<std::int64_t>("threshold", by_default("90"), help("How alike names must be, in percent"))
        .column("party", &Row::party, opens_record("directory.party", "party_id"))
        .column("other", &Row::other, opens_record("directory.party", "other_id"))
        .column("similarity", &Row::similarity, meaning("Of the names: Jaro-Winkler, in percent"))
        .column("score", &Row::score, meaning("The similarity and ten for each key in common, at most 100"))
        .column("reasons", &Row::reasons, titled("What they have in common"))
        .column("party_id", &Row::party_id, hidden)
        .column("other_id", &Row::other_id, hidden)
        .run(duplicates_report::answer);
}

}  // namespace crm
