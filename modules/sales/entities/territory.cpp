#include <sales/records.h>

#include "declare.h"

namespace sales {

void declare_territory(tessera::Kernel& kernel) {
    using namespace tessera;
    kernel.entity<Territory>("sales.territory", "Territory")
        .plural("Territories")
        .field("name", &Territory::name, required, unique, searchable, longest(120))
        .field("parent", &Territory::parent)
        .field("country", &Territory::country, longest(2), help("ISO 3166, two letters; empty when it is in several"))
        .field("manager", &Territory::manager)
        .display("name")
        .help("Where customers are, as sales are reported")
        .menu(Menu::setup);
}

}  // namespace sales
