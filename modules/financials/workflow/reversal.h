#pragma once
// The input of every transition that undoes a posted document.

#include <tessera/field.h>

namespace financials {

struct Reversal {
    tessera::Date date{};
    std::string   reason{};
    static void   describe(tessera::Fields<Reversal>& fields) {
          fields
              .field("date", &Reversal::date,
                     tessera::help("The first open day from today on when left out"))
              .field("reason", &Reversal::reason, tessera::required);
    }
};

}  // namespace financials
