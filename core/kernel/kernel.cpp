#include <tessera/kernel.h>
#include <tessera/text.h>

#include "containment/meter.h"
#include "kernel/declaration_check.h"
#include "metadata/entity_sql.h"

#include <algorithm>
#include <array>
#include <atomic>
#include <deque>
#include <unordered_map>
#include <unordered_set>

#include <cxxabi.h>

namespace tessera {

// Everything declared so far, in the order of declaration. `mark` remembers where the module being registered began, so
// that abandoning it forgets exactly what it declared.
struct Kernel::State {
    std::deque<EntityDescription>                                      entities;
    std::deque<BalanceDescription>                                     balances;
    std::deque<EventDescription>                                       events;
    std::deque<Subscription>                                           subscriptions_on, subscriptions_after;
    std::deque<ReportDescription>                                      reports;
    std::vector<PermissionDescription>                                 permissions;
    std::vector<CheckDescription>                                      checks;
    std::vector<SeedDescription>                                       seeds;
    std::vector<PageDescription>                                       pages;
    std::vector<PanelDescription>                                      panels;
    std::vector<CardDescription>                                       cards;
    std::deque<JobDescription>                                         jobs;
    std::vector<RecordViewDescription>                                 record_views;
    std::vector<RecordFileDescription>                                 record_files;
    std::vector<std::string>                                           schema_statements;
    std::vector<ModuleDescription>                                     modules;
    std::deque<containment::Meter>                                     meters;
    std::vector<TypeUse>                                               service_types, contribution_types;
    std::map<std::type_index, std::shared_ptr<void>>                   services;
    mutable std::unordered_map<std::type_index, std::shared_ptr<void>> contributions;

    std::map<std::string, const EntityDescription*, std::less<>>               entity_by_name, entity_by_path;
    std::unordered_map<std::type_index, EntityDescription*>                    entity_by_type;
    std::unordered_map<std::type_index, const BalanceDescription*>             balance_by_type;
    std::map<std::string, const ReportDescription*, std::less<>>               report_by_name;
    std::unordered_map<std::type_index, const EventDescription*>               event_by_type;
    std::unordered_map<std::type_index, std::vector<const Subscription*>>      on, after;
    std::map<std::string, const Subscription*, std::less<>>                    after_by_name;

    std::optional<ModuleDescription> current;
    struct Mark {
        std::size_t entities = 0, events = 0, on = 0, after = 0, reports = 0, permissions = 0, checks = 0, seeds = 0, pages = 0,
                    record_views = 0, schema = 0, balances = 0, jobs = 0, panels = 0, cards = 0, record_files = 0;
        std::vector<std::type_index>                                               services{};
        std::vector<std::function<void()>>                                         undo{};
        std::vector<std::pair<EntityDescription*, std::size_t>>                    extended{};      // and how many validators each had
    } mark;
    std::uint64_t serial = 0;                    // of this kernel among all of the process, once nothing is declared any more
};

namespace kernel_types {

// Types are found again by the address of their name: hashing the name would cost more than what is done with the answer.
template <class Kind, class Find>
Kind* find(std::uint64_t serial, std::type_index type, const Find& look_up) {
    struct Recent {
        const char*   name   = nullptr;
        std::uint64_t serial = 0;
        Kind*         found  = nullptr;
    };
    thread_local std::array<Recent, 256> recent;
    auto& slot = recent[(reinterpret_cast<std::uintptr_t>(type.name()) >> 4) % recent.size()];
    if (serial && slot.serial == serial && slot.name == type.name()) return slot.found;
    Kind* const found = look_up();
    if (serial && found) slot = {type.name(), serial, found};
    return found;
}

std::uint64_t next_serial() {
    static std::atomic<std::uint64_t> last{0};
    return ++last;
}

}  // namespace kernel_types

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
    d.of_core    = state_->current->of_core;
    d.type       = type;
    d.table      = kernel_naming::table_of(d.name);
    d.permission      = d.module + ".edit";
    d.read_permission = d.module + ".read";

