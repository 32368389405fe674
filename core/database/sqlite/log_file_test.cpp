#include "database/scratch_database.h"

#include <doctest/doctest.h>

#include <sqlite3.h>
#include <unistd.h>

#include <cerrno>

namespace tessera::database::log_file_test {

using Write = ssize_t (*)(int, const void*, std::size_t, off_t);

bool    no_room = false;
Write   write_through;
ssize_t write_unless_full(int file, const void* data, std::size_t size, off_t at) {
    if (!no_room) return write_through(file, data, size, at);
    errno = ENOSPC;
    return -1;
}

// While it lives, the disk can be made full for a moment.
struct SmallDisk {
    SmallDisk() {
        for (const char* call : {"pwrite64", "pwrite"})
            if (const auto found = files->xGetSystemCall(files, call)) {
                write_through = reinterpret_cast<Write>(found);
                files->xSetSystemCall(files, call, reinterpret_cast<sqlite3_syscall_ptr>(write_unless_full));
            }
    }
    ~SmallDisk() {
        no_room = false;
        for (const char* call : {"pwrite64", "pwrite"}) files->xSetSystemCall(files, call, nullptr);
    }
    sqlite3_vfs* files = sqlite3_vfs_find("unix");
};

// What a power cut right now would leave: the files as they are, opened anew.
std::int64_t rows_after_a_cut(const ScratchDatabase& scratch) {
    ScratchDatabase after;
    const auto      copy = (after.folder / "copy.tessera").string();
    for (const char* suffix : {"", "-wal"}) std::filesystem::copy_file(scratch.file + suffix, copy + suffix);
    auto engine = open(copy);
    auto reader = engine->connect(Access::read);
    return engine->check_integrity(*reader).empty() ? number(*reader, "SELECT count(*) FROM party") : -1;
}

void insert(Connection& connection, int from, int to) {
    connection.execute(fmt::format("WITH RECURSIVE n(i) AS (SELECT {} UNION ALL SELECT i + 1 FROM n WHERE i < {}) "
                                   "INSERT INTO party (id, name) SELECT i, hex(zeroblob(500)) FROM n",
                                   from, to));
}

TEST_CASE("log: what was committed is in the file when the commit returns, and readers see it") {
    ScratchDatabase scratch;
    auto            writer = scratch.engine->connect(Access::write);
    writer->create({.name = "party", .columns = {{.name = "name"}}});
    auto reader = scratch.engine->connect(Access::read);
    int  rows   = 0;
    for (const int more : {1, 3, 40, 400, 1}) {
        writer->begin();
        insert(*writer, rows + 1, rows + more);
        CHECK(number(*reader, "SELECT count(*) FROM party") == rows);
        writer->commit();
        rows += more;
        CHECK(number(*reader, "SELECT count(*) FROM party") == rows);
        CHECK(rows_after_a_cut(scratch) == rows);
    }
    scratch.engine->checkpoint(*writer);
    writer->begin();
    insert(*writer, rows + 1, rows + 10);
    writer->commit();
    CHECK(rows_after_a_cut(scratch) == rows + 10);
}

TEST_CASE("log: a transaction greater than the memory for it is read back while it runs, and undone without a trace") {
    ScratchDatabase scratch;
    auto            writer = scratch.engine->connect(Access::write);
    writer->create({.name = "party", .columns = {{.name = "name"}}});
    writer->execute("PRAGMA cache_size = 20");
    writer->begin();
    insert(*writer, 1, 3000);
    CHECK(number(*writer, "SELECT count(*) FROM party WHERE length(name) = 1000") == 3000);
    CHECK(rows_after_a_cut(scratch) == 0);
    writer->rollback();
    CHECK(number(*writer, "SELECT count(*) FROM party") == 0);
    writer->begin();
    insert(*writer, 1, 3000);
    writer->commit();
    CHECK(rows_after_a_cut(scratch) == 3000);
}

// A statement over many rows with a unique column can be undone alone: then SQLite commits the rest, if it thinks it can.
TEST_CASE("log: a transaction that changes again what its memory could not hold is whole in the file when its commit returns") {
    for (const bool waits : {true, false}) {
        CAPTURE(waits);
        ScratchDatabase scratch;
        auto            writer = scratch.engine->connect(Access::write);
        writer->create({.name = "party", .columns = {{.name = "name"}}});
        if (!waits) writer->commit_without_waiting();
        writer->execute("PRAGMA cache_size = 20");
        int rows = 0;
        for (int round = 0; round < 3; ++round) {
            writer->begin();
            insert(*writer, rows + 1, rows + 1000);
            writer->execute("UPDATE party SET name = name || 'x'");
            writer->commit();
            rows += 1000;
            CHECK(rows_after_a_cut(scratch) == rows);
            if (round == 1) scratch.engine->checkpoint(*writer);
        }
    }
}

TEST_CASE("log: a disk that is full for a moment in a great transaction costs what is not yet committed, and nothing else") {
    for (int rows = 300; rows < 340; ++rows) {
        CAPTURE(rows);
        ScratchDatabase scratch;
        auto            writer = scratch.engine->connect(Access::write);
        writer->create({.name = "party", .columns = {{.name = "name"}}});
        writer->create({.name    = "badge",
                        .columns = {{.name = "text", .check = "length(text) > 0"}, {.name = "code", .type = ColumnType::integer, .unique = true}}});
        writer->execute("PRAGMA cache_size = 10");
        writer->begin();
        writer->execute("WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 200) "
                        "INSERT INTO badge (id, text, code) SELECT i, hex(zeroblob(500)), i FROM n");
        writer->commit();
        writer->begin();
        insert(*writer, 1, rows);
        {
            const SmallDisk disk;
            no_room = true;
            CHECK(refusal_of([&] { writer->execute("UPDATE badge SET text = text || 'y', code = code + 1000"); }).starts_with("kernel.storage_full"));
        }
        if (writer->in_transaction()) {
            writer->commit();
            CHECK(rows_after_a_cut(scratch) == rows);
        } else {
            writer->rollback();
            CHECK(rows_after_a_cut(scratch) == 0);
        }
    }
}

}  // namespace tessera::database::log_file_test
