#pragma once
// What the files about lessons declare; declare_lessons() calls the others in this order.

#include <tessera/kernel.h>

namespace knowledge {

void declare_lessons(tessera::Kernel&);

void declare_review_rule(tessera::Kernel&);
void declare_review(tessera::Kernel&);
void declare_review_workflow(tessera::Kernel&);
void declare_reviews_asked(tessera::Kernel&);
void declare_review_reports(tessera::Kernel&);
void declare_preparation(tessera::Kernel&);
void declare_lessons_for(tessera::Kernel&);

}  // namespace knowledge
