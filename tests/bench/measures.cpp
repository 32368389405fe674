#include "measures.h"

#include <fmt/core.h>

#include <atomic>
#include <chrono>
#include <cstdio>
#include <limits>
#include <memory>
#include <sstream>
#include <thread>

namespace bench {

using Clock = std::chrono::steady_clock;

void Table::add(Row row) {
    fmt::print(stderr, "{}: {:.2f} {}\n", row.what, row.figure, row.unit);
    rows_.push_back(std::move(row));
}

void Table::print() const {
    fmt::print("{:<58} {:>12} {:<10} {:>12} {:>7}  {}\n", "what", "measured", "", "ceiling", "ratio", "goal");
    for (const auto& r : rows_) {
        const auto ceiling = r.ceiling > 0 ? fmt::format("{:.1f}", r.ceiling) : "";
        const auto ratio   = r.ceiling > 0 ? fmt::format("{:.2f}", r.figure / r.ceiling) : "";
        fmt::print("{:<58} {:>12.2f} {:<10} {:>12} {:>7}  {}\n", r.what, r.figure, r.unit, ceiling, ratio, r.goal);
    }
}

double rate(int clients, double seconds, const std::function<void(int, std::int64_t)>& work) {
    std::atomic<std::int64_t> next{0}, done{0};
    std::atomic<bool>         over{false};
    std::vector<std::thread>  threads;
    const auto                start = Clock::now();
    for (int c = 0; c < clients; ++c)
        threads.emplace_back([&, c] {
            while (!over) {
                work(c, next++);
                ++done;
            }
        });
    std::this_thread::sleep_for(std::chrono::duration<double>(seconds));
    over = true;
    for (auto& t : threads) t.join();
    return static_cast<double>(done) / std::chrono::duration<double>(Clock::now() - start).count();
}

double best_of(int runs, const std::function<void()>& work) {
    double best = std::numeric_limits<double>::max();
    for (int i = 0; i < runs; ++i) {
        const auto start = Clock::now();
        work();
        best = std::min(best, std::chrono::duration<double, std::milli>(Clock::now() - start).count());
    }
    return best;
}

std::map<std::string, double> run_bare(const Settings& settings, const std::string& program, const std::string& arguments) {
    const auto                                   command = (settings.programs / program).string() + " " + arguments;
    const std::unique_ptr<FILE, int (*)(FILE*)> pipe(popen(command.c_str(), "r"), pclose);
    std::map<std::string, double>                figures;
    char                                         line[512];
    while (pipe && std::fgets(line, sizeof line, pipe.get())) {
        std::istringstream words(line);
        std::string        name, argument;
        double             value = 0;
        if (words >> name >> argument >> value) figures[name + " " + argument] = value;
    }
    return figures;
}

}  // namespace bench
