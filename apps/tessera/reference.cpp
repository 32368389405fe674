// What the loaded modules declare, as a document: records and their fields, transitions, events, services, contributions,
// permissions, reports, jobs, checks and slots. Made from the declarations, so it cannot be out of date.

#include <tessera/json.h>
#include <tessera/text.h>

#include "commands.h"
#include "open_books.h"
#include "output.h"

#include <algorithm>

namespace tessera::program {

namespace reference_document {

// A cell of a table: what would end it is written as HTML has it.
std::string cell(std::string_view text) {
    std::string safe;
    for (const char c : text) c == '|' ? safe += "\\|" : c == '\n' ? safe += ' ' : safe += c;
    return safe;
}

std::string listed(const auto& all) { return all.empty() ? std::string() : fmt::format("{}", fmt::join(all, ", ")); }

std::string kind_of(const FieldDescription& f) {
    if (f.kind == FieldKind::reference) return "→ " + f.references;
    if (f.kind == FieldKind::choice) return "choice: " + listed(f.choices);
    return std::string(name_of(f.kind));
}

std::string properties_of(const FieldDescription& f) {
    std::vector<std::string_view> all;
    const auto                    add = [&](bool has, std::string_view word) { if (has) all.push_back(word); };
    add(f.required, "required");
    add(f.read_only, "read only");
    add(f.unique, "unique");
    add(f.indexed, "indexed");
    add(f.searchable, "searchable");
    add(f.positive, "above zero");
    add(f.not_negative, "zero or more");
    add(f.personal, "personal");
    return listed(all);
}

class Document {
public:
    explicit Document(const Kernel& kernel) : kernel_(kernel) {}

    std::string of(const std::vector<const ModuleDescription*>& modules) {
        for (const auto* module : modules) write(*module);
        return std::move(text_);
    }

private:
    template <class... Arguments>
    void line(fmt::format_string<Arguments...> text, Arguments&&... arguments) {
        text_ += fmt::format(text, std::forward<Arguments>(arguments)...) + "\n";
    }
    template <class All, class Write>
    void section(std::string_view title, const All& all, const Write& write) {
        if (all.empty()) return;
        line("\n## {}", title);
        for (const auto& one : all) write(one);
    }
    template <class Made>
    std::vector<const Made*> of_module(const std::vector<Made>& all, const std::string& module) const {
        std::vector<const Made*> found;
        for (const auto& one : all)
            if (one.module == module) found.push_back(&one);
        return found;
    }
    template <class Made>
    std::vector<const Made*> of_module(const std::vector<const Made*>& all, const std::string& module) const {
        std::vector<const Made*> found;
        std::ranges::copy_if(all, std::back_inserter(found), [&](const auto* one) { return one->module == module; });
        return found;
    }

    void write(const ModuleDescription& m) {
        line("{}# {} {}\n\n{}. Needs {}.", text_.empty() ? "" : "\n", m.name, m.version, m.title, m.needs.empty() ? "nothing" : listed(m.needs));
        section("Records", of_module(kernel_.entities(), m.name), [&](const auto* e) { write_entity(*e); });
        write_extensions(m.name);
        section("Events", of_module(kernel_.events(), m.name), [&](const auto* e) { write_event(*e); });
        section("Services", of_module(kernel_.services(), m.name), [&](const auto* s) { line("- `{}`", s->type); });
        section("Contributions", of_module(kernel_.contributed(), m.name), [&](const auto* c) { line("- to `{}`", c->type); });
        section("Permissions", of_module(kernel_.permissions(), m.name), [&](const auto* p) { line("- `{}`: {}", p->name, p->title); });
        section("Reports", of_module(kernel_.reports(), m.name), [&](const auto* r) { write_report(*r); });
        std::vector<const JobDescription*> jobs;
        for (const auto& job : kernel_.jobs())
            if (job.module == m.name) jobs.push_back(&job);
        section("Jobs", jobs, [&](const auto* j) { line("- `{}`: {}, {}", j->name, j->title, text_of(j->rhythm)); });
        section("Checks", of_module(kernel_.checks(), m.name), [&](const auto* c) { line("- `{}`: {}", c->name, c->title); });
        section("On the record's page", of_module(kernel_.panels(), m.name), [&](const auto* p) { line("- `{}` on {}: {}", p->name, p->entity, p->title); });
        section("On the dashboard", of_module(kernel_.cards(), m.name), [&](const auto* c) { line("- `{}`: {}", c->name, c->title); });
        section("Pages", of_module(kernel_.pages(), m.name), [&](const auto* p) { line("- `/{}`: {}", p->path, p->title); });
    }

