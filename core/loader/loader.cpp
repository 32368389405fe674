#include "loader/loader.h"

#include <boost/dll/runtime_symbol_info.hpp>

#include <algorithm>
#include <set>

#include "access/declare.h"
#include "attachments/attachments.h"
#include "jobs/jobs.h"
#include "loader/library.h"
#include "loader/signature.h"
#include "loader/trial.h"
#include "loader/version.h"
#include "mail/mail.h"
#include "plugins/plugins.h"
#include "search/declare.h"

namespace tessera::loader {

namespace fs = std::filesystem;

namespace loading {

using Step = std::function<void(const fs::path&)>;

Library* named(std::vector<Library>& all, std::string_view name) {
    const auto it = std::ranges::find_if(all, [&](const auto& l) { return l.description.name == name; });
    return it == all.end() ? nullptr : &*it;
}

// Files whose trial ended badly, with the sentence that says so.
using Unfit = std::map<fs::path, std::string>;

Library examine_unless(const fs::path& file, const Options& options, const Unfit& unfit, const Step& about_to) {
    const auto it = unfit.find(file);
    if (it == unfit.end()) return examine(file, {own_directory(), options.signers}, about_to);
    Library l{.file = file};
    l.description = {.name = file.stem().string(), .file = file.string(), .refused = it->second, .plugin = true};
    return l;
}

// All of them, or those asked for with what they need.
std::vector<Library> open_libraries(const Options& options, const Unfit& unfit, const Step& about_to) {
    const auto           files = library_files(options.directories);
    std::vector<Library> all;
    if (options.only.empty()) {
        for (const auto& file : files) all.push_back(examine_unless(file, options, unfit, about_to));
        return all;
    }
    std::vector<std::string> wanted(options.only);
    for (std::size_t i = 0; i < wanted.size(); ++i) {
        const auto file = std::ranges::find_if(files, [&](const auto& f) { return f.stem() == wanted[i]; });
        if (named(all, wanted[i])) continue;
        if (file == files.end()) {
            if (i < options.only.size()) throw Refused("kernel.no_module", "To use the module {}, put its library into a module directory.", wanted[i]);
            continue;
        }
        all.push_back(examine_unless(*file, options, unfit, about_to));
        const auto needs = all.back().description.needs;
        wanted.insert(wanted.end(), needs.begin(), needs.end());
    }
    return all;
}

// Depth first by needs, names in order, so that the order never depends on the file system.
class Order {
public:
    explicit Order(std::vector<Library>& all) : all_(all) {}

    std::vector<Library*> run() {
        std::vector<Library*> sorted;
        for (auto& c : all_) sorted.push_back(&c);
        std::ranges::sort(sorted, {}, [](const auto* c) { return c->description.name; });
        for (auto* c : sorted) visit(*c);
        return order_;
    }

private:
    void visit(Library& c) {
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

    std::vector<Library>&  all_;
    std::vector<Library*>  order_;
    std::vector<std::string> path_;
    std::set<std::string>    done_;
};

// What a module was built with must be what it runs with: real C++ types cross the boundary.
std::string contract_trouble(const Library& c, std::string_view of, const LibraryNotes& running) {
    const auto built = c.notes.contracts.find(std::string(of)), now = running.contracts.find(std::string(of));
    if (built == c.notes.contracts.end() || now == running.contracts.end()) return {};
    const auto changed = changed_headers(built->second, now->second);
    if (changed.empty()) return {};
    return fmt::format("To load {}, rebuild it against this server's {}: {} since it was built (tessera plugin check {}).", c.description.name,
                       of == "tessera" ? "SDK" : "module " + std::string(of), changed.size() == 1 ? changed.front() + " has changed" : fmt::format("{} headers have changed", changed.size()),
                       c.file.filename().string());
}

// Why a module cannot run with those it needs; empty when it can.
std::string trouble_with_needs(const Library& c, std::vector<Library>& all, const LibraryNotes& sdk) {
    const auto& name = c.description.name;
    if (auto trouble = contract_trouble(c, "tessera", sdk); !trouble.empty()) return trouble;
    for (const auto& text : c.notes.manifest ? c.notes.manifest->needs : std::vector<std::string>{}) {
        const auto  need  = need_of(text);
        const auto* other = named(all, need.module);
        if (!other) return fmt::format("To load {}, install the module {}, which it needs.", name, text);
        if (!other->info) return fmt::format("To load {}, repair {}, which it needs: {}", name, need.module, other->description.refused);
        if (!satisfies(other->description.version, need.at_least))
            return fmt::format("To load {}, install the {} that it needs (\"{}\"): it is {}.", name, need.module, text, other->description.version);
        if (auto trouble = contract_trouble(c, need.module, other->notes); !trouble.empty()) return trouble;
    }
    return {};
}

void register_one(Kernel& kernel, std::vector<Library>& all, Library& c, const LibraryNotes& sdk, const Step& about_to) {
    if (c.info)
        if (auto trouble = trouble_with_needs(c, all, sdk); !trouble.empty()) {
            c.info                = nullptr;
            c.description.refused = std::move(trouble);
        }
    if (!c.info) return kernel.refuse_module(c.description);
    about_to(c.file);
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

void load_all(Kernel& kernel, const Options& options, const Unfit& unfit, const Step& about_to) {
    auto all = open_libraries(options, unfit, about_to);
    const auto of_core = [&](std::string name, std::string title, void (*declare)(Kernel&)) {
        kernel.begin_module({.name = std::move(name), .version = TESSERA_VERSION, .title = std::move(title), .of_core = true});
        declare(kernel);
        kernel.commit_module();
    };
    of_core("access", "Access", access::declare);
    of_core("attachments", "Attachments", attachments::declare);
    of_core("jobs", "Jobs", jobs::declare);
    of_core("mail", "E-mail", mail::declare);
    of_core("plugins", "Plugins", plugins::declare);
    of_core("fields", "Fields", fields::declare);
    of_core("search", "Search", search::declare);
    const auto sdk = notes_of(kernel_library());
    for (auto* l : Order(all).run()) register_one(kernel, all, *l, sdk, about_to);
    fields::add(kernel, options.custom_fields);
    kernel.finish();
}

// What was installed with the server is known to load; what was added is tried out first.
bool has_additions(const Options& options) {
    const auto own = own_directory();
    return std::ranges::any_of(library_files(options.directories), [&](const auto& file) { return file.parent_path() != own; });
}

Unfit tried_out(const Options& options) {
    Unfit unfit;
    if (!has_additions(options)) return unfit;
    for (;;) {
        const auto ended = try_out(
            [&](const AboutTo& about_to) {
                Kernel trial;
                load_all(trial, options, unfit, [&](const fs::path& file) { about_to(file.string()); });
            },
            options.step_max);
        if (!ended || ended->step.empty() || unfit.contains(ended->step)) return unfit;
        unfit[ended->step] = fmt::format("To load {}, repair it: tried out in a process of its own, it {}.", fs::path(ended->step).filename().string(), ended->how);
    }
}

}  // namespace loading

void load(Kernel& kernel, const Options& options) {
    check_signers(options.signers);
    loading::load_all(kernel, options, loading::tried_out(options), [](const fs::path&) {});
}

fs::path own_directory() {
    if (const char* given = std::getenv("TESSERA_MODULE_DIRECTORY")) return given;
    return kernel_library().parent_path() / "tessera" / "modules";
}

fs::path kernel_library() { return boost::dll::this_line_location().string(); }

}  // namespace tessera::loader