    state_->entity_by_type[type]   = &d;
    state_->entity_by_name[d.name] = &d;
    return d;
}

BalanceDescription& Kernel::add_balance(std::string name, std::type_index type) {
    kernel_naming::check_owner(state_->current, "the balance", name);
    for (const auto& b : state_->balances)
        if (b.name == name || b.type == type)
            throw Refused("kernel.declared_twice", "To declare the balance {}, choose another name: it exists already.", name);
    auto& d  = state_->balances.emplace_back();
    d.name   = std::move(name);
    d.module = state_->current->name;
    d.table  = kernel_naming::table_of(d.name);
    d.type   = type;

    state_->balance_by_type[type] = &d;
    return d;
}

namespace kernel_workflow {

// The field whose value the workflow reads: the one choice that moves it.
std::string field_of(const EntityDescription& e, const std::function<std::string(const void*)>& state_of) {
    Reading reading{};
    for (const auto& f : e.fields) {
        if (f.kind != FieldKind::choice) continue;
        const auto record = e.make();
        bool       moves  = true;
        for (const auto choice : f.choices) try {
                f.assign(record.get(), InputValue::of_text(choice), reading);
                moves &= state_of(record.get()) == choice;
            } catch (const Refused&) {
                moves = false;
            }
        if (moves) return f.name;
    }
    throw Refused("kernel.bad_declaration", "To declare the workflow of {}, declare the field that holds its state first.", e.name);
}

}  // namespace kernel_workflow

EntityDescription& Kernel::extended_entity(std::type_index type) {
    const auto it = state_->entity_by_type.find(type);
    if (it == state_->entity_by_type.end()) throw Refused("kernel.no_entity", "To add fields to an entity, need the module that declares it.");
    auto& e = *it->second;
    if (!state_->current) throw std::logic_error("extended outside a module: " + e.name);
    if (e.module == state_->current->name) throw Refused("kernel.bad_declaration", "To add a field to {}, declare it with the entity: it is the module's own.", e.name);
    if (e.append_only || !e.parent_field.empty() || e.of_core)
        throw Refused("kernel.bad_declaration", "To add fields, extend a document or master data of a module; {} is {}.", e.name,
                      e.of_core ? "the core's" : e.append_only ? "a ledger" : "a line");
    e.extensions.push_back({.module = state_->current->name});
    state_->mark.extended.emplace_back(&e, e.validators.size());
    undo_contribution([&e, extensions = e.extensions.size() - 1, fields = e.fields.size(), validators = e.validators.size()] {
        e.extensions.resize(extensions);
        e.fields.resize(fields);
        e.validators.resize(validators);
    });
    return e;
}

FieldDescription of_part(FieldDescription f, const EntityDescription& entity, std::size_t i) {
    const auto* e     = &entity;
    const auto  whole = f;
    f.none   = [e, i, none = whole.none](const void* r) { return none(e->part(r, i)); };
    f.bind   = [e, i, bind = whole.bind](const void* r, Statement& s, int p) { bind(e->part(r, i), s, p); };
    f.read   = [e, i, read = whole.read](void* r, Statement& s, int c, Reading& in) { read(e->part(r, i), s, c, in); };
    f.json   = [e, i, json = whole.json](const void* r, JsonWriter& w) { json(e->part(r, i), w); };
    f.assign = [e, i, assign = whole.assign](void* r, const InputValue& v, Reading& in) { assign(e->part(r, i), v, in); };
    f.equal  = [e, i, equal = whole.equal](const void* a, const void* b) { return equal(e->part(a, i), e->part(b, i)); };
    f.copy   = [e, i, copy = whole.copy](void* to, const void* from) { copy(e->part(to, i), e->part(from, i)); };
    if (whole.number) f.number = [e, i, number = whole.number](const void* r) { return number(e->part(r, i)); };
    return f;
}