    void write_fields(const std::vector<FieldDescription>& fields, std::string_view added_by) {
        line("\n| field | kind | | |\n|---|---|---|---|");
        for (const auto& f : fields)
            if (f.added_by == added_by) line("| `{}` | {} | {} | {} |", f.name, cell(kind_of(f)), properties_of(f), cell(f.help));
    }
    void write_entity(const EntityDescription& e) {
        line("\n### {}: {}", e.name, e.title);
        if (!e.help.empty()) line("\n{}", e.help);
        const bool line_of = !e.parent_field.empty();
        line("\n{}table `{}`; seen with `{}`, changed with `{}`{}{}", line_of ? std::string("A line of another record; ") : fmt::format("`/api/{}`, ", e.path), e.table, e.read_permission,
             e.permission, e.append_only ? "; only ever added" : "", e.editable_states.empty() ? "" : "; changed while " + listed(e.editable_states));
        write_fields(e.fields, {});
        for (const auto& l : e.lines) line("\nLines `{}`: {}", l.name, l.entity->name);
        if (!e.workflow.transitions.empty()) line("\n| transition | from | to | permission | |\n|---|---|---|---|---|");
        for (const auto& t : e.workflow.transitions)
            line("| `{}` | {} | {} | `{}` | {} |", t.name, listed(t.from), t.to.empty() ? "decided by what it does" : t.to, t.permission.empty() ? e.permission : t.permission, cell(t.help));
    }
    void write_extensions(const std::string& module) {
        for (const auto* e : kernel_.entities()) {
            if (std::ranges::none_of(e->fields, [&](const auto& f) { return f.added_by == module; })) continue;
            line("\n## Added to {}", e->name);
            write_fields(e->fields, module);
        }
    }
    void write_event(const EventDescription& e) {
        std::vector<std::string> fields;
        for (const auto& f : e.fields) fields.push_back(f.name);
        line("- `{}` ({})", e.name, listed(fields));
        if (const auto on = kernel_.listeners(e.type, false); !on.empty()) line("  - heard in its transaction by {}", listed(on));
        if (const auto after = kernel_.listeners(e.type, true); !after.empty()) line("  - heard after the commit by {}", listed(after));
    }
    void write_report(const ReportDescription& r) {
        std::vector<std::string> parameters, columns;
        for (const auto& p : r.parameters) parameters.push_back(p.name + (p.required ? "*" : ""));
        for (const auto& c : r.columns)
            if (!c.hidden) columns.push_back(c.name);
        line("- `{}`: {}. Needs `{}`{}; columns {}{}", r.name, r.title, r.permission, parameters.empty() ? "" : "; parameters " + listed(parameters), listed(columns),
             r.help.empty() ? "" : ". " + r.help);
    }

    const Kernel& kernel_;
    std::string   text_;
};

}  // namespace reference_document

int reference(const Words& words) {
    Options options("reference [MODULE] [--modules DIR] [--output FILE]",
                    "What the loaded modules declare, as a document in Markdown: records with their fields and transitions, events with those who\n"
                    "hear them, services, contributions, permissions, reports, jobs, checks, and what stands on pages. Parameters with * are required.");
    options.optional_argument("MODULE").option("output", "FILE", "instead of standard output").books();
    if (options.parse(words) == Asked::for_help) return done;
    const auto kernel = load_modules(options);
    const auto name   = options.text("MODULE");

    std::vector<const ModuleDescription*> wanted;
    for (const auto& module : kernel->modules())
        if (module.refused.empty() && (name.empty() ? !module.of_core : module.name == name)) wanted.push_back(&module);
    if (wanted.empty()) throw Refused("kernel.no_module", "To read about a module, name one that is running; \"{}\" is not (tessera modules).", excerpt(name));
    const auto document = reference_document::Document(*kernel).of(wanted);
    write_to(options.text("output"), [&](const auto& write) { write(document); });
    return done;
}

}  // namespace tessera::program
