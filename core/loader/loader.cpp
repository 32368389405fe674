#include "loader/loader.h"

#include <tessera/module.h>
#include <tessera/text.h>

#include <dlfcn.h>

#include <boost/dll/runtime_symbol_info.hpp>
#include <boost/dll/shared_library.hpp>

#include <algorithm>
#include <cstring>
#include <fstream>
#include <mutex>
#include <set>

namespace tessera::loader {

namespace fs = std::filesystem;

namespace loading {

struct Candidate {
    fs::path                 file{};
    const ModuleInfo*        info = nullptr;
    ModuleDescription        description{};
    std::vector<std::string> needs{};
};

// Libraries stay loaded for the life of the process: code of a module may still be referred to when its kernel is gone.
const ModuleInfo* open_library(const fs::path& file) {
    static std::mutex                                          mutex;
    static auto* const                                         libraries = new std::map<std::string, boost::dll::shared_library>;
    const std::lock_guard                                      lock(mutex);
    auto&             library = (*libraries)[fs::weakly_canonical(file).string()];
    std::error_code   failed;
    if (!library.is_loaded()) library.load(file, failed, boost::dll::load_mode::rtld_now | boost::dll::load_mode::rtld_local);
    if (failed) {
        const char* const reason = dlerror();
        throw Refused("kernel.damaged_library", "To load {}, build it again: {}.", file.filename().string(), excerpt(reason ? reason : failed.message(), 300));
    }
    if (!library.has("tessera_module"))
        throw Refused("kernel.not_a_module", "To load {}, build it as a module: it does not export tessera_module().", file.filename().string());
    return library.get<const ModuleInfo*()>("tessera_module")();
}

// A library is called after its module, so that no two of them can be the same one.
void check_manifest(const ModuleInfo& info, const fs::path& file) {
    const std::string_view name   = info.name ? info.name : "";
    const auto             letter = [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_'; };
    if (name.empty() || name.front() < 'a' || name.front() > 'z' || !std::ranges::all_of(name, letter) || name == "kernel" || name == "reports")
        throw Refused("kernel.bad_manifest", "To load {}, give its module a name in small letters, other than kernel and reports; \"{}\" cannot be one.",
                      file.filename().string(), excerpt(name));
    if (name != file.stem().string())
        throw Refused("kernel.bad_manifest", "To load {}, call it {}.so: it holds the module {}.", file.filename().string(), name, name);
    if (!info.version || !info.title || !info.register_module)
        throw Refused("kernel.bad_manifest", "To load {}, complete its manifest: version, title and register_module.", file.filename().string());
}

Candidate examine(const fs::path& file) {
    Candidate c;
    c.file             = file;
    c.description.name = file.stem().string();
    c.description.file = file.string();
    try {
        const auto abi = abi_of(file);
        if (!abi)
            throw Refused("kernel.not_a_module", "To load {}, build it with tessera_add_module or tessera_add_plugin: it carries no note of what it was built for.",
                          file.filename().string());
        if (*abi != TESSERA_ABI)
            throw Refused("kernel.wrong_abi", "{} was built for \"{}\"; this server is \"{}\". To load it, rebuild it against this server's SDK.",
                          file.filename().string(), excerpt(*abi, 120), TESSERA_ABI);
        c.info = open_library(file);
        if (std::string_view(c.info->abi) != TESSERA_ABI)
            throw Refused("kernel.wrong_abi", "To load {}, rebuild it against this server's SDK.", file.filename().string());
        check_manifest(*c.info, file);
        c.description.version = c.info->version;
        c.description.title   = c.info->title;
        for (const auto* need : c.info->needs) {
            if (!need) break;
            c.description.needs.emplace_back(need);
        }
    } catch (const std::exception& failure) {
        c.info                = nullptr;
        c.description.refused = failure.what();
    }
    return c;
}

std::vector<Candidate> find_libraries(const Options& options) {
    std::vector<Candidate> found;
    std::set<std::string>  stems;
    for (const auto& directory : options.directories) {
        std::error_code       none;
        std::vector<fs::path> files;
        for (const auto& entry : fs::directory_iterator(directory, none))
            if (entry.path().extension() == ".so") files.push_back(entry.path());
        std::ranges::sort(files);
        for (const auto& file : files)
            if (stems.insert(file.stem().string()).second) found.push_back(examine(file));
    }
    return found;
}

Candidate* named(std::vector<Candidate>& all, std::string_view name) {
    const auto it = std::ranges::find_if(all, [&](const auto& c) { return c.description.name == name; });
    return it == all.end() ? nullptr : &*it;
}

void keep_only(std::vector<Candidate>& all, const std::vector<std::string>& only) {
    if (only.empty()) return;
    std::set<std::string>    wanted;
    std::vector<std::string> queue(only);
    while (!queue.empty()) {
        const auto name = queue.back();
        queue.pop_back();
        if (!wanted.insert(name).second) continue;
        if (const auto* c = named(all, name)) queue.insert(queue.end(), c->description.needs.begin(), c->description.needs.end());
    }
    std::erase_if(all, [&](const auto& c) { return !wanted.contains(c.description.name); });
}

// Depth first by needs, names in order, so that the order never depends on the file system.
class Order {
public:
    explicit Order(std::vector<Candidate>& all) : all_(all) {}

    std::vector<Candidate*> run() {
        std::vector<Candidate*> sorted;
        for (auto& c : all_) sorted.push_back(&c);
        std::ranges::sort(sorted, {}, [](const auto* c) { return c->description.name; });
        for (auto* c : sorted) visit(*c);
        return order_;
    }

private:
    void visit(Candidate& c) {
        const auto& name = c.description.name;
        if (done_.contains(name)) return;
        path_.push_back(name);
        for (const auto& need : c.description.needs) {
            if (std::ranges::find(path_, need) != path_.end()) {
                std::string circle;
                for (auto step = std::ranges::find(path_, need); step != path_.end(); ++step) circle += *step + " needs ";
                c.description.refused = "To load " + name + ", break the circle: " + circle + need + ".";
                c.info                = nullptr;
                continue;
            }
            if (auto* other = named(all_, need)) visit(*other);
        }
        path_.pop_back();
        if (done_.insert(name).second) order_.push_back(&c);
    }

    std::vector<Candidate>&  all_;
    std::vector<Candidate*>  order_;
    std::vector<std::string> path_;
    std::set<std::string>    done_;
};

void register_one(Kernel& kernel, std::vector<Candidate>& all, Candidate& c) {
    if (c.info)
        for (const auto& need : c.description.needs) {
            const auto* other = named(all, need);
            if (other && other->info) continue;
            c.info                = nullptr;
            c.description.refused = other ? fmt::format("To load {}, repair {}, which it needs: {}", c.description.name, need, other->description.refused)
                                          : fmt::format("To load {}, install the module {}, which it needs.", c.description.name, need);
            break;
        }
    if (!c.info) return kernel.refuse_module(c.description);
    kernel.begin_module(c.description);
    try {
        c.info->register_module(kernel);
        kernel.commit_module();
    } catch (const std::exception& failure) {
        c.info                = nullptr;
        c.description.refused = fmt::format("{} could not register: {}", c.description.name, failure.what());
        kernel.abandon_module(c.description.refused);
    } catch (...) {
        c.info                = nullptr;
        c.description.refused = fmt::format("{} could not register: it threw something that is no exception.", c.description.name);
        kernel.abandon_module(c.description.refused);
    }
}

}  // namespace loading

void load(Kernel& kernel, const Options& options) {
    auto all = loading::find_libraries(options);
    loading::keep_only(all, options.only);
    for (const auto& name : options.only)
        if (!loading::named(all, name)) throw Refused("kernel.no_module", "To use the module {}, put its library into a module directory.", name);
    for (auto* c : loading::Order(all).run()) loading::register_one(kernel, all, *c);
    kernel.finish();
}

fs::path own_directory() {
    if (const char* given = std::getenv("TESSERA_MODULE_DIRECTORY")) return given;
    const auto library = boost::dll::this_line_location();
    return fs::path(library.string()).parent_path() / "tessera" / "modules";
}

namespace elf_note {

template <class T>
bool read_at(std::istream& in, std::uint64_t offset, T& value) {
    in.seekg(static_cast<std::streamoff>(offset));
    return static_cast<bool>(in.read(reinterpret_cast<char*>(&value), sizeof value));
}
struct Header { unsigned char ident[16]; std::uint16_t type, machine; std::uint32_t version; std::uint64_t entry, phoff, shoff; std::uint32_t flags; std::uint16_t ehsize, phentsize, phnum, shentsize, shnum, shstrndx; };
struct Section { std::uint32_t name, type; std::uint64_t flags, address, offset, size; std::uint32_t link, info; std::uint64_t align, entsize; };
struct Note { std::int32_t name_size, description_size, type; char name[8]; char abi[128]; };

}  // namespace elf_note

std::optional<std::string> abi_of(const fs::path& library) {
    std::ifstream    in(library, std::ios::binary);
    elf_note::Header header{};
    if (!elf_note::read_at(in, 0, header) || std::string_view(reinterpret_cast<char*>(header.ident), 4) != "\x7f"
                                                                                                             "ELF")
        throw Refused("kernel.not_a_library", "To load {}, put a shared library there: it is none.", library.filename().string());
    std::error_code none;
    const auto      file_size = fs::file_size(library, none);
    if (header.shentsize != sizeof(elf_note::Section) || header.shoff + std::uint64_t{header.shnum} * header.shentsize > file_size)
        throw Refused("kernel.damaged_library", "To load {}, build or copy it again: it is cut off.", library.filename().string());
    for (std::uint16_t i = 0; i < header.shnum; ++i) {
        elf_note::Section section{};
        elf_note::Note    note{};
        if (!elf_note::read_at(in, header.shoff + std::uint64_t{i} * sizeof section, section)) return std::nullopt;
        if (section.size < sizeof note || section.size > 4096 || section.type == 8) continue;      // 8: occupies no file
        if (!elf_note::read_at(in, section.offset, note)) continue;
        if (note.name_size == 8 && note.description_size == 128 && std::string_view(note.name, 7) == "Tessera")
            return std::string(note.abi, strnlen(note.abi, sizeof note.abi));
    }
    return std::nullopt;
}

}  // namespace tessera::loader
