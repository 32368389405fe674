// The power fails at any write, and of what was written since the last sync any pieces of 512 bytes are on the disk: the state is
// that before or after a transaction, never between. TESSERA_TORN=1000 for the long run, TESSERA_SEED=N for the first of them.
#include "database/scratch_database.h"
#include "database/sqlite/torn_disk.h"

#include <doctest/doctest.h>

#include <cstdlib>

namespace tessera::database::torn_disk_test {

using sqlite::TornDisk;

std::uint64_t asked(const char* variable, std::uint64_t otherwise) {
    const char* given = std::getenv(variable);
    return given ? std::stoull(given) : otherwise;
}

// All of the table, as one text that can be compared.
std::string state_of(Connection& connection) {
    std::string state;
    Statement&  rows = connection.prepare("SELECT id, name FROM party ORDER BY id");
    while (rows.step()) state += fmt::format("{}={}/{} ", rows.integer(0), rows.text(1).size(), std::hash<std::string_view>{}(rows.text(1)));
    return state;
}

void change_something(Connection& writer, std::mt19937_64& random) {
    const auto pick   = [&](std::uint64_t most) { return random() % most; };
    const auto most   = pick(12) == 0 ? 200 : 6;  // now and then more than fits into memory
    const auto length = pick(600);
    writer.execute(fmt::format("WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {}) "
                               "INSERT INTO party (name) SELECT hex(zeroblob({})) || '{}' || i FROM n",
                               1 + pick(most), length, pick(1000)));
    if (pick(3) == 0) writer.execute(fmt::format("UPDATE party SET name = name || '{}' WHERE id % {} = 0", pick(100), 2 + pick(5)));
    if (pick(3) == 0) writer.execute(fmt::format("DELETE FROM party WHERE id % {} = 1", 2 + pick(9)));
}

enum class Waits { for_each_commit, for_several_together };

// One life of the database: some transactions, and the states that may be there after the cut.
class Life {
public:
    Life(TornDisk& disk, std::string file, std::mt19937_64& random, Waits waits)
        : disk_(disk), file_(std::move(file)), random_(random), waits_(waits), engine_(open(file_)), writer_(engine_->connect(Access::write)) {
        if (waits_ == Waits::for_several_together) writer_->commit_without_waiting();
        if (random_() % 2) writer_->execute("PRAGMA cache_size = 10");
        states_.push_back(state_of(*writer_));
    }

    void live_until_cut() {
        disk_.cut_at(1 + random_() % 60, random_(), [&] { oldest_ = durable_, newest_ = begun_; });
        for (int i = 0; i < 20 && !disk_.was_cut(); ++i) transact();
        disk_.cut();
    }

    void leave_in(const std::string& copy) { disk_.leave_in(file_, copy); }

    bool may_be(const std::string& state) const {
        return std::find(states_.begin() + oldest_, states_.begin() + std::min<std::ptrdiff_t>(newest_ + 1, std::ssize(states_)), state) !=
               states_.begin() + std::min<std::ptrdiff_t>(newest_ + 1, std::ssize(states_));
    }

private:
    void transact() {
        writer_->begin();
        change_something(*writer_, random_);
        if (random_() % 6 == 0) {
            writer_->rollback();
            return;
        }
        states_.push_back(state_of(*writer_));
        ++begun_;
        writer_->commit();
        if (waits_ == Waits::for_each_commit) {
            durable_ = begun_;
        } else if (random_() % 3 == 0) {
            disk_.synced(file_ + "-wal");
            durable_ = begun_;
        }
        if (random_() % 7 == 0) engine_->checkpoint(*writer_);
        if (random_() % 7 == 0) engine_->tend(*writer_, Engine::Load::idle);
    }

    TornDisk&                   disk_;
    const std::string           file_;
    std::mt19937_64&            random_;
    const Waits                 waits_;
    std::unique_ptr<Engine>     engine_;
    std::unique_ptr<Connection> writer_;
    std::vector<std::string>    states_{};
    std::ptrdiff_t              begun_ = 0, durable_ = 0, oldest_ = 0, newest_ = 0;
};

struct Parties {
    Parties() {
        scratch.engine->connect(Access::write)->create({.name = "party", .columns = {{.name = "name"}}});
        scratch.engine.reset();
    }
    ScratchDatabase scratch;
};

// Three lives one after the other, each on what the one before left behind.
void live_and_die(std::uint64_t seed, Waits waits) {
    std::mt19937_64 random(seed);
    const Parties   parties;
    auto            file = parties.scratch.file;
    for (int life = 1; life <= 3; ++life) {
        CAPTURE(life);
        const auto next = (parties.scratch.folder / fmt::format("after-{}.tessera", life)).string();
        TornDisk   disk;
        Life       alive(disk, file, random, waits);
        alive.live_until_cut();
        alive.leave_in(next);
        auto engine = open(next);
        auto reader = engine->connect(Access::read);
        REQUIRE(engine->check_integrity(*reader) == std::vector<std::string>{});
        REQUIRE_MESSAGE(alive.may_be(state_of(*reader)), "neither the state before nor the one after");
        file = next;
    }
}

void live_and_die_often(Waits waits) {
    const auto count = asked("TESSERA_TORN", 100), first = asked("TESSERA_SEED", 1);
    for (auto seed = first; seed < first + count; ++seed) {
        CAPTURE(fmt::format("bash tests/faults/full.sh torn 1 seed {}", seed));
        live_and_die(seed, waits);
    }
}

TEST_CASE("torn disk: after a power cut at any write the books are as before or after a transaction, and nothing acknowledged is lost") {
    live_and_die_often(Waits::for_each_commit);
}

TEST_CASE("torn disk: of commits that wait for the disk together those are there that it was waited for, and of the rest the first ones") {
    live_and_die_often(Waits::for_several_together);
}

// What a sync is for: without it the same disk loses what was acknowledged.
TEST_CASE("torn disk, control: commits that are said to be durable and are not are seen to be lost") {
    int lost = 0;
    for (std::uint64_t seed = 1; seed <= 20; ++seed) {
        const Parties parties;
        const auto    copy = (parties.scratch.folder / "copy.tessera").string();
        TornDisk      disk;
        auto          engine = open(parties.scratch.file);
        auto          writer = engine->connect(Access::write);
        writer->commit_without_waiting();
        disk.cut_at(1'000'000, seed, {});
        for (int i = 0; i < 10; ++i) writer->execute("INSERT INTO party (name) VALUES ('Acme')");
        disk.cut();
        disk.leave_in(parties.scratch.file, copy);
        auto after  = open(copy);
        auto reader = after->connect(Access::read);
        lost += number(*reader, "SELECT count(*) FROM party") < 10;
    }
    CHECK(lost > 0);
}

}  // namespace tessera::database::torn_disk_test
