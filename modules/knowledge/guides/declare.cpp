// Decision trees that are walked, and what came of walking them.
#include "guides/declare.h"

namespace knowledge {

void declare_guides(tessera::Kernel& kernel) {
    declare_guide(kernel);
    declare_guide_workflow(kernel);
    declare_walk(kernel);
    declare_walk_view(kernel);
    declare_guide_success(kernel);
}

}  // namespace knowledge
