// A shipment:  draft --pick--> picked --pack--> packed --ship--> shipped --reverse--> reversed
// Whoever does not pick and pack by the system ships a draft.
#include "declare.h"
#include "services/shipping.h"
#include "workflow/inputs.h"

namespace sales {

namespace shipment_workflow {

struct Packed {
    std::int64_t packages = 1;
    static void  describe(tessera::Fields<Packed>& fields) { fields.field("packages", &Packed::packages, tessera::positive); }
};

void pick(tessera::Transaction& tx, Shipment& shipment) {
    if (shipment.lines.empty()) throw tessera::Refused("sales.nothing_to_ship", "To pick, give the shipment at least one line.");
    shipment.picked_on = tx.today();
}
void pack(tessera::Transaction& tx, Shipment& shipment, const Packed& packed) {
    shipment.packages  = packed.packages;
    shipment.packed_on = tx.today();
}
void reverse(tessera::Transaction& tx, Shipment& shipment, const Undo& undo) { reverse_shipment(tx, shipment, undo.date, undo.reason); }

}  // namespace shipment_workflow

void declare_shipment_workflow(tessera::Kernel& kernel) {
    using namespace tessera;
    using enum ShipmentState;
    kernel.workflow(&Shipment::state)
        .transition("pick", draft, picked, needs("sales.ship"), explained("The goods are taken from their places"), shipment_workflow::pick)
        .transition("pack", picked, packed, needs("sales.ship"), explained("The goods are in their packages"), shipment_workflow::pack)
        .transition("ship", {draft, picked, packed}, shipped, needs("sales.ship"), explained("The goods leave: out of stock, into the cost of sales"), ship)
        .transition("reverse", shipped, reversed, needs("sales.ship"), destructive, explained("Takes them back into stock, while they are not invoiced"), shipment_workflow::reverse);
}

}  // namespace sales
