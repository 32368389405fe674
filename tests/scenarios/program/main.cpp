// tessera_scenarios [--modules DIR] [--update] FILE… runs stories through the program that lies beside it, so that whoever writes
// a plugin tells its story as the suite does: 0 when each is what the program does, 1 when one is not, 2 when called wrongly.
#include "../story.h"

#include <cstdlib>
#include <iostream>
#include <vector>

namespace {

namespace fs = std::filesystem;

int called_wrongly(const std::string& sentence) {
    std::cerr << sentence << "\n";
    return 2;
}

}  // namespace

int main(int count, char** words) {
    scenarios::Telling    how;
    std::vector<fs::path> files;
    for (int i = 1; i < count; ++i) {
        const std::string word = words[i];
        if (word == "--help") {
            std::cout << "tessera_scenarios [--modules DIR] [--update] FILE…\n"
                         "Runs stories: files with prose (#), commands ($) and what these print. Shows where a program says something else, and ends\n"
                         "with 1; with --update it writes what was printed into the files instead. --modules names a folder of plugins to load.\n";
            return 0;
        }
        if (word == "--update") {
            how.update = true;
        } else if (word == "--modules" && i + 1 < count) {
            how.modules = fs::absolute(words[++i]).string();   // the commands run in a folder of their own
        } else if (word.starts_with("-") || !fs::is_regular_file(word)) {
            return called_wrongly("To run stories, write tessera_scenarios [--modules DIR] [--update] FILE…; " + word + " is no file.");
        } else {
            files.emplace_back(word);
        }
    }
    if (files.empty()) return called_wrongly("To run stories, name their files: tessera_scenarios [--modules DIR] [--update] FILE…");
    ::setenv("TESSERA_PROGRAM", (fs::read_symlink("/proc/self/exe").parent_path() / "tessera").c_str(), 0);
    bool same = true;
    for (const auto& file : files) {
        const auto differences = scenarios::tell(file, how);
        std::cout << (differences.empty() ? "as told: " : "not as told (+ printed, - told): ") << file.string() << "\n" << differences;
        same = same && differences.empty();
    }
    return same ? 0 : 1;
}
