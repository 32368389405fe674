#include "loader/signature.h"

#include <doctest/doctest.h>
#include <unistd.h>

#include <fstream>

using namespace tessera;
using namespace tessera::loader;

namespace {

namespace fs = std::filesystem;

struct Folder {
    Folder() { fs::create_directories(path); }
    ~Folder() { fs::remove_all(path); }
    std::string write(const std::string& name, const std::string& text) const {
        std::ofstream(path / name, std::ios::binary) << text;
        return (path / name).string();
    }
    fs::path path = fs::temp_directory_path() / fmt::format("tessera-signed-{}", getpid());
};

std::string told(const fs::path& library, const std::vector<std::string>& signers) {
    try {
        require_signature(library, signers);
        return "loaded";
    } catch (const Refused& refused) {
        return refused.code();
    }
}

}  // namespace

TEST_CASE("a signature: only what a trusted key has signed, and as it was signed, is loaded") {
    const Folder folder;
    const auto   library = folder.write("parcels.so", "what is in it");
    const auto   ours = audit::fresh_key_pair(), others = audit::fresh_key_pair();
    const auto   our_key = folder.write("ours.pub", ours.open), another_key = folder.write("others.pub", others.open);
    CHECK(told(library, {our_key}) == "kernel.not_signed");
    sign(library, audit::SigningKey(ours.secret, "ours"));
    CHECK(told(library, {our_key}) == "loaded");
    CHECK(told(library, {another_key, our_key}) == "loaded");
    CHECK(told(library, {another_key}) == "kernel.tampered");
    folder.write("parcels.so", "what is in iT");
    CHECK(told(library, {our_key}) == "kernel.tampered");
    folder.write("parcels.so.signature", "no signature at all");
    CHECK(told(library, {our_key}) == "kernel.tampered");
}

TEST_CASE("a signature: what is no key is refused before anything is loaded") {
    const Folder folder;
    CHECK_THROWS_AS(check_signers({folder.write("ours.pub", "no key")}), Refused);
    CHECK_THROWS_AS(check_signers({(folder.path / "nowhere").string()}), Refused);
    CHECK_NOTHROW(check_signers({folder.write("ours.pub", audit::fresh_key_pair().open)}));
}
