#pragma once
// What transitions of this module ask for.

#include <sales/records.h>

namespace sales {

struct Because {
    std::string reason{};
    static void describe(tessera::Fields<Because>& fields) { fields.field("reason", &Because::reason, tessera::required); }
};

struct OnDay {
    Date        date{};
    static void describe(tessera::Fields<OnDay>& fields) { fields.field("date", &OnDay::date, tessera::help("Today when left out")); }
};

struct Undo {
    Date        date{};
    std::string reason{};
    static void describe(tessera::Fields<Undo>& fields) {
        fields.field("date", &Undo::date, tessera::help("The day of the reversal; today when left out, never before the document"))
            .field("reason", &Undo::reason);
    }
};

}  // namespace sales
