#include "commands.h"

#include <tessera/refused.h>
#include <tessera/text.h>

#include "options.h"
#include "output.h"

#include <algorithm>
#include <csignal>

namespace tessera::program {

namespace commands {

struct Command {
    std::string_view name, arguments, summary;
    int (*run)(const Words&);
};

// clang-format off
constexpr Command all[] = {
    {"init",       "--name COMPANY",           "make the books of a company",                              init},
    {"demo",       "[--scale N] [--seed S]",   "make a company with two years of business to look at",     demo},
    {"import",     "PROFILE DIR",              "take over another system's data, or one CSV file",         import},
    {"serve",      "[--listen ADDRESS:PORT]",  "offer the books to browsers and programs",                 serve},
    {"report",     "[NAME]",                   "run a report, or list them",                               report},
    {"find",       "TEXT",                     "find records of all modules by their words",               find},
    {"verify",     "",                         "prove every invariant from the entries up",                verify},
    {"modules",    "[NAME]",                   "list the modules, or what one of them declares",           modules},
    {"reference",  "[MODULE]",                 "what modules declare, in full, as a document",              reference},
    {"new-plugin", "NAME DIR",                 "write a plugin to begin with, ready to be built",          new_plugin},
    {"plugin",     "check|sign|release|data",  "whether a plugin fits, signing and releasing it, its data",  plugin},
    {"doctor",     "",                         "look at the storage and say what is not as it should be",  doctor},
    {"migrate",    "[--dry-run]",              "bring the database up to date with the modules",           migrate},
    {"copy",       "--to DATABASE",            "copy the books to another file or database server",        copy},
    {"user",       "add|link NAME",            "let somebody in: a link to choose a password with",        user},
    {"token",      "create NAME",              "let a program act for a user",                             token},
    {"audit",      "list|anchor|verify|key",   "look at the audit trail; anchor it, prove it by anchors",   audit},
    {"erase",      "ENTITY RECORD",            "erase what is kept about a person",                        erase},
    {"backup",     "FILE|DIR [--check]",       "make a proven backup in one file, or check one",           backup},
    {"restore",    "FILE",                     "make new books from a backup",                             restore},
};
// clang-format on

std::string overview() {
    std::string text = "tessera keeps the books of a company: one database, everything a business does.\n\n";
    for (const auto& command : all)
        text += fmt::format("  tessera {:<10} {:<25} {}\n", command.name, command.arguments, command.summary);
    text +=
        "\n"
        "  tessera MODULE TRANSITION RECORD             move a document: tessera purchasing approve PO-2026-00007\n"
        "  tessera MODULE ENTITY list|show|create …     look at records and change them\n"
        "\n"
        "Each takes --database FILE (or the environment's TESSERA_DATABASE) and answers --help. It exits with 0 when "
        "done,\n"
        "1 when refused or failed, 2 when called wrongly.\n";
    return text;
}

int dispatch(const Words& words) {
    if (words.empty()) {
        complain(overview());
        return called_wrongly;
    }
    const auto& name = words.front();
    const Words rest(words.begin() + 1, words.end());
    if (name == "--help" || name == "-h" || name == "help") {
        print(overview());
        return done;
    }
    if (name == "--version") {
        print("tessera " TESSERA_VERSION "\n");
        return done;
    }
    for (const auto& command : all)
        if (command.name == name) return command.run(rest);
    return records(name, rest);
}

// One line: what is called wrongly or refused is told in one sentence.
std::string one_line(std::string_view sentence) {
    std::string line(trim(sentence));
    for (auto& c : line)
        if (c == '\n' || c == '\r') c = ' ';
    return line + "\n";
}

}  // namespace commands

bool is_command(std::string_view name) {
    return std::ranges::find(commands::all, name, &commands::Command::name) != std::end(commands::all);
}

int run(const Words& words) {
    std::signal(SIGXFSZ, SIG_IGN);  // a file that may grow no further is a full disk, refused and not died of
    try {
        const int code = commands::dispatch(words);
        finish_output();
        return code;
    } catch (const Misuse& misuse) {
        complain(commands::one_line(misuse.what()));
        return called_wrongly;
    } catch (const Refused& refused) {
        complain(commands::one_line(refused.sentence()));
    } catch (const std::exception& failure) {
        complain(commands::one_line(fmt::format("To go on, report this failure of the program: {}", failure.what())));
    }
    return failed;
}

}  // namespace tessera::program
