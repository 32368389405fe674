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
        .field("department", &Employee::department, tessera::longest(100))
        .field("languages", &Employee::languages, tessera::longest(100), tessera::not_in_list, tessera::help("In which questions may be asked: en, de"))
        .field("hired_on", &Employee::hired_on)
        .field("leaves_on", &Employee::leaves_on, tessera::not_in_list, tessera::help("The first day without them"))
        .field("active", &Employee::active)
        .display("name")
        .menu(tessera::Menu::master_data);
}

}  // namespace directory
