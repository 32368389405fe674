#include <directory/records.h>

namespace directory {

void declare_contact(tessera::Kernel& kernel) {
    kernel.entity<Contact>("directory.contact", "Contact")
        .help("A person: of a party, or on their own.")
        .field("party", &Contact::party, tessera::indexed, tessera::erased_with)
        .field("name", &Contact::name, tessera::required, tessera::searchable, tessera::longest(200), tessera::personal)
        .field("role", &Contact::role, tessera::help("What the person does there"))
        .field("email", &Contact::email, tessera::searchable, tessera::personal)
        .field("phone", &Contact::phone, tessera::personal)
        .field("active", &Contact::active)
        .display("name")
        .menu(tessera::Menu::master_data);
}

}  // namespace directory
