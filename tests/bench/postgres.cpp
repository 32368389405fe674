#include "measures.h"
#include "world.h"

#include <tessera/testing/database.h>

#include <sys/wait.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <iostream>
#include <stdexcept>

namespace bench {

namespace postgres {

constexpr std::int64_t of_second = 1'000'000'000;  // where its cycles begin to count

double cpu_seconds() { return static_cast<double>(std::clock()) / CLOCKS_PER_SEC; }

void verify(World& world) {
    for (const auto& check : world.suite().verify({}))
        if (!check.findings.empty()) fmt::print(stderr, "VIOLATED {}: {}\n", check.check, check.findings.front().record);
}

// This program once more, on the same world. It begins when it is told to.
class Second {
public:
    Second(const Settings& settings, const std::string& location, int clients) {
        const auto program = (settings.programs / "tessera_bench").string(), seconds = std::to_string(settings.seconds), count = std::to_string(clients);
        int        to[2], from[2];
        if (pipe(to) != 0 || pipe(from) != 0) throw std::runtime_error("no pipe to the second process");
        process_ = fork();
        if (process_ == 0) {
            dup2(to[0], 0);
            dup2(from[1], 1);
            for (const int end : {to[0], to[1], from[0], from[1]}) close(end);
            execl(program.c_str(), program.c_str(), "--second", location.c_str(), "--seconds", seconds.c_str(), "--clients", count.c_str(), nullptr);
            _exit(127);
        }
        close(to[0]);
        close(from[1]);
        to_   = fdopen(to[1], "w");
        from_ = fdopen(from[0], "r");
        if (line() != "ready") throw std::runtime_error("the second process has not begun");
    }
    ~Second() {
        fclose(to_);
        fclose(from_);
        waitpid(process_, nullptr, 0);
    }
    Second(const Second&)            = delete;
    Second& operator=(const Second&) = delete;

    void begin() {
        std::fputs("begin\n", to_);
        std::fflush(to_);
    }
    double rate() { return std::stod(line()); }

private:
    std::string line() {
        char text[256];
        if (!std::fgets(text, sizeof text, from_)) throw std::runtime_error("the second process has ended");
        return std::string(text, std::string_view(text).find('\n'));
    }

    pid_t process_ = 0;
    FILE *to_ = nullptr, *from_ = nullptr;
};

double one_process(const Settings& settings, Table& table, int clients) {
    const tessera::testing::Database bare("", "bench_bare"), books("", "bench");
    const auto   ceiling = run_bare(settings, "tessera_bench_postgres", fmt::format("'{}' {} {}", bare.location(), settings.seconds, clients));
    World        world(books.location());
    const double cpu     = cpu_seconds();
    const double figure  = rate(clients, settings.seconds, [&](int, std::int64_t n) { world.cycle(n); });
    const double spent   = (cpu_seconds() - cpu) / (figure * settings.seconds) * 1000;
    table.add({fmt::format("procure to pay on PostgreSQL, {} clients", clients), figure, "cycles/s", ceiling.at("procure_to_pay " + std::to_string(clients)),
               clients == 32 ? ">= 0.5 of bare libpq pipeline" : ""});
    table.add({fmt::format("  processor time of a cycle without the server's, {} clients", clients), spent, "ms", 0, ""});
    verify(world);
    return figure;
}

void two_processes(const Settings& settings, Table& table, int clients, double of_one) {
    const tessera::testing::Database books("", "bench");
    World        world(books.location());
    double       sum = 0;
    {
        Second second(settings, books.location(), clients);
        second.begin();
        sum = rate(clients, settings.seconds, [&](int, std::int64_t n) { world.cycle(n); });
        sum += second.rate();
    }
    table.add({fmt::format("procure to pay on PostgreSQL, two processes, {} clients each", clients), sum, "cycles/s", of_one, ">= 1 of one process with as many"});
    verify(world);
}

}  // namespace postgres

void measure_postgres(const Settings& settings, Table& table) {
    if (settings.postgres.empty()) {
        fmt::print(stderr, "To measure on PostgreSQL, name a server with --postgres, or run this beside one of its own: "
                           "TESSERA_TEST_POSTGRES_DURABLE=1 bash tests/postgres/with_postgres.sh tessera_bench --only postgres\n");
        return;
    }
    setenv("TESSERA_TEST_POSTGRES", settings.postgres.c_str(), 1);  // where testing::Database makes them
    double figure = 0;
    for (const int clients : settings.clients) figure = postgres::one_process(settings, table, clients);
    if (const int last = settings.clients.back(); last > 1) postgres::two_processes(settings, table, last / 2, figure);
}

void run_second(const Settings& settings, const std::string& location) {
    World world(location, World::existing);
    fmt::print("ready\n");
    std::fflush(stdout);
    std::string line;
    if (!std::getline(std::cin, line)) return;
    const double figure = rate(settings.clients.front(), settings.seconds, [&](int, std::int64_t n) { world.cycle(postgres::of_second + n); });
    fmt::print("{:.2f}\n", figure);
    std::fflush(stdout);
}

}  // namespace bench
