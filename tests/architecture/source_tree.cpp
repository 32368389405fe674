#include "source_tree.h"

#include <algorithm>
#include <cctype>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>

namespace fs = std::filesystem;

namespace source_tree {

fs::path root() {
    if (const char* given = std::getenv("TESSERA_SOURCE_DIR")) return given;
    return TESSERA_SOURCE_DIR;
}

bool is_skipped(const fs::path& folder) {
    const auto name = folder.filename().string();
    return name == "build" || name == "node_modules" || name == "dist" || (name.starts_with(".") && name != ".ci");
}

// The text without comments, line for line; strings and raw strings stay as they are.
std::string without_comments(const std::string& text) {
    std::string code;
    for (std::size_t i = 0; i < text.size();) {
        const auto take = [&](std::size_t end) {
            end = std::min(end, text.size());
            code.append(text, i, end - i);
            i = end;
        };
        if (text.compare(i, 2, "//") == 0) {
            i = std::min(text.find('\n', i), text.size());
        } else if (text.compare(i, 2, "/*") == 0) {
            const auto end = std::min(text.find("*/", i + 2), text.size());
            code.append(static_cast<std::size_t>(std::count(text.begin() + static_cast<long>(i), text.begin() + static_cast<long>(end), '\n')), '\n');
            i = std::min(end + 2, text.size());
        } else if (text.compare(i, 2, "R\"") == 0) {
            const auto open = text.find('(', i);
            if (open == std::string::npos) return code + text.substr(i);
            const auto close = ")" + text.substr(i + 2, open - i - 2) + "\"";
            const auto end   = text.find(close, open);
            take(end == std::string::npos ? end : end + close.size());
        } else if (text[i] == '"' || (text[i] == '\'' && (i == 0 || !std::isalnum(static_cast<unsigned char>(text[i - 1]))))) {
            std::size_t end = i + 1;
            while (end < text.size() && text[end] != text[i] && text[end] != '\n') end += text[end] == '\\' ? 2 : 1;
            take(end + 1);
        } else {
            code += text[i++];
        }
    }
    return code;
}

std::vector<std::string> lines_of(const std::string& text) {
    std::vector<std::string> lines;
    std::istringstream       in(text);
    for (std::string line; std::getline(in, line);) lines.push_back(line);
    return lines;
}

SourceFile read(const fs::path& file) {
    std::ifstream     in(file, std::ios::binary);
    std::stringstream text;
    text << in.rdbuf();
    SourceFile result;
    result.path  = fs::relative(file, root()).generic_string();
    result.name  = file.filename().string();
    result.lines = lines_of(text.str());
    const bool cpp = result.name.ends_with(".cpp") || result.name.ends_with(".h");
    result.code  = cpp ? lines_of(without_comments(text.str())) : result.lines;
    return result;
}

bool is_source(const std::string& name) {
    static const std::vector<std::string> endings = {".h", ".cpp", ".md", ".txt", ".cmake", ".sql", ".ts", ".tsx", ".css", ".html", ".sh", ".mjs", ".test", ".json", ".csv", ".in"};
    return name != "package-lock.json" && std::ranges::any_of(endings, [&](const auto& e) { return name.ends_with(e); });
}

bool is_part(char c) { return std::isalnum(static_cast<unsigned char>(c)) || c == '_'; }

}  // namespace source_tree

bool SourceFile::is_test() const { return name.ends_with("_test.cpp") || name.starts_with("sample_") || path.find("/tests/") != std::string::npos || path.starts_with("tests/"); }

std::vector<SourceFile> files_below(std::string_view folder, const std::vector<std::string_view>& endings) {
    std::vector<fs::path> found;
    std::error_code       none;
    fs::recursive_directory_iterator entry(source_tree::root() / folder, fs::directory_options::skip_permission_denied, none);
    if (none) return {};
    for (; entry != fs::recursive_directory_iterator(); ++entry) {
        if (entry->is_directory() && source_tree::is_skipped(entry->path())) {
            entry.disable_recursion_pending();
            continue;
        }
        if (entry->is_symlink()) {
            entry.disable_recursion_pending();
            continue;
        }
        const auto name = entry->path().filename().string();
        if (!entry->is_regular_file() || !source_tree::is_source(name)) continue;
        if (endings.empty() || std::ranges::any_of(endings, [&](auto e) { return name.ends_with(e); })) found.push_back(entry->path());
    }
    std::ranges::sort(found);
    std::vector<SourceFile> files;
    for (const auto& file : found) files.push_back(source_tree::read(file));
    return files;
}

std::vector<std::string> folders_in(std::string_view folder) {
    std::vector<std::string> names;
    std::error_code          none;
    for (const auto& entry : fs::directory_iterator(source_tree::root() / folder, none))
        if (entry.is_directory() && !source_tree::is_skipped(entry.path())) names.push_back(entry.path().filename().string());
    std::ranges::sort(names);
    return names;
}

bool exists(std::string_view path) { return fs::exists(source_tree::root() / path); }

bool has_word(std::string_view text, std::string_view word) {
    for (auto at = text.find(word); at != std::string_view::npos; at = text.find(word, at + 1)) {
        const auto end  = at + word.size();
        const bool left = at == 0 || !source_tree::is_part(word.front()) || !source_tree::is_part(text[at - 1]);
        if (left && (end == text.size() || !source_tree::is_part(word.back()) || !source_tree::is_part(text[end]))) return true;
    }
    return false;
}

void Complaints::add(const SourceFile& file, std::size_t line, std::string_view wrong, std::string_view better) {
    add(file.path + ":" + std::to_string(line), wrong, better);
}
void Complaints::add(std::string_view where, std::string_view wrong, std::string_view better) {
    text_.append("    ").append(where).append(": ").append(wrong).append(" -> ").append(better).append("\n");
}
