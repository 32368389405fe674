#include "backups/sealed_file.h"

#include "database/scratch_database.h"

#include <doctest/doctest.h>

#include <fstream>

using namespace tessera;

namespace {

std::string text_of(const std::string& file) {
    std::ifstream in(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

void write(const std::string& file, const std::string& text) { std::ofstream(file, std::ios::binary) << text; }

struct SealedScratch {
    database::ScratchDatabase scratch{};
    std::string               file = (scratch.folder / "sealed").string(), database{};

    explicit SealedScratch(std::string_view manifest) {
        scratch.engine->connect(database::Access::write)->create({.name = "party", .columns = {{.name = "name"}}});
        scratch.engine->connect(database::Access::write)->execute("INSERT INTO party (name) VALUES ('Ada')");
        scratch.engine->copy_to(file);
        database = text_of(file);
        backups::seal(file, manifest);
    }
};

}  // namespace

TEST_CASE("sealed file: the database stands in it unchanged, and opens where it stands") {
    const SealedScratch all("{\"company\":\"Acme\"}");
    const auto          sealed = backups::unseal(all.file);
    CHECK(sealed.manifest.starts_with("{\"company\":\"Acme\"}  "));
    CHECK(sealed.database_bytes == static_cast<std::int64_t>(all.database.size()));
    CHECK(std::filesystem::file_size(all.file) % 4096 == 0);
    const auto out = (all.scratch.folder / "out").string();
    write(out, "");
    backups::write_database(sealed, out);
    CHECK(text_of(out) == all.database);
    const auto engine = database::open(all.file);
    const auto reader = engine->connect(database::Access::read);
    CHECK(engine->check_integrity(*reader).empty());
    CHECK(database::number(*reader, "SELECT count(*) FROM party") == 1);
    CHECK(backups::look_at(all.file).manifest == sealed.manifest);
}

TEST_CASE("sealed file: a manifest of any length fills whole pages") {
    for (const std::size_t size : {std::size_t{0}, std::size_t{1}, std::size_t{3991}, std::size_t{3992}, std::size_t{3993}, std::size_t{4096}, std::size_t{100'000}}) {
        CAPTURE(size);
        const SealedScratch all(std::string(size, 'x'));
        CHECK(std::filesystem::file_size(all.file) % 4096 == 0);
        CHECK(backups::unseal(all.file).manifest.substr(0, size) == std::string(size, 'x'));
    }
}

TEST_CASE("sealed file: no byte can be changed or left out unnoticed") {
    const SealedScratch all("{}");
    const auto          sound = text_of(all.file);
    const auto          file  = (all.scratch.folder / "changed").string();
    for (std::size_t at = 0; at < sound.size(); at += at + 300 < sound.size() ? 97 : 1) {
        CAPTURE(at);
        auto bytes = sound;
        bytes[at]  = static_cast<char>(bytes[at] ^ 1);
        write(file, bytes);
        CHECK(database::refusal_of([&] { backups::unseal(file); }) != "");
    }
    for (std::size_t size = 0; size < sound.size(); size += size + 300 < sound.size() ? 211 : 1) {
        CAPTURE(size);
        write(file, sound.substr(0, size));
        CHECK(database::refusal_of([&] { backups::unseal(file); }) != "");
    }
    write(file, sound + "\n");
    CHECK(database::refusal_of([&] { backups::unseal(file); }).starts_with("kernel.damaged_backup"));
    CHECK(database::refusal_of([&] { backups::unseal(all.file); }) == "");
}
