// Bytes of the books are changed behind the back of the program: bits flipped, pages copied over others, files cut short. No program
// crashes over it, and no report is silently another one: it says the same as before, or is refused, or `tessera verify` names what
// is wrong. TESSERA_DAMAGES=200 for the long run, TESSERA_SEED=N for the first of them.
#include "how_often.h"
#include "served_books.h"

#include <doctest/doctest.h>

#include <fstream>
#include <iterator>
#include <random>
#include <set>

namespace faults {

namespace {

std::string contents(const std::filesystem::path& file) {
    std::ifstream in(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}
void replace(const std::filesystem::path& file, const std::string& bytes) {
    std::ofstream(file, std::ios::binary | std::ios::trunc).write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
}

// What it did, for the message of a failure.
std::string damage(std::string& bytes, std::mt19937_64& random) {
    constexpr std::size_t page = 4096;
    const auto            at   = random() % bytes.size();
    switch (random() % 4) {
        case 0: bytes[at] = static_cast<char>(bytes[at] ^ (1 << random() % 8)); return "a bit flipped at " + std::to_string(at);
        case 1: {
            const auto end = std::min(bytes.size(), at + 1 + random() % 64);
            for (auto i = at; i < end; ++i) bytes[i] = static_cast<char>(random());
            return "bytes from " + std::to_string(at) + " to " + std::to_string(end) + " overwritten";
        }
        case 2: {
            const auto pages = bytes.size() / page, from = random() % pages, to = random() % pages;
            bytes.replace(to * page, page, bytes.substr(from * page, page));
            return "page " + std::to_string(from) + " copied over page " + std::to_string(to);
        }
        default: bytes.resize(at); return "cut to " + std::to_string(at);
    }
}

// The two reports an accountant looks at first; or what was said instead.
struct Told {
    std::string      reports{};
    bool             refused = false, crashed = false;
    whole::Ended     verified{};
    static bool      crash(const whole::Ended& ended) { return ended.code > 2; }
    bool             silently_other(const std::string& before) const { return !refused && reports != before && verified.code == 0; }
};

Told ask(const std::filesystem::path& folder) {
    const whole::Setting setting{.directory = folder, .environment = {"TESSERA_DATABASE=books.tessera"}};
    Told                 told;
    const std::vector<std::string> reports[] = {{"financials.trial_balance", "--to", "2020-12-31"}, {"inventory.valuation", "--as_of", "2020-12-31"}};
    for (const auto& report : reports) {
        std::vector<std::string> words{whole::tessera(), "report"};
        words.insert(words.end(), report.begin(), report.end());
        words.insert(words.end(), {"--format", "csv"});
        const auto ended = whole::run(words, setting);
        told.crashed     = told.crashed || Told::crash(ended);
        told.refused     = told.refused || ended.code != 0;
        told.reports += ended.output;
    }
    told.verified = whole::run({whole::tessera(), "verify"}, setting);
    told.crashed  = told.crashed || Told::crash(told.verified);
    return told;
}

// Books with one of everything, the newest of it still in the log, as a killed server leaves them.
struct Left {
    explicit Left(const whole::Scratch& folder) : folder_(folder) {
        Server server(books_);
        make_one_of_everything(server);
        server.stop(SIGKILL);
        books_.copy_to(folder.path());
        file = contents(folder / "books.tessera");
        log  = contents(folder / "books.tessera-wal");
        REQUIRE(Server(books_).stop() == 0);
        whole = contents(books_.file());
    }
    void put_back(const std::string& file_bytes, const std::string& log_bytes) const {
        for (const auto& entry : std::filesystem::directory_iterator(folder_.path())) std::filesystem::remove(entry.path());
        replace(folder_ / "books.tessera", file_bytes);
        if (!log_bytes.empty()) replace(folder_ / "books.tessera-wal", log_bytes);
    }
    std::string file{}, log{};
    std::string whole{};  // the log moved into the file, by a server that was stopped as it should be

private:
    Books                 books_{};
    const whole::Scratch& folder_;
};

// Every state that the books were in while the log was written: what a log that ends earlier leaves.
std::set<std::string> earlier_reports(const Left& left, const whole::Scratch& folder) {
    constexpr std::size_t header = 32, frame = 24 + 4096;
    std::set<std::string> reports;
    for (std::size_t end = left.log.size(); end >= header; end -= frame) {
        const bool ends_commit = end == header || left.log.compare(end - frame + 4, 4, std::string(4, '\0')) != 0;
        if (ends_commit) {
            left.put_back(left.file, left.log.substr(0, end));
            reports.insert(ask(folder.path()).reports);
        }
        if (end < header + frame) break;
    }
    return reports;
}

}  // namespace

TEST_SUITE_BEGIN("database file");

TEST_CASE("damaged file: nothing crashes, and no report is silently another one") {
    const auto           count = asked("TESSERA_DAMAGES", 8), first = asked("TESSERA_SEED", 1);
    const whole::Scratch folder;
    const Left           left(folder);
    left.put_back(left.whole, {});
    const auto sound = ask(folder.path());
    REQUIRE(!sound.refused);
    REQUIRE(sound.verified.code == 0);
    std::uint64_t refused = 0, found = 0;
    for (auto seed = first; seed < first + count; ++seed) {
        CAPTURE(to_repeat("damages", 1, seed));
        std::mt19937_64 random(seed);
        auto            file = left.whole;
        const auto      what = damage(file, random);
        CAPTURE(what);
        left.put_back(file, {});
        const auto told = ask(folder.path());
        CHECK_MESSAGE(!told.crashed, told.verified.errors);
        CHECK_MESSAGE(!told.silently_other(sound.reports), told.reports);
        refused += told.refused;
        found += told.verified.code != 0;
    }
    MESSAGE(count, " damages: reports were refused after ", refused, ", verify found ", found);
}

// A log that breaks off ends there, as after a power cut: its last commits are gone as if they had never been, but no half of one.
TEST_CASE("damaged log: nothing crashes, and the books are as they were at some moment, or refused") {
    const auto                  count = asked("TESSERA_DAMAGES", 8), first = asked("TESSERA_SEED", 1);
    const whole::Scratch        folder;
    const Left                  left(folder);
    REQUIRE(!left.log.empty());
    const auto earlier = earlier_reports(left, folder);
    for (auto seed = first; seed < first + count; ++seed) {
        CAPTURE(to_repeat("damages", 1, seed));
        std::mt19937_64 random(seed);
        auto            log  = left.log;
        const auto      what = damage(log, random);
        CAPTURE(what);
        left.put_back(left.file, log);
        const auto told = ask(folder.path());
        CHECK_MESSAGE(!told.crashed, told.verified.errors);
        CHECK_MESSAGE((told.refused || told.verified.code != 0 || earlier.contains(told.reports)), told.reports);
    }
}

TEST_SUITE_END();

}  // namespace faults
