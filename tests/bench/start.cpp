#include "measures.h"
#include "world.h"

#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <csignal>
#include <fstream>
#include <sstream>
#include <thread>

namespace bench {

namespace start {

std::string text_of(const std::string& file) {
    std::ifstream      in(file);
    std::ostringstream text;
    text << in.rdbuf();
    return text.str();
}

double resident_megabytes(pid_t process) {
    std::ifstream status("/proc/" + std::to_string(process) + "/status");
    for (std::string line; std::getline(status, line);)
        if (line.starts_with("VmRSS:")) return std::stod(line.substr(6)) / 1024;
    return 0;
}

// What an import says of itself, as JSON: {"commands":…,"milliseconds":…,…}.
double commands_per_second(const std::string& file) {
    const auto number_after = [text = text_of(file)](const std::string& name) {
        const auto at = text.find('"' + name + "\":");
        return at == std::string::npos ? 0 : std::stod(text.substr(at + name.size() + 3));
    };
    const auto milliseconds = number_after("milliseconds");
    return milliseconds > 0 ? number_after("commands") * 1000 / milliseconds : 0;
}

}  // namespace start

// From the start of the process to the line that says it serves, and what it then holds in memory.
void measure_start(const Settings& settings, Table& table) {
    const auto program = (settings.programs / "tessera").string();
    const auto file    = settings.directory + "/start.tessera";
    std::system(("rm -f " + file + "*; " + program + " init --database " + file + " --name Start >/dev/null").c_str());
    double best = 1e9, memory = 0;
    for (int i = 0; i < 5; ++i) {
        int ends[2];
        if (pipe(ends) != 0) return;
        const auto begun   = std::chrono::steady_clock::now();
        const auto process = fork();
        if (process == 0) {
            dup2(ends[1], 1);
            execl(program.c_str(), program.c_str(), "serve", "--database", file.c_str(), "--listen", "127.0.0.1:0", nullptr);
            _exit(127);
        }
        char line[256];
        if (read(ends[0], line, sizeof line) > 0) best = std::min(best, std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - begun).count());
        std::this_thread::sleep_for(std::chrono::milliseconds(500));
        memory = start::resident_megabytes(process);
        kill(process, SIGTERM);
        waitpid(process, nullptr, 0);
        close(ends[0]);
        close(ends[1]);
    }
    table.add({"start to serving, all modules", best, "ms", 0, "< 300 ms"});
    table.add({"memory at rest", memory, "MB", 0, "< 64 MB"});
    std::system(("rm -f " + file + "*").c_str());
}

void measure_replay(const Settings& settings, Table& table) {
    if (settings.data.empty()) return;
    const auto program = (settings.programs / "tessera").string();
    const auto file    = settings.directory + "/replay.tessera";
    std::system(("rm -f " + file + "*; " + program + " init --database " + file + " --name Replay --decimals 6 >/dev/null").c_str());
    const auto import   = best_of(1, [&] { std::system((program + " import adventureworks " + settings.data + " --database " + file + " --format json >" + file + ".json").c_str()); });
    const auto verify   = best_of(1, [&] { std::system((program + " verify --database " + file + " >/dev/null").c_str()); });
    table.add({"AdventureWorks replay", start::commands_per_second(file + ".json"), "/s", 0, ""});
    table.add({"AdventureWorks replay and verify", (import + verify) / 1000, "s", 0, "< 120 s"});
    std::system(("rm -f " + file + "*").c_str());
}

}  // namespace bench
