// Upgrades: books with an older schema are migrated by one command alone, after a proven backup, as a whole or not at all.
#include "how_often.h"
#include "served_books.h"

#include "database/engine.h"

#include <doctest/doctest.h>

#include <fstream>
#include <random>
#include <regex>

namespace faults {

namespace {

namespace fs = std::filesystem;

const std::vector<std::string> balance{"report", "financials.trial_balance", "--as_of", "2020-12-31", "--format", "csv"};

std::string text_of(const fs::path& file) {
    std::ifstream in(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

// As a program wrote them that did not know of notes on parties yet.
void make_older(const std::string& location) {
    const auto engine = tessera::database::open(location);
    const auto writer = engine->connect(tessera::database::Access::write);
    writer->execute("ALTER TABLE directory_party DROP COLUMN note; UPDATE kernel_setting SET value = 'older' WHERE name = 'schema_fingerprint'");
    engine->checkpoint(*writer);
}

struct OlderBooks {
    Books       books{};
    std::string before{};

    OlderBooks() {
        {
            Server server(books);
            make_one_of_everything(server);
            REQUIRE(server.stop() == 0);
        }
        before = books.tessera(balance).output;
        make_older(books.location());
    }
    bool on_server() const { return tessera::database::is_on_server(books.location()); }
    whole::Ended migrate(std::vector<std::string> words = {}) const {
        words.insert(words.begin(), "migrate");
        return books.tessera(std::move(words));
    }
    std::string outdated() const {
        const auto shown = tessera::database::shown(books.location());
        return "To open " + shown + ", run tessera migrate --database " + shown + " first: its schema is not the one that the modules here need.\n";
    }
};

std::vector<std::string> backups_in(const fs::path& folder) {
    std::vector<std::string> names;
    for (const auto& entry : fs::directory_iterator(folder))
        if (entry.path().extension() == ".tessera-backup") names.push_back(entry.path().string());
    return names;
}

// Copies of a file of books, one after the other, and what has become of each.
class Copies {
public:
    explicit Copies(const OlderBooks& older) : older_(older), sound_(text_of(older.books.file())) {}

    std::string fresh() {
        const auto folder = older_.books.folder() / ("copy" + std::to_string(++count_));
        fs::create_directory(folder);
        std::ofstream(folder / "books.tessera", std::ios::binary) << sound_;
        return (folder / "books.tessera").string();
    }
    // As they were, or as they shall be; and migrated in the end.
    void check(const std::string& file) const {
        const auto told = older_.books.tessera({"migrate", "--dry-run", "--database", file}).output;
        const bool done = told == "The database is up to date.\n";
        CHECK_MESSAGE((done || told.find("ADD COLUMN") != std::string::npos), told);
        const auto verified = older_.books.tessera({"verify", "--database", file});
        CHECK(verified.code == (done ? 0 : 2));
        const auto again = older_.books.tessera({"migrate", "--database", file});
        CHECK_MESSAGE(again.code == 0, again.errors);
        auto words = balance;
        words.insert(words.end(), {"--database", file});
        CHECK(older_.books.tessera(words).output == older_.before);
        CHECK(older_.books.tessera({"verify", "--database", file}).code == 0);
        for (const auto& backup : backups_in(fs::path(file).parent_path())) CHECK(older_.books.tessera({"backup", backup, "--check"}).code == 0);
        fs::remove_all(fs::path(file).parent_path());
    }

private:
    const OlderBooks& older_;
    std::string       sound_;
    int               count_ = 0;
};

}  // namespace

TEST_CASE("migrate: no other command reads or writes books with an older schema, and each says what to do") {
    const OlderBooks older;
    for (const auto& words : {std::vector<std::string>{"serve", "--listen", "127.0.0.1:0"}, {"directory", "party", "create", "--set", "name=Nobody"},
                              {"report", "financials.trial_balance"}, {"directory", "party", "list"}, {"copy", "--to", "copy.tessera"}}) {
        CAPTURE(words.front());
        const auto ended = older.books.tessera(words);
        CHECK(ended.code == 1);
        CHECK(ended.errors == older.outdated());
    }
    const auto dry = older.migrate({"--dry-run"});
    CHECK(dry.code == 0);
    CHECK_MESSAGE(dry.output.find("ADD COLUMN") != std::string::npos, dry.output);
    CHECK(older.books.tessera({"report", "financials.trial_balance"}).errors == older.outdated());

    const auto migrated = older.migrate({"--no-backup"});
    REQUIRE_MESSAGE(migrated.code == 0, migrated.errors);
    CHECK_MESSAGE(migrated.output.find(" reports read the same before and after.\n") != std::string::npos, migrated.output);
    CHECK(older.migrate().output == "The database is up to date.\n");
    CHECK(older.books.tessera(balance).output == older.before);
    CHECK(older.books.verified() == "sound");
    CHECK(older.books.tessera({"directory", "party", "create", "--set", "name=Next"}).code == 0);
}

TEST_CASE("migrate: books on a server are not migrated before somebody has said where their backup is") {
    const OlderBooks older;
    if (!older.on_server()) return;
    CHECK(older.migrate().errors.starts_with("To migrate books on a server, make a backup with the program that wrote them and name it with --backup"));
    CHECK(older.migrate({"--backup", "nothing.tessera-backup"}).code == 1);
    CHECK(older.migrate({"--rehearse"}).errors.starts_with("To rehearse the migration of books on a server, "));
    CHECK(older.books.tessera({"report", "financials.trial_balance"}).errors == older.outdated());
}

TEST_SUITE_BEGIN("database file");

TEST_CASE("migrate: a proven backup of the books as they were is made first, and restores them") {
    const OlderBooks older;
    const auto       migrated = older.migrate();
    REQUIRE_MESSAGE(migrated.code == 0, migrated.errors);
    const auto made = backups_in(older.books.folder());
    REQUIRE(made.size() == 1);
    CHECK_MESSAGE(migrated.output.find("The books as they were before are in ") != std::string::npos, migrated.output);
    CHECK(older.books.tessera({"backup", made.front(), "--check"}).output.find("not proven by invariants, because it has an older schema") != std::string::npos);
    const auto restored = older.books.tessera({"restore", made.front(), "--database", "old.tessera"});
    CHECK(restored.code == 0);
    CHECK_MESSAGE(restored.output.ends_with("To use these books with this program, run: tessera migrate --database old.tessera\n"), restored.output);
    CHECK(older.books.tessera({"verify", "--database", "old.tessera"}).code == 2);
    CHECK(older.books.tessera({"migrate", "--database", "old.tessera", "--backup", "old.tessera-backup"}).code == 0);
    CHECK(older.books.tessera({"verify", "--database", "old.tessera"}).code == 0);
    CHECK(fs::exists(older.books.folder() / "old.tessera-backup"));
}

TEST_CASE("migrate: a backup that is there is taken when it has the books as they are, and no other") {
    const OlderBooks older;
    REQUIRE(older.books.tessera({"backup", "now.tessera-backup"}).code == 0);
    {
        const auto writer = tessera::database::open(older.books.location())->connect(tessera::database::Access::write);
        writer->execute("UPDATE directory_party SET name = 'Renamed' WHERE id = 1");
    }
    const auto late = older.migrate({"--backup", "now.tessera-backup"});
    CHECK(late.code == 1);
    const std::string says = "name a backup of the books as they are now: against now.tessera-backup, directory_party has other values";
    CHECK_MESSAGE(late.errors.find(says) != std::string::npos, late.errors);
    REQUIRE(older.books.tessera({"backup", "later.tessera-backup"}).code == 0);
    CHECK(older.migrate({"--backup", "later.tessera-backup"}).code == 0);
}

TEST_CASE("migrate: a rehearsal does all of it on a copy, and changes nothing") {
    const OlderBooks older;
    const auto       before    = text_of(older.books.file());
    const auto       rehearsed = older.migrate({"--rehearse"});
    CHECK_MESSAGE(rehearsed.code == 0, rehearsed.errors);
    CHECK_MESSAGE(rehearsed.output.find("ADD COLUMN") != std::string::npos, rehearsed.output);
    std::smatch hold;
    REQUIRE_MESSAGE(std::regex_search(rehearsed.output, hold, std::regex("Rehearsed on a copy: ([0-9]+) invariants hold. Nothing was changed.\n")), rehearsed.output);
    CHECK(text_of(older.books.file()) == before);
    for (const auto& entry : fs::directory_iterator(older.books.folder())) CHECK(entry.path().string().find("rehearsal") == std::string::npos);
    CHECK(older.books.tessera({"report", "financials.trial_balance"}).errors == older.outdated());
    REQUIRE(older.migrate().code == 0);
    const auto verified = older.books.tessera({"verify"}).output;
    CHECK_MESSAGE(verified.find(fmt::format("\n{0} checks: {0} ok, 0 violated.\n", hold.str(1))) != std::string::npos, verified);
}

TEST_CASE("migrate: not while somebody has the books open for writing") {
    const OlderBooks older;
    const auto       engine = tessera::database::open(older.books.location());
    engine->lock_for_writing("served by an older program");
    const auto refused = older.migrate();
    CHECK(refused.code == 1);
    CHECK_MESSAGE(refused.errors.find("served by an older program") != std::string::npos, refused.errors);
    CHECK(backups_in(older.books.folder()).empty());
}

TEST_CASE("migrate: a kill at any moment leaves books that are as they were, or as they shall be") {
    const OlderBooks older;
    Copies           copies(older);
    std::mt19937_64  random(3);
    for (int kill = 0; kill < 8; ++kill) {
        CAPTURE(kill);
        const auto file = copies.fresh();
        {
            whole::Program program({whole::tessera(), "migrate", "--database", file}, {.directory = older.books.folder()});
            std::this_thread::sleep_for(std::chrono::milliseconds(random() % 600));
            program.stop(SIGKILL);
        }
        copies.check(file);
    }
}

TEST_CASE("migrate: a kill at each step that reaches the disk leaves books that are as they were, or as they shall be") {
    const auto most = asked("TESSERA_MIGRATION_STEPS", 0);
    if (!most) {
        MESSAGE("Left out: a migration is killed at each step in the long sets only, bash tests/faults/full.sh steps 60");
        return;
    }
    const std::vector<std::string> step{"strace", "-D", "-f", "-o", "/dev/null", "-e", "trace=fsync,fdatasync,renameat2,ftruncate"};
    if (whole::run({"strace", "-D", "-f", "-o", "/dev/null", "true"}, {}).code != 0) {
        MESSAGE("Left out: strace, which kills the program at its steps, is not there or not permitted.");
        return;
    }
    const OlderBooks older;
    Copies           copies(older);
    std::uint64_t    steps = 0;
    for (bool killed = true; killed && steps < most;) {
        CAPTURE(++steps);
        const auto file  = copies.fresh();
        auto       words = step;
        const auto kill = "inject=fsync,fdatasync,renameat2,ftruncate:signal=KILL:when=" + std::to_string(steps);
        words.insert(words.end(), {"-e", kill, whole::tessera(), "migrate", "--database", file});
        killed = whole::run(words, {.directory = older.books.folder()}).code != 0;
        copies.check(file);
    }
    CHECK(steps > 4);
    CHECK(steps < most);
}

TEST_SUITE_END();

}  // namespace faults
