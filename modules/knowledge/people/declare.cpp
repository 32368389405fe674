// Who knows what, who is asked, and what happens when they go.
#include "people/declare.h"

namespace knowledge {

void declare_people(tessera::Kernel& kernel) {
    declare_evidence(kernel);
    declare_absence(kernel);
    declare_community(kernel);
    declare_experts(kernel);
    declare_question(kernel);
    declare_question_workflow(kernel);
    declare_overdue_questions(kernel);
    declare_question_reports(kernel);
    declare_at_risk(kernel);
    declare_transfer_plan(kernel);
    declare_leavers(kernel);
    declare_path(kernel);
    declare_path_progress(kernel);
}

}  // namespace knowledge
