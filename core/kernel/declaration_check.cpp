#include "kernel/declaration_check.h"

#include <tessera/json.h>
#include <tessera/text.h>

#include "reports/report_run.h"

#include <boost/json.hpp>

#include <algorithm>
#include <array>
#include <limits>
#include <set>

namespace tessera::declarations {

namespace declaration_check {

template <class... Arguments>
Refused bad(fmt::format_string<Arguments...> sentence, Arguments&&... arguments) {
    return Refused(Refused::Plain{}, "kernel.bad_declaration", fmt::format(sentence, std::forward<Arguments>(arguments)...));
}

bool is_name(std::string_view name) {
    const auto allowed = [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_'; };
    return !name.empty() && name.size() <= 60 && name.front() >= 'a' && name.front() <= 'z' && std::ranges::all_of(name, allowed);
}

// Words that cannot be the name of a column in one of the engines.
bool is_reserved(std::string_view name) {
    static constexpr std::array words = {
        "all", "alter", "analyze", "and", "any", "as", "asc", "autoincrement", "between", "both", "by", "case", "cast", "check", "collate", "column",
        "commit", "constraint", "create", "cross", "current_date", "current_time", "current_timestamp", "current_user", "default", "deferrable",
        "delete", "desc", "distinct", "do", "drop", "else", "end", "escape", "except", "exists", "false", "fetch", "for", "foreign", "freeze", "from",
        "full", "grant", "group", "having", "ilike", "in", "index", "indexed", "initially", "inner", "insert", "intersect", "into", "is",
        "isnull", "join", "lateral", "leading", "left", "like", "limit", "natural", "not", "nothing", "notnull", "null", "offset", "on", "only", "or",
        "order", "outer", "overlaps", "placing", "primary", "raise", "references", "returning", "right", "select", "session_user", "set", "similar", "some",
        "symmetric", "table", "then", "to", "trailing", "transaction", "true", "union", "unique", "update", "user", "using", "values", "variadic", "verbose",
        "when", "where", "window", "with"};
    return std::ranges::find(words, name) != words.end();
}

void require_permission(const std::string& permission, const std::string& user, const Kernel& kernel) {
    const auto& all = kernel.permissions();
    if (std::ranges::any_of(all, [&](const auto& p) { return p.name == permission; })) return;
    throw Refused("kernel.no_permission", "To let {} need the permission {}, declare it with kernel.permission().", user, permission);
}

void refer(FieldDescription& f, const std::string& owner, const Kernel& kernel) {
    if (f.label.empty()) f.label = humanise(f.name);
    if (f.kind != FieldKind::reference) return;
    const auto* target = kernel.find_entity(f.referenced_type);
    if (!target) throw Refused("kernel.no_entity", "To declare {}.{}, need the module that declares what it refers to.", owner, f.name);
    f.references = target->name;
}

std::string fresh_value(const FieldDescription& f, const void* fresh) {
    if (f.none(fresh)) return {};
    std::string text;
    JsonWriter  json(text);
    f.json(fresh, json);
    if (text.size() >= 2 && text.front() == '"') text = text.substr(1, text.size() - 2);
    return text == "0" || text == "false" ? std::string() : text;
}

void check_fields(const std::vector<FieldDescription>& fields, const std::string& owner) {
    std::set<std::string_view> names;
    for (const auto& f : fields) {
        if (!is_name(f.name)) throw bad("To declare {}, name its fields like \"due_on\"; \"{}\" cannot be a name.", owner, excerpt(f.name));
        if (!names.insert(f.name).second) throw bad("To declare {}, give each field a name of its own: {} is declared twice.", owner, f.name);
        if ((f.positive || f.not_negative) && !f.number) throw bad("To declare {}.{}, leave out positive and not_negative: it is no number.", owner, f.name);
    }
}

void require_field(const EntityDescription& e, std::string_view column, std::string_view use) {
    const auto name = column.substr(0, column.find(' '));                                     // "date DESC"
    if (name != "id" && !e.find(name)) throw bad("To declare {}, name one of its fields as {}; \"{}\" is none.", e.name, use, excerpt(name));
}

void check_columns(const EntityDescription& e) {
    check_fields(e.fields, e.name);
    for (const auto& f : e.fields)
        if (f.name == "id" || f.name == "version" || is_reserved(f.name))
            throw bad("To declare {}, call the field {} something else: the database keeps that word for itself.", e.name, f.name);
    if (e.owner && (!e.find("entity") || !e.find("record"))) throw bad("To declare what {} belongs to, declare the two as its fields entity and record.", e.name);
    for (const auto& l : e.lines)
        if (!is_name(l.name) || e.find(l.name)) throw bad("To declare {}, give its lines a name of their own; \"{}\" is none.", e.name, excerpt(l.name));
    if (!e.display.empty()) require_field(e, e.display, "display");
    if (!e.worth.empty() && (!e.find(e.worth) || e.find(e.worth)->kind != FieldKind::money)) throw bad("To declare {}, name a field of it as its worth that is an amount.", e.name);
    for (const auto& index : e.indexes)
        for (const auto& column : index) require_field(e, column, "part of an index");
    for (const auto& rule : e.unique_rules)
        for (const auto& column : rule.fields) require_field(e, column, "part of a unique rule");
}

void check_workflow(const EntityDescription& e, const Kernel& kernel) {
    const auto& w = e.workflow;
    if (!e.editable_states.empty() && w.states.empty()) throw bad("To make {} editable in some states only, declare its workflow.", e.name);
    for (const auto& state : e.editable_states)
        if (std::ranges::find(w.states, state) == w.states.end()) throw bad("To make {} editable while {}, name a state of its workflow.", e.name, state);
    std::set<std::string_view> names;
    for (const auto& t : w.transitions) {
        const auto name = e.name + "." + t.name;
        if (!is_name(t.name)) throw bad("To declare a transition of {}, name it like \"approve\"; \"{}\" cannot be a name.", e.name, excerpt(t.name));
        if (!names.insert(t.name).second) throw bad("To declare {}, give each transition a name of its own: {} is declared twice.", e.name, t.name);
        if (t.from.empty()) throw bad("To declare {}, name the states it starts from.", name);
        if (!t.permission.empty()) require_permission(t.permission, name, kernel);
        check_fields(t.input, name);
    }
}

bool adds_up(CellType type) {
    using enum CellType;
    return type == integer || type == money || type == quantity || type == price || type == rate || type == percent;
}

void check_columns(const ReportDescription& r) {
    std::set<std::string_view> names;
    for (const auto& c : r.columns) {
        if (!is_name(c.name)) throw bad("To declare {}, name its columns like \"due_on\"; \"{}\" cannot be a name.", r.name, excerpt(c.name));
        if (!names.insert(c.name).second) throw bad("To declare {}, give each column a name of its own: {} is declared twice.", r.name, c.name);
        if (c.total && !adds_up(c.type)) throw bad("To declare {}, leave out the total of {}: it is no number.", r.name, c.name);
    }
    if (r.columns.size() != r.members)
        throw bad("To declare {}, give each member of its row one column: there are {} members and {} columns.", r.name, r.members, r.columns.size());
}

void check_parameters(const ReportDescription& r) {
    std::set<std::string_view> names{"company"};
    for (const auto& p : r.parameters) {
        if (!is_name(p.name)) throw bad("To declare {}, name its parameters like \"as_of\"; \"{}\" cannot be a name.", r.name, excerpt(p.name));
        if (!names.insert(p.name).second) throw bad("To declare {}, give each parameter a name of its own: {} is taken.", r.name, p.name);
    }
    for (const auto& p : r.parameters)
        if (!p.yields_to.empty() && !names.contains(p.yields_to)) throw bad("To declare {}, let {} yield to a parameter it has; {} is none.", r.name, p.name, p.yields_to);
    if (r.query.empty() == !r.run) throw bad("To declare {}, give it a query or a function, and not both.", r.name);
    for (const auto& name : reports::parameter_names(r.query))
        if (!names.contains(name)) throw bad("To declare {}, declare the parameter {} that its query uses.", r.name, name);
}

}  // namespace declaration_check

void complete(EntityDescription& e, const Kernel& kernel) {
    if (e.plural.empty()) e.plural = pluralise(e.title);
    const auto last = e.name.substr(e.name.find('.') + 1);
    e.path          = e.module + "/" + (e.path.empty() ? pluralise(last) : e.path);
    if (e.display.empty())
        for (const auto* candidate : {"number", "code", "name"})
            if (e.display.empty() && e.find(candidate)) e.display = candidate;

    const auto fresh = e.make();
    for (auto& f : e.fields) {
        declaration_check::refer(f, e.name, kernel);
        f.default_value = declaration_check::fresh_value(f, fresh.get());
    }
    for (auto& t : e.workflow.transitions) {
        if (t.label.empty()) t.label = humanise(t.name);
        for (auto& f : t.input) declaration_check::refer(f, e.name + "." + t.name, kernel);
    }
    for (auto& l : e.lines) {
        if (l.label.empty()) l.label = humanise(l.name);
        l.entity = kernel.find_entity(l.type);
        if (!l.entity || l.entity->parent_field.empty())
            throw Refused("kernel.no_entity", "To give {} its {}, declare the line's entity with part_of().", e.name, l.name);
    }
}

void complete_extensions(EntityDescription& e, const Kernel& kernel) {
    const auto fresh = e.make();
    for (auto& f : e.fields) {
        if (f.added_by.empty()) continue;
        declaration_check::refer(f, e.name, kernel);
        f.default_value = declaration_check::fresh_value(f, fresh.get());
    }
    declaration_check::check_columns(e);
}

void complete(EventDescription& event) {
    for (auto& f : event.fields) {
        if (f.label.empty()) f.label = humanise(f.name);
        f.longest = std::numeric_limits<int>::max();             // what was published is delivered
    }
}

void complete(ReportDescription& r, const Kernel& kernel) {
    for (auto& c : r.columns)
        if (c.label.empty()) c.label = humanise(c.name);
    for (auto& p : r.parameters) {
        if (p.label.empty()) p.label = humanise(p.name);
        if (p.kind != FieldKind::reference) continue;
        const auto* target = kernel.find_entity(p.referenced_type);
        if (!target) throw Refused("kernel.no_entity", "To declare {}.{}, need the module that declares what it refers to.", r.name, p.name);
        p.references = target->name;
    }
}

void check(const EntityDescription& e, const Kernel& kernel) {
    if (!declaration_check::is_name(std::string_view(e.name).substr(e.module.size() + 1)))
        throw declaration_check::bad("To declare {}, name it like \"{}.order_line\".", excerpt(e.name), e.module);
    declaration_check::check_columns(e);
    declaration_check::require_permission(e.permission, e.name, kernel);
    declaration_check::require_permission(e.read_permission, e.name, kernel);
    declaration_check::check_workflow(e, kernel);
}

void check(const BalanceDescription& b) {
    declaration_check::check_fields(b.keys, b.name);
    declaration_check::check_fields(b.sums, b.name);
    const auto most = BalanceDescription::most;
    if (b.keys.empty() || b.sums.empty() || b.keys.size() > most || b.sums.size() > most)
        throw Refused("kernel.bad_declaration", "To declare the balance {}, give it one to {} keys and one to {} sums.", b.name, most, most);
    for (const auto& sum : b.sums)
        if (!sum.number) throw Refused("kernel.bad_declaration", "To declare the balance {}, let {} be a number, an amount or a quantity.", b.name, sum.name);
}

void check(const EventDescription& event) { declaration_check::check_fields(event.fields, event.name); }

void check(const ReportDescription& r, const Kernel& kernel) {
    declaration_check::check_columns(r);
    declaration_check::check_parameters(r);
    declaration_check::require_permission(r.permission, r.name, kernel);
}

void check(const RecordFileDescription& file, const Kernel& kernel) {
    using declaration_check::bad;
    if (!kernel.find_entity(file.entity)) throw Refused("kernel.no_entity", "To declare the file {} of {}, declare that entity.", file.name, file.entity);
    if (!declaration_check::is_name(file.name)) throw bad("To declare a file of {}, name it like \"sheet\"; \"{}\" cannot be a name.", file.entity, excerpt(file.name));
    if (kernel.find_record_file(file.entity, file.name) != &file) throw bad("To declare the file {} of {}, choose another name: its address is taken.", file.name, file.entity);
    if (file.title.empty() || file.media_type.empty() || file.ending.empty())
        throw bad("To declare the file {} of {}, say in its title what it holds, and give its media type and the ending of its name.", file.name, file.entity);
}

void check(const RecordViewDescription& view, const Kernel& kernel) {
    using declaration_check::bad;
    const auto* entity = kernel.find_entity(view.entity);
    if (!entity) throw Refused("kernel.no_entity", "To declare the view {} of {}, declare that entity.", view.name, view.entity);
    if (!declaration_check::is_name(view.name)) throw bad("To declare a view of {}, name it like \"match\"; \"{}\" cannot be a name.", view.entity, excerpt(view.name));
    if (view.name == "history" || view.name == "related" || view.name == "attachments" || view.name == "files" || entity->workflow.find(view.name) || kernel.find_record_view(view.entity, view.name) != &view)
        throw bad("To declare the view {} of {}, choose another name: its address is taken.", view.name, view.entity);
    if (view.title.empty()) throw bad("To declare the view {} of {}, say in its title what it shows.", view.name, view.entity);
    const auto describes_object = [&] {
        try {
            const auto  schema = parse_json(view.schema);
            const auto* type   = schema.is_object() ? schema.get_object().if_contains("type") : nullptr;
            return type && *type == "object";
        } catch (const Refused&) {
            return false;
        }
    };
    if (!describes_object()) throw bad("To declare the view {} of {}, give the JSON schema of an object.", view.name, view.entity);
}

namespace declaration_check {

// "=supplier" is a field of the record that the panel is on.
void check_values(const View& view, const std::string& owner, const EntityDescription* of) {
    for (const auto& [name, value] : view.parameters) {
        if (!value.starts_with("=")) continue;
        if (!of || (value != "=id" && !of->find(std::string_view(value).substr(1))))
            throw bad("To declare {}, fill {} from a field of the record it stands on; \"{}\" is none.", owner, name, excerpt(value));
    }
}

void check_list(const View& view, const std::string& owner, const Kernel& kernel) {
    const auto* e = kernel.find_entity(view.entity);
    if (!e) throw bad("To declare {}, list an entity of a module this one needs; \"{}\" is none.", owner, excerpt(view.entity));
    for (const auto& [name, value] : view.parameters)
        if (const auto field = name.substr(0, name.find('.')); field != "id" && !e->find(field))      // "state.in": "open,accepted"
            throw bad("To declare {}, choose the records by fields of {}; \"{}\" is none.", owner, e->name, excerpt(name));
}

void check_report(const View& view, const std::string& owner, const Kernel& kernel) {
    const auto* r = kernel.find_report(view.report);
    if (!r) throw bad("To declare {}, show a report of a module this one needs; \"{}\" is none.", owner, excerpt(view.report));
    for (const auto& [name, value] : view.parameters)
        if (std::ranges::find(r->parameters, name, &ParameterDescription::name) == r->parameters.end())
            throw bad("To declare {}, use parameters of {}; \"{}\" is none.", owner, r->name, excerpt(name));
    const auto column = [&](const std::string& name, bool number) {
        const auto it = std::ranges::find(r->columns, name, &ReportColumn::name);
        if (it == r->columns.end() || (number && !adds_up(it->type)))
            throw bad("To declare {}, name a column of {}{}; \"{}\" is none.", owner, r->name, number ? " that holds numbers" : "", excerpt(name));
    };
    if (view.kind == ViewKind::figure) column(view.column, true);
    if (view.kind != ViewKind::chart) return;
    column(view.x, false);
    if (view.y.empty()) throw bad("To declare {}, name the columns that the chart of {} draws.", owner, r->name);
    for (const auto& y : view.y) column(y, true);
}

}  // namespace declaration_check

void check(const View& view, const std::string& owner, const std::string& of_entity, const Kernel& kernel) {
    const auto* of = kernel.find_entity(of_entity);
    if (!of_entity.empty() && (!of || !of->parent_field.empty()))
        throw declaration_check::bad("To declare {}, name an entity that has pages; \"{}\" is none.", owner, excerpt(of_entity));
    declaration_check::check_values(view, owner, of);
    view.kind == ViewKind::list ? declaration_check::check_list(view, owner, kernel) : declaration_check::check_report(view, owner, kernel);
}

}  // namespace tessera::declarations
