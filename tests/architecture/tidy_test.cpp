// What formatters and compilers cannot see: words, names, sizes, first lines, headings. Each failure names the better form.

#include "source_tree.h"

#include <doctest/doctest.h>

#include <algorithm>

namespace {

struct Word {
    std::string_view word;
    std::string_view better;
};

std::vector<SourceFile> cpp_files(std::initializer_list<std::string_view> folders) {
    std::vector<SourceFile> all;
    for (const auto folder : folders) {
        auto files = files_below(folder, {".h", ".cpp"});
        std::ranges::move(files, std::back_inserter(all));
    }
    return all;
}

void complain_of(Complaints& complaints, const SourceFile& file, const std::vector<std::string>& lines, const std::vector<Word>& words) {
    for (std::size_t i = 0; i < lines.size(); ++i)
        for (const auto& [word, better] : words)
            if (has_word(lines[i], word)) complaints.add(file, i + 1, word, better);
}

bool is_snake_case(std::string_view stem) {
    return !stem.empty() && stem.front() >= 'a' && stem.front() <= 'z' &&
           std::ranges::all_of(stem, [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_'; });
}

}  // namespace

TEST_CASE("tidy: SQL above the engines is the subset they share") {
    const std::vector<Word> words = {
        {"rowid", "use the table's id"},
        {"INSERT OR", "write INSERT … ON CONFLICT (…) DO …"},
        {"REPLACE INTO", "write INSERT … ON CONFLICT (…) DO UPDATE SET …"},
        {"PRAGMA", "ask the engine: core/database/engine.h"},
        {"AUTOINCREMENT", "ids are given by the kernel"},
        {"strftime", "bind days and moments that C++ has computed"},
        {"datetime(", "bind Transaction::now()"},
        {"julianday", "subtract dates in C++"},
        {"GLOB", "use LIKE with an escaped pattern"},
        {"ifnull(", "use coalesce("},
        {"IFNULL(", "use coalesce("},
        {"group_concat(", "join texts in C++"},
        {"iif(", "use CASE WHEN"},
        {"IIF(", "use CASE WHEN"},
        {"typeof(", "give the column one type"},
        {"json_extract(", "read JSON in C++"},
        {"WITHOUT ROWID", "leave the layout to the engine"},
        {"last_insert_rowid", "use the id insert() returns"},
        {"sqlite_master", "ask the engine: Connection::tables()"},
        {"ILIKE", "write LIKE, which is the same in both"},
        {"SERIAL", "ids are given by the kernel"},
        {"BIGSERIAL", "ids are given by the kernel"},
        {"jsonb", "read JSON in C++"},
        {"ctid", "use the table's id"},
        {"FOR UPDATE", "transactions that write take turns"},
        {"SKIP LOCKED", "transactions that write take turns"},
        {"pg_advisory_xact_lock", "transactions that write take turns"},
        {"pg_notify", "ask the engine: Connection::announce()"},
        {"LISTEN", "ask the engine: Engine::listen()"},
        {"DISTINCT ON", "use GROUP BY, or a window function"},
        {"string_agg(", "join texts in C++"},
        {"array_agg(", "read rows"},
        {"generate_series(", "count in C++"},
        {"to_char(", "format in C++"},
        {"SELECT *", "name the columns: their order is the row's"},
    };
    Complaints complaints;
    for (const auto& file : cpp_files({"core", "modules", "plugins", "apps/tessera"}))
        if (!file.path.starts_with("core/database/sqlite/") && !file.path.starts_with("core/database/postgres/") && !file.is_test()) complain_of(complaints, file, file.code, words);
    for (const auto folder : {"core", "modules", "plugins"})
        for (const auto& file : files_below(folder, {".sql"})) complain_of(complaints, file, file.lines, words);
    CHECK_MESSAGE(complaints.none(), complaints.text());
}

TEST_CASE("tidy: no business figure is a floating-point number") {
    Complaints complaints;
    for (const auto& file : cpp_files({"modules", "plugins"})) {
        if (std::ranges::any_of(file.lines, [](const auto& line) { return has_word(line, "statistics"); })) continue;
        complain_of(complaints, file, file.code,
                    {{"double", "use Money, Quantity, UnitPrice, Rate or Percent; a file of estimates says that it holds statistics"},
                     {"float", "use Money, Quantity, UnitPrice, Rate or Percent"},
                     {"std::stod", "parse decimals with Quantity::parse and the like"}});
    }
    CHECK_MESSAGE(complaints.none(), complaints.text());
}

TEST_CASE("tidy: the kernel and the modules print nothing, and nothing waits to be finished") {
    const std::vector<Word> printing = {{"std::cout", "return the text, or log it"}, {"std::cerr", "throw, or log it"},   {"std::clog", "log it"},
                                        {"printf", "use fmt::format"},               {"fprintf", "use fmt::format"},      {"fmt::print", "return the text"},
                                        {"std::endl", "write a line break"}};
    const std::vector<Word> careless = {{"using namespace std;", "name what is used"},
                                        {"std::locale", "no result may depend on the locale"},
                                        {"setlocale", "no result may depend on the locale"},
                                        {"const_cast<const", "say what is meant"},
                                        {"goto", "use a function that returns"},
                                        {"catch (...) {}", "say why nothing need be done"}};
    const std::vector<Word> unfinished = {{"TO" "DO", "do it, or leave it out"}, {"FIX" "ME", "mend it"}, {"HA" "CK", "say why it is right"}};
    Complaints complaints;
    for (const auto& file : cpp_files({"core", "modules", "plugins"}))
        if (!file.is_test()) complain_of(complaints, file, file.code, printing);
    for (const auto& file : cpp_files({"core", "modules", "plugins", "apps/tessera"})) complain_of(complaints, file, file.code, careless);
    for (const auto& file : files_below("")) complain_of(complaints, file, file.lines, unfinished);
    CHECK_MESSAGE(complaints.none(), complaints.text());
}

TEST_CASE("tidy: the text speaks of the product, not of how it came about") {
    // Spelled with classes of one letter each time, so that this file does not speak of them either.
    const auto join = [](std::string_view a, std::string_view b) { return std::string(a) + std::string(b); };
    const std::string words[] = {join("A", "I"),         join("L", "LM"),          join("language ", "model"), join("chat", "bot"),
                                 join("GitHub ", "issue"), join("pull ", "request"), join("/wo", "rk/"),         join("this ", "session"),
                                 join("previous ", "session"), join("co-authored", "-by"), join("auto-", "generated")};
    Complaints complaints;
    for (const auto& file : files_below(""))
        for (std::size_t i = 0; i < file.lines.size(); ++i) {
            for (const auto& word : words)
                if (has_word(file.lines[i], word)) complaints.add(file, i + 1, word, "say what the code does and why");
            const auto at = file.lines[i].find(join("issue", " #"));
            if (at != std::string::npos) complaints.add(file, i + 1, "a number of a tracker", "say what the reason is");
        }
    CHECK_MESSAGE(complaints.none(), complaints.text());
}

TEST_CASE("tidy: a file is about one thing, and short enough to be read") {
    Complaints complaints;
    for (const auto& file : files_below("")) {
        const bool data = file.name.ends_with(".csv") || file.name.ends_with(".json") || file.name.ends_with(".test") || file.name.ends_with(".md");
        if (!data && file.lines.size() > 600) complaints.add(file.path, std::to_string(file.lines.size()) + " lines", "split it by what it is about");
    }
    CHECK_MESSAGE(complaints.none(), complaints.text());
}

TEST_CASE("tidy: files are named after what they are about, in small letters") {
    const std::vector<std::string_view> empty_names = {"utils", "util", "misc", "helpers", "helper", "common", "stuff", "manager", "base", "tools"};
    Complaints complaints;
    for (const auto& file : cpp_files({"core", "modules", "plugins", "apps/tessera", "tests"})) {
        const auto stem = std::string_view(file.name).substr(0, file.name.rfind('.'));
        if (!is_snake_case(stem)) complaints.add(file.path, stem, "name it in small letters with underscores");
        for (const auto empty : empty_names)
            if (stem == empty || stem.ends_with("_" + std::string(empty))) complaints.add(file.path, stem, "name it after what it is about");
    }
    for (const auto folder : {"core", "modules", "plugins", "tests"})
        for (const auto& name : folders_in(folder))
            if (!is_snake_case(name)) complaints.add(std::string(folder) + "/" + name, name, "name it in small letters with underscores");
    CHECK_MESSAGE(complaints.none(), complaints.text());
}

TEST_CASE("tidy: a header begins with #pragma once and says what it is") {
    Complaints complaints;
    for (const auto& file : cpp_files({"core", "modules", "plugins", "apps/tessera", "tests"})) {
        if (!file.name.ends_with(".h")) continue;
        if (file.lines.size() < 2 || file.lines[0] != "#pragma once") complaints.add(file, 1, "the first line", "write #pragma once");
        else if (!file.lines[1].starts_with("// ")) complaints.add(file, 2, "the second line", "say in a comment what the header is, with an example");
    }
    CHECK_MESSAGE(complaints.none(), complaints.text());
}

TEST_CASE("tidy: the SDK's headers explain themselves") {
    Complaints complaints;
    for (const auto& file : files_below("core/include/tessera", {".h"})) {
        if (file.name == "sdk.h" || file.lines.size() < 30) continue;
        const auto prose = std::ranges::count_if(file.lines, [](const auto& line) { return line.find("//") != std::string::npos; });
        if (prose * 100 < static_cast<long>(file.lines.size()) * 8) complaints.add(file.path, "hardly any comment", "say what it is, what is refused, what is promised");
    }
    CHECK_MESSAGE(complaints.none(), complaints.text());
}

TEST_CASE("tidy: every folder a reader enters has a README, a module's under the agreed headings") {
    const std::vector<std::string> headings = {"Purpose", "Words", "States", "Events", "What it posts", "Permissions", "Reports", "Refusals"};
    Complaints complaints;
    for (const auto path : {"README.md", "core/README.md", "modules/README.md", "apps/tessera/README.md", "apps/web/README.md", "tests/README.md", "core/DECISIONS.md"})
        if (!exists(path)) complaints.add(path, "missing", "say what the folder holds and where to begin");
    if (exists("plugins") && !exists("plugins/README.md")) complaints.add("plugins/README.md", "missing", "teach the first plugin");
    for (const auto folder : {"modules", "plugins"})
        for (const auto& module : folders_in(folder)) {
            const auto path = std::string(folder) + "/" + module;
            if (!exists(path + "/CMakeLists.txt")) continue;      // pages about plugins, and no module
            const auto files = files_below(path, {"README.md"});
            const auto readme = std::ranges::find(files, path + "/README.md", &SourceFile::path);
            if (readme == files.end()) {
                complaints.add(path + "/README.md", "missing", "write it under the headings Purpose, Words, States, Events, What it posts, Permissions, Reports, Refusals");
                continue;
            }
            for (const auto& heading : headings)
                if (std::ranges::none_of(readme->lines, [&](const auto& line) { return line.starts_with("#") && line.find(" " + heading) != std::string::npos; }))
                    complaints.add(readme->path, "no heading " + heading, "add it, if only to say that there is none");
        }
    CHECK_MESSAGE(complaints.none(), complaints.text());
}

TEST_CASE("tidy: a test's name is a claim about its subject") {
    Complaints complaints;
    for (const auto& file : cpp_files({"core", "modules", "plugins", "tests"})) {
        if (!file.name.ends_with("_test.cpp")) continue;
        for (std::size_t i = 0; i < file.lines.size(); ++i) {
            if (!file.lines[i].starts_with("TEST_CASE(\"")) continue;
            const auto name = std::string_view(file.lines[i]).substr(11);
            if (std::ranges::count(name.substr(0, name.rfind('"')), ' ') < 2)
                complaints.add(file, i + 1, name, "say what is claimed: \"subject: claim\"");
        }
    }
    CHECK_MESSAGE(complaints.none(), complaints.text());
}
