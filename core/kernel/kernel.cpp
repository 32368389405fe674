#include <tessera/kernel.h>
#include <tessera/text.h>

#include "metadata/entity_sql.h"

#include <algorithm>
#include <deque>
#include <unordered_map>
#include <unordered_set>

namespace tessera {

// Everything declared so far, in the order of declaration. `mark` remembers where the module being registered began, so
// that abandoning it forgets exactly what it declared.
struct Kernel::State {
    std::deque<EntityDescription>                                      entities;
    std::deque<EventDescription>                                       events;
    std::deque<Subscription>                                           subscriptions_on, subscriptions_after;
    std::deque<ReportDescription>                                      reports;
    std::vector<PermissionDescription>                                 permissions;
    std::vector<CheckDescription>                                      checks;
    std::vector<SeedDescription>                                       seeds;
    std::vector<PageDescription>                                       pages;
    std::vector<RecordViewDescription>                                 record_views;
    std::vector<std::string>                                           schema_statements;
    std::vector<ModuleDescription>                                     modules;
    std::map<std::type_index, std::shared_ptr<void>>                   services;
    mutable std::unordered_map<std::type_index, std::shared_ptr<void>> contributions;

    std::map<std::string, const EntityDescription*, std::less<>>               entity_by_name, entity_by_path;
    std::unordered_map<std::type_index, EntityDescription*>                    entity_by_type;
    std::map<std::string, const ReportDescription*, std::less<>>               report_by_name;
    std::unordered_map<std::type_index, const EventDescription*>               event_by_type;
    std::unordered_map<std::type_index, std::vector<const Subscription*>>      on, after;
    std::map<std::string, const Subscription*, std::less<>>                    after_by_name;

