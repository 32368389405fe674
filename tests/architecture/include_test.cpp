// Who may know whom: apps -> core <- modules <- plugins. The include line shows the layer.

#include "source_tree.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <cctype>
#include <map>
#include <set>
#include <utility>

namespace {

struct Include {
    std::size_t line = 0;
    bool        own  = false;       // "…" rather than <…>
    std::string path{};
    std::string top() const { return path.substr(0, path.find('/')); }
    bool        is_plain() const { return path.find('/') == std::string::npos; }
};

std::vector<Include> includes_of(const SourceFile& file) {
    std::vector<Include> all;
    for (std::size_t i = 0; i < file.code.size(); ++i) {
        const auto& line = file.code[i];
        if (!line.starts_with("#include ")) continue;
        const bool own   = line[9] == '"';
        const auto close = line.find(own ? '"' : '>', 10);
        if (close != std::string::npos) all.push_back({i + 1, own, line.substr(10, close - 10)});
    }
    return all;
}

struct Module {
    std::string           folder{};      // "modules/purchasing"
    std::set<std::string> needs{};       // as told to CMake
    std::set<std::string> manifest{};    // as told to the kernel
};

std::set<std::string> words_in(std::string_view text) {
    std::set<std::string> words;
    std::string           word;
    for (const char c : std::string(text) + " ") {
        if (std::isalnum(static_cast<unsigned char>(c)) || c == '_') word += c;
        else if (!word.empty()) words.insert(std::exchange(word, {}));
    }
    return words;
}

std::string text_of(const std::vector<std::string>& lines) {
    std::string text;
    for (const auto& line : lines) text += line + "\n";
    return text;
}

// What stands between an opening and the next closing, "" when the opening is not there.
std::string between(const std::string& text, std::string_view open, char close) {
    const auto at = text.find(open);
    return at == std::string::npos ? std::string() : text.substr(at + open.size(), text.find(close, at + open.size()) - at - open.size());
}

std::map<std::string, Module> modules() {
    std::map<std::string, Module> all;
    for (const std::string folder : {"modules", "plugins"})
        for (const auto& name : folders_in(folder)) {
            Module m{.folder = folder + "/" + name};
            for (const auto& file : files_below(m.folder, {"CMakeLists.txt", "module.cpp", name + ".cpp"})) {
                const auto text = text_of(file.code);
                if (file.name == "CMakeLists.txt") {
                    auto call = between(text, "tessera_add_module(", ')');
                    if (call.empty()) call = between(text, "tessera_add_plugin(", ')');
                    if (const auto at = call.find("NEEDS"); at != std::string::npos) m.needs = words_in(call.substr(at + 5));
                } else if (text.find("TESSERA_MODULE") != std::string::npos) {
                    const auto manifest = text.substr(text.find("TESSERA_MODULE"));
                    if (const auto at = manifest.find(".needs"); at != std::string::npos) m.manifest = words_in(between(manifest.substr(at), "{", '}'));
                }
            }
            all.emplace(name, std::move(m));
        }
    return all;
}

bool is_allowed(const std::string& path, std::initializer_list<std::string_view> allowed) {
    return std::ranges::any_of(allowed, [&](auto start) { return path.starts_with(start); });
}

}  // namespace

TEST_CASE("includes: the kernel names no module") {
    const auto all = modules();
    Complaints complaints;
    for (const auto& file : files_below("core", {".h", ".cpp"})) {
        for (const auto& include : includes_of(file))
            if (all.contains(include.top())) complaints.add(file, include.line, include.path, "let the module tell the kernel, through kernel.h");
        if (file.is_test()) continue;
        for (std::size_t i = 0; i < file.code.size(); ++i)
            for (const auto& [name, module] : all)
                if (has_word(file.code[i], name + "::") || file.code[i].find("\"" + name + ".") != std::string::npos)
                    complaints.add(file, i + 1, "it knows of " + name, "let the module declare it");
    }
    CHECK_MESSAGE(complaints.none(), complaints.text());
}

TEST_CASE("includes: the SDK stands on the standard library, fmt, Boost.PFR and the names of Boost.JSON") {
    Complaints complaints;
    for (const auto& file : files_below("core/include", {".h"}))
        for (const auto& include : includes_of(file)) {
            const bool allowed = !include.own && (include.is_plain() || is_allowed(include.path, {"tessera/", "fmt/", "boost/pfr", "boost/json/fwd.hpp"}));
            if (!allowed) complaints.add(file, include.line, include.path, "hide it behind a function: a plugin author has the SDK alone");
        }
    CHECK_MESSAGE(complaints.none(), complaints.text());
}

