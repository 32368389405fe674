// What a plugin's author has: an installation, and nothing of this repository beside it. Each test installs the product
// into a scratch folder, builds a plugin against it in another, and runs what the plugin's README says.
#include "../scenarios/process.h"

#include <doctest/doctest.h>
#include <fmt/format.h>

namespace fs = std::filesystem;

namespace {

class Author {
public:
    Author() {
        must({"cmake", "--install", TESSERA_BUILD_DIR, "--prefix", prefix().string()});
        fs::remove_all(plugins());      // those of the product: an author brings his own
        fs::create_directory(home());
    }
    fs::path prefix() const { return scratch_.path() / "opt"; }
    fs::path home() const { return scratch_.path() / "home"; }
    fs::path plugins() const { return prefix() / "lib/tessera/plugins"; }

    std::string must(std::vector<std::string> words, const fs::path& folder = {}) {
        const auto said  = fmt::format("{}", fmt::join(words, " "));
        const auto ended = whole::run(std::move(words), setting(folder), std::chrono::minutes(9));
        REQUIRE_MESSAGE(ended.code == 0, said, "\n", ended.output, ended.errors);
        return ended.output;
    }
    // As its author types it, in the home folder.
    std::string shell(const std::string& line) { return must({"/bin/sh", "-c", line}, home()); }

    void builds(const fs::path& plugin) {
        must({"cmake", "-S", plugin.string(), "-B", (plugin / "build").string(), "-G", "Ninja",
              "-D", "CMAKE_PREFIX_PATH=" + prefix().string(), "-D", "CMAKE_CXX_FLAGS=" TESSERA_PLUGIN_FLAGS,
              "-D", "CMAKE_CXX_COMPILER_LAUNCHER=" TESSERA_PLUGIN_LAUNCHER});
        must({"cmake", "--build", (plugin / "build").string(), "-j", "2"});
    }
    std::string tests(const fs::path& plugin) {
        return must({"ctest", "--test-dir", (plugin / "build").string(), "--output-on-failure", "--no-tests=error"});
    }

private:
    whole::Setting setting(const fs::path& folder) const {
        return {.directory   = folder.empty() ? scratch_.path() : folder,
                .environment = {fmt::format("PATH={}:{}", (prefix() / "bin").string(), ::getenv("PATH")),
                                "TESSERA_PROGRAM=" + (prefix() / "bin/tessera").string()}};
    }
    whole::Scratch scratch_{};
};

bool contains(const std::string& text, const std::string& part) { return text.find(part) != text.npos; }

}  // namespace

TEST_CASE("an installation: the warranty example, copied out of the repository, is built, tested, installed and used with it alone") {
    Author     author;
    const auto warranty = author.home() / "warranty";
    fs::copy(fs::path(TESSERA_SOURCE_DIR) / "plugins/warranty", warranty, fs::copy_options::recursive);
    author.builds(warranty);
    const auto tested = author.tests(warranty);
    CHECK(contains(tested, "warranty_tests"));
    CHECK(contains(tested, "warranty_story_warranty"));
    CHECK(contains(tested, "100% tests passed, 0 tests failed out of 2"));

    author.must({"cmake", "--install", (warranty / "build").string(), "--prefix", author.prefix().string()});
    const auto modules = author.shell("tessera modules --modules " + author.plugins().string());
    CHECK(contains(modules, "warranty"));
    CHECK(!contains(modules, "not running"));
    author.shell("tessera init --name Acme --currency EUR --modules " + author.plugins().string());
    CHECK(contains(author.shell("tessera verify --modules " + author.plugins().string()), "warranty.provision"));
}

TEST_CASE("an installation: whole domains outside the product, payroll and the export of the books, are built and tested with it alone") {
    Author author;
    for (const auto* name : {"payroll", "journal_export"}) {
        const auto plugin = author.home() / name;
        fs::copy(fs::path(TESSERA_SOURCE_DIR) / "plugins" / name, plugin, fs::copy_options::recursive);
        author.builds(plugin);
        CHECK(contains(author.tests(plugin), "100% tests passed, 0 tests failed out of 2"));
    }
}

TEST_CASE("an installation: what new-plugin writes builds, passes its own tests and loads, as its README says") {
    Author author;
    author.shell("tessera new-plugin parcels parcels");
    author.builds(author.home() / "parcels");
    CHECK(contains(author.tests(author.home() / "parcels"), "100% tests passed, 0 tests failed out of 2"));
    author.shell("tessera init --name Acme --currency EUR --modules parcels/build/lib/tessera/plugins");
    author.shell("tessera parcels request create --set subject='A lamp' --modules parcels/build/lib/tessera/plugins");
    CHECK(contains(author.shell("tessera report parcels.requests_by_state --modules parcels/build/lib/tessera/plugins"), "open"));
}
