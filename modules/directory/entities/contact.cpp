#include <directory/records.h>

namespace directory {

void declare_contact(tessera::Kernel& kernel) {
    kernel.entity<Contact>("directory.contact", "Contact")
        .help("A person: of a party, or on their own.")
        .field("party", &Contact::party, tessera::indexed)
        .field("name", &Contact::name, tessera::required, tessera::searchable, tessera::longest(200))
        .field("role", &Contact::role, tessera::help("What the person does there"))
        .field("email", &Contact::email, tessera::searchable)
        .field("phone", &Contact::phone)
        .field("active", &Contact::active)
        .display("name")
        .menu(tessera::Menu::master_data);
}

}  // namespace directory
