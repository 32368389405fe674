// A revenue recognition:  draft --post--> posted --reverse--> reversed
// Deferred revenue:       open --(recognised to the end)--> earned; open --(its invoice is reversed)--> cancelled
#include "services/deferring.h"

#include <tessera/kernel.h>

#include "declare.h"
#include "workflow/inputs.h"

namespace sales {

namespace recognition_workflow {

struct Forecast {
    Date        from{};
    Date        earned_to{};
    std::string reason{};
    static void describe(tessera::Fields<Forecast>& fields) {
        fields.field("from", &Forecast::from, tessera::help("The first day of the new forecast; today when left out"))
            .field("earned_to", &Forecast::earned_to, tessera::required)
            .field("reason", &Forecast::reason, tessera::required);
    }
};

void reverse(tessera::Transaction& tx, RevenueRecognition& document, const Undo& undo) { reverse_recognition(tx, document, undo.date, undo.reason); }
void forecast(tessera::Transaction& tx, Deferral& deferral, const Forecast& asked) { reforecast(tx, deferral, asked.from, asked.earned_to, asked.reason); }

}  // namespace recognition_workflow

void declare_recognition_workflow(tessera::Kernel& kernel) {
    using namespace tessera;
    using enum PostingState;
    kernel.workflow(&RevenueRecognition::state)
        .transition("post", draft, posted, needs("sales.recognise"), explained("Moves what was earned from deferred revenue to revenue"), post_recognition)
        .transition("reverse", posted, reversed, needs("sales.recognise"), destructive, explained("It is deferred again"), recognition_workflow::reverse);
    kernel.workflow(&Deferral::state)
        .transition("reforecast", DeferralState::open, DeferralState::open, needs("sales.recognise"), explained("Spreads what is not earned yet over other days"),
                    recognition_workflow::forecast);
}

}  // namespace sales
