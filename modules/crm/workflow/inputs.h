#pragma once
// What transitions of this module ask for.

#include <crm/timeline.h>

namespace crm {

struct Because {
    std::string reason{};
    static void describe(tessera::Fields<Because>& fields) { fields.field("reason", &Because::reason, tessera::required); }
};

struct Outcome {
    Date        date{};
    std::string outcome{};
    std::string next_step{};
    Date        next_on{};
    static void describe(tessera::Fields<Outcome>& fields) {
        fields.field("date", &Outcome::date, tessera::help("When it was done; today when left out"))
            .field("outcome", &Outcome::outcome, tessera::multiline, tessera::help("What came of it"))
            .field("next_step", &Outcome::next_step, tessera::help("What is to be done next"))
            .field("next_on", &Outcome::next_on, tessera::help("Plans the next step for this day"));
    }
};

}  // namespace crm
