// `tessera plugin …`: what a plugin's library says of itself, signing it, releasing a plugin that was closed, and what the database
// holds of one that is not running.

#include <tessera/csv.h>
#include <tessera/text.h>

#include "anchor_file.h"
#include "commands.h"
#include "database/engine.h"
#include "loader/library_notes.h"
#include "loader/loader.h"
#include "loader/signature.h"
#include "loader/version.h"
#include "output.h"
#include "plugins/plugins.h"
#include "record_change.h"

#include <algorithm>

namespace tessera::program {

namespace plugin_command {

namespace fs = std::filesystem;

// ---- check

std::optional<fs::path> library_of(const std::string& module, const std::vector<std::string>& folders) {
    if (module == "tessera") return loader::kernel_library();
    std::vector<fs::path> places(folders.begin(), folders.end());
    places.push_back(loader::own_directory());
    for (const auto& folder : places)
        if (std::error_code none; fs::exists(folder / (module + ".so"), none)) return folder / (module + ".so");
    return {};
}

// What stands in the way of a need, and what changed since; empty: nothing.
struct Trouble {
    std::string sentence{}, changes{};
};

Trouble trouble_with(const loader::LibraryNotes& notes, const std::string& text, const std::vector<std::string>& folders) {
    const auto need    = loader::need_of(text);
    const auto library = library_of(need.module, folders);
    if (!library) return {fmt::format("{} is not installed", need.module), {}};
    const auto running = loader::notes_of(*library);
    if (running.manifest && !loader::satisfies(running.manifest->version, need.at_least))
        return {fmt::format("{} is {}, which \"{}\" does not mean", need.module, running.manifest->version, text), {}};
    const auto built = notes.contracts.find(need.module), now = running.contracts.find(need.module);
    if (built == notes.contracts.end() || now == running.contracts.end()) return {};
    auto changes = loader::what_changed(built->second, now->second);
    if (changes.empty()) return {};
    return {fmt::format("{} has changed since this was built", need.module == "tessera" ? "the SDK" : "the contract of " + need.module), std::move(changes)};
}

void print_manifest(const loader::LibraryNotes& notes) {
    if (!notes.manifest) return;
    const auto& m = *notes.manifest;
    print(fmt::format("{} {}: {}\nneeds {}\nbuilt for {}\n", m.name, m.version, m.title, m.needs.empty() ? std::string("nothing") : fmt::format("{}", fmt::join(m.needs, ", ")), notes.abi));
}

std::string abi_trouble(const loader::LibraryNotes& notes) {
    if (notes.abi.empty()) return "it carries no note of what it was built for: it is no module, or was built without tessera_add_plugin";
    if (notes.abi != TESSERA_ABI) return fmt::format("this server is {}", TESSERA_ABI);
    return {};
}

int check(const Words& words) {
    Options options("plugin check FILE.so [--modules DIR]",
                    "Reads what a library says of itself, without loading it: its manifest, what it was built for, and whether the contracts it\n"
                    "was built with are those that run here. What changed since is shown line by line. Exits with 1 when it would not load.");
    options.argument("FILE.so").books();
    if (options.parse(words) == Asked::for_help) return done;
    const fs::path file(options.text("FILE.so"));
    const auto     notes = loader::notes_of(file);
    print_manifest(notes);
    std::vector<Trouble> troubles;
    if (auto trouble = abi_trouble(notes); !trouble.empty()) troubles.push_back({std::move(trouble), {}});
    if (loader::brings_sqlite(file)) troubles.push_back({"it brings an SQLite of its own", {}});
    std::vector<std::string> needs{"tessera"};
    if (notes.manifest) needs.insert(needs.end(), notes.manifest->needs.begin(), notes.manifest->needs.end());
    for (const auto& need : needs)
        if (auto trouble = trouble_with(notes, need, module_directories(options)); !trouble.sentence.empty()) troubles.push_back(std::move(trouble));
    if (const auto signers = module_signers(options); !signers.empty()) loader::require_signature(file, signers);
    for (const auto& trouble : troubles) print(trouble.changes);
    if (troubles.empty()) {
        print("It fits this server.\n");
        return done;
    }
    std::string all;
    for (const auto& trouble : troubles) all += (all.empty() ? "" : "; ") + trouble.sentence;
    throw Refused("kernel.does_not_fit", "To load {}, build it again with this server's SDK: {}.", file.filename().string(), all);
}

// ---- sign

int sign(const Words& words) {
    Options options("plugin sign FILE.so --key KEY",
                    "Signs a library with a key that tessera audit key has made, and writes FILE.so.signature beside it. A server that is told\n"
                    "modules_signed_by (or --modules-signed-by KEY.pub) loads only what is signed so.");
    options.argument("FILE.so").option("key", "KEY", "the file with the secret key");
    if (options.parse(words) == Asked::for_help) return done;
    const auto key = options.text("key");
    if (key.empty()) throw options.misuse("name the secret key with --key FILE");
    const fs::path file(options.text("FILE.so"));
    loader::notes_of(file);      // refuses what is no library
    print(fmt::format("Wrote {}\n", loader::sign(file, audit::SigningKey(read_file(key), key)).string()));
    return done;
}

// ---- release

std::int64_t open_incident(Suite& suite, const std::string& name) {
    std::optional<std::int64_t> found;
    suite.read({}, [&](const Snapshot& tx) { found = tx.value<std::int64_t>("SELECT id FROM plugins_incident WHERE module = :module AND state = 'open' ORDER BY id DESC LIMIT 1", name); });
    if (!found) throw Refused("plugins.not_closed", "To release a plugin, name one that was closed; \"{}\" is not (tessera plugins incident list).", excerpt(name));
    return *found;
}

int release(const Words& words) {
    Options options("plugin release NAME --database FILE", "Lets a plugin that was closed, because it kept failing, take part in everything again.");
    options.argument("NAME").books();
    if (options.parse(words) == Asked::for_help) return done;
    RecordBooks books(options, Wish::change);
    const auto  name = options.text("NAME");
    books.run({.verb = RecordCommand::Verb::transition, .entity = "plugins.incident", .id = open_incident(books.suite(), name), .transition = "release"});
    print(fmt::format("{} takes part in everything again.\n", name));
    return done;
}

// ---- data

// What belongs to the kernel and to the suite's own modules is shown by their lists and reports.
bool is_plugin(const Kernel& kernel, const std::string& name) {
    const auto it = std::ranges::find(kernel.modules(), name, &ModuleDescription::name);
    return it != kernel.modules().end() && (it->plugin || it->file.empty()) && !it->of_core;
}

std::vector<std::string> tables_of(const Snapshot& tx, const std::string& module) {
    auto tables = tx.connection().tables();
    std::erase_if(tables, [&](const auto& table) { return !table.starts_with(module + "_"); });
    std::ranges::sort(tables);
    return tables;
}

void print_table(const Snapshot& tx, const std::string& table) {
    std::string columns;
    for (const auto& column : tx.connection().stored(table).columns) columns += (columns.empty() ? "" : ", ") + column.name;
    sql::Use    use(tx, fmt::format("SELECT {} FROM {} ORDER BY 1", columns, table));
    std::string out;
    bool        named = false;
    const auto  row   = [&](const auto& cell) {
        CsvWriter csv(out);
        for (int i = 0; i < use->column_count(); ++i) csv.text(cell(i));
        csv.end_row();
    };
    const auto value = [&](int i) { return use->is_null(i) ? std::string() : std::string(use->text(i)); };
    while (use->step()) {
        if (!std::exchange(named, true)) row([&](int i) { return std::string(use->column_name(i)); });
        row(value);
        print(out);
        out.clear();
    }
}

int data(const Words& words) {
    Options options("plugin data NAME [TABLE] --database FILE",
                    "What the database holds of a plugin, whether it is running or not: the names of its tables with how many rows each has, or\n"
                    "one of them as CSV.");
    options.argument("NAME").optional_argument("TABLE").books();
    if (options.parse(words) == Asked::for_help) return done;
    const auto name = options.text("NAME"), wanted = options.text("TABLE");
    const auto suite = open_for_reading(options);
    suite->read({}, [&](const Snapshot& tx) {
        const auto tables = is_plugin(suite->kernel(), name) ? tables_of(tx, name) : std::vector<std::string>{};
        if (tables.empty()) throw Refused("plugins.no_data", "To look at a plugin's data, name one that has tables here; \"{}\" has none.", excerpt(name));
        if (!wanted.empty() && std::ranges::find(tables, wanted) == tables.end())
            throw Refused("plugins.no_data", "To look at a table, choose one of {}; \"{}\" is none.", fmt::join(tables, ", "), excerpt(wanted));
        if (!wanted.empty()) return print_table(tx, wanted);
        for (const auto& table : tables) {
            const auto rows = tx.value<std::int64_t>("SELECT count(*) FROM " + table).value_or(0);
            print(fmt::format("{}  {} row{}\n", table, rows, rows == 1 ? "" : "s"));
        }
    });
    return done;
}

}  // namespace plugin_command

int plugin(const Words& words) {
    using namespace plugin_command;
    const auto  what = words.empty() ? std::string() : words.front();
    const Words rest(words.empty() ? words.begin() : words.begin() + 1, words.end());
    if (what == "check") return check(rest);
    if (what == "sign") return sign(rest);
    if (what == "release") return release(rest);
    if (what == "data") return data(rest);
    Options options("plugin check|sign|release|data", "Plugins: whether a library fits this server, signing it, releasing one that was closed, the data of one. Each answers --help.");
    options.optional_argument("WHAT");
    if (options.parse(words) == Asked::for_help) return done;
    throw options.misuse("say check, sign, release or data");
}

}  // namespace tessera::program
