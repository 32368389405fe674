#include "database/sqlite/log_mover.h"

#include "database/scratch_database.h"
#include "database/sqlite/sqlite_connection.h"

#include <doctest/doctest.h>

namespace tessera::database::sqlite::log_mover_test {

struct Written : ScratchDatabase {
    Written() {
        writer.use_write_ahead_log();
        writer.create({.name = "note", .columns = {{.name = "words"}}}, true);
        writer.execute("INSERT INTO note (words) VALUES (printf('%.100000c', 'x'))");
    }
    SqliteConnection writer{file, Access::write};
    LogMover         mover{file};
};

TEST_CASE("log mover: moves what is committed while the writer is in the middle of a transaction") {
    Written books;
    CHECK_FALSE(books.mover.moved());
    books.writer.begin();
    books.writer.execute("INSERT INTO note (words) VALUES (printf('%.200000c', 'y'))");
    books.mover.start();
    books.mover.wait();
    const auto moved = books.mover.moved();
    REQUIRE(moved);
    CHECK(*moved >= 100'000 / 4096);
    CHECK_FALSE(books.mover.moved());  // told once
    books.writer.commit();
    books.mover.start();
    books.mover.wait();
    CHECK(books.mover.moved().value_or(0) >= *moved + 200'000 / 4096);
    CHECK(books.engine->check_integrity(books.writer).empty());
}

TEST_CASE("log mover: a file it cannot open is told to who asks what it moved") {
    LogMover mover("/nowhere/books.tessera");
    mover.start();
    mover.wait();
    CHECK_THROWS_AS(mover.moved(), Refused);
}

TEST_CASE("log mover: ends only when the pass it was asked for has ended") {
    Written books;
    {
        LogMover mover(books.file);
        mover.start();
    }
    SqliteConnection reader{books.file, Access::read};
    CHECK(reader.value("SELECT count(*) FROM note") == "1");
}

}  // namespace tessera::database::sqlite::log_mover_test
