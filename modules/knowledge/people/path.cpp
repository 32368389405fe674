#include <knowledge/transfer.h>

#include <set>

#include "people/declare.h"

namespace knowledge {

namespace path_entity {

using tessera::Refused;

void check(Transaction& tx, Path& path) {
    std::set<Id<Asset>> assets;
    for (const auto& step : path.steps)
        if (step.asset && !assets.insert(step.asset).second)
            throw Refused("knowledge.asset_twice", "To save the path, name each asset once: {} is there twice.", tx.label_of(step.asset)).with_status(422).with_field("steps");
}

}  // namespace path_entity

void declare_path(tessera::Kernel& kernel) {
    using namespace tessera;
    kernel.entity<PathStep>("knowledge.path_step", "Step of a path")
        .part_of(&PathStep::path)
        .field("asset", &PathStep::asset, required)
        .field("within_days", &PathStep::within_days, not_negative, help("Of the first day at work"))
        .field("note", &PathStep::note, longest(500))
        .display("asset");
    kernel.entity<Path>("knowledge.path", "Path for new people")
        .plural("Paths for new people")
        .path("paths")
        .help("What somebody new reads, in order, by what they are hired for")
        .field("name", &Path::name, required, unique, searchable, longest(120))
        .field("job_title", &Path::job_title, help("Of whom it is for; all when left out"))
        .field("department", &Path::department, help("Of whom it is for; all when left out"))
        .field("active", &Path::active)
        .lines("steps", &Path::steps)
        .display("name")
        .needs("knowledge.manage")
        .menu(Menu::master_data)
        .validate(path_entity::check);
}

}  // namespace knowledge
