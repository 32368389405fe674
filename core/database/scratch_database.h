#pragma once
// For tests: a new database in a folder of its own, gone when the test ends.
//
//     ScratchDatabase scratch;
//     auto writer = scratch.engine->connect(database::Access::write);

#include "database/engine.h"

#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <stdexcept>
#include <string>

namespace tessera::database {

struct ScratchDatabase {
    ScratchDatabase() {
        std::string pattern = (std::filesystem::temp_directory_path() / "tessera-test-XXXXXX").string();
        if (::mkdtemp(pattern.data()) == nullptr) throw std::runtime_error("no scratch folder");
        folder = pattern;
        file   = (folder / "books.tessera").string();
        engine = open(file, Create::yes);
    }
    ~ScratchDatabase() {
        engine.reset();
        std::error_code ignored;
        std::filesystem::remove_all(folder, ignored);
    }
    ScratchDatabase(const ScratchDatabase&)            = delete;
    ScratchDatabase& operator=(const ScratchDatabase&) = delete;

    std::filesystem::path   folder;
    std::string             file;
    std::unique_ptr<Engine> engine;
};

// "code: sentence" of what `work` is refused with, "" when it is not.
template <class Work>
std::string refusal_of(Work&& work) {
    try {
        work();
        return {};
    } catch (const Refused& refused) {
        return refused.code() + ": " + refused.sentence();
    }
}

inline std::int64_t number(Connection& connection, std::string_view query) {
    Statement& statement = connection.prepare(query);
    const auto value     = statement.step() ? statement.integer(0) : -1;
    connection.release(statement);
    return value;
}

}  // namespace tessera::database