EntityDescription& Kernel::workflow_entity(std::type_index type, std::function<std::string(const void*)> state_of) {
    const auto it = state_->entity_by_type.find(type);
    if (it == state_->entity_by_type.end()) throw Refused("kernel.no_entity", "To declare a workflow, declare its entity first.");
    auto& e = *it->second;
    if (!state_->current || e.module != state_->current->name)
        throw Refused("kernel.foreign_name", "To declare a workflow, use an entity of the module itself, not {}.", e.name);
    if (!e.workflow.field.empty())
        throw Refused("kernel.declared_twice", "To declare the workflow of {}, add to the one it has: {} moves already.", e.name, e.workflow.field);
    e.workflow.field = kernel_workflow::field_of(e, state_of);
    return e;
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

    state_->event_by_type[type] = &d;
    return d;
}

void Kernel::add_subscription(std::type_index event, bool after, std::function<void(Transaction&, const void*)> handler) {
    if (!state_->current) throw std::logic_error("subscribed outside a module");
    auto& list = after ? state_->subscriptions_after : state_->subscriptions_on;
    list.push_back({state_->current->name, event, {}, std::move(handler)});
}

namespace kernel_types {

std::string readable(std::type_index type) {
    int                                          status = 0;
    const std::unique_ptr<char, void (*)(void*)> name(abi::__cxa_demangle(type.name(), nullptr, nullptr, &status), std::free);
    return name ? name.get() : type.name();
}

}  // namespace kernel_types

void Kernel::add_service(std::type_index type, std::shared_ptr<void> implementation) {
    if (!state_->services.emplace(type, std::move(implementation)).second)
        throw Refused("kernel.declared_twice", "To provide a service, leave it to the module that already does.");
    state_->mark.services.push_back(type);
    state_->service_types.push_back({kernel_types::readable(type), state_->current->name});
    undo_contribution([this] { state_->service_types.pop_back(); });
}

void Kernel::note_contribution(std::type_index type) {
    TypeUse made{kernel_types::readable(type), state_->current->name};
    auto&   all = state_->contribution_types;
    if (std::ranges::any_of(all, [&](const auto& one) { return one.type == made.type && one.module == made.module; })) return;
    all.push_back(std::move(made));
    undo_contribution([this] { state_->contribution_types.pop_back(); });
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

    state_->report_by_name[d.name] = &d;
    return d;
}

