#include "database/scratch_database.h"

#include "database/sqlite/sqlite_version.h"

#include <doctest/doctest.h>

#include <sys/wait.h>

#include <fstream>

namespace tessera::database::sqlite_engine_test {

// Runs `work` in another process; true when it returned true there.
template <class Work>
bool in_another_process(Work work) {
    const pid_t child = ::fork();
    if (child == 0) ::_exit(work() ? 0 : 1);
    int status = 0;
    ::waitpid(child, &status, 0);
    return WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

TEST_CASE("engine: versions of SQLite that can damage the log are refused") {
    struct Case {
        int  version;
        bool sound;
    };
    const Case cases[] = {{3'007'000, false}, {3'040'001, false}, {3'044'005, false}, {3'044'006, true},
                          {3'045'000, false}, {3'050'006, false}, {3'050'007, true},  {3'051'002, false},
                          {3'051'003, true},  {3'054'001, true}};
    for (const auto& row : cases) {
        CAPTURE(row.version);
        CHECK(sqlite::is_sound_version(row.version) == row.sound);
    }
}

TEST_CASE("engine: a database that does not exist is made only on request") {
    ScratchDatabase scratch;
    const auto      other = (scratch.folder / "other").string();
    CHECK(refusal_of([&] { open(other); }) ==
          "kernel.no_database: To use " + other + ", make it first with: tessera init --database " + other);
    CHECK_FALSE(std::filesystem::exists(other));
    CHECK(refusal_of([&] { open(scratch.folder.string()); }).starts_with("kernel.no_database"));
    CHECK(refusal_of([&] { open(""); }).starts_with("kernel.no_database"));
    CHECK(refusal_of([&] {
              open((scratch.folder / "nowhere" / "file").string(), Create::yes);
          }).starts_with("kernel.cannot_open"));
}

TEST_CASE("engine: a database whose making was stopped is made to the end, and not read before") {
    ScratchDatabase scratch;
    scratch.engine->connect(Access::write)->execute("PRAGMA application_id = 0");
    scratch.engine.reset();
    CHECK(refusal_of([&] { open(scratch.file); }).starts_with("kernel.not_a_database"));
    open(scratch.file, Create::yes);
    CHECK(refusal_of([&] { open(scratch.file); }) == "");
}

TEST_CASE("engine: a file of another kind is not taken for a database, nor changed") {
    ScratchDatabase   scratch;
    const auto        other = (scratch.folder / "letter.txt").string();
    const std::string letter(5000, 'x');
    std::ofstream(other) << letter;
    CHECK(refusal_of([&] { open(other); }).starts_with("kernel.not_a_database"));
    CHECK(refusal_of([&] { open(other, Create::yes); }).starts_with("kernel.not_a_database"));
    std::ifstream in(other);
    CHECK(std::string(std::istreambuf_iterator<char>(in), {}) == letter);

    {
        auto writer = scratch.engine->connect(Access::write);
        writer->execute("PRAGMA application_id = 7");
    }
    CHECK(refusal_of([&] { open(scratch.file); }).starts_with("kernel.not_a_database"));
}

TEST_CASE("engine: a second process is refused and told who writes") {
    ScratchDatabase scratch;
    scratch.engine->lock_for_writing("served on http://127.0.0.1:8080");
    CHECK(in_another_process([&] {
        auto engine = open(scratch.file);
        if (engine->lock_holder() != "served on http://127.0.0.1:8080") return false;
        if (engine->connect(Access::read) == nullptr) return false;
        const auto refusal = refusal_of([&] { engine->connect(Access::write); });
        return refusal ==
               "kernel.database_in_use: To write to " + scratch.file +
                   ", stop the other program that has it open, or go through it (served on http://127.0.0.1:8080).";
    }));
    scratch.engine->change_lock_note("moved");
    CHECK(in_another_process([&] { return open(scratch.file)->lock_holder() == "moved"; }));

    scratch.engine.reset();
    CHECK(in_another_process([&] {
        auto engine = open(scratch.file);
        return !engine->lock_holder() && engine->connect(Access::write) != nullptr;
    }));
}

TEST_CASE("engine: two engines of one process do not both write, by whatever name they reach the file") {
    ScratchDatabase scratch;
    auto            writer = scratch.engine->connect(Access::write);
    std::filesystem::create_symlink(scratch.file, scratch.folder / "link");
    auto second = open((scratch.folder / "link").string());
    CHECK(refusal_of([&] { second->connect(Access::write); }).starts_with("kernel.database_in_use"));
    CHECK(second->lock_holder().has_value());
}

TEST_CASE("engine: the profile of a new database is sound") {
    ScratchDatabase scratch;
    auto            writer = scratch.engine->connect(Access::write);
    writer->create({.name = "party", .columns = {{.name = "name"}}});
    writer->execute("CREATE VIRTUAL TABLE words USING fts5(text)");
    for (const auto& line : scratch.engine->profile()) {
        CAPTURE(line.name);
        CAPTURE(line.value);
        CHECK(line.sound);
    }
    CHECK(scratch.engine->name().starts_with("SQLite 3."));
    CHECK(std::filesystem::status(scratch.file).permissions() ==
          (std::filesystem::perms::owner_read | std::filesystem::perms::owner_write));
    CHECK(writer->tables() == std::vector<std::string>{"party", "words"});
}

TEST_CASE("engine: a copy has everything that was committed, and opens") {
    ScratchDatabase scratch;
    auto            writer = scratch.engine->connect(Access::write);
    writer->create({.name = "party", .columns = {{.name = "name"}}});
    writer->execute("INSERT INTO party (name) VALUES ('Ada')");
    writer->begin();
    writer->execute("INSERT INTO party (name) VALUES ('Bob')");
    const auto copy = (scratch.folder / "copy").string();
    scratch.engine->copy_to(copy);
    writer->commit();
    CHECK(refusal_of([&] { scratch.engine->copy_to(copy); }).starts_with("kernel.file_exists"));

    auto engine = open(copy);
    CHECK(number(*engine->connect(Access::read), "SELECT count(*) FROM party") == 1);
    engine->connect(Access::write)->execute("INSERT INTO party (name) VALUES ('Cid')");
    for (const auto& line : engine->profile()) CHECK(line.sound);
}

TEST_CASE("engine: a program that only reads makes durable what another has written, and has nothing to do without a log") {
    ScratchDatabase scratch;
    auto            reading = open(scratch.file);
    std::filesystem::remove(scratch.file + "-wal");
    CHECK(refusal_of([&] { reading->make_durable(); }) == "");
    auto writer = scratch.engine->connect(Access::write);
    writer->commit_without_waiting();
    writer->create({.name = "party", .columns = {{.name = "name"}}});
    CHECK(refusal_of([&] { reading->make_durable(); }) == "");
    std::filesystem::rename(scratch.file + "-wal", scratch.file + "-away");
    std::filesystem::create_symlink(scratch.file + "-wal", scratch.file + "-wal");  // cannot be opened
    CHECK(refusal_of([&] { reading->make_durable(); }).starts_with("kernel.storage_failed"));
    std::filesystem::rename(scratch.file + "-away", scratch.file + "-wal");
    CHECK(refusal_of([&] { reading->make_durable(); }).starts_with("kernel.storage_failed"));  // it said so once
}

TEST_CASE("engine: a table that is not strict is not as it should be") {
    ScratchDatabase scratch;
    const auto      writer  = scratch.engine->connect(Access::write);
    const auto      unsound = [&] {
        std::vector<std::string> found;
        for (const auto& line : scratch.engine->profile())
            if (!line.sound) found.push_back(fmt::format("{}: {}, not {}", line.name, line.value, line.expected));
        return found;
    };
    writer->create({.name = "party", .columns = {{.name = "name"}}});
    writer->define("CREATE TABLE IF NOT EXISTS party_balance (party BIGINT, day TEXT, sum BIGINT, PRIMARY KEY (party, day))");
    writer->execute("ANALYZE");  // a table of SQLite's own
    CHECK(unsound().empty());
    writer->execute("CREATE TABLE loose (x)");
    CHECK(unsound() == std::vector<std::string>{"tables_not_strict: 1, not 0"});
}

TEST_CASE("engine: damage and broken references are found") {
    ScratchDatabase scratch;
    auto            writer = scratch.engine->connect(Access::write);
    writer->create(
        {.name = "party", .columns = {{.name = "parent", .type = ColumnType::integer, .references = "party"}}});
    auto reader = scratch.engine->connect(Access::read);
    CHECK(scratch.engine->check_integrity(*reader).empty());
    CHECK(scratch.engine->check_quickly(*reader).empty());
    writer->execute("PRAGMA foreign_keys = OFF; INSERT INTO party (id, parent) VALUES (3, 9)");
    CHECK(scratch.engine->check_integrity(*reader) ==
          std::vector<std::string>{"row 3 of party refers to a row of party that does not exist"});

    writer->execute(
        "WITH RECURSIVE n(i) AS (SELECT 10 UNION ALL SELECT i + 1 FROM n WHERE i < 5000) "
        "INSERT INTO party (id) SELECT i FROM n");
    scratch.engine->checkpoint(*writer);
    reader.reset();
    writer.reset();
    {
        std::fstream file(scratch.file, std::ios::in | std::ios::out | std::ios::binary);
        file.seekp(3 * 4096);
        file << std::string(4096, 'x');
    }
    reader = scratch.engine->connect(Access::read);
    CHECK_FALSE(scratch.engine->check_quickly(*reader).empty());
    CHECK(refusal_of([&] { number(*reader, "SELECT sum(parent) FROM party"); }).starts_with("kernel.damaged_database"));
}

TEST_CASE("engine: an unclean stop is noticed, a clean one is not") {
    ScratchDatabase scratch;
    { scratch.engine->connect(Access::write)->create({.name = "party"}); }
    scratch.engine.reset();
    CHECK_FALSE(open(scratch.file)->was_stopped_uncleanly());
    in_another_process([&] {
        auto engine = open(scratch.file);
        auto writer = engine->connect(Access::write);
        writer->execute("INSERT INTO party (id) VALUES (1)");
        ::_exit(0);
        return true;
    });
    auto engine = open(scratch.file);
    CHECK(engine->was_stopped_uncleanly());
    CHECK(number(*engine->connect(Access::read), "SELECT count(*) FROM party") == 1);
}

}  // namespace tessera::database::sqlite_engine_test
