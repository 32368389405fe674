// Every file of the corpus through its harness, and mutations of them: what was found once stays mended, with any compiler.
// TESSERA_MUTATIONS and TESSERA_SEED say how many of each harness, and which.

#include "harness.h"

#include <tessera/text.h>

#include <doctest/doctest.h>

#include <algorithm>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <random>

using namespace tessera;
using namespace tessera::fuzz;

namespace {

struct Sample {
    std::string name{}, bytes{};
};

std::filesystem::path corpus() { return std::filesystem::path(TESSERA_SOURCE_DIR) / "tests/fuzz/corpus"; }

std::vector<Sample> samples_of(const std::string& harness) {
    std::vector<Sample> samples;
    for (const auto& entry : std::filesystem::directory_iterator(corpus() / harness)) {
        std::ifstream file(entry.path(), std::ios::binary);
        samples.push_back({entry.path().filename().string(), {std::istreambuf_iterator<char>(file), {}}});
    }
    std::ranges::sort(samples, {}, &Sample::name);
    return samples;
}

unsigned long from_environment(const char* name, unsigned long otherwise) {
    const char* given = std::getenv(name);
    return given ? std::strtoul(given, nullptr, 10) : otherwise;
}

// So that it can be made a file of the corpus: printf '…' > FILE.
std::string shown(std::string_view bytes) {
    std::string text;
    for (const unsigned char c : bytes) text += c >= 0x20 && c < 0x7f && c != '\\' && c != '%' ? std::string(1, static_cast<char>(c)) : fmt::format("\\{:03o}", c);
    return text;
}

// What was given when the program died is told before it is gone.
Sample under_way;

void tell(int signal) {
    std::fprintf(stderr, "%s: %s\n", under_way.name.c_str(), shown(under_way.bytes).c_str());
    std::signal(signal, SIG_DFL);
    std::raise(signal);
}
const bool will_tell = [] {
    for (const int signal : {SIGABRT, SIGSEGV, SIGFPE, SIGBUS}) std::signal(signal, tell);
    return true;
}();

// What is broken, "" when nothing is.
std::string broken(const Harness& harness, const std::string& bytes) {
    under_way = {harness.name, bytes};
    try {
        harness.give(bytes);
        return {};
    } catch (const std::exception& failure) {
        return fmt::format("{}: {}\n    {}", harness.name, failure.what(), shown(bytes));
    }
}

class Mutator {
public:
    Mutator(std::vector<Sample> samples, unsigned long seed) : samples_(std::move(samples)), random_(seed) {}

    std::string next() {
        auto bytes = any_sample();
        for (auto steps = 1 + below(4); steps > 0; --steps) change(bytes);
        return bytes;
    }

private:
    std::size_t        below(std::size_t end) { return end ? random_() % end : 0; }
    const std::string& any_sample() { return samples_[below(samples_.size())].bytes; }
    char               any_byte() {
        using namespace std::string_view_literals;
        constexpr auto telling = "\0\t\n\r \"%&'+,-.0123456789/:;=?@[\\]_eE{}\x7f\x80\xc3\xff"sv;
        return below(3) ? telling[below(telling.size())] : static_cast<char>(below(256));
    }
    std::string piece(std::size_t longest) {
        const auto& of = any_sample();
        return of.substr(below(of.size()), 1 + below(longest));
    }
    void change(std::string& bytes) {
        const auto at = below(bytes.size() + 1);
        switch (below(6)) {
            case 0: bytes.insert(at, 1, any_byte()); break;
            case 1: bytes.erase(at, 1 + below(8)); break;
            case 2: if (at < bytes.size()) bytes[at] = any_byte(); break;
            case 3: if (at < bytes.size()) bytes[at] = static_cast<char>(bytes[at] ^ (1 << below(8))); break;
            case 4: bytes.insert(at, piece(16)); break;
            default: bytes.replace(at, std::string::npos, piece(4096)); break;
        }
    }

    std::vector<Sample> samples_;
    std::mt19937_64     random_;
};

}  // namespace

TEST_CASE("fuzzing: every harness has a corpus, and every corpus a harness") {
    for (const auto& harness : harnesses()) {
        CAPTURE(harness.name);
        CHECK(std::filesystem::is_directory(corpus() / harness.name));
    }
    for (const auto& entry : std::filesystem::directory_iterator(corpus()))
        if (entry.is_directory()) CHECK_MESSAGE(std::ranges::count(harnesses(), entry.path().filename().string(), &Harness::name) == 1, entry.path().string());
}

TEST_CASE("fuzzing: what has been found before stays mended") {
    for (const auto& harness : harnesses())
        for (const auto& sample : samples_of(harness.name)) {
            const auto what = broken(harness, sample.bytes);
            CHECK_MESSAGE(what.empty(), sample.name, ", ", what);
        }
}

TEST_CASE("fuzzing: thousands of mutations break no claim") {
    const auto seed = from_environment("TESSERA_SEED", 1), mutations = from_environment("TESSERA_MUTATIONS", 2000);
    MESSAGE("TESSERA_SEED=", seed, " TESSERA_MUTATIONS=", mutations);
    for (const auto& harness : harnesses()) {
        Mutator     mutator(samples_of(harness.name), seed);
        std::string what;
        for (auto left = mutations; left > 0 && what.empty(); --left) what = broken(harness, mutator.next());
        CHECK_MESSAGE(what.empty(), what);
    }
}
