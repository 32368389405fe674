#include "database/scratch_database.h"

#include <doctest/doctest.h>

namespace tessera::database::log_file_test {

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

}  // namespace tessera::database::log_file_test