    std::optional<ModuleDescription> current;
    struct Mark {
        std::size_t entities = 0, events = 0, on = 0, after = 0, reports = 0, permissions = 0, checks = 0, seeds = 0, pages = 0,
                    record_views = 0, schema = 0;
        std::vector<std::type_index>                                               services{};
        std::vector<std::function<void()>>                                         undo{};
    } mark;
    bool finished = false;
};

namespace kernel_naming {

void check_owner(const std::optional<ModuleDescription>& current, std::string_view what, const std::string& name) {
    if (!current) throw std::logic_error("declared outside a module: " + name);
    if (!name.starts_with(current->name + "."))
        throw Refused("kernel.foreign_name", "To declare {} {}, give it a name that begins with \"{}.\".", what, name, current->name);
}

std::string table_of(std::string name) {
    std::ranges::replace(name, '.', '_');
    return name;
}

}  // namespace kernel_naming

Kernel::Kernel() : state_(std::make_unique<State>()) {}
Kernel::~Kernel() = default;

EntityDescription& Kernel::add_entity(std::string name, std::string title, std::type_index type) {
    kernel_naming::check_owner(state_->current, "the entity", name);
    for (const auto& e : state_->entities)
        if (e.name == name || e.type == type)
            throw Refused("kernel.declared_twice", "To declare the entity {}, choose another name: it exists already.", name);
    auto& d      = state_->entities.emplace_back();
    d.name       = std::move(name);
    d.title      = std::move(title);
    d.module     = state_->current->name;
    d.table      = kernel_naming::table_of(d.name);
    d.permission = d.module + ".edit";
    return d;
}

EntityDescription& Kernel::workflow_entity(std::type_index type, std::function<std::string(const void*)> state_of) {
    for (auto& e : state_->entities) {
        if (e.type != type) continue;
        if (e.module != state_->current->name)
            throw Refused("kernel.foreign_name", "To declare a workflow, use an entity of the module itself, not {}.", e.name);
        const auto fresh = e.make();
        e.workflow.field.clear();
        const auto first = state_of(fresh.get());
        for (const auto& f : e.fields)
            if (f.kind == FieldKind::choice && e.workflow.field.empty()) {
                std::string text;
                JsonWriter  json(text);
                f.json(fresh.get(), json);
                if (text == "\"" + first + "\"") e.workflow.field = f.name;
            }
        // Several choices may begin alike; the one called "state" is meant then.
        if (const auto* s = e.find("state"); s && s->kind == FieldKind::choice) e.workflow.field = "state";
        return e;
    }
    throw Refused("kernel.no_entity", "To declare a workflow, declare its entity first.");
}

void Kernel::permission(std::string name, std::string title) {
    kernel_naming::check_owner(state_->current, "the permission", name);
    for (const auto& p : state_->permissions)
        if (p.name == name) throw Refused("kernel.declared_twice", "To declare the permission {}, choose another name: it exists already.", name);
    state_->permissions.push_back({std::move(name), std::move(title), state_->current->name});
}

EventDescription& Kernel::add_event(std::string name, std::type_index type) {
    kernel_naming::check_owner(state_->current, "the event", name);
    for (const auto& e : state_->events)
        if (e.name == name || e.type == type)
            throw Refused("kernel.declared_twice", "To declare the event {}, choose another name: it exists already.", name);
    auto& d  = state_->events.emplace_back();
    d.name   = std::move(name);
    d.module = state_->current->name;
    d.type   = type;
    return d;
}

void Kernel::add_subscription(std::type_index event, bool after, std::function<void(Transaction&, const void*)> handler) {
    if (!state_->current) throw std::logic_error("subscribed outside a module");
    auto& list = after ? state_->subscriptions_after : state_->subscriptions_on;
    list.push_back({state_->current->name, event, {}, std::move(handler)});
}

void Kernel::add_service(std::type_index type, std::shared_ptr<void> implementation) {
    if (!state_->services.emplace(type, std::move(implementation)).second)
        throw Refused("kernel.declared_twice", "To provide a service, leave it to the module that already does.");
    state_->mark.services.push_back(type);
}

std::shared_ptr<void> Kernel::contribution_list(std::type_index type, std::shared_ptr<void> (*make)()) {
    auto& list = state_->contributions[type];
    if (!list) list = make();
    return list;
}

ReportDescription& Kernel::add_report(std::string name, std::string title) {
    kernel_naming::check_owner(state_->current, "the report", name);
    for (const auto& r : state_->reports)
        if (r.name == name) throw Refused("kernel.declared_twice", "To declare the report {}, choose another name: it exists already.", name);
    auto& d      = state_->reports.emplace_back();
    d.name       = std::move(name);
    d.title      = std::move(title);
    d.module     = state_->current->name;
    d.permission = d.module + ".read";
    return d;
}

void Kernel::check(std::string name, std::string title, std::function<void(const Snapshot&, const std::function<void(Finding)>&)> run) {
    kernel_naming::check_owner(state_->current, "the check", name);
    state_->checks.push_back({std::move(name), std::move(title), state_->current->name, std::move(run)});
}
void Kernel::seed(std::function<void(Transaction&, const SeedOptions&)> run) { state_->seeds.push_back({state_->current->name, std::move(run)}); }
void Kernel::page(std::string path, std::string title, std::string report) {
    state_->pages.push_back({std::move(path), std::move(title), std::move(report), state_->current->name});
}
void Kernel::record_view(std::string entity, std::string name, std::function<void(const Snapshot&, std::int64_t, JsonWriter&)> write) {
    kernel_naming::check_owner(state_->current, "a view of", entity);
    state_->record_views.push_back({std::move(entity), std::move(name), state_->current->name, std::move(write)});
}
void Kernel::schema(std::string sql) { state_->schema_statements.push_back(std::move(sql)); }

void Kernel::begin_module(ModuleDescription module) {
    auto& s   = *state_;
    s.mark    = {s.entities.size(), s.events.size(), s.subscriptions_on.size(), s.subscriptions_after.size(), s.reports.size(),
                 s.permissions.size(), s.checks.size(), s.seeds.size(), s.pages.size(), s.record_views.size(), s.schema_statements.size(), {}, {}};
    s.current = std::move(module);
    s.permissions.push_back({s.current->name + ".read", "See " + s.current->title, s.current->name});
    s.permissions.push_back({s.current->name + ".edit", "Create and change records of " + s.current->title, s.current->name});
}

void Kernel::commit_module() {
    state_->modules.push_back(*state_->current);
    state_->current.reset();
}

void Kernel::abandon_module(std::string sentence) {
    auto&       s = *state_;
    const auto& m = s.mark;
    s.entities.resize(m.entities);
    s.events.resize(m.events);
    s.subscriptions_on.resize(m.on);
    s.subscriptions_after.resize(m.after);
    s.reports.resize(m.reports);
    s.permissions.resize(m.permissions);
    s.checks.resize(m.checks);
    s.seeds.resize(m.seeds);
    s.pages.resize(m.pages);
    s.record_views.resize(m.record_views);
    s.schema_statements.resize(m.schema);
    for (const auto& type : m.services) s.services.erase(type);
    for (auto it = m.undo.rbegin(); it != m.undo.rend(); ++it) (*it)();
    s.current->refused = std::move(sentence);
    s.modules.push_back(*s.current);
    s.current.reset();
}

void Kernel::refuse_module(ModuleDescription module) { state_->modules.push_back(std::move(module)); }
void Kernel::undo_contribution(std::function<void()> undo) { state_->mark.undo.push_back(std::move(undo)); }

const EntityDescription* Kernel::find_entity(std::string_view name) const {
    const auto it = state_->entity_by_name.find(name);
    return it == state_->entity_by_name.end() ? nullptr : it->second;
}
const EntityDescription* Kernel::find_entity(std::type_index type) const {
    const auto it = state_->entity_by_type.find(type);
    return it == state_->entity_by_type.end() ? nullptr : it->second;
}
const EntityDescription* Kernel::find_entity_by_path(std::string_view path) const {
    const auto it = state_->entity_by_path.find(path);
    return it == state_->entity_by_path.end() ? nullptr : it->second;
}
const EntityDescription& Kernel::entity_of(std::type_index type) const {
    if (const auto* d = find_entity(type)) return *d;
    throw std::logic_error(std::string("no entity is declared for ") + type.name());
}
const ReportDescription* Kernel::find_report(std::string_view name) const {
    const auto it = state_->report_by_name.find(name);
    return it == state_->report_by_name.end() ? nullptr : it->second;
}
std::vector<const EntityDescription*> Kernel::entities() const {
    std::vector<const EntityDescription*> all;
    for (const auto& e : state_->entities) all.push_back(&e);
    return all;
}
std::vector<const ReportDescription*> Kernel::reports() const {
    std::vector<const ReportDescription*> all;
    for (const auto& r : state_->reports) all.push_back(&r);
    return all;
}
const std::vector<PermissionDescription>& Kernel::permissions() const { return state_->permissions; }
const std::vector<ModuleDescription>&     Kernel::modules() const { return state_->modules; }
const std::vector<CheckDescription>&      Kernel::checks() const { return state_->checks; }
const std::vector<SeedDescription>&       Kernel::seeds() const { return state_->seeds; }
const std::vector<PageDescription>&       Kernel::pages() const { return state_->pages; }
const std::vector<std::string>&           Kernel::schema_statements() const { return state_->schema_statements; }

const RecordViewDescription* Kernel::find_record_view(std::string_view entity, std::string_view name) const {
    for (const auto& v : state_->record_views)
        if (v.entity == entity && v.name == name) return &v;
    return nullptr;
}
const EventDescription* Kernel::find_event(std::type_index type) const {
    const auto it = state_->event_by_type.find(type);
    return it == state_->event_by_type.end() ? nullptr : it->second;
}
const EventDescription* Kernel::find_event(std::string_view name) const {
    for (const auto& e : state_->events)
        if (e.name == name) return &e;
    return nullptr;
}
const std::vector<const Subscription*>& Kernel::subscribers(std::type_index event, bool after) const {
    static const std::vector<const Subscription*> nobody;
    const auto& map = after ? state_->after : state_->on;
    const auto  it  = map.find(event);
    return it == map.end() ? nobody : it->second;
}
const Subscription* Kernel::find_after_handler(std::string_view name) const {
    const auto it = state_->after_by_name.find(name);
    return it == state_->after_by_name.end() ? nullptr : it->second;
}
void* Kernel::find_service(std::type_index type) const {
    const auto it = state_->services.find(type);
    if (it == state_->services.end()) throw std::logic_error(std::string("no module provides the service ") + type.name());
    return it->second.get();
}
std::shared_ptr<void> Kernel::contributions(std::type_index type, std::shared_ptr<void> (*make)()) const {
    const auto it = state_->contributions.find(type);
    return it == state_->contributions.end() ? make() : it->second;
}

namespace kernel_finish {

void name_entity(EntityDescription& e) {
    if (e.plural.empty()) e.plural = pluralise(e.title);
    const auto last = e.name.substr(e.name.find('.') + 1);
    e.path          = e.module + "/" + (e.path.empty() ? pluralise(last) : e.path);
    for (auto& f : e.fields)
        if (f.label.empty()) f.label = humanise(f.name);
    for (auto& t : e.workflow.transitions) {
        if (t.label.empty()) t.label = humanise(t.name);
        for (auto& f : t.input)
            if (f.label.empty()) f.label = humanise(f.name);
    }
    for (auto& l : e.lines)
        if (l.label.empty()) l.label = humanise(l.name);
    if (e.display.empty())
        for (const auto* candidate : {"number", "code", "name"})
            if (e.display.empty() && e.find(candidate)) e.display = candidate;
}

void fresh_values(EntityDescription& e) {
    const auto fresh = e.make();
    for (auto& f : e.fields) {
        if (f.none(fresh.get())) continue;
        std::string text;
        JsonWriter  json(text);
        f.json(fresh.get(), json);
        if (text.size() >= 2 && text.front() == '"') text = text.substr(1, text.size() - 2);
        if (text != "0" && text != "false") f.default_value = text;
    }
}

}  // namespace kernel_finish

void Kernel::finish() {
    auto& s = *state_;
    for (auto& e : s.entities) {
        s.entity_by_type[e.type] = &e;
        s.entity_by_name[e.name] = &e;
    }
    const auto resolve = [&](FieldDescription& f, const std::string& owner) {
        if (f.kind != FieldKind::reference) return;
        const auto* target = find_entity(f.referenced_type);
        if (!target) throw Refused("kernel.no_entity", "To declare {}.{}, let the module that declares what it refers to be loaded.", owner, f.name);
        f.references = target->name;
    };
    for (auto& e : s.entities) {
        kernel_finish::name_entity(e);
        kernel_finish::fresh_values(e);
        s.entity_by_path[e.path] = &e;
        for (auto& f : e.fields) resolve(f, e.name);
        for (auto& t : e.workflow.transitions)
            for (auto& f : t.input) resolve(f, e.name + "." + t.name);
        for (auto& l : e.lines) {
            l.entity = find_entity(l.type);
            if (!l.entity || l.entity->parent_field.empty())
                throw Refused("kernel.no_entity", "To give {} its {}, declare the line's entity with part_of().", e.name, l.name);
        }
    }
    for (auto& e : s.entities) metadata::prepare_sql(e, *this);
    for (auto& ev : s.events) {
        s.event_by_type[ev.type] = &ev;
        for (auto& f : ev.fields)
            if (f.label.empty()) f.label = humanise(f.name);
    }
    for (auto& r : s.reports) {
        s.report_by_name[r.name] = &r;
        for (auto& c : r.columns)
            if (c.label.empty()) c.label = humanise(c.name);
        for (auto& p : r.parameters) {
            if (p.label.empty()) p.label = humanise(p.name);
            if (p.kind == FieldKind::reference)
                if (const auto* target = find_entity(p.referenced_type)) p.references = target->name;
        }
    }
    for (auto& sub : s.subscriptions_on) s.on[sub.event].push_back(&sub);
    std::map<std::string, int> used;
    for (auto& sub : s.subscriptions_after) {
        const auto* ev = find_event(sub.event);
        if (!ev) throw Refused("kernel.no_event", "To subscribe {} after the commit, declare the event's fields with kernel.event().", sub.module);
        sub.name      = sub.module + ":" + ev->name;
        const int n   = ++used[sub.name];
        if (n > 1) sub.name += "." + std::to_string(n);
        s.after[sub.event].push_back(&sub);
        s.after_by_name[sub.name] = &sub;
    }
    s.finished = true;
}

}  // namespace tessera
