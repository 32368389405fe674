#include "loader/library_notes.h"

#include <tessera/module.h>
#include <tessera/refused.h>

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
        const auto abi = loader::notes_of(file.path).abi;
        return abi.empty() ? "no note" : "abi " + abi;
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

TEST_CASE("library notes: what is no library, or cut off, is told apart from one without a note") {
    CHECK(told("") == "kernel.not_a_library");
    CHECK(told("\x7f" "ELF") == "kernel.not_a_library");
    CHECK(told("#!/bin/sh\n" + std::string(100, 'x')) == "kernel.not_a_library");
    CHECK(told(module_library()) == "kernel.damaged_library");          // its section table is at the end
    CHECK_THROWS_AS(loader::notes_of("/nowhere/at/all.so"), Refused);
    CHECK_THROWS_AS(loader::notes_of(std::filesystem::temp_directory_path()), Refused);
    CHECK(loader::notes_of(std::string(TESSERA_BUILD_DIR) + "/lib/libtessera.so").abi == "");
}

TEST_CASE("library notes: no bytes make reading it do anything but answer") {
    std::mt19937 random(7);
    std::string  bytes = module_library().substr(0, 4096);
    for (int i = 0; i < 500; ++i) {
        auto damaged = bytes;
        for (int n = 0; n < 6; ++n) damaged[16 + random() % 48] = static_cast<char>(random());
        CHECK(told(damaged) != "");
    }
}

TEST_CASE("library notes: the kernel's own library carries the contract of the SDK") {
    const auto notes = loader::notes_of(std::string(TESSERA_BUILD_DIR) + "/lib/libtessera.so");
    REQUIRE(notes.contracts.contains("tessera"));
    const auto& sdk = notes.contracts.at("tessera");
    REQUIRE(sdk.contains("tessera/money.h"));
    CHECK(sdk.at("tessera/money.h").find("Money") != std::string::npos);
    CHECK(sdk.at("tessera/money.h").find("//") == std::string::npos);
}

TEST_CASE("library notes: what a contract's headers changed is told line by line, and a new header is no change") {
    const loader::Contract built{{"a/one.h", "struct One {\nint x;\nint y;\n};\n"}, {"a/two.h", "int two();\n"}, {"a/three.h", "int three();\n"}};
    const loader::Contract running{{"a/one.h", "struct One {\nint x;\nlong y;\n};\n"}, {"a/two.h", "int two();\n"}, {"a/four.h", "int four();\n"}};
    CHECK(loader::changed_headers(built, built).empty());
    CHECK(loader::changed_headers(built, running) == std::vector<std::string>{"a/one.h", "a/three.h"});
    CHECK(loader::what_changed(built, running) == "a/one.h\n  - int y;\n  + long y;\na/three.h: gone\n");
}
