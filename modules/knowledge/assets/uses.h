#pragma once
// Where assets were used, and whether they helped.

#include <knowledge/use.h>

namespace knowledge {

struct UseInput {
    std::string  entity{};
    std::int64_t record  = 0;
    Helpful      helpful = Helpful::unsaid;
    std::int64_t minutes_saved = 0;
    std::string  comment{};
    static void describe(tessera::Fields<UseInput>& fields) {
        using namespace tessera;
        fields.field("entity", &UseInput::entity, help("The kind of record it was used on: crm.complaint"))
            .field("record", &UseInput::record, help("And its id"))
            .field("helpful", &UseInput::helpful)
            .field("minutes_saved", &UseInput::minutes_saved, not_negative, help("As good as you can tell"))
            .field("comment", &UseInput::comment, multiline);
    }
};

void note_use(Transaction& tx, Asset& asset, const UseInput& input);
// The lower median of what users said; 0 when nobody has.
std::int64_t usual_minutes(const Snapshot& tx, Id<Asset> asset);

}  // namespace knowledge
