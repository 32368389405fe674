#pragma once
// The files of this repository as the tidy tests see them: what people write, without what is built, fetched or bundled.
//
//     for (const auto& file : files_below("modules", {".cpp", ".h"}))
//         for (const auto& line : file.code) …                 // comments are gone, strings are not

#include <string>
#include <string_view>
#include <vector>

struct SourceFile {
    std::string              path{};       // "core/kernel/kernel.cpp"
    std::string              name{};       // "kernel.cpp"
    std::vector<std::string> lines{};      // as written
    std::vector<std::string> code{};       // the same lines of a C++ file without their comments
    bool                     is_test() const;
    std::string              folder() const { return path.substr(0, path.rfind('/')); }
};

// Every source file below a folder of the repository whose name ends in one of these; all of them when none is given.
std::vector<SourceFile> files_below(std::string_view folder, const std::vector<std::string_view>& endings = {});
std::vector<std::string> folders_in(std::string_view folder);     // names, sorted; none when the folder is not there
bool                     exists(std::string_view path);

// Whether `text` holds `word` with no letter, digit or underscore at either side (a side that is none itself may touch).
bool has_word(std::string_view text, std::string_view word);

// What is wrong, one line each: empty when all is well.
class Complaints {
public:
    void        add(const SourceFile& file, std::size_t line, std::string_view wrong, std::string_view better);
    void        add(std::string_view where, std::string_view wrong, std::string_view better);
    bool        none() const { return text_.empty(); }
    std::string text() const { return "\n" + text_; }

private:
    std::string text_;
};
