#pragma once
// A lead is somebody who may become a customer. It is qualified, which makes a party, a contact and an opportunity of it in one
// command, or disqualified with a reason.
//
//     const auto lead = tx.insert(Lead{.title = "Twenty city bikes", .company_name = "Acme", .person_name = "Ben", .email = "ben@acme.example", .source = "Fair"});
//     tx.transition(lead, "convert");                    // new ── convert ──> qualified
//                                                        //   `── disqualify (reason) ──> disqualified ── reopen ──> new

#include <crm/opportunity.h>

namespace crm {

enum class LeadState { fresh, qualified, disqualified };
constexpr auto names_of(LeadState) { return tessera::names("new", "qualified", "disqualified"); }

struct Lead {                         // crm.lead
    Id<Lead>        id{};
    LeadState       state = LeadState::fresh;
    std::string     title{};          // what they want; the company or the person when left out
    std::string     company_name{}, person_name{};
    std::string     email{}, phone{}, website{}, tax_number{};
    std::string     street{}, postal_code{}, city{}, region{}, country{};
    std::string     source{};         // where they come from: "Fair", "Web", "Recommendation"
    std::string     industry{};
    Id<Employee>    owner{};
    Id<Pipeline>    pipeline{};       // in which it will be an opportunity; the first when left out
    Currency        currency{};
    Money           amount{};         // what it may be worth
    std::string     note{};
    std::optional<Percent> score{};   // how likely it is to be won, see crm/lead_score.h
    Date            scored_on{};
    Date            decided_on{};
    Id<LostReason>  lost_reason{};
    Id<Party>       party{};          // what it became
    Id<Contact>     contact{};
    Id<Opportunity> opportunity{};
};

struct LeadConverted {                // crm.lead_converted
    Id<Lead>        lead{};
    Id<Party>       party{};
    Id<Contact>     contact{};
    Id<Opportunity> opportunity{};
};

}  // namespace crm
