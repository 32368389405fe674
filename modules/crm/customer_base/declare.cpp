#include "customer_base/declare.h"

namespace crm {

void declare_customer_base(tessera::Kernel& kernel) {
    declare_purchase_log(kernel);
    declare_value_rules(kernel);
    declare_customer_values(kernel);
    declare_value_tiers(kernel);
    declare_valuing(kernel);
    declare_value_reports(kernel);
    declare_alive_path(kernel);
}

}  // namespace crm