void Kernel::check(std::string name, std::string title, std::function<void(const Snapshot&, const std::function<void(Finding)>&)> run) {
    kernel_naming::check_owner(state_->current, "the check", name);
    for (const auto& c : state_->checks)
        if (c.name == name) throw Refused("kernel.declared_twice", "To declare the check {}, choose another name: it exists already.", name);
    state_->checks.push_back({std::move(name), std::move(title), state_->current->name, std::move(run)});
}
void Kernel::seed(std::function<void(Transaction&, const SeedOptions&)> run) { state_->seeds.push_back({state_->current->name, std::move(run)}); }
void Kernel::page(std::string path, std::string title, std::string report) {
    state_->pages.push_back({std::move(path), std::move(title), std::move(report), state_->current->name, {}});
}
void Kernel::page(std::string path, std::string title, std::vector<View> views) {
    if (!path.starts_with(state_->current->name + "/"))
        throw Refused("kernel.foreign_name", "To declare the page {}, give it a path that begins with \"{}/\".", path, state_->current->name);
    if (std::ranges::find(state_->pages, path, &PageDescription::path) != state_->pages.end())
        throw Refused("kernel.declared_twice", "To declare the page {}, choose another path: it exists already.", path);
    state_->pages.push_back({std::move(path), std::move(title), {}, state_->current->name, std::move(views)});
}
void Kernel::panel(std::string name, std::string entity, std::string title, View view) {
    kernel_naming::check_owner(state_->current, "the panel", name);
    if (std::ranges::find(state_->panels, name, &PanelDescription::name) != state_->panels.end())
        throw Refused("kernel.declared_twice", "To declare the panel {}, choose another name: it exists already.", name);
    state_->panels.push_back({std::move(name), std::move(title), std::move(entity), state_->current->name, std::move(view)});
}
void Kernel::card(std::string name, std::string title, View view) {
    kernel_naming::check_owner(state_->current, "the card", name);
    if (std::ranges::find(state_->cards, name, &CardDescription::name) != state_->cards.end())
        throw Refused("kernel.declared_twice", "To declare the card {}, choose another name: it exists already.", name);
    state_->cards.push_back({std::move(name), std::move(title), state_->current->name, std::move(view)});
}
void Kernel::record_view(std::string entity, std::string name, RecordViewText text, std::function<void(const Snapshot&, std::int64_t, JsonWriter&)> write) {
    kernel_naming::check_owner(state_->current, "a view of", entity);
    state_->record_views.push_back({std::move(entity), std::move(name), state_->current->name, std::move(text.title), std::move(text.schema), std::move(write)});
}
void Kernel::record_file(std::string entity, std::string name, RecordFileText text, std::function<std::string(const Snapshot&, std::int64_t)> make) {
    kernel_naming::check_owner(state_->current, "a file of", entity);
    state_->record_files.push_back({std::move(entity), std::move(name), state_->current->name, std::move(text.title), std::move(text.media_type), std::move(text.ending), std::move(make)});
}
void Kernel::job(std::string name, std::string title, Rhythm rhythm, void (*run)(JobRun&)) {
    kernel_naming::check_owner(state_->current, "the job", name);
    if (find_job(name)) throw Refused("kernel.declared_twice", "To declare the job {}, choose another name: it exists already.", name);
    if (rhythm.every < std::chrono::seconds(1)) throw Refused("kernel.bad_declaration", "To declare the job {}, let it come back after a second or later.", name);
    state_->jobs.push_back({std::move(name), std::move(title), state_->current->name, rhythm, run});
}
void Kernel::schema(std::string sql) { state_->schema_statements.push_back(std::move(sql)); }

void Kernel::begin_module(ModuleDescription module) {
    auto& s   = *state_;
    s.mark    = {s.entities.size(), s.events.size(), s.subscriptions_on.size(), s.subscriptions_after.size(), s.reports.size(),
                 s.permissions.size(), s.checks.size(), s.seeds.size(), s.pages.size(), s.record_views.size(), s.schema_statements.size(), {}, {}};
    s.mark.balances = s.balances.size();
    s.mark.jobs     = s.jobs.size();
    s.mark.panels   = s.panels.size();
    s.mark.cards    = s.cards.size();
    s.mark.record_files = s.record_files.size();
    s.current       = std::move(module);
    s.permissions.push_back({s.current->name + ".read", "See " + s.current->title, s.current->name});
    s.permissions.push_back({s.current->name + ".edit", "Create and change records of " + s.current->title, s.current->name});
}

