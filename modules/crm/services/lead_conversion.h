#pragma once
// What a lead becomes: a party, a contact and an opportunity, in the command that converts it.

#include <crm/lead.h>

namespace crm {

struct Conversion {
    Id<Party>   party{};              // that they are already; a new one is made when left out
    bool        new_party = false;    // even though one looks the same
    std::string title{};
    Date        expected_close{};
    static void describe(tessera::Fields<Conversion>& fields);
};

// Fills in what the lead became. Refused crm.party_is_known when somebody with the same name, e-mail address, telephone or tax number
// is there already and nobody said which it is.
void convert_lead(Transaction& tx, Lead& lead, const Conversion& conversion);

}  // namespace crm
