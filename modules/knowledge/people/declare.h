#pragma once
// What the files about people declare; declare_people() calls the others in this order.

#include <tessera/kernel.h>

namespace knowledge {

void declare_people(tessera::Kernel&);

void declare_evidence(tessera::Kernel&);
void declare_absence(tessera::Kernel&);
void declare_community(tessera::Kernel&);
void declare_experts(tessera::Kernel&);
void declare_question(tessera::Kernel&);
void declare_question_workflow(tessera::Kernel&);
void declare_overdue_questions(tessera::Kernel&);
void declare_question_reports(tessera::Kernel&);
void declare_at_risk(tessera::Kernel&);
void declare_transfer_plan(tessera::Kernel&);
void declare_leavers(tessera::Kernel&);
void declare_path(tessera::Kernel&);
void declare_path_progress(tessera::Kernel&);

}  // namespace knowledge
