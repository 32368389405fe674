#include "measures.h"
#include "world.h"

#include <ctime>

namespace bench {

namespace cycles {
double cpu_seconds() { return static_cast<double>(std::clock()) / CLOCKS_PER_SEC; }
}  // namespace cycles

void measure_cycles(const Settings& settings, Table& table) {
    for (const int clients : settings.clients) {
        const auto   bare = run_bare(settings, "tessera_bench_sqlite", fmt::format("{} {} {}", settings.directory, settings.seconds, clients));
        World        world(settings.directory);
        const double cpu   = cycles::cpu_seconds();
        const double rate_ = rate(clients, settings.seconds, [&](int, std::int64_t n) { world.cycle(n); });
        const double spent = (cycles::cpu_seconds() - cpu) / (rate_ * settings.seconds) * 1000;
        table.add({fmt::format("procure to pay in process, {} clients", clients), rate_, "cycles/s", bare.at("procure_to_pay " + std::to_string(clients)),
                   clients == 1 ? ">= 0.6 of one bare commit per document" : ">= 0.5 of bare group commit"});
        table.add({fmt::format("  processor time of a cycle, {} clients", clients), spent, "ms", 0, "<= 0.8"});
        for (const auto& check : world.suite().verify({}))
            if (!check.findings.empty()) fmt::print(stderr, "VIOLATED {}: {}\n", check.check, check.findings.front().record);
    }
}

}  // namespace bench
