// Writes the plugin of share/tessera/plugin under another name: a folder that builds, passes its tests and loads as it is.

#include <tessera/text.h>

#include "anchor_file.h"
#include "commands.h"
#include "open_books.h"
#include "output.h"

#include <algorithm>
#include <array>
#include <fstream>

namespace tessera::program {

namespace new_plugin_files {

namespace fs = std::filesystem;

constexpr std::size_t name_longest = 30;

struct File {
    std::string_view from, to;
};
constexpr std::array files = {File{"CMakeLists.txt.in", "CMakeLists.txt"}, File{"README.md.in", "README.md"},
                              File{"module.cpp.in", "module.cpp"},         File{"request.h.in", "request.h"},
                              File{"test.cpp.in", "tests/@name@_test.cpp"}, File{"story.test.in", "tests/@name@.test"}};

// The name becomes a namespace, and these words are something else to C++ or to the headers that everybody includes.
constexpr std::string_view taken_by_cpp =
    " "
    "abs accept access alarm alignas alignof and asm assert atoi auto bind bool boost break case catch ceil "
    "char class clock close concept connect const consteval constexpr constinit continue decltype default "
    "delete div do double dup else enum errno exit exp explicit export extern false float floor fmt for fork "
    "free friend gamma if index inline int kill labs link linux listen log long main mutable namespace new "
    "nice noexcept not nullptr open operator or pause pipe pow printf private protected public puts raise "
    "rand random read register remove rename requires return rindex round select send short signal signed sin "
    "sizeof sleep socket sqrt static std stderr stdin stdout struct switch sync system template tessera this "
    "throw time times tolower toupper true try typedef typeid typename union unix unlink unsigned using "
    "virtual void volatile wait while write xor "
    "go" "to ";

bool means_something_to_cpp(const std::string& name) { return taken_by_cpp.find(" " + name + " ") != taken_by_cpp.npos; }

bool is_letter(char c) { return c >= 'a' && c <= 'z'; }
bool is_digit(char c) { return c >= '0' && c <= '9'; }

bool is_spelled_well(std::string_view name) {
    if (name.empty() || name.size() > name_longest || !is_letter(name.front()) || name.back() == '_') return false;
    return name.find("__") == name.npos &&
           std::ranges::all_of(name, [](char c) { return is_letter(c) || is_digit(c) || c == '_'; });
}

void check_name(const std::string& name, const Kernel& kernel) {
    if (!is_spelled_well(name))
        throw Refused("kernel.bad_plugin_name",
                      "To name a plugin, use at most {} small letters, digits and single underscores and begin with a letter, as "
                      "in bank_import; \"{}\" is not so.",
                      name_longest, excerpt(name));
    if (means_something_to_cpp(name))
        throw Refused("kernel.bad_plugin_name", "To name a plugin, choose a word that means nothing to C++, as in bank_import; \"{}\" does.",
                      name);
    if (is_command(name) || std::ranges::find(kernel.modules(), name, &ModuleDescription::name) != kernel.modules().end())
        throw Refused("kernel.plugin_name_taken", "To name a plugin, choose another name than {}: a {} is called so.", name,
                      is_command(name) ? "command" : "module");
}

void check_folder(const std::string& name, const fs::path& folder) {
    std::error_code error;
    if (!fs::exists(folder, error) && !error) return;
    if (error || !fs::is_directory(folder, error) || !fs::is_empty(folder, error) || error)
        throw Refused("kernel.folder_in_use", "To write the plugin {}, name a folder that is new or empty: {} is neither.", name, folder.string());
}

std::string replaced(std::string text, std::string_view place, std::string_view value) {
    for (auto at = text.find(place); at != text.npos; at = text.find(place, at + value.size())) text.replace(at, place.size(), value);
    return text;
}

void write_file(const fs::path& file, const std::string& text) {
    std::error_code error;
    fs::create_directories(file.parent_path(), error);
    std::ofstream output(file, std::ios::binary);
    output << text;
    output.close();
    if (!output) throw Refused("kernel.cannot_write", "To write {}, name a folder that can be written to and has room.", file.string());
}

}  // namespace new_plugin_files

int new_plugin(const Words& words) {
    namespace files = new_plugin_files;
    Options options("new-plugin NAME DIR",
                    "Writes a plugin to begin with into a new folder: one kind of record, a workflow, a report, a test and a story.\n"
                    "It builds against this installation, passes its tests and loads as it is; its README.md says how.");
    options.argument("NAME").argument("DIR").books();
    if (options.parse(words) == Asked::for_help) return done;
    const auto                  name = options.text("NAME");
    const std::filesystem::path folder(options.text("DIR"));
    files::check_name(name, *load_modules(options));
    files::check_folder(name, folder);

    const auto prefix = resource("").parent_path().parent_path().parent_path().string();
    const auto filled = [&](std::string text) {
        return files::replaced(files::replaced(files::replaced(std::move(text), "@name@", name), "@title@", humanise(name)), "@prefix@", prefix);
    };
    print(fmt::format("Wrote the plugin {} into {}:\n", name, folder.string()));
    for (const auto& file : files::files) {
        const auto to = filled(std::string(file.to));
        files::write_file(folder / to, filled(read_file((resource("plugin") / file.from).string())));
        print(fmt::format("  {}\n", to));
    }
    print(fmt::format("To build, test and load it:\n"
                      "  cmake -S {0} -B {0}/build -D CMAKE_PREFIX_PATH={1}\n"
                      "  cmake --build {0}/build\n"
                      "  ctest --test-dir {0}/build --output-on-failure\n"
                      "  tessera modules --modules {0}/build/lib/tessera/plugins\n",
                      folder.string(), prefix));
    return done;
}

}  // namespace tessera::program
