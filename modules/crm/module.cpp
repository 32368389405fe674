#include <crm/timeline.h>

#include "declare.h"

#include <tessera/module.h>

namespace crm {

void register_module(tessera::Kernel& kernel) {
    kernel.permission("crm.manage", "Set up customer relations: pipelines, reasons, segments, policies");

    declare_duties(kernel);

    declare_touchpoint(kernel);
}

}  // namespace crm

TESSERA_MODULE({
    .name            = "crm",
    .version         = "0.1.0",
    .title           = "Customer relations",
    .needs           = {"directory", "catalog", "financials"},
    .register_module = crm::register_module,
});
