// What is learned from what has come to an end, and shown to who begins something like it.
#include "lessons/declare.h"

namespace knowledge {

void declare_lessons(tessera::Kernel& kernel) {
    declare_review_rule(kernel);
    declare_review(kernel);
    declare_review_workflow(kernel);
    declare_reviews_asked(kernel);
    declare_review_reports(kernel);
    declare_preparation(kernel);
    declare_lessons_for(kernel);
}

}  // namespace knowledge
