#include <directory/records.h>

namespace directory {

void declare_company(tessera::Kernel&);
void declare_party(tessera::Kernel&);
void declare_contact(tessera::Kernel&);
void declare_address(tessera::Kernel&);
void declare_bank_account(tessera::Kernel&);
void declare_currency(tessera::Kernel&);
void declare_exchange_rate(tessera::Kernel&);
void declare_employee(tessera::Kernel&);
void declare_letter_template(tessera::Kernel&);
void declare_letters_service(tessera::Kernel&);
void declare_exchange_rates_service(tessera::Kernel&);
void declare_rates_in_force(tessera::Kernel&);
void declare_staff_service(tessera::Kernel&);

void register_module(tessera::Kernel& kernel) {
    kernel.permission("directory.pay_to", "Change the bank accounts that parties are paid to");
    kernel.permission("directory.confirm_pay_to", "Confirm the bank accounts that parties are paid to");
    kernel.permission("directory.write_letters", "Write the templates of letters to others");
    kernel.contribute(tessera::access::StandardConflict{"directory.pay_to", "directory.confirm_pay_to", "A bank account is entered and confirmed by one person",
                                                        tessera::access::Effect::blocks});

    declare_company(kernel);
    declare_party(kernel);
    declare_contact(kernel);
    declare_address(kernel);
    declare_bank_account(kernel);
    declare_employee(kernel);
    declare_currency(kernel);
    declare_exchange_rate(kernel);

    declare_letter_template(kernel);

    declare_staff_service(kernel);
    declare_letters_service(kernel);
    declare_exchange_rates_service(kernel);
    declare_rates_in_force(kernel);
}

}  // namespace directory

TESSERA_MODULE({
    .name            = "directory",
    .version         = "1.0.0",
    .title           = "Directory",
    .needs           = {},
    .register_module = directory::register_module,
});
