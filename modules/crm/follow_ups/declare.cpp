#include "follow_ups/declare.h"

namespace crm {

void declare_follow_ups(tessera::Kernel& kernel) {
    declare_follow_up_rules(kernel);
    declare_follow_up(kernel);
    declare_follow_up_workflow(kernel);
    declare_follow_ups_service(kernel);
    declare_call_reports(kernel);
}

}  // namespace crm
