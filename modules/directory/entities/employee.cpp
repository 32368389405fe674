#include <directory/records.h>

namespace directory {

void declare_employee(tessera::Kernel& kernel) {
    kernel.entity<Employee>("directory.employee", "Employee")
        .field("number", &Employee::number, tessera::required, tessera::unique, tessera::searchable,
               tessera::longest(40))
        .field("name", &Employee::name, tessera::required, tessera::searchable, tessera::longest(200), tessera::personal)
        .field("job_title", &Employee::job_title)
        .field("email", &Employee::email, tessera::personal)
        .field("phone", &Employee::phone, tessera::personal)
        .field("hired_on", &Employee::hired_on)
        .field("active", &Employee::active)
        .display("name")
        .menu(tessera::Menu::master_data);
}

}  // namespace directory
