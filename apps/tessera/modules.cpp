#include "commands.h"
#include "open_books.h"
#include "output.h"

#include <algorithm>

namespace tessera::program {

namespace modules_list {

void print_all(const Kernel& kernel) {
    std::size_t width = 0;
    for (const auto& module : kernel.modules()) width = std::max(width, module.name.size());
    for (const auto& module : kernel.modules()) {
        const auto needs =
            module.needs.empty() ? std::string("nothing") : fmt::format("{}", fmt::join(module.needs, ", "));
        print(fmt::format("{:<{}}  {:<8}  {}; needs {}\n", module.name, width, module.version,
                          module.refused.empty() ? module.title : "refused: " + module.refused, needs));
    }
}

void print_entities(const Kernel& kernel, std::string_view module) {
    print("\nRecords\n");
    for (const auto* entity : kernel.entities()) {
        if (entity->module != module || !entity->parent_field.empty()) continue;
        print(fmt::format("  {:<36} {}\n", entity->name, entity->title));
        for (const auto& transition : entity->workflow.transitions)
            print(fmt::format("      {:<32} {}\n", transition.name,
                              transition.help.empty() ? transition.label : transition.help));
    }
}

void print_one(const Kernel& kernel, const ModuleDescription& module) {
    print(fmt::format("{} {}: {}\n{}\n", module.name, module.version, module.title, module.of_core ? "Part of the core" : module.file));
    print_entities(kernel, module.name);
    print("\nReports\n");
    for (const auto* report : kernel.reports())
        if (report->module == module.name) print(fmt::format("  {:<36} {}\n", report->name, report->title));
    print("\nPermissions\n");
    for (const auto& permission : kernel.permissions())
        if (permission.module == module.name) print(fmt::format("  {:<36} {}\n", permission.name, permission.title));
    print("\nChecks\n");
    for (const auto& check : kernel.checks())
        if (check.module == module.name) print(fmt::format("  {:<36} {}\n", check.name, check.title));
}

}  // namespace modules_list

int modules(const Words& words) {
    Options options("modules [NAME] [--modules DIR]",
                    "Lists the modules that were found, with what each needs and why one is not running; with NAME, "
                    "what that module\n"
                    "declares: its records and their transitions, reports, permissions and checks.");
    options.optional_argument("NAME").books();
    if (options.parse(words) == Asked::for_help) return done;
    const auto kernel = load_modules(options);
    const auto name   = options.text("NAME");
    if (name.empty()) {
        modules_list::print_all(*kernel);
        return done;
    }
    const auto found = std::ranges::find(kernel->modules(), name, &ModuleDescription::name);
    if (found == kernel->modules().end())
        throw Refused("kernel.no_module",
                      "To look at a module, name one that is there; \"{}\" is not (tessera modules).", name);
    if (!found->refused.empty()) throw Refused(Refused::Plain{}, "kernel.module_refused", found->refused);
    modules_list::print_one(*kernel, *found);
    return done;
}

}  // namespace tessera::program
