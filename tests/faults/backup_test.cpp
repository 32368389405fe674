// Backups: what was acknowledged before one began is in it, whatever goes on meanwhile; what is damaged is found out before
// anybody relies on it; and nothing that is there is ever lost to a backup or a restore. TESSERA_BACKUPS=20 for the long run.
#include "buyers.h"

#include "backups/schedule.h"
#include "backups/sealed_file.h"
#include "database/engine.h"

#include <doctest/doctest.h>
#include <tessera/suite.h>

#include <fstream>
#include <functional>
#include <random>

namespace faults {

namespace {

namespace fs = std::filesystem;

std::string text_of(const fs::path& file) {
    std::ifstream in(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

void write(const fs::path& file, const std::string& text) {
    fs::remove(file);
    std::ofstream(file, std::ios::binary) << text;
}

bool one_sentence(const std::string& text) {
    return text.starts_with("To ") && text.ends_with(".\n") && std::count(text.begin(), text.end(), '\n') == 1;
}

std::vector<std::string> names_in(const fs::path& folder) {
    std::vector<std::string> names;
    for (const auto& entry : fs::directory_iterator(folder)) names.push_back(entry.path().filename().string());
    std::ranges::sort(names);
    return names;
}

// Books with a backup in a folder of its own.
struct BackedUp {
    Books    books{};
    fs::path folder = books.folder() / "backups", file = folder / "first.tessera-backup";

    BackedUp() {
        fs::create_directory(folder);
        Server server(books);
        make_one_of_everything(server);
        CHECK(server.stop() == 0);
        const auto made = books.tessera({"backup", file.string()});
        REQUIRE_MESSAGE(made.code == 0, made.errors);
    }
    whole::Ended restore(const fs::path& backup, const std::string& to = "restored.tessera") const {
        return books.tessera({"restore", backup.string(), "--database", to});
    }
    whole::Ended check(const fs::path& backup) const { return books.tessera({"backup", backup.string(), "--check"}); }

    // Refused with one sentence that says this, and nothing is made.
    void check_refused(const fs::path& backup, std::string_view says) const {
        for (const auto& ended : {restore(backup), check(backup)}) {
            CHECK(ended.code == 1);
            CHECK_MESSAGE(one_sentence(ended.errors), ended.errors);
            CHECK_MESSAGE(ended.errors.find(says) != std::string::npos, ended.errors);
        }
        CHECK(!fs::exists(books.folder() / "restored.tessera"));
    }
};

bool wait_for(const std::function<bool()>& come) {
    const auto latest = std::chrono::steady_clock::now() + std::chrono::seconds(60);
    while (!come()) {
        if (std::chrono::steady_clock::now() > latest) return false;
        std::this_thread::sleep_for(std::chrono::milliseconds(20));
    }
    return true;
}

}  // namespace

TEST_CASE("backup under load: it restores, is sound, and has everything that was acknowledged before it began") {
    const char* given = ::getenv("TESSERA_BACKUPS");
    const int   count = given ? std::stoi(given) : 2;
    const Books books;
    Buyers      buyers(20200402);
    Server      server(books);
    buyers.work(server.port(), given ? 8 : 3);
    for (int one = 1; one <= count; ++one) {
        CAPTURE(one);
        buyers.wait_for(buyers.documents() + 100);
        const auto before = buyers.documents();
        const auto backup = std::to_string(one) + ".tessera-backup", restored = "restored" + std::to_string(one) + ".tessera";
        const auto made   = books.tessera({"backup", backup});
        REQUIRE_MESSAGE(made.code == 0, made.errors);
        CHECK_MESSAGE(made.output.starts_with("Backed up Acme Bicycles to " + backup + ": "), made.output);
        const auto got = books.tessera({"restore", backup, "--database", restored});
        REQUIRE_MESSAGE(got.code == 0, got.errors);
        const auto verified = books.tessera({"verify", "--database", restored});
        CHECK_MESSAGE(verified.code == 0, verified.output, verified.errors);
        Server elsewhere(books, {}, {"TESSERA_DATABASE=" + restored});
        buyers.check_first(elsewhere, before);
        CHECK(elsewhere.stop() == 0);
    }
    buyers.stop();
    buyers.rest();
    CHECK(buyers.refusals() == std::vector<std::string>{});
    buyers.check(server);
    CHECK(server.stop() == 0);
}

TEST_CASE("backup: with nobody at work what is restored reads like the books, and goes on like them") {
    const BackedUp all;
    const auto     ended = all.restore(all.file);
    REQUIRE_MESSAGE(ended.code == 0, ended.errors);
    for (const char* report : {"financials.trial_balance", "financials.journal", "inventory.valuation", "purchasing.order_summary"}) {
        const auto here  = all.books.tessera({"report", report, "--format", "csv"});
        const auto there = all.books.tessera({"report", report, "--format", "csv", "--database", "restored.tessera"});
        CHECK(here.code == 0);
        CHECK(here.output == there.output);
    }
    const std::vector<std::string> next{"directory", "party", "create", "--set", "name=Next"};
    auto                           restored = next;
    restored.insert(restored.end(), {"--database", "restored.tessera"});
    CHECK(all.books.tessera(next).output == all.books.tessera(restored).output);
    CHECK(all.books.tessera({"doctor", "--database", "restored.tessera"}).code == 0);
}

TEST_CASE("backup: a changed byte, wherever it is, a missing end and what is no backup are each refused by name") {
    const BackedUp  all;
    const auto      sound   = text_of(all.file);
    const auto      damaged = all.folder / "damaged";
    std::mt19937_64 random(11);
    std::vector<std::size_t> places{0, 20, 70, 100, 5000, sound.size() / 2, sound.size() - 200, sound.size() - 104, sound.size() - 80, sound.size() - 20, sound.size() - 1};
    for (int i = 0; i < 10; ++i) places.push_back(random() % sound.size());
    for (const auto at : places) {
        CAPTURE(at);
        auto bytes = sound;
        bytes[at]  = static_cast<char>(bytes[at] ^ 1);
        write(damaged, bytes);
        all.check_refused(damaged, damaged.string());
    }
    for (const std::size_t size : {std::size_t{4096}, sound.size() / 2, sound.size() - 4096, sound.size() - 1}) {
        CAPTURE(size);
        write(damaged, sound.substr(0, size));
        all.check_refused(damaged, "has no end, so it was cut off");
    }
    for (const auto& text : {std::string(), std::string("Dear Sirs, this is a letter."), std::string("SQLite format 3\0", 16) + std::string(8176, '\0')}) {
        write(damaged, text);
        all.check_refused(damaged, "name a file that tessera backup made");
    }
    all.check_refused(all.folder / "nothing", "name a file that can be opened");
    CHECK(all.check(all.file).code == 0);
    CHECK(all.restore(all.file).code == 0);
}

TEST_CASE("backup: one that a newer program made is left to it") {
    const BackedUp all;
    const auto     sealed = tessera::backups::unseal(all.file.string());
    const auto     newer  = all.folder / "newer";
    write(newer, text_of(all.file).substr(0, static_cast<std::size_t>(sealed.database_bytes)));
    {
        const auto suite = tessera::Suite::open({.database = newer.string(), .background = false});
        suite->write({.name = "kernel.test"}, [](tessera::Transaction& tx) { tx.execute("UPDATE kernel_setting SET value = '999' WHERE name = 'schema_number'"); });
    }
    for (const char* suffix : {"-wal", "-shm", ".lock"}) fs::remove(newer.string() + suffix);
    tessera::backups::seal(newer.string(), sealed.manifest);
    all.check_refused(newer, "use a newer Tessera: it has schema 999");

    auto bytes = text_of(all.file);
    bytes[bytes.size() - 104 + std::string_view("\ntessera backup ").size()] = '2';
    write(newer, bytes);
    all.check_refused(newer, "take a newer Tessera: it has form 2");
}

TEST_CASE("backup: values that were changed inside are found though the file is whole") {
    const BackedUp all;
    const auto     sealed   = tessera::backups::unseal(all.file.string());
    auto           manifest = sealed.manifest;
    const auto     digest   = manifest.find("\"digest\":\"") + 10;
    manifest[digest]        = manifest[digest] == '0' ? '1' : '0';
    const auto forged       = all.folder / "forged";
    write(forged, text_of(all.file).substr(0, static_cast<std::size_t>(sealed.database_bytes)));
    tessera::backups::seal(forged.string(), manifest);
    all.check_refused(forged, "has other values than the manifest says");
}

TEST_CASE("backup: a kill at any moment leaves the backups of before, and no half one under a good name") {
    const BackedUp  all;
    const auto      before = text_of(all.file);
    std::mt19937_64 random(5);
    for (int kill = 0; kill < 12; ++kill) {
        CAPTURE(kill);
        const auto next = all.folder / ("next" + std::to_string(kill));
        {
            whole::Program program({whole::tessera(), "backup", next.string()}, {.directory = all.books.folder(), .environment = {"TESSERA_DATABASE=" + all.books.location()}});
            std::this_thread::sleep_for(std::chrono::milliseconds(random() % 400));
            program.stop(SIGKILL);
        }
        if (fs::exists(next)) CHECK(all.check(next).code == 0);
        CHECK(text_of(all.file) == before);
    }
    CHECK(all.books.tessera({"backup", (all.folder / "last").string()}).code == 0);
    for (const auto& name : names_in(all.folder)) CHECK_MESSAGE(name.find("tessera-making") == std::string::npos, name);
}

TEST_CASE("backup: without room nothing is left but the backups of before") {
    const BackedUp all;
    const auto     size = fs::file_size(all.file);
    for (const auto room : {size / 3, size - 8192}) {
        const auto ended = whole::run({"prlimit", "--fsize=" + std::to_string(room), whole::tessera(), "backup", (all.folder / "next").string()},
                                      {.directory = all.books.folder(), .environment = {"TESSERA_DATABASE=" + all.books.location()}});
        CHECK(ended.code == 1);
        CHECK_MESSAGE(one_sentence(ended.errors), ended.errors);
        const auto restored = whole::run({"prlimit", "--fsize=" + std::to_string(size / 3), whole::tessera(), "restore", all.file.string(), "--database", "restored.tessera"},
                                         {.directory = all.books.folder()});
        CHECK(restored.code == 1);
        CHECK_MESSAGE(one_sentence(restored.errors), restored.errors);
    }
    CHECK(names_in(all.folder) == std::vector<std::string>{"first.tessera-backup"});
    CHECK(!fs::exists(all.books.folder() / "restored.tessera"));
    CHECK(all.check(all.file).code == 0);
}

TEST_CASE("backup: nothing that is there is overwritten, by a backup or by a restore") {
    const BackedUp all;
    const auto     before = text_of(all.file);
    CHECK(all.books.tessera({"backup", all.file.string()}).errors == "To make " + all.file.string() + ", name a file that does not exist yet: it does.\n");
    CHECK(text_of(all.file) == before);

    write(all.books.folder() / "letter", "Dear Sirs");
    CHECK(all.restore(all.file, "letter").code == 1);
    CHECK(text_of(all.books.folder() / "letter") == "Dear Sirs");
    Server server(all.books);
    CHECK(all.restore(all.file, all.books.location()).code == 1);
    CHECK(server.get("directory/parties/1").status == 200);
    CHECK(server.stop() == 0);

    write(all.books.folder() / "restored.tessera-wal", "of other books");
    CHECK(all.restore(all.file).errors.starts_with("To restore to restored.tessera, move restored.tessera-wal away first"));
    CHECK(!fs::exists(all.books.folder() / "restored.tessera"));
}

TEST_CASE("backup: books that do not hold together are not backed up as if they did") {
    const Books books;
    {
        const auto suite = tessera::Suite::open({.database = books.location(), .background = false});
        suite->write({.name = "kernel.test"}, [](tessera::Transaction& tx) {
            tx.connection().unprotect("kernel_audit");
            tx.execute("UPDATE kernel_audit SET user_name = 'nobody' WHERE id = 2");
        });
    }
    const auto ended = books.tessera({"backup", "bad.tessera-backup"});
    CHECK(ended.code == 1);
    CHECK_MESSAGE(ended.errors.starts_with("To have a backup that can be trusted, have what tessera verify finds put right: kernel.audit_chain: "), ended.errors);
    for (const auto& name : names_in(books.folder())) CHECK_MESSAGE(name.find("bad") == std::string::npos, name);
}

TEST_CASE("backup: a folder keeps the newest of these books, and whatever else lies there") {
    const BackedUp all;
    const Books    others;
    write(all.folder / "letter", "Dear Sirs");
    write(all.folder / "acme-bicycles-20200101-000000.tessera-backup", "no backup at all");
    REQUIRE(others.tessera({"backup", all.folder.string()}).code == 0);
    std::vector<std::string> newest;
    for (int one = 0; one < 4; ++one) {
        const auto ended = all.books.tessera({"backup", all.folder.string(), "--keep", "2"});
        REQUIRE_MESSAGE(ended.code == 0, ended.errors);
        CHECK((ended.output.find("Removed ") != std::string::npos) == (one >= 2));
        const auto from = ended.output.find(all.folder.string());
        newest.push_back(ended.output.substr(from, ended.output.find(": ", from) - from));
    }
    CHECK(!fs::exists(newest[0]));
    CHECK(!fs::exists(newest[1]));
    CHECK(all.check(newest[2]).code == 0);
    CHECK(all.check(newest[3]).code == 0);
    CHECK(names_in(all.folder).size() == 6);
}

TEST_CASE("schedule: a server makes backups beside its work, proves them by restoring, and says how old the newest is") {
    const Books books;
    const auto  folder = books.folder() / "backups";
    fs::create_directory(folder);
    Server server(books, {}, {}, {"--backup-directory", folder.string(), "--backup-every", "1", "--backup-keep", "2"});
    CHECK(wait_for([&] { return ask(server.port(), {.target = "/metrics"}).body.find("tessera_backups_total 1") != std::string::npos; }));
    const auto metrics = ask(server.port(), {.target = "/metrics"}).body;
    for (const char* name : {"\ntessera_backup_age_seconds ", "\ntessera_backup_proven_age_seconds "}) {
        const auto at = metrics.find(name);
        REQUIRE_MESSAGE(at != std::string::npos, metrics);
        CHECK(std::stod(metrics.substr(at + std::string_view(name).size())) < 3600);
    }
    const auto ready = ask(server.port(), {.target = "/readyz"});
    CHECK(ready.status == 200);
    CHECK(part(ready.body, {"backups", "trouble"}).as_string() == "");
    CHECK(part(ready.body, {"backups", "last_proven"}).as_string() != "");
    const auto names = names_in(folder);
    REQUIRE(names.size() == 1);
    CHECK(books.tessera({"backup", (folder / names.front()).string(), "--check"}).code == 0);
    CHECK(server.stop() == 0);
    const auto wrong = books.tessera({"serve", "--listen", "127.0.0.1:0", "--backup-directory", "/nowhere"});
    CHECK(wrong.errors == "To have backups made, name a folder that is there: /nowhere is none.\n");
}

TEST_CASE("schedule: it goes on, keeps so many, and a failure is told, tried again, and removes nothing") {
    const Books books;
    const auto  folder = books.folder() / "backups";
    fs::create_directory(folder);
    std::mutex               mutex;
    std::vector<std::string> failures;
    tessera::backups::Schedule schedule({.database = books.location()}, {.folder = folder.string(), .every = std::chrono::seconds(1), .keep = 2, .prove_every = 2});
    schedule.start({.note    = [](std::string_view) {},
                    .failure = [&](std::string_view sentence) {
                        const std::lock_guard guard(mutex);
                        failures.emplace_back(sentence);
                    }});
    CHECK(wait_for([&] { return schedule.status().made >= 4; }));
    CHECK(schedule.status().failed == 0);
    CHECK(!schedule.status().last_proven.empty());
    fs::rename(folder, books.folder() / "away");
    CHECK(wait_for([&] { return schedule.status().failed >= 1; }));
    CHECK(schedule.status().trouble != "");
    CHECK(names_in(books.folder() / "away").size() >= 2);
    const auto good = schedule.status().last_good;
    fs::create_directory(folder);
    CHECK(wait_for([&] { return schedule.status().last_good > good; }));
    CHECK(schedule.status().trouble == "");
    schedule.stop();
    const std::lock_guard guard(mutex);
    CHECK(!failures.empty());
    if (!failures.empty()) CHECK_MESSAGE(failures.front().starts_with("No backup was made: To "), failures.front());
}

}  // namespace faults