TEST_CASE("includes: inside the kernel, the parts below know nothing of those above") {
    // Each of these parts may include itself and what stands here; the parts in the middle know each other.
    const std::map<std::string, std::set<std::string>> below = {{"values", {}}, {"database", {}}};
    const std::set<std::string>                        top   = {"http", "imports"};
    Complaints complaints;
    for (const auto& file : files_below("core", {".h", ".cpp"})) {
        if (file.path.starts_with("core/include/") || file.is_test()) continue;
        const auto part = file.path.substr(5, file.path.find('/', 5) - 5);
        for (const auto& include : includes_of(file)) {
            if (!include.own) continue;
            const auto other = include.top();
            if (include.is_plain() || other == part) continue;
            if (!exists("core/" + include.path)) complaints.add(file, include.line, include.path, "name it from core/: \"part/file.h\"");
            const auto it = below.find(part);
            if (it != below.end() && !it->second.contains(other)) complaints.add(file, include.line, include.path, part + " stands on nothing of the kernel");
            if (top.contains(other)) complaints.add(file, include.line, include.path, "turn the dependency round: " + other + " stands on the kernel");
        }
    }
    CHECK_MESSAGE(complaints.none(), complaints.text());
}

TEST_CASE("includes: a module knows the SDK, itself and the contracts of the modules it needs") {
    const auto all = modules();
    Complaints complaints;
    for (const auto& [name, module] : all)
        for (const auto& file : files_below(module.folder, {".h", ".cpp"}))
            for (const auto& include : includes_of(file)) {
                if (include.own) {
                    if (!exists(module.folder + "/" + include.path) && !exists(file.folder() + "/" + include.path))
                        complaints.add(file, include.line, include.path, "include what is the module's own, named from its folder");
                    continue;
                }
                const bool known   = include.top() == name || module.needs.contains(include.top());
                const bool allowed = include.is_plain() || known || is_allowed(include.path, {"tessera/", "fmt/", "boost/math/", "boost/json"}) ||      // what tessera/json.h reads into
                                     (file.is_test() && is_allowed(include.path, {"doctest/"}));
                if (allowed) continue;
                if (all.contains(include.top())) complaints.add(file, include.line, include.path, "add " + include.top() + " to NEEDS and .needs, or publish an event");
                else complaints.add(file, include.line, include.path, "use the SDK");
            }
    CHECK_MESSAGE(complaints.none(), complaints.text());
}

TEST_CASE("includes: what a module needs is said alike to the build and to the kernel, and never in a circle") {
    const auto all = modules();
    Complaints complaints;
    for (const auto& [name, module] : all) {
        if (module.needs != module.manifest) complaints.add(module.folder, "NEEDS in CMakeLists.txt and .needs in the manifest differ", "name the same modules in both");
        if (module.folder.starts_with("modules/"))
            for (const auto& need : module.needs)
                if (const auto it = all.find(need); it != all.end() && it->second.folder.starts_with("plugins/"))
                    complaints.add(module.folder, "it needs the plugin " + need, "let the plugin need the module");
    }
    std::set<std::string> placed;
    for (bool moved = true; moved;) {
        moved = false;
        for (const auto& [name, module] : all)
            if (!placed.contains(name) && std::ranges::all_of(module.needs, [&](const auto& n) { return placed.contains(n) || !all.contains(n); }))
                moved = placed.insert(name).second;
    }
    for (const auto& [name, module] : all)
        if (!placed.contains(name)) complaints.add(module.folder, "it needs itself in a circle", "let one of them publish an event");
    CHECK_MESSAGE(complaints.none(), complaints.text());
}

TEST_CASE("includes: programs bring no module along; modules arrive when they run") {
    const auto all = modules();
    Complaints complaints;
    for (const auto& file : files_below("apps/tessera", {".h", ".cpp"}))
        for (const auto& include : includes_of(file))
            if (all.contains(include.top()) || include.path.find("modules/") != std::string::npos)
                complaints.add(file, include.line, include.path, "ask the kernel's catalogue, or run a report");
    for (const auto& file : files_below("apps/tessera", {"CMakeLists.txt"}))
        for (const auto& [name, module] : all)
            for (std::size_t i = 0; i < file.lines.size(); ++i)
                if (file.lines[i].find(name + "_contract") != std::string::npos || file.lines[i].find(name + "_objects") != std::string::npos)
                    complaints.add(file, i + 1, name, "do not link modules");
    CHECK_MESSAGE(complaints.none(), complaints.text());
}

TEST_CASE("tables: a module writes its own tables and reads those of the modules it needs") {
    const auto all = modules();
    Complaints complaints;
    for (const auto& [name, module] : all)
        for (const auto& file : files_below(module.folder, {".h", ".cpp", ".sql"})) {
            if (file.is_test()) continue;
            for (std::size_t i = 0; i < file.code.size(); ++i)
                for (const std::string verb : {"INSERT INTO ", "UPDATE ", "DELETE FROM ", "FROM ", "JOIN "}) {
                    const auto& line = file.code[i];
                    for (auto at = line.find(verb); at != std::string::npos; at = line.find(verb, at + 1)) {
                        auto table = line.substr(at + verb.size());
                        table      = table.substr(0, table.find_first_of(" (,;)\""));
                        const auto owner = std::ranges::find_if(all, [&](const auto& other) { return table.starts_with(other.first + "_"); });
                        if (owner == all.end() || owner->first == name) continue;
                        const bool writes = verb != "FROM " && verb != "JOIN ";
                        if (writes) complaints.add(file, i + 1, table, "call a service of " + owner->first);
                        else if (!module.needs.contains(owner->first)) complaints.add(file, i + 1, table, "need " + owner->first + " to read its tables");
                    }
                }
        }
    CHECK_MESSAGE(complaints.none(), complaints.text());
}
