#pragma once
// Who may be written to, how often, with what, and what came of it.
//
//     tx.insert(Consent{.party = acme, .channel = ConsentChannel::email, .answer = ConsentAnswer::given, .source = "Web form"});
//     const auto spring = tx.insert(Campaign{.name = "Spring", .segment = cyclists, .subject = "New frames for {{party.name}}", .text = "Dear {{contact.name}}, …"});
//     tx.transition(spring, "start");
//
// Starting a campaign works the segment out anew and decides on each member once: left out with the reason (no consent, no address, written
// to too often, a contact policy), held out, or written to. Held out are parties to whom it would have been sent: they differ from the
// others by nothing but the letter.

#include <crm/segment.h>
#include <directory/letters.h>

namespace crm {

enum class ConsentChannel { email, phone, letter, visit };
constexpr auto names_of(ConsentChannel) { return tessera::names("email", "phone", "letter", "visit"); }

enum class ConsentAnswer { given, withdrawn };
constexpr auto names_of(ConsentAnswer) { return tessera::names("given", "withdrawn"); }

struct Consent {                      // crm.consent: never changed; the newest answer holds
    Id<Consent>   id{};
    Id<Party>     party{};
    Id<Contact>   contact{};          // of one person; of all of the party when left out
    ConsentChannel       channel = ConsentChannel::email;
    ConsentAnswer answer  = ConsentAnswer::given;
    Date          date{};
    std::string   source{};           // "Web form", "Letter of 2 May"
    std::string   entered_by{};
};

// Limits how often parties are contacted from our side, and by whom. All policies that apply must allow it.
struct ContactPolicy {                // crm.contact_policy
    Id<ContactPolicy> id{};
    std::string       name{};
    std::string       kind{};         // of touchpoint: "call"; any when left out
    Id<Segment>       segment{};      // whom; all parties when left out
    Id<Employee>      employee{};     // who alone may; anybody when left out
    std::int64_t      most    = 0;    // contacts …
    std::int64_t      in_days = 30;   // … within so many days, that day included
    bool              active  = true;
};

inline constexpr std::string_view campaign_purpose = "crm.campaign";   // of its letter templates

enum class CampaignState { draft, running, finished, cancelled };
constexpr auto names_of(CampaignState) { return tessera::names("draft", "running", "finished", "cancelled"); }

struct Campaign {                     // crm.campaign
    Id<Campaign>  id{};
    CampaignState state = CampaignState::draft;
    std::string   name{};
    Id<Segment>   segment{};
    Id<directory::LetterTemplate> letter{};   // whose words are taken where none are given
    std::string   subject{}, text{};  // with {{fields}}, see directory/letters.h
    std::int64_t  most_letters = 1;   // campaign letters a party gets …
    std::int64_t  in_days      = 7;   // … within so many days
    std::string   conversion = "opportunity_won";   // a ConversionSource
    std::int64_t  conversion_days = 30;             // within so many days from the start
    Date          started_on{};
    std::int64_t  sent = 0, held_out = 0, left_out = 0;
};

enum class Treatment { sent, held_out, left_out };
constexpr auto names_of(Treatment) { return tessera::names("sent", "held_out", "left_out"); }

struct CampaignRecipient {            // crm.campaign_recipient
    Id<CampaignRecipient> id{};
    Id<Campaign>          campaign{};
    Id<Party>             party{};
    Id<Contact>           contact{};
    Treatment             treatment = Treatment::sent;
    std::string           reason{};   // why it was left out
    Date                  date{};
};

// What counts as success of a campaign, contributed by any module: visits each party that did it on a day of the span.
struct ConversionSource {
    using Visit = std::function<void(Id<Party>, Date)>;
    std::string name{}, title{};      // "opportunity_won"
    void (*read)(const Snapshot& tx, Date from, Date to, const Visit& visit) = nullptr;
};

class ContactRights {
public:
    virtual ~ContactRights() = default;
    // The newest answer of the contact, or of its party, on or before the day; none is no.
    virtual bool        has_consent(const Snapshot&, Id<Party>, Id<Contact>, ConsentChannel, Date) const = 0;
    // Why the party may not be contacted in this way on the day; empty when it may.
    virtual std::string forbids(const Snapshot&, Id<Party>, std::string_view kind, Id<Employee> by, Date) const = 0;
};

}  // namespace crm
