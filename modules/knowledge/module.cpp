#include <tessera/module.h>

#include "assets/declare.h"
#include "declare.h"
#include "guides/declare.h"
#include "lessons/declare.h"
#include "measured/declare.h"
#include "people/declare.h"

namespace knowledge {

void register_module(tessera::Kernel& kernel) {
    kernel.permission("knowledge.take_part", "Walk guides, ask and answer questions");
    kernel.permission("knowledge.verify", "Verify what others have written, return and retire it");
    kernel.permission("knowledge.publish", "Show knowledge to customers");
    kernel.permission("knowledge.manage", "Set up knowledge: topics, templates, guides, paths");

    declare_topic(kernel);
    declare_assets(kernel);
    declare_published(kernel);
    declare_guides(kernel);
    declare_lessons(kernel);
    declare_people(kernel);
    declare_measured(kernel);
}

}  // namespace knowledge

TESSERA_MODULE({
    .name            = "knowledge",
    .version         = "0.1.0",
    .title           = "Knowledge",
    .needs           = {"directory", "catalog", "financials", "inventory", "purchasing", "sales", "crm"},
    .register_module = knowledge::register_module,
});
