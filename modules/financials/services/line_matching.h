#pragma once
// Finds what a line of a bank statement is: an entry that has booked it already, or a party and the items it pays. What
// lines before it have taken is not offered again.

#include "bank/match_score.h"
#include "services/payment_proposal.h"

#include <financials/bank_statement.h>

#include <map>
#include <set>

namespace financials {

struct LineProposal {
    int                   score = 0;
    std::string           reasons{};
    Id<PostedEntry>       entry{};
    Id<directory::Party>  party{};
    std::vector<PaidLine> matches{};
};

class LineMatcher {
public:
    LineMatcher(const Snapshot& snapshot, const BankStatement& statement);

    LineProposal propose(const BankStatementLine& line) const;  // score 0: nothing fits, or several do alike
    void         take(const LineProposal& proposal);

private:
    struct Candidate {
        OpenItem      item{};
        CollectedItem collected{};
    };
    struct Booked {
        Id<PostedEntry> entry{};
        Date            date{};
        std::string     number{};
        std::string     memo{};
        Money           amount{};
    };
    struct Person {
        std::string           name{};
        std::set<std::string> accounts{};
    };

    void                      load_booked(const Snapshot& snapshot, const BankStatement& statement);
    void                      load_people(const Snapshot& snapshot);
    LineProposal              booked_proposal(const BankStatementLine& line) const;
    LineProposal              party_proposal(const BankStatementLine& line, Id<directory::Party> party) const;
    LineProposal              amount_proposal(const BankStatementLine& line) const;
    std::vector<const Candidate*> offered(const BankStatementLine& line, Id<directory::Party> party, ItemSide side) const;
    bank::Signals             signals_of(const BankStatementLine& line, Id<directory::Party> party) const;

    std::vector<Candidate>                 items_{};
    std::vector<Booked>                    booked_{};
    std::map<Id<directory::Party>, Person> people_{};
};

}  // namespace financials
