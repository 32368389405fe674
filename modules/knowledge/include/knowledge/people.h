#pragma once
// Who knows what is worked out from what people have done, never from what they say of themselves: what they wrote and verified, what they
// answered, the complaints they resolved, what they sold and bought. Whatever module has such work contributes it:
//
//     kernel.contribute(knowledge::Evidence{"warranty.claims_decided", "Claims decided",
//         "SELECT decided_by, 'catalog.product', product, decided_on, 3 FROM warranty_claim WHERE state <> 'open'"});
//
// The SQL gives an employee, a record by its kind and id, a day, and points: 1 for a small thing (a line of an order), 5 for one that took
// knowing (an article). It counts for every topic that the record belongs to: the record is a subject of the topic, or a product whose
// category is one or is below one; and what counts for a topic counts for those above it. Points lose half of their worth in a year, so
// a score of 5 is one article written today, or two a year ago:
//
//     score = Σ points × 2^(−days since then / 365)                                        (a score is a statistic)
//
//     for (const auto& expert : tx.service<ExpertFinder>().of(tx, topic, tx.today(), "de")) …     // the best to ask first
//
// Asked first is who has the highest score by the questions that already wait for them: score / (1 + open questions). Left out are those
// who are away or have left, and those who are known not to speak the language.

#include <knowledge/topic.h>

namespace knowledge {

struct Evidence {
    std::string name{};       // "crm.complaints_resolved"
    std::string title{};      // "Complaints resolved"
    std::string sql{};        // SELECT employee, entity, record, day, points …, one row for each thing that was done
};

struct Expert {
    Id<Employee>      employee{};
    tessera::Quantity score{};            // to two decimals
    std::int64_t      evidence = 0;       // things done
    Date              last_on{};
    std::int64_t      open_questions = 0, open_complaints = 0;
    std::string       languages{};
    Date              away_until{}, leaves_on{};
    bool              can_be_asked = true;
};

class ExpertFinder {
public:
    virtual ~ExpertFinder() = default;
    // All who have done something of the topic, the best to ask first; those who cannot be asked last. Without a language all do.
    virtual std::vector<Expert> of(const Snapshot&, Id<Topic> topic, Date on, std::string_view language) const = 0;
};

struct Absence {                          // knowledge.absence: when somebody cannot be asked
    Id<Absence>  id{};
    Id<Employee> employee{};
    Date         starts_on{}, ends_on{};  // both included
    std::string  note{};
};

struct Community;

struct CommunityMember {                  // knowledge.community_member
    Id<CommunityMember> id{};
    Id<Community>       community{};
    Id<Employee>        employee{};
    Date                joined_on{};
};

struct Community {                        // knowledge.community: people who work at the same thing, wherever they belong
    Id<Community>                id{};
    std::string                  name{};
    Id<Topic>                    topic{};
    Id<Employee>                 lead{};
    std::string                  purpose{};
    bool                         active = true;
    std::vector<CommunityMember> members{};
};

}  // namespace knowledge
