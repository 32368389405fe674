// Declares something of every kind, then throws: nothing of it may stay.
#include "../good/workshop/workshop.h"

namespace throws_exception {

struct Machine {
    tessera::Id<Machine> id{};
    std::string          name{};
};
struct Row { std::string name{}; };
struct Started { std::string name{}; };
struct Service {};

void hear(tessera::Transaction&, const workshop::OrderConfirmed&) { throw std::runtime_error("heard after all"); }

void register_module(tessera::Kernel& kernel) {
    kernel.permission("throws_exception.start", "Start machines");
    kernel.entity<Machine>("throws_exception.machine", "Machine").field("name", &Machine::name);
    kernel.event<Started>("throws_exception.started").field("name", &Started::name);
    kernel.on(hear);
    kernel.after(hear);
    kernel.provide<Service>(std::make_shared<Service>());
    kernel.contribute(workshop::SparePart{"of the one that threw"});
    kernel.report<Row>("throws_exception.machines", "Machines").column("name", &Row::name).query("SELECT name FROM throws_exception_machine");
    kernel.schema("CREATE VIEW IF NOT EXISTS throws_exception_view AS SELECT 1 AS one");
    kernel.seed([](tessera::Transaction&, const tessera::SeedOptions&) { throw std::runtime_error("sown after all"); });
    throw std::runtime_error("the machine is out of order");
}

}  // namespace throws_exception

TESSERA_MODULE({.name = "throws_exception", .version = "1.0.0", .title = "Throws", .needs = {"workshop"}, .register_module = throws_exception::register_module});
