#include "complaints/affected_customers.h"

#include "complaints/declare.h"
#include "services/party_family.h"

#include <algorithm>
#include <map>

namespace crm {

std::vector<AffectedCustomer> affected_by(const std::vector<ShippedTo>& shipments, Id<Party> complaining) {
    std::map<Id<Party>, AffectedCustomer> by_party;
    for (const auto& shipment : shipments) {
        if (shipment.party == complaining) continue;
        auto& customer = by_party[shipment.party];
        customer.party = shipment.party;
        customer.quantity += shipment.quantity;
        ++customer.deliveries;
        if (shipment.day < customer.last_delivery) continue;
        customer.last_delivery = shipment.day;
        customer.last_document = shipment.document;
        customer.lot           = shipment.lot;
    }
    std::vector<AffectedCustomer> all;
    for (const auto& [party, customer] : by_party)
        if (customer.quantity > tessera::Quantity{}) all.push_back(customer);
    std::ranges::stable_sort(all, [](const AffectedCustomer& a, const AffectedCustomer& b) { return a.quantity > b.quantity; });
    return all;
}

namespace affected_customers {

using tessera::Parameters;
using tessera::Refused;

struct Row {
    std::string       customer{}, email{}, phone{};
    tessera::Quantity quantity{};
    std::int64_t      deliveries = 0;
    Date              last_delivery{};
    std::string       last_document{}, lot{};
    std::int64_t      party_id = 0;
};

void answer(const Snapshot& tx, const Parameters& parameters, const std::function<void(const Row&)>& emit) {
    const auto complaint = tx.load(parameters.reference<Complaint>("complaint"));
    if (!complaint.product)
        throw Refused("crm.product_missing", "To find who else is affected, name the product of complaint {}.", complaint.number).with_status(422);
    std::vector<ShippedTo> shipments;
    for (const auto& source : tx.contributions<ShipmentSource>())
        source.visit(tx, {complaint.product, complaint.lot}, [&](ShippedTo shipment) {
            shipment.party = survivor_of(tx, shipment.party);
            shipments.push_back(std::move(shipment));
        });
    for (const auto& customer : affected_by(shipments, complaint.party)) {
        const auto party = tx.load(customer.party);
        emit({party.name, party.email, party.phone, customer.quantity, customer.deliveries, customer.last_delivery, customer.last_document, customer.lot, customer.party.value});
    }
}

}  // namespace affected_customers

void declare_affected_customers(tessera::Kernel& kernel) {
    using namespace tessera;
    using affected_customers::Row;
    kernel.report<Row>("crm.affected_customers", "Affected customers")
        .help("Who else got the product of a complaint, of the same lot where it names one: warn them before they find out")
        .parameter<Id<Complaint>>("complaint", required)
        .column("customer", &Row::customer, opens_record("directory.party", "party_id"))
        .column("email", &Row::email)
        .column("phone", &Row::phone)
        .column("quantity", &Row::quantity, total)
        .column("deliveries", &Row::deliveries, total)
        .column("last_delivery", &Row::last_delivery)
        .column("last_document", &Row::last_document)
        .column("lot", &Row::lot)
        .column("party_id", &Row::party_id, hidden)
        .run(affected_customers::answer);
}

}  // namespace crm
