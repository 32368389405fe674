//     draft --read--> draft --propose--> draft --post--> posted --reverse--> reversed

#include "workflow/statement_steps.h"

namespace financials {

void declare_bank_statement_workflow(tessera::Kernel& kernel) {
    using namespace tessera;
    using enum BankStatementState;
    kernel.workflow(&BankStatement::state)
        .transition("read", draft, draft, needs("financials.bank"), explained("Fills the statement from the newest file that is attached."),
                    read_bank_statement)
        .transition("propose", draft, draft, needs("financials.bank"), explained("Finds what each unexplained line pays, and says why."),
                    propose_matches)
        .transition("post", draft, posted, needs("financials.bank"), explained("Makes the payments and entries of the lines."),
                    post_bank_statement)
        .transition("reverse", posted, reversed, needs("financials.bank"), destructive,
                    explained("Undoes the payments and entries that posting made."), reverse_bank_statement);
}

}  // namespace financials
