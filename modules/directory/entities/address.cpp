#include <directory/records.h>

namespace directory {

namespace address {

void check(tessera::Transaction&, Address& address) {
    if (!address.party && !address.contact)
        throw tessera::Refused("directory.address_of_nobody",
                               "To keep an address, say whose it is: a party or a contact.")
            .with_status(422)
            .with_field("party");
}

}  // namespace address

void declare_address(tessera::Kernel& kernel) {
    kernel.entity<Address>("directory.address", "Address")
        .plural("Addresses")
        .field("party", &Address::party, tessera::indexed, tessera::erased_with)
        .field("contact", &Address::contact, tessera::indexed, tessera::erased_with)
        .field("kind", &Address::kind)
        .field("street", &Address::street, tessera::personal, tessera::kept_while_used)
        .field("street_2", &Address::street_2, tessera::not_in_list, tessera::personal, tessera::kept_while_used)
        .field("city", &Address::city, tessera::searchable, tessera::personal, tessera::kept_while_used)
        .field("region", &Address::region, tessera::help("State or province"))
        .field("postal_code", &Address::postal_code, tessera::personal, tessera::kept_while_used)
        .field("country", &Address::country)
        .display("city")
        .menu(tessera::Menu::master_data)
        .validate(address::check);
}

}  // namespace directory