void Kernel::commit_module() {
    auto& s = *state_;
    for (auto i = s.mark.entities; i < s.entities.size(); ++i) declarations::complete(s.entities[i], *this);
    for (auto i = s.mark.events; i < s.events.size(); ++i) declarations::complete(s.events[i]);
    for (auto i = s.mark.reports; i < s.reports.size(); ++i) declarations::complete(s.reports[i], *this);

    for (auto i = s.mark.balances; i < s.balances.size(); ++i) declarations::check(s.balances[i]);
    for (auto i = s.mark.entities; i < s.entities.size(); ++i) {
        auto& e = s.entities[i];
        declarations::check(e, *this);
        for (std::size_t j = 0; j < i; ++j)
            if (s.entities[j].path == e.path || s.entities[j].table == e.table)
                throw Refused("kernel.declared_twice", "To declare {}, give it another name or path: {} has its table or path.", e.name, s.entities[j].name);
    }
    for (auto& e : s.entities)
        if (std::ranges::any_of(e.extensions, [&](const auto& x) { return x.module == s.current->name; })) declarations::complete_extensions(e, *this);
    for (auto i = s.mark.events; i < s.events.size(); ++i) declarations::check(s.events[i]);
    for (auto i = s.mark.reports; i < s.reports.size(); ++i) declarations::check(s.reports[i], *this);
    for (auto i = s.mark.record_views; i < s.record_views.size(); ++i) declarations::check(s.record_views[i], *this);
    for (auto i = s.mark.record_files; i < s.record_files.size(); ++i) declarations::check(s.record_files[i], *this);
    for (auto i = s.mark.panels; i < s.panels.size(); ++i) declarations::check(s.panels[i].view, "the panel " + s.panels[i].name, s.panels[i].entity, *this);
    for (auto i = s.mark.cards; i < s.cards.size(); ++i) declarations::check(s.cards[i].view, "the card " + s.cards[i].name, {}, *this);
    for (auto i = s.mark.pages; i < s.pages.size(); ++i)
        for (const auto& view : s.pages[i].views) declarations::check(view, "the page " + s.pages[i].path, {}, *this);
    for (auto i = s.mark.after; i < s.subscriptions_after.size(); ++i)
        if (!find_event(s.subscriptions_after[i].event))
            throw Refused("kernel.no_event", "To hear of an event after its commit, let {} need the module that declares it with kernel.event().", s.current->name);
    if (s.current->plugin) meter_module();
    s.modules.push_back(*s.current);
    s.current.reset();
}

// Every function of a plugin that is called from now on is called by way of its meter.
void Kernel::meter_module() {
    using containment::metered, containment::Meter;
    using enum Meter::When_closed;
    auto& s     = *state_;
    auto& meter = s.meters.emplace_back(s.current->name);
    const auto meter_all = [&](auto& functions, const std::string& what) {
        for (auto& function : functions) function = metered(meter, what, refuse, std::move(function));
    };
    for (auto i = s.mark.entities; i < s.entities.size(); ++i) {
        auto& e = s.entities[i];
        e.meter = &meter;
        meter_all(e.validators, "the validation of " + e.name);
        meter_all(e.before_remove, "what " + e.name + " does before it is deleted");
        e.when_erased = metered(meter, "what " + e.name + " does when it is erased", refuse, std::move(e.when_erased));
        for (auto& t : e.workflow.transitions) t.action = metered(meter, e.name + "'s " + t.name, refuse, std::move(t.action));
    }
    for (const auto& [e, others] : s.mark.extended)      // what it adds to the records of others they can do without
        for (auto i = others; i < e->validators.size(); ++i) e->validators[i] = metered(meter, "what " + s.current->name + " validates of " + e->name, skip, std::move(e->validators[i]));
    const auto name_of = [&](std::type_index type) { const auto* d = find_event(type); return d ? d->name : std::string("an event"); };
    for (auto i = s.mark.on; i < s.subscriptions_on.size(); ++i) {
        auto& sub   = s.subscriptions_on[i];
        sub.handler = metered(meter, sub.module + "'s part in " + name_of(sub.event), skip, std::move(sub.handler));
    }
    for (auto i = s.mark.after; i < s.subscriptions_after.size(); ++i) {
        auto& sub   = s.subscriptions_after[i];
        sub.handler = metered(meter, sub.module + "'s answer to " + name_of(sub.event), refuse, std::move(sub.handler));
    }
    for (auto i = s.mark.jobs; i < s.jobs.size(); ++i) s.jobs[i].run = metered(meter, "the job " + s.jobs[i].name, refuse, std::move(s.jobs[i].run));
    for (auto i = s.mark.checks; i < s.checks.size(); ++i) s.checks[i].run = metered(meter, "the check " + s.checks[i].name, refuse, std::move(s.checks[i].run));
    for (auto i = s.mark.seeds; i < s.seeds.size(); ++i) s.seeds[i].run = metered(meter, "what " + s.seeds[i].module + " does in new books", skip, std::move(s.seeds[i].run));
    for (auto i = s.mark.record_views; i < s.record_views.size(); ++i)
        s.record_views[i].write = metered(meter, "the view " + s.record_views[i].name + " of " + s.record_views[i].entity, refuse, std::move(s.record_views[i].write));
    for (auto i = s.mark.record_files; i < s.record_files.size(); ++i)
        s.record_files[i].make = metered(meter, "the file " + s.record_files[i].name + " of " + s.record_files[i].entity, std::move(s.record_files[i].make));
    for (auto i = s.mark.reports; i < s.reports.size(); ++i)
        s.reports[i].run = metered(meter, "the report " + s.reports[i].name, refuse, std::move(s.reports[i].run));
}

