#include "database/scratch_database.h"

#include <doctest/doctest.h>

#include <sqlite3.h>
#include <unistd.h>

#include <cerrno>

namespace tessera::database::sqlite_failure_test {

TEST_CASE("database: a violated constraint is told in words, with its status and field") {
    ScratchDatabase scratch;
    auto            connection = scratch.engine->connect(Access::write);
    connection->create({.name    = "vendor_invoice",
                        .columns = {{.name = "number", .required = true, .unique = true},
                                    {.name = "supplier", .type = ColumnType::integer},
                                    {.name = "year", .type = ColumnType::integer, .check = "year >= 2000"},
                                    {.name = "due_on", .type = ColumnType::date},
                                    {.name = "is_paid", .type = ColumnType::boolean}},
                        .indexes = {{.columns = {"supplier", "year"}, .unique = true},
                                    {.columns = {"abs(supplier)"}, .unique = true, .where = "supplier < 0"}}});
    connection->execute(R"(
        CREATE TRIGGER seven BEFORE INSERT ON vendor_invoice WHEN new.number = 'seven'
        BEGIN SELECT RAISE(ABORT, 'purchasing.no_seven: To save it, choose another number.'); END;
        INSERT INTO vendor_invoice (id, number, supplier, year) VALUES (1, 'A', 5, 2020), (9, 'Z', -8, 2019))");

    struct Case {
        const char* values;
        const char* refusal;
        const char* field;
        int         status;
    };
    const Case cases[] = {
        {"2, 'A', 6, 2020, NULL, 0",
         "kernel.duplicate: To save this vendor invoice, change its number: another one has the same.", "number", 409},
        {"1, 'B', 6, 2020, NULL, 0",
         "kernel.duplicate: To save this vendor invoice, change its id: another one has the same.", "id", 409},
        {"2, 'B', 5, 2020, NULL, 0",
         "kernel.duplicate: To save this vendor invoice, change its supplier or year: another one has the same.", "",
         409},
        {"2, 'B', -8, 2020, NULL, 0",
         "kernel.duplicate: To save this vendor invoice, change its abs supplier: another one has the same.",
         "abs_supplier", 409},
        {"2, NULL, 6, 2020, NULL, 0", "kernel.constraint: To save this vendor invoice, fill in its number.", "number",
         422},
        {"2, 'B', 6, 1999, NULL, 0",
         "kernel.constraint: To save this vendor invoice, correct its year: the value is not allowed.", "year", 422},
        {"2, 'B', 6, 2020, '2020', 0",
         "kernel.constraint: To save this vendor invoice, correct its due on: the value is not allowed.", "due_on",
         422},
        {"2, 'B', 6, 2020, NULL, 2",
         "kernel.constraint: To save this vendor invoice, correct its is paid: the value is not allowed.", "is_paid",
         422},
        {"2, 'B', 'x', 2020, NULL, 0",
         "kernel.constraint: To save this vendor invoice, correct its supplier: the value is not allowed.", "supplier",
         422},
        {"2, 'seven', 6, 2020, NULL, 0", "purchasing.no_seven: To save it, choose another number.", "", 409},
        {"2, 'B', 6, 2020, '2020-01-31', 1", "", "", 0},
    };
    for (const auto& row : cases) {
        CAPTURE(row.values);
        try {
            connection->execute(
                std::string("INSERT INTO vendor_invoice (id, number, supplier, year, due_on, is_paid) VALUES (") +
                row.values + ")");
            CHECK(std::string(row.refusal) == "");
        } catch (const Refused& refused) {
            CHECK(refused.code() + ": " + refused.sentence() == row.refusal);
            CHECK(refused.field() == row.field);
            CHECK(refused.status() == row.status);
        }
    }
}

TEST_CASE("database: an append-only table refuses every way of changing it") {
    ScratchDatabase scratch;
    auto            connection = scratch.engine->connect(Access::write);
    connection->create(
        {.name = "journal_line", .columns = {{.name = "amount", .type = ColumnType::integer}}, .append_only = true});
    connection->execute("INSERT INTO journal_line (id, amount) VALUES (1, 100)");
    const char* changes[] = {
        "UPDATE journal_line SET amount = 1",
        "DELETE FROM journal_line",
        "REPLACE INTO journal_line (id, amount) VALUES (1, 7)",
        "INSERT OR REPLACE INTO journal_line (id, amount) VALUES (1, 7)",
        "INSERT INTO journal_line (id, amount) VALUES (1, 7) ON CONFLICT (id) DO UPDATE SET amount = 7",
    };
    for (const auto* change : changes) {
        CAPTURE(change);
        CHECK(refusal_of([&] { connection->execute(change); }) ==
              "kernel.append_only: To correct a journal line, add an entry that reverses it: what is written there is "
              "never "
              "changed.");
    }
    CHECK(number(*connection, "SELECT sum(amount) FROM journal_line") == 100);
}

using Read = ssize_t (*)(int, void*, std::size_t, off_t);

bool    unreadable = false;
Read    read_through;
ssize_t read_unless_broken(int file, void* data, std::size_t size, off_t at) {
    if (!unreadable) return read_through(file, data, size, at);
    errno = EIO;
    return -1;
}

// While it lives, the disk can be made one that reads nothing.
struct BrokenDisk {
    BrokenDisk() {
        for (const char* call : {"pread64", "pread"})
            if (const auto found = files->xGetSystemCall(files, call)) {
                read_through = reinterpret_cast<Read>(found);
                files->xSetSystemCall(files, call, reinterpret_cast<sqlite3_syscall_ptr>(read_unless_broken));
            }
    }
    ~BrokenDisk() {
        unreadable = false;
        for (const char* call : {"pread64", "pread"}) files->xSetSystemCall(files, call, nullptr);
    }
    sqlite3_vfs* files = sqlite3_vfs_find("unix");
};

TEST_CASE("database: a disk that cannot be read is not taken for a damaged file, in which nothing is wrong") {
    ScratchDatabase scratch;
    auto            writer = scratch.engine->connect(Access::write);
    writer->create({.name = "note", .columns = {{.name = "words"}}});
    writer->execute("INSERT INTO note (words) VALUES (printf('%.200000c', 'x'))");
    for (const bool in_the_file : {false, true}) {
        CAPTURE(in_the_file);
        if (in_the_file) scratch.engine->checkpoint(*writer);
        auto       reader = scratch.engine->connect(Access::read);
        const auto length = [&] { return number(*reader, "SELECT length(words) FROM note"); };
        CHECK(number(*reader, "SELECT count(*) FROM note WHERE id = 2") == 0);
        {
            const BrokenDisk disk;
            unreadable = true;
            CHECK(refusal_of(length).starts_with("kernel.storage_failed: To go on, check the disk"));
        }
        CHECK(length() == 200'000);
    }
}

TEST_CASE("database: a full database refuses and goes on when there is space again") {
    ScratchDatabase scratch;
    auto            connection = scratch.engine->connect(Access::write);
    connection->create({.name = "note", .columns = {{.name = "words"}}});
    connection->execute("PRAGMA max_page_count = 20");
    const auto fill = [&] { connection->execute("INSERT INTO note (words) VALUES (printf('%.200000c', 'x'))"); };
    try {
        fill();
        FAIL("it was not refused");
    } catch (const Refused& refused) {
        CHECK(refused.code() == "kernel.storage_full");
        CHECK(refused.status() == 507);
    }
    CHECK(number(*connection, "SELECT count(*) FROM note") == 0);
    connection->execute("PRAGMA max_page_count = 1000000");
    CHECK_NOTHROW(fill());
}

}  // namespace tessera::database::sqlite_failure_test
