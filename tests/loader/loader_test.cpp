#include <doctest/doctest.h>

#include <fstream>

#include "../kernel/workshop_company.h"
#include "loader/loader.h"

using namespace tessera;

namespace {

namespace fs = std::filesystem;

std::string refused(const Suite& suite, std::string_view module) {
    for (const auto& m : suite.kernel().modules())
        if (m.name == module) return m.refused;
    return "not there";
}

// The one thing a bad library must never do is keep a good one from its work.
void check_workshop_works(WorkshopCompany& shop) {
    CHECK(refused(shop.suite(), "workshop") == "");
    const auto order = shop.confirmed_order();
    CHECK(shop.load(order).state == workshop::State::confirmed);
    shop.suite().run_outbox();
    CHECK(shop.suite().status().outbox == 0);
    CHECK(shop.suite().report({}, "workshop.orders", {}).rows.size() == 1);
    for (const auto& verified : shop.suite().verify({})) CHECK_MESSAGE(verified.findings.empty(), verified.check);
}

// What the server says of the last of these folders of test modules, each beside the workshop.
std::string told_of(std::vector<std::string> folders, std::string_view module = {}) {
    const auto name = module.empty() ? folders.back() : std::string(module);
    folders.push_back("workshop");
    WorkshopCompany shop(folders);
    check_workshop_works(shop);
    return refused(shop.suite(), name);
}

// The same of a file that is no proper library.
struct Folder {
    Folder() { fs::create_directories(path); }
    ~Folder() {
        std::error_code ignored;
        fs::remove_all(path, ignored);
    }
    std::string told(std::string_view module) {
        WorkshopCompany shop;
        auto            options = shop.options({"workshop"});
        options.module_directories.push_back(path.string());
        shop.open_with(options);
        check_workshop_works(shop);
        return refused(shop.suite(), module);
    }
    fs::path path = fs::temp_directory_path() / fmt::format("tessera-libraries-{}", getpid());
};

std::string workshop_library() { return WorkshopCompany::test_modules() + "workshop/workshop.so"; }

std::string bytes_of(const fs::path& file) {
    std::ifstream in(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

}  // namespace

TEST_CASE("loader: a library built for another server is refused before it is loaded, and told what to do") {
    CHECK(told_of({"foreign_abi"}) ==
          fmt::format("foreign_abi.so was built for \"tessera-0 gcc-4 cxx11abi-0 c++-199711\"; this server is \"{}\". To load it, rebuild it against this server's SDK.", TESSERA_ABI));
    CHECK(told_of({"no_note"}) ==
          "To load no_note.so, build it with tessera_add_module or tessera_add_plugin: it carries no note of what it was built for.");
    CHECK(told_of({"no_entry"}) == "To load no_entry.so, build it as a module: it does not export tessera_module().");
}

TEST_CASE("loader: a library with a missing symbol is refused by its file's name") {
    const auto told = told_of({"missing_symbol"});
    CHECK(told.starts_with("To load missing_symbol.so, build it again: "));
    CHECK(told.find("undefined symbol") != std::string::npos);
    CHECK(told.find('\n') == std::string::npos);
}

TEST_CASE("loader: a manifest that is incomplete or borrows a name is refused") {
    CHECK(told_of({"half_manifest"}) == "To load half_manifest.so, complete its manifest: version, title and register_module.");
    CHECK(told_of({"kernel"}) == "To load kernel.so, give its module a name in small letters, other than kernel and reports; \"kernel\" cannot be one.");
    Folder folder;
    fs::copy_file(workshop_library(), folder.path / "second_workshop.so");
    CHECK(folder.told("second_workshop") == "To load second_workshop.so, call it workshop.so: it holds the module workshop.");
}

TEST_CASE("loader: a module whose needs cannot be met is refused, with those that need it") {
    CHECK(told_of({"needs_nobody"}) == "To load needs_nobody, install the module nobody, which it needs.");
    CHECK(told_of({"needs_nobody", "dependent"}) ==
          "To load dependent, repair needs_nobody, which it needs: To load needs_nobody, install the module nobody, which it needs.");
    CHECK(told_of({"dependent"}) == "To load dependent, install the module needs_nobody, which it needs.");
}

TEST_CASE("loader: modules that need each other are refused, the circle drawn") {
    CHECK(told_of({"chicken", "egg"}) == "To load egg, break the circle: chicken needs egg needs chicken.");
    CHECK(told_of({"chicken", "egg"}, "chicken") == "To load chicken, repair egg, which it needs: To load egg, break the circle: chicken needs egg needs chicken.");
    CHECK(told_of({"needs_itself"}) == "To load needs_itself, break the circle: needs_itself needs needs_itself.");
}

TEST_CASE("loader: a module that throws while it registers leaves nothing behind") {
    CHECK(told_of({"throws_exception"}) == "throws_exception could not register: the machine is out of order");
    CHECK(told_of({"throws_number"}) == "throws_number could not register: it threw something that is no exception.");
    WorkshopCompany without({"workshop"}), shop({"workshop", "throws_exception"});
    const auto &    before = without.suite().kernel(), &kernel = shop.suite().kernel();
    CHECK(kernel.find_entity("throws_exception.machine") == nullptr);
    CHECK(kernel.find_report("throws_exception.machines") == nullptr);
    CHECK(kernel.find_event("throws_exception.started") == nullptr);
    CHECK(kernel.schema_statements().size() == before.schema_statements().size());
    CHECK(kernel.balances().size() == before.balances().size());
    CHECK(kernel.seeds().size() == before.seeds().size());
    CHECK(kernel.subscribers(typeid(workshop::OrderConfirmed), false).size() == before.subscribers(typeid(workshop::OrderConfirmed), false).size());
    CHECK(std::ranges::none_of(kernel.permissions(), [](const auto& p) { return p.module == "throws_exception"; }));
    shop.read([](const Snapshot& tx) { CHECK(tx.contributions<workshop::SparePart>().size() == 2); });
    CHECK(shop.number("SELECT count(*) FROM kernel_setting WHERE name = 'module.throws_exception'") == 0);
}

TEST_CASE("loader: a library that would end the server is found out in a process of its own") {
    const auto repair = [](std::string_view name, std::string_view how) {
        return fmt::format("To load {}.so, repair it: tried out in a process of its own, it {}.", name, how);
    };
    CHECK(told_of({"throws_in_constructor"}) == repair("throws_in_constructor", "crashed (signal 6)"));
    CHECK(told_of({"exits_in_constructor"}) == repair("exits_in_constructor", "ended the process"));
    CHECK(told_of({"crashes_in_constructor"}).starts_with("To load crashes_in_constructor.so, repair it: tried out in a process of its own, it "));
    CHECK(told_of({"aborts_registering"}) == repair("aborts_registering", "crashed (signal 6)"));
    CHECK(told_of({"exits_registering"}) == repair("exits_registering", "ended the process"));

    // Several at once, and one that never comes back.
    Kernel          kernel;
    loader::Options options{.step_max = std::chrono::milliseconds(1500)};
    for (const auto* folder : {"exits_in_constructor", "hangs_in_constructor", "hangs_registering", "workshop", "aborts_registering"})
        options.directories.emplace_back(WorkshopCompany::test_modules() + folder);
    loader::load(kernel, options);
    std::vector<std::string> running;
    for (const auto& m : kernel.modules())
        if (m.refused.empty()) running.push_back(m.name);
        else if (m.name.starts_with("hangs_")) CHECK(m.refused.ends_with("it did not come to an end within 1500 milliseconds."));
    CHECK(running == std::vector<std::string>{"access", "attachments", "jobs", "mail", "plugins", "fields", "search", "workshop"});
    CHECK(kernel.modules().size() == 12);
}

TEST_CASE("loader: a module that declares what is another's, or declares it twice, is refused whole") {
    CHECK(told_of({"foreign_name"}) ==
          "foreign_name could not register: To declare the permission workshop.open_the_safe, give it a name that begins with \"foreign_name.\".");
    CHECK(told_of({"declared_twice"}) ==
          "declared_twice could not register: To declare the permission declared_twice.use, choose another name: it exists already.");
    CHECK(told_of({"takes_a_type"}) == "takes_a_type could not register: To declare the entity takes_a_type.order, choose another name: it exists already.");
    CHECK(told_of({"unneeded_reference"}) ==
          "unneeded_reference could not register: To declare unneeded_reference.visit.stranger, need the module that declares what it refers to.");
}

TEST_CASE("loader: a file that is no library is refused without being run") {
    Folder folder;
    std::ofstream(folder.path / "prose.so") << "This is a letter to a friend, and no library at all.\n";
    std::ofstream(folder.path / "empty.so") << "";
    fs::create_directory(folder.path / "folder.so");
    fs::create_symlink("/nowhere/at/all", folder.path / "dangling.so");
    std::ofstream(folder.path / "script.so") << "#!/bin/sh\nexit 1\n";
    std::ofstream(folder.path / "ignored.txt") << "not asked for";
    CHECK(folder.told("prose") == "To load prose.so, put a shared library there: it is none.");
    CHECK(folder.told("empty") == "To load empty.so, put a shared library there: it is none.");
    CHECK(folder.told("folder") == "To load folder.so, put a shared library there: it is none.");
    CHECK(folder.told("dangling") == "To load dangling.so, put a shared library there: it is none.");
    CHECK(folder.told("script") == "To load script.so, put a shared library there: it is none.");
    CHECK(folder.told("ignored") == "not there");
}

TEST_CASE("loader: a library that was cut off is refused, wherever the cut") {
    const auto whole = bytes_of(workshop_library());
    REQUIRE(whole.size() > 10'000);
    for (const auto size : {std::size_t{4}, std::size_t{63}, std::size_t{64}, std::size_t{4096}, whole.size() / 2, whole.size() - 1}) {
        Folder folder;
        std::ofstream(folder.path / "cut_off.so", std::ios::binary) << whole.substr(0, size);
        CAPTURE(size);
        const auto told = folder.told("cut_off");
        CHECK((told == "To load cut_off.so, build or copy it again: it is cut off." || told == "To load cut_off.so, put a shared library there: it is none."));
    }
}

TEST_CASE("loader: a library with damaged bytes in its headers is refused or loads, but never ends the server") {
    const auto whole = bytes_of(workshop_library());
    for (std::size_t at = 40; at < 64; ++at) {                      // section table offset, flags, sizes and counts
        auto damaged = whole;
        damaged[at]  = static_cast<char>(damaged[at] ^ 0xff);
        Folder folder;
        std::ofstream(folder.path / "damaged.so", std::ios::binary) << damaged;
        CAPTURE(at);
        const auto told = folder.told("damaged");
        CHECK(told != "");
        CHECK(told != "not there");
    }
}

TEST_CASE("loader: only the modules asked for are loaded, with what they need; one that is not there is refused") {
    WorkshopCompany shop;
    auto            options  = shop.options({"workshop", "throws_exception", "declared_twice"});
    options.only_modules     = {"throws_exception"};
    shop.open_with(options);
    CHECK(shop.suite().kernel().modules().size() == 9);
    CHECK(refused(shop.suite(), "declared_twice") == "not there");
    options.only_modules = {"nobody"};
    shop.suite().stop();
    CHECK(refusal_of([&] { shop.open_with(options); }) == "kernel.no_module: To use the module nobody, put its library into a module directory.");
}

TEST_CASE("loader: the first directory that has a module wins") {
    WorkshopCompany shop;
    shop.open({"workshop_extended", "workshop"});
    REQUIRE(shop.suite().kernel().modules().size() == 8);
    CHECK(shop.suite().kernel().modules().back().version == "1.10.0");
}

TEST_CASE("loader: directories that do not exist hold no modules") {
    WorkshopCompany shop({"workshop", "no_such_folder"});
    check_workshop_works(shop);
}
