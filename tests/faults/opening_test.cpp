// Files that are not what they should be, and modules that are not there: said in one sentence, never died of, and never
// a figure that is silently another.
#include "served_books.h"

#include <doctest/doctest.h>
#include <tessera/suite.h>

#include <fstream>
#include <random>

namespace faults {

namespace {

namespace fs = std::filesystem;

std::string text_of(const fs::path& file) {
    std::ifstream in(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

void write(const fs::path& file, const std::string& text) { std::ofstream(file, std::ios::binary) << text; }

void set(const Books& books, const std::string& name, const std::string& value) {
    const auto suite = tessera::Suite::open({.database = books.file().string(), .background = false});
    suite->write({.name = "kernel.test"}, [&](tessera::Transaction& tx) {
        tx.execute("UPDATE kernel_setting SET value = :value WHERE name = :name", std::string_view(value),
                   std::string_view(name));
    });
}

bool one_sentence(const std::string& text) {
    return text.starts_with("To ") && text.ends_with(".\n") && std::count(text.begin(), text.end(), '\n') == 1;
}

// Every way to open the books is refused with one sentence that says this.
void check_refused(const Books& books, const std::string& says) {
    struct Way {
        std::vector<std::string> words;
        int                      code;
    };
    const Way ways[] = {{{"report", "financials.trial_balance"}, 1},
                        {{"verify"}, 2},
                        {{"directory", "party", "list"}, 1},
                        {{"directory", "party", "create", "--set", "name=Nobody"}, 1},
                        {{"serve", "--listen", "127.0.0.1:0"}, 1}};
    for (const auto& way : ways) {
        const auto ended = books.tessera(way.words);
        CAPTURE(way.words.front());
        CHECK(ended.code == way.code);
        CHECK(ended.output == "");
        CHECK_MESSAGE(one_sentence(ended.errors), ended.errors);
        CHECK_MESSAGE(ended.errors.find(says) != std::string::npos, ended.errors);
    }
}

}  // namespace

TEST_SUITE_BEGIN("database file");

TEST_CASE("opening: books that a newer program wrote are left to it") {
    const Books books;
    set(books, "schema_number", "999");
    const auto before = text_of(books.file());
    check_refused(books, "use a newer Tessera: it has schema 999");
    CHECK(text_of(books.file()) == before);
}

TEST_CASE("opening: books that a newer module wrote are left to it") {
    const Books books;
    set(books, "module.purchasing", "99.0.0");
    check_refused(books, "use purchasing 99.0.0 or newer");
}

TEST_CASE("opening: a file that is something else") {
    const Books books;
    fs::remove(books.file().string() + "-wal");
    for (const auto& text : {std::string("Dear Sirs, this is a letter."), std::string(8192, '\0'),
                             std::string("SQLite format 3\0", 16) + std::string(8192, '\1'),
                             std::string("\x7f"
                                         "ELF\2\1\1"),
                             std::string()}) {
        CAPTURE(text.size());
        write(books.file(), text);
        check_refused(books, "");
        CHECK(text_of(books.file()) == text);
    }
}

TEST_CASE("opening: a file that is cut off is refused, or verify finds it out") {
    const Books    books;
    const auto     whole_file = text_of(books.file());
    whole::Scratch folder;
    for (const auto size : {std::size_t{100}, std::size_t{512}, std::size_t{4096}, std::size_t{5000},
                            whole_file.size() / 2, whole_file.size() - 4096}) {
        CAPTURE(size);
        const auto file = (folder / ("cut" + std::to_string(size))).string();
        write(file, whole_file.substr(0, size));
        const auto verified = books.tessera({"verify", "--database", file});
        CHECK((verified.code == 1 || verified.code == 2));
        CHECK(books.tessera({"report", "financials.trial_balance", "--database", file}).code <= 1);
        CHECK(books.tessera({"directory", "party", "create", "--set", "name=Nobody", "--database", file}).code <= 1);
    }
}

TEST_CASE("opening: after damage anywhere the report is the same, or somebody says that it is not") {
    const Books books;
    {
        Server server(books);
        make_one_of_everything(server);
        REQUIRE(server.stop() == 0);
    }
    const auto whole_file = text_of(books.file());
    const auto report =
        std::vector<std::string>{"report", "financials.trial_balance", "--as_of", "2020-12-31", "--format", "csv"};
    const auto      sound = books.tessera(report).output;
    whole::Scratch  folder;
    std::mt19937_64 random(7);
    for (int seed = 0; seed < 40; ++seed) {
        CAPTURE(seed);
        auto damaged = whole_file;
        for (int i = 0; i < 1 + seed % 4; ++i) {
            const auto at = random() % (damaged.size() - 64);
            if (seed % 3 == 0)
                damaged[at] = static_cast<char>(damaged[at] ^ (1 << (random() % 8)));
            else if (seed % 3 == 1)
                damaged.replace(at, 64, std::string(64, '\xff'));
            else
                damaged.replace(at / 4096 * 4096, 4096,
                                damaged.substr(random() % (damaged.size() / 4096) * 4096, 4096));
        }
        const auto file = (folder / "damaged").string();
        for (const char* suffix : {"", "-wal", "-shm", ".lock"}) fs::remove(file + suffix);
        write(file, damaged);
        auto words = report;
        words.insert(words.end(), {"--database", file});
        const auto reported = books.tessera(words), verified = books.tessera({"verify", "--database", file});
        CHECK(reported.code <= 1);
        CHECK(verified.code <= 2);
        const bool known = reported.code != 0 || reported.output == sound || verified.code != 0;
        CHECK_MESSAGE(known, reported.output, verified.output);
    }
}

TEST_CASE("opening: after a kill damage is looked for before anything is written, and a sound file opens") {
    const Books  books;
    std::int64_t page = 0;
    {
        const auto suite = tessera::Suite::open({.database = books.file().string(), .background = false});
        suite->read({}, [&](const tessera::Snapshot& tx) {
            page = *tx.value<std::int64_t>("SELECT rootpage FROM sqlite_schema WHERE name = 'catalog_product'");
        });
    }
    const auto kill_after_an_order = [&] {
        Server server(books);
        CHECK(server.post("purchasing/orders",
                          R"({"supplier":1,"date":"2020-03-02","lines":[{"product":1,"quantity":"1","price":"2.00"}]})")
                  .good());
        CHECK(server.stop(SIGKILL) == 128 + SIGKILL);
    };
    kill_after_an_order();
    kill_after_an_order();      // the first kill is no reason not to open
    std::fstream(books.file(), std::ios::in | std::ios::out | std::ios::binary).seekp((page - 1) * 4096)
        << std::string(4096, '\xff');
    const auto before = text_of(books.file());
    for (const auto& words : {std::vector<std::string>{"serve", "--listen", "127.0.0.1:0"},
                              {"directory", "party", "create", "--set", "name=Nobody"}}) {
        const auto ended = books.tessera(words);
        CAPTURE(words.front());
        CHECK(ended.code == 1);
        CHECK(ended.output == "");
        CHECK_MESSAGE(one_sentence(ended.errors), ended.errors);
        CHECK_MESSAGE(ended.errors.starts_with("To go on after the unclean stop, restore a backup of "), ended.errors);
    }
    CHECK(text_of(books.file()) == before);
}

// ---- modules

TEST_CASE("modules: without their folder there are none, and that is said") {
    const Books books;
    const auto  ended =
        books.tessera({"report", "financials.trial_balance"}, {"TESSERA_MODULE_DIRECTORY=/nowhere/at/all"});
    CHECK(ended.code == 1);
    CHECK_MESSAGE(one_sentence(ended.errors), ended.errors);
    CHECK(books.tessera({"modules"}, {"TESSERA_MODULE_DIRECTORY=/nowhere/at/all"}).code <= 1);
    CHECK(books.verified() == "sound");
}

TEST_CASE(
    "modules: the server starts without one that is cut off, names it, and its records are there when it is whole") {
    const Books books;
    {
        Server server(books);
        make_one_of_everything(server);
        REQUIRE(server.stop() == 0);
    }
    const auto modules = books.folder() / "modules";
    fs::copy(fs::path(whole::tessera()).parent_path().parent_path() / "lib" / "tessera" / "modules", modules);
    fs::resize_file(modules / "purchasing.so", fs::file_size(modules / "purchasing.so") / 2);
    {
        Server     server(books, {"env", "TESSERA_MODULE_DIRECTORY=" + modules.string()});
        const auto ready = ask(server.port(), {.target = "/readyz"});
        CHECK_MESSAGE(ready.body.find("purchasing") != std::string::npos, ready.body);
        CHECK(server.get("purchasing/orders").status == 404);
        CHECK(server.get("directory/parties/1").status == 200);
        CHECK(server.get("reports/financials.trial_balance?as_of=2020-12-31").status == 200);
        CHECK(server.stop() == 0);
        CHECK_MESSAGE(server.errors().find("purchasing.so") != std::string::npos, server.errors());
    }
    Server server(books);
    CHECK(part(server.get("purchasing/orders?limit=1").body, {"total"}) == 1);
    CHECK(server.stop() == 0);
    CHECK(books.verified() == "sound");
}

TEST_CASE("modules: books without one of their libraries can be read, but are not called proven, and are whole when it is back") {
    const Books books;
    {
        Server server(books);
        make_one_of_everything(server);
        REQUIRE(server.stop() == 0);
    }
    const auto modules = books.folder() / "modules";
    fs::copy(fs::path(whole::tessera()).parent_path().parent_path() / "lib" / "tessera" / "modules", modules);
    fs::remove(modules / "purchasing.so");
    const std::vector<std::string> without{"TESSERA_MODULE_DIRECTORY=" + modules.string()};
    const auto                     balance = books.tessera({"report", "financials.trial_balance", "--format", "csv"});
    CHECK(books.tessera({"report", "financials.trial_balance", "--format", "csv"}, without).output == balance.output);
    const auto verified = books.tessera({"verify"}, without);
    CHECK(verified.code == 2);
    CHECK_MESSAGE(verified.errors.find("To use purchasing again, put its library into a module directory") != std::string::npos, verified.errors);
    CHECK(books.tessera({"directory", "party", "create", "--set", "name=Meanwhile"}, without).code == 0);
    CHECK(books.tessera({"report", "purchasing.order_summary"}).code == 0);
    CHECK(books.verified() == "sound");
}

TEST_SUITE_END();

}  // namespace faults
