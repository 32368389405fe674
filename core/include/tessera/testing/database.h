#pragma once
// Where the database of a test lies: a file in a directory of the test, or, where the environment names a PostgreSQL in
// TESSERA_TEST_POSTGRES (postgresql://USER@HOST:PORT, as tests/postgres/with_postgres.sh does), a new database there.
//
//     tessera::testing::Database books(directory, "books");
//     {
//         const auto suite = Suite::open({.database = books.location(), .create = true});   // and closed first
//         …
//     }
//
// The database on a server goes with the object, even if somebody is still connected to it; the file goes with its
// directory. testing::Company has one of its own.

#include <tessera/refused.h>

#include <filesystem>
#include <string>
#include <string_view>

namespace tessera::testing {

class TESSERA_API Database {
public:
    // The name is what the file is called, and the beginning of what the database on a server is called. With `like` it is
    // a copy of what the first with this word was when it was remembered (on a server only; a file is made quickly anyway).
    Database(const std::filesystem::path& directory, std::string_view name, const std::string& like = {});
    ~Database();
    Database(const Database&)            = delete;
    Database& operator=(const Database&) = delete;

    // "/tmp/…/books.tessera" or "postgresql://tessera@127.0.0.1:26546/tessera_books_5f0c19ab": what --database takes.
    std::string location() const { return location_; }
    bool        is_copy() const { return copy_; }
    // Those with the same word become copies of what this is now; nobody may have it open.
    void        remember();

private:
    std::string location_;
    std::string server_, name_;   // empty when it is a file
    std::string like_;
    bool        copy_ = false;
};

}  // namespace tessera::testing
