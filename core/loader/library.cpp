#include "loader/library.h"

#include <tessera/text.h>

#include <dlfcn.h>

#include <boost/dll/shared_library.hpp>

#include <algorithm>
#include <map>
#include <mutex>
#include <set>

#include "containment/module_code.h"
#include "loader/loader.h"
#include "loader/signature.h"
#include "loader/version.h"

namespace tessera::loader {

namespace fs = std::filesystem;

namespace library {

// Libraries stay loaded for the life of the process: code of a module may still be referred to when its kernel is gone.
const ModuleInfo* open(const fs::path& file) {
    static std::mutex     mutex;
    static auto* const    libraries = new std::map<std::string, boost::dll::shared_library>;
    const std::lock_guard lock(mutex);
    auto&                 opened = (*libraries)[fs::weakly_canonical(file).string()];
    std::error_code       failed;
    if (!opened.is_loaded()) opened.load(file, failed, boost::dll::load_mode::rtld_now | boost::dll::load_mode::rtld_local);
    if (failed) {
        const char* const reason = dlerror();
        throw Refused("kernel.damaged_library", "To load {}, build it again: {}.", file.filename().string(), excerpt(reason ? reason : failed.message(), 300));
    }
    if (!opened.has("tessera_module"))
        throw Refused("kernel.not_a_module", "To load {}, build it as a module: it does not export tessera_module().", file.filename().string());
    return opened.get<const ModuleInfo*()>("tessera_module")();
}

void check_notes(const fs::path& file, const LibraryNotes& notes) {
    if (notes.abi.empty())
        throw Refused("kernel.not_a_module", "To load {}, build it with tessera_add_module or tessera_add_plugin: it carries no note of what it was built for.",
                      file.filename().string());
    if (notes.abi != TESSERA_ABI)
        throw Refused("kernel.wrong_abi", "{} was built for \"{}\"; this server is \"{}\". To load it, rebuild it against this server's SDK.",
                      file.filename().string(), excerpt(notes.abi, 120), TESSERA_ABI);
}

void check_plugin(const fs::path& file, const Demands& demands) {
    if (brings_sqlite(file))
        throw Refused("kernel.brings_sqlite", "To load {}, build it without SQLite and use the transaction it is given: two of them in one process break each other's locks.",
                      file.filename().string());
    if (!demands.signers.empty()) require_signature(file, demands.signers);
}

void describe(const Manifest& manifest, ModuleDescription& description) {
    description.version = manifest.version;
    description.title   = manifest.title;
    for (const auto& need : manifest.needs) description.needs.push_back(need_of(need).module);
}

// A library is called after its module, so that no two of them can be the same one.
void check_manifest(const ModuleInfo& info, const fs::path& file) {
    if (std::string_view(info.abi) != TESSERA_ABI)
        throw Refused("kernel.wrong_abi", "To load {}, rebuild it against this server's SDK.", file.filename().string());
    const std::string_view name   = info.name ? info.name : "";
    const auto             letter = [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_'; };
    if (name.empty() || name.front() < 'a' || name.front() > 'z' || !std::ranges::all_of(name, letter) || name == "kernel" || name == "reports")
        throw Refused("kernel.bad_manifest", "To load {}, give its module a name in small letters, other than kernel and reports; \"{}\" cannot be one.",
                      file.filename().string(), excerpt(name));
    if (name != file.stem().string())
        throw Refused("kernel.bad_manifest", "To load {}, call it {}.so: it holds the module {}.", file.filename().string(), name, name);
    if (!info.version || !info.title || !info.register_module)
        throw Refused("kernel.bad_manifest", "To load {}, complete its manifest: version, title and register_module.", file.filename().string());
    if (!is_version(info.version))
        throw Refused("kernel.bad_manifest", "To load {}, give it a version like 1.0.0; \"{}\" is none.", file.filename().string(), excerpt(info.version));
    for (const auto* text : info.needs)
        if (const auto need = need_of(text ? text : ""); !need.at_least.empty() && !is_version(need.at_least))
            throw Refused("kernel.bad_manifest", "To load {}, say what it needs like \"financials 1.2\"; \"{}\" says no version.", file.filename().string(), excerpt(text));
}

}  // namespace library

std::vector<fs::path> library_files(const std::vector<fs::path>& directories) {
    std::vector<fs::path> found;
    std::set<std::string> stems;
    for (const auto& directory : directories) {
        std::error_code       none;
        std::vector<fs::path> files;
        for (const auto& entry : fs::directory_iterator(directory, none))
            if (entry.path().extension() == ".so") files.push_back(entry.path());
        std::ranges::sort(files);
        for (auto& file : files)
            if (stems.insert(file.stem().string()).second) found.push_back(std::move(file));
    }
    return found;
}

Library examine(const fs::path& file, const Demands& demands, const std::function<void(const fs::path&)>& about_to) {
    Library l{.file = file};
    l.description.name   = file.stem().string();
    l.description.file   = file.string();
    l.description.plugin = file.parent_path() != demands.own;
    try {
        about_to(file);      // reading it may take as long as running it
        l.notes = notes_of(file);
        library::check_notes(file, l.notes);
        if (l.notes.manifest) library::describe(*l.notes.manifest, l.description);
        if (l.description.plugin) library::check_plugin(file, demands);
        const auto* info = library::open(file);
        library::check_manifest(*info, file);
        if (!l.notes.manifest) throw Refused("kernel.not_a_module", "To load {}, build it with TESSERA_MODULE of this SDK: it carries no note of its manifest.", file.filename().string());
        containment::know_code_of(l.description.name, info);
        l.info = info;
    } catch (const std::exception& failure) {
        l.description.refused = failure.what();
    }
    return l;
}

}  // namespace tessera::loader
