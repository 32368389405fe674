#include "loader/loader.h"

#include <tessera/module.h>

#include <doctest/doctest.h>

#include <filesystem>
#include <fstream>
#include <random>

using namespace tessera;

namespace {

struct LibraryFile {
    explicit LibraryFile(const std::string& bytes) { std::ofstream(path, std::ios::binary) << bytes; }
    ~LibraryFile() { std::filesystem::remove(path); }
    std::filesystem::path path = std::filesystem::temp_directory_path() / fmt::format("tessera-note-{}.so", getpid());
};

std::string told(const std::string& bytes) {
    const LibraryFile file(bytes);
    try {
        const auto abi = loader::abi_of(file.path);
        return abi ? "abi " + *abi : "no note";
    } catch (const Refused& refused) {
        return refused.code();
    }
}

std::string module_library() {
    std::ifstream in(std::string(TESSERA_BUILD_DIR) + "/lib/libtessera.so", std::ios::binary);
    std::string   start(200'000, '\0');
    in.read(start.data(), static_cast<std::streamsize>(start.size()));
    return start;
}

}  // namespace

TEST_CASE("abi note: what is no library, or cut off, is told apart from one without a note") {
    CHECK(told("") == "kernel.not_a_library");
    CHECK(told("\x7f" "ELF") == "kernel.not_a_library");
    CHECK(told("#!/bin/sh\n" + std::string(100, 'x')) == "kernel.not_a_library");
    CHECK(told(module_library()) == "kernel.damaged_library");          // its section table is at the end
    CHECK_THROWS_AS(loader::abi_of("/nowhere/at/all.so"), Refused);
    CHECK_THROWS_AS(loader::abi_of(std::filesystem::temp_directory_path()), Refused);
    CHECK(loader::abi_of(std::string(TESSERA_BUILD_DIR) + "/lib/libtessera.so") == std::nullopt);
}

TEST_CASE("abi note: no bytes make reading it do anything but answer") {
    std::mt19937 random(7);
    std::string  bytes = module_library().substr(0, 4096);
    for (int i = 0; i < 500; ++i) {
        auto damaged = bytes;
        for (int n = 0; n < 6; ++n) damaged[16 + random() % 48] = static_cast<char>(random());
        CHECK(told(damaged) != "");
    }
}
