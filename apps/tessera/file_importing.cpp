#include "file_importing.h"

#include <tessera/text.h>

#include "progress.h"

#include <fmt/ranges.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <sstream>

namespace tessera::program {

namespace file_importing {

namespace fs = std::filesystem;

constexpr std::uintmax_t bytes_max = 32 << 20;

Refused unreadable(const std::string& path) { return Refused("kernel.no_import_file", "To import this, name a file or a folder that can be read, of files of at most 32 MiB: {} is none.", excerpt(path, 200)); }

class FolderImport final : public FileImport {
public:
    FolderImport(Suite& suite, const FileImporter& importer, const fs::path& place, bool progress)
        : suite_(suite), folder_(fs::is_directory(place) ? place : place.parent_path()), progress_(progress), reason_("Imported: " + place.filename().string()) {
        if (fs::is_directory(place)) collect(importer);
        else if (takes(importer, place)) files_.push_back(place.filename().string());
        if (files_.empty())
            throw Refused("kernel.no_import_file", "To import {}, give a file that ends in {}, or a folder with such files; {} is neither.", importer.name, fmt::join(importer.endings, ", "), place.string()).with_status(422);
        std::ranges::sort(files_);
    }
    const std::vector<std::string>& files() const override { return files_; }
    bool                            has(const std::string& path) const override {
        std::error_code none;
        return is_inside(path) && fs::is_regular_file(folder_ / path, none);
    }
    std::string content(const std::string& path) const override {
        std::error_code    none;
        const auto         file = folder_ / path;
        std::ifstream      input(file, std::ios::binary);
        std::ostringstream bytes;
        if (!has(path) || !input || fs::file_size(file, none) > bytes_max) throw unreadable(path);
        bytes << input.rdbuf();
        return std::move(bytes).str();
    }
    void write(const std::function<void(Transaction&)>& work) override { suite_.write({.name = "import", .reason = reason_}, work); }
    void tell(std::int64_t done) override { progress_.tell("files", done, static_cast<std::int64_t>(files_.size())); }

private:
    // What a text names is looked for in the folder and nowhere else.
    bool is_inside(const std::string& path) const {
        std::error_code none;
        const auto      whole = fs::weakly_canonical(folder_ / path, none), root = fs::weakly_canonical(folder_.empty() ? "." : folder_, none);
        return !none && std::ranges::mismatch(root, whole).in1 == root.end();
    }
    static bool takes(const FileImporter& importer, const fs::path& file) { return std::ranges::find(importer.endings, lower_ascii(file.extension().string())) != importer.endings.end(); }
    void        collect(const FileImporter& importer) {
        for (const auto& entry : fs::recursive_directory_iterator(folder_))
            if (entry.is_regular_file() && takes(importer, entry.path())) files_.push_back(entry.path().lexically_relative(folder_).generic_string());
    }

    Suite&                   suite_;
    fs::path                 folder_;
    Progress                 progress_;
    std::string              reason_;
    std::vector<std::string> files_{};
};

std::vector<FileImporter> importers(Suite& suite) {
    std::vector<FileImporter> all;
    suite.read(Actor{}, [&](const Snapshot& tx) { all = tx.contributions<FileImporter>(); });
    return all;
}

}  // namespace file_importing

std::optional<FileImportOutcome> import_files(Suite& suite, const Options& options, const std::string& importer, const std::string& place) {
    using namespace file_importing;
    const auto all   = importers(suite);
    const auto found = std::ranges::find(all, importer, &FileImporter::name);
    if (found == all.end()) return std::nullopt;
    if (!fs::exists(place)) throw unreadable(place);
    FolderImport files(suite, *found, place, options.flagged("progress"));
    return found->run(files);
}

}  // namespace tessera::program