void Kernel::abandon_module(std::string sentence) {
    auto&       s = *state_;
    const auto& m = s.mark;
    for (auto i = m.entities; i < s.entities.size(); ++i) {
        s.entity_by_type.erase(s.entities[i].type);
        s.entity_by_name.erase(s.entities[i].name);
    }
    for (auto i = m.balances; i < s.balances.size(); ++i) s.balance_by_type.erase(s.balances[i].type);
    for (auto i = m.events; i < s.events.size(); ++i) s.event_by_type.erase(s.events[i].type);
    for (auto i = m.reports; i < s.reports.size(); ++i) s.report_by_name.erase(s.reports[i].name);
    s.entities.resize(m.entities);
    s.balances.resize(m.balances);
    s.events.resize(m.events);
    s.subscriptions_on.resize(m.on);
    s.subscriptions_after.resize(m.after);
    s.reports.resize(m.reports);
    s.permissions.resize(m.permissions);
    s.checks.resize(m.checks);
    s.seeds.resize(m.seeds);
    s.pages.resize(m.pages);
    s.jobs.resize(m.jobs);
    s.panels.resize(m.panels);
    s.cards.resize(m.cards);
    s.record_views.resize(m.record_views);
    s.record_files.resize(m.record_files);
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
    return kernel_types::find<const EntityDescription>(state_->serial, type, [&]() -> const EntityDescription* {
        const auto it = state_->entity_by_type.find(type);
        return it == state_->entity_by_type.end() ? nullptr : it->second;
    });
}
const EntityDescription* Kernel::find_entity_by_path(std::string_view path) const {
    const auto it = state_->entity_by_path.find(path);
    return it == state_->entity_by_path.end() ? nullptr : it->second;
}
const EntityDescription& Kernel::entity_of(std::type_index type) const {
    if (const auto* d = find_entity(type)) return *d;
    throw std::logic_error(std::string("no entity is declared for ") + type.name());
}
const BalanceDescription& Kernel::balance_of(std::type_index type) const {
    const auto* found = kernel_types::find<const BalanceDescription>(state_->serial, type, [&]() -> const BalanceDescription* {
        const auto it = state_->balance_by_type.find(type);
        return it == state_->balance_by_type.end() ? nullptr : it->second;
    });
    if (!found) throw std::logic_error(std::string("no balance is declared for ") + type.name());
    return *found;
}
const ReportDescription* Kernel::find_report(std::string_view name) const {
    const auto it = state_->report_by_name.find(name);
    return it == state_->report_by_name.end() ? nullptr : it->second;
}
std::vector<const BalanceDescription*> Kernel::balances() const {
    std::vector<const BalanceDescription*> all;
    for (const auto& b : state_->balances) all.push_back(&b);
    return all;
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
const std::vector<PanelDescription>&      Kernel::panels() const { return state_->panels; }
const std::vector<CardDescription>&       Kernel::cards() const { return state_->cards; }
const std::deque<JobDescription>&         Kernel::jobs() const { return state_->jobs; }
const JobDescription*                     Kernel::find_job(std::string_view name) const {
    const auto it = std::ranges::find(state_->jobs, name, &JobDescription::name);
    return it == state_->jobs.end() ? nullptr : &*it;
}
const std::vector<std::string>&           Kernel::schema_statements() const { return state_->schema_statements; }

const RecordViewDescription* Kernel::find_record_view(std::string_view entity, std::string_view name) const {
    for (const auto& v : state_->record_views)
        if (v.entity == entity && v.name == name) return &v;
    return nullptr;
}
std::vector<const RecordViewDescription*> Kernel::record_views_of(std::string_view entity) const {
    std::vector<const RecordViewDescription*> views;
    for (const auto& v : state_->record_views)
        if (v.entity == entity) views.push_back(&v);
    return views;
}
const RecordFileDescription* Kernel::find_record_file(std::string_view entity, std::string_view name) const {
    for (const auto& f : state_->record_files)
        if (f.entity == entity && f.name == name) return &f;
    return nullptr;
}
std::vector<const RecordFileDescription*> Kernel::record_files_of(std::string_view entity) const {
    std::vector<const RecordFileDescription*> files;
    for (const auto& f : state_->record_files)
        if (f.entity == entity) files.push_back(&f);
    return files;
}
std::vector<containment::Meter*> Kernel::meters() const {
    std::vector<containment::Meter*> all;
    for (auto& meter : state_->meters) all.push_back(&meter);
    return all;
}
containment::Meter* Kernel::find_meter(std::string_view module) const {
    const auto it = std::ranges::find_if(state_->meters, [&](const auto& meter) { return meter.module() == module; });
    return it == state_->meters.end() ? nullptr : &*it;
}
const EventDescription* Kernel::find_event(std::type_index type) const {
    const auto it = state_->event_by_type.find(type);
    return it == state_->event_by_type.end() ? nullptr : it->second;
}
const std::vector<TypeUse>& Kernel::services() const { return state_->service_types; }
const std::vector<TypeUse>& Kernel::contributed() const { return state_->contribution_types; }
std::vector<const EventDescription*> Kernel::events() const {
    std::vector<const EventDescription*> all;
    for (const auto& e : state_->events) all.push_back(&e);
    return all;
}
std::vector<std::string> Kernel::listeners(std::type_index event, bool after) const {
    std::vector<std::string> modules;
    for (const auto* subscription : subscribers(event, after))
        if (std::ranges::find(modules, subscription->module) == modules.end()) modules.push_back(subscription->module);
    return modules;
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
    void* const found = kernel_types::find<void>(state_->serial, type, [&]() -> void* {
        const auto it = state_->services.find(type);
        return it == state_->services.end() ? nullptr : it->second.get();
    });
    if (!found) throw std::logic_error(std::string("no module provides the service ") + type.name());
    return found;
}
std::shared_ptr<void> Kernel::contributions(std::type_index type, std::shared_ptr<void> (*make)()) const {
    const auto it = state_->contributions.find(type);
    return it == state_->contributions.end() ? make() : it->second;
}

void Kernel::finish() {
    auto& s = *state_;
    for (auto& e : s.entities) {
        s.entity_by_path[e.path] = &e;
        metadata::prepare_sql(e, *this);
    }
    for (auto& b : s.balances) metadata::prepare_sql(b);
    for (auto& sub : s.subscriptions_on) s.on[sub.event].push_back(&sub);
    std::map<std::string, int> used;
    for (auto& sub : s.subscriptions_after) {
        sub.name    = sub.module + ":" + find_event(sub.event)->name;
        const int n = ++used[sub.name];
        if (n > 1) sub.name += "." + std::to_string(n);
        s.after[sub.event].push_back(&sub);
        s.after_by_name[sub.name] = &sub;
    }
    s.serial = kernel_types::next_serial();
}

}  // namespace tessera
