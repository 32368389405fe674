#include <directory/records.h>
#include <tessera/access.h>

namespace directory {

using tessera::Snapshot;

class StaffService : public Staff {
public:
    Id<Employee> acting(const Snapshot& tx) const override { return tx.user().user ? of_user(tx, tx.user().name) : Id<Employee>{}; }

    Id<Employee> of_user(const Snapshot& tx, std::string_view name) const override {
        return tx.value<Id<Employee>>("SELECT e.id FROM directory_employee e JOIN access_user u ON u.email = e.email WHERE u.name = :name AND e.active = 1 ORDER BY e.id", name)
            .value_or(Id<Employee>{});
    }

    std::string user_of(const Snapshot& tx, Id<Employee> employee) const override {
        return tx.value<std::string>("SELECT u.name FROM directory_employee e JOIN access_user u ON u.email = e.email WHERE e.id = :employee AND u.active = 1 ORDER BY u.id", employee)
            .value_or(std::string());
    }
};

void declare_staff_service(tessera::Kernel& kernel) { kernel.provide<Staff>(std::make_shared<StaffService>()); }

}  // namespace directory
