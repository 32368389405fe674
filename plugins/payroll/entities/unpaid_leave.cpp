#include "declare.h"

#include <payroll/master_data.h>

namespace payroll {

namespace unpaid_leave {

using tessera::Refused;

// Days that two leaves share would be taken off twice.
void check(tessera::Transaction& tx, UnpaidLeave& leave) {
    if (leave.ends_on < leave.starts_on)
        throw Refused("payroll.days_reversed", "To save the leave, let it end on or after {}.", leave.starts_on)
            .with_status(422)
            .with_field("ends_on");
    const auto other = tx.without(leave, [&] {
        return tx.first<UnpaidLeave>("employee = :employee AND starts_on <= :last AND ends_on >= :first AND id <> :id ORDER BY id LIMIT 1",
                                     leave.employee, leave.ends_on, leave.starts_on, leave.id.value);
    });
    if (other)
        throw Refused("payroll.leave_twice", "To enter leave of {} from {} to {}, change the one from {} to {}: they share days.",
                      tx.label_of(leave.employee), leave.starts_on, leave.ends_on, other->starts_on, other->ends_on)
            .with_field("starts_on");
}

}  // namespace unpaid_leave

void declare_unpaid_leave(tessera::Kernel& kernel) {
    using namespace tessera;
    kernel.entity<UnpaidLeave>("payroll.unpaid_leave", "Unpaid leave")
        .help("Days on which an employee does not work and is not paid.")
        .menu(Menu::master_data)
        .read_needs(see_pay)
        .field("employee", &UnpaidLeave::employee, required, indexed)
        .field("starts_on", &UnpaidLeave::starts_on, required)
        .field("ends_on", &UnpaidLeave::ends_on, required, help("Inclusive"))
        .field("reason", &UnpaidLeave::reason, personal)
        .validate(unpaid_leave::check);
}

}  // namespace payroll
