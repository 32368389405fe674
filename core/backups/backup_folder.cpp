#include "backups/backup_folder.h"

#include "backups/sealed_file.h"
#include "database/engine.h"
#include "migrations/schema.h"

#include <algorithm>
#include <filesystem>
#include <thread>

namespace tessera::backups {

namespace folder {

namespace fs = std::filesystem;

constexpr std::string_view ending        = ".tessera-backup";
constexpr std::size_t      moment_length = std::string_view("-20261129-181500").size();

// "Acme Bicycles, Inc." is "acme-bicycles-inc".
std::string name_of(std::string_view company) {
    std::string name;
    for (const char c : company) {
        if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'))
            name += c;
        else if (c >= 'A' && c <= 'Z')
            name += static_cast<char>(c - 'A' + 'a');
        else if (!name.empty() && name.back() != '-')
            name += '-';
    }
    while (name.ends_with('-')) name.pop_back();
    name.resize(std::min<std::size_t>(name.size(), 60));
    return name.empty() ? "books" : name;
}

// "-20261129-181500"
std::string moment_of(Instant at) {
    std::string digits;
    for (const char c : at.str().substr(0, 19))
        if (c >= '0' && c <= '9') digits += c;
    return "-" + digits.insert(8, "-");
}

bool is_named_so(const std::string& file) {
    if (!file.ends_with(ending) || file.size() <= ending.size() + moment_length) return false;
    const auto moment = file.substr(file.size() - ending.size() - moment_length, moment_length);
    for (std::size_t i = 0; i < moment.size(); ++i)
        if ((i == 0 || i == 9) ? moment[i] != '-' : moment[i] < '0' || moment[i] > '9') return false;
    return true;
}

std::string company_of(const std::string& database) {
    const auto reader = database::open(database)->connect(database::Access::read);
    return reader->has_table("kernel_setting") ? migrations::setting(*reader, "company.name").value_or("") : "";
}

}  // namespace folder

// Names end with seconds: within one there is one backup.
std::string place_for(const std::string& beginning) {
    while (true) {
        auto place = beginning + folder::moment_of(Instant::now()) + std::string(folder::ending);
        if (!folder::fs::exists(place)) return place;
        std::this_thread::sleep_for(std::chrono::milliseconds(100));
    }
}

std::string seal_of_books(const std::string& database) {
    const auto reader = database::open(database)->connect(database::Access::read);
    auto&      rows   = reader->prepare("SELECT hash FROM kernel_audit ORDER BY id LIMIT 1");
    return rows.step() ? std::string(rows.text(0)) : std::string();
}

std::vector<Kept> kept_in(const std::string& folder, const std::string& books) {
    if (!folder::fs::is_directory(folder)) throw Refused("kernel.no_folder", "To have backups made, name a folder that is there: {} is none.", folder);
    std::vector<Kept> kept;
    for (const auto& entry : folder::fs::directory_iterator(folder)) {
        if (!folder::is_named_so(entry.path().filename().string())) continue;
        try {
            auto manifest = manifest_of(look_at(entry.path().string()).manifest);
            if (manifest.books == books) kept.push_back({entry.path().string(), std::move(manifest)});
        } catch (const std::exception&) {  // what cannot be read is not known to be of these books
        }
    }
    std::ranges::sort(kept, {}, [](const Kept& one) { return one.manifest.made_at; });
    return kept;
}

Kept make_in(const std::string& folder, const SuiteOptions& books, const Watch& watch) {
    auto place    = place_for((folder::fs::path(folder) / folder::name_of(folder::company_of(books.database))).string());
    auto manifest = make(books, place, watch);
    return {std::move(place), std::move(manifest)};
}

// Also when the clock was set back meanwhile, the newest stays.
std::vector<std::string> remove_oldest(const std::string& folder, const Kept& newest, std::size_t keep) {
    std::vector<std::string> removed;
    auto                     kept = kept_in(folder, newest.manifest.books);
    std::erase_if(kept, [&](const Kept& one) { return one.file == newest.file; });
    for (std::size_t i = 0; i + keep < kept.size() + 1; ++i) {
        folder::fs::remove(kept[i].file);
        removed.push_back(kept[i].file);
    }
    return removed;
}

}  // namespace tessera::backups
