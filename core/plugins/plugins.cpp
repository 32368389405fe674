#include "plugins/plugins.h"

#include <algorithm>
#include <map>

#include "containment/meter.h"

namespace tessera::plugins {

namespace incidents {

void release(Transaction& tx, Incident& incident) {
    if (incident.kind == Kind::not_loaded)
        throw Refused("plugins.not_loaded", "To use {} again, repair or remove its library and start the server anew: {}", incident.module, incident.reason);
    incident.over_at = tx.now();
    if (auto* meter = tx.kernel().find_meter(incident.module)) meter->release();
}

// By module, what is open of a kind.
std::map<std::string, Incident> open_ones(const Snapshot& tx, Kind kind) {
    std::map<std::string, Incident> open;
    for (auto& incident : tx.select<Incident>("state = 'open' AND kind = :kind ORDER BY id", kind)) open[incident.module] = incident;
    return open;
}

// What the loader refused, with the sentence that says why.
std::map<std::string, const ModuleDescription*> refused(const Kernel& kernel) {
    std::map<std::string, const ModuleDescription*> all;
    for (const auto& module : kernel.modules())
        if (!module.refused.empty()) all[module.name] = &module;
    return all;
}

void add(Transaction& tx, const std::string& module, const std::string& version, Kind kind, const std::string& reason) {
    tx.insert(Incident{.module = module, .module_version = version, .kind = kind, .reason = reason.substr(0, 1000), .happened_at = tx.now()});
}

}  // namespace incidents

void declare(Kernel& kernel) {
    kernel.permission(std::string(manage), "Release plugins that were closed");
    kernel.entity<Incident>("plugins.incident", "Incident of a plugin")
        .plural("Incidents of plugins")
        .help("A library that could not be loaded, or a plugin that was closed because it kept failing. Its data stay as they are.")
        .menu(Menu::setup)
        .read_needs("plugins.read")
        .needs(std::string(manage))
        .made_by_commands()
        .display("module")
        .field("module", &Incident::module, required, searchable, indexed, longest(120))
        .field("module_version", &Incident::module_version, longest(60))
        .field("kind", &Incident::kind)
        .field("reason", &Incident::reason, multiline, longest(1000))
        .field("state", &Incident::state, read_only)
        .field("happened_at", &Incident::happened_at)
        .field("over_at", &Incident::over_at);
    kernel.workflow(&Incident::state)
        .transition("release", State::open, State::over, explained("The plugin takes part in everything again"), incidents::release);
}

bool is_noted(const Snapshot& tx) {
    const auto refused = incidents::refused(tx.kernel());
    const auto open    = incidents::open_ones(tx, Kind::not_loaded);
    return refused.size() == open.size() && std::ranges::all_of(refused, [&](const auto& one) {
               const auto known = open.find(one.first);
               return known != open.end() && known->second.reason == one.second->refused.substr(0, 1000);
           });
}

void note_what_was_loaded(Transaction& tx) {
    const auto refused = incidents::refused(tx.kernel());
    auto       open    = incidents::open_ones(tx, Kind::not_loaded);
    for (auto& [name, incident] : open) {
        const auto still = refused.find(name);
        if (still != refused.end() && incident.reason == still->second->refused.substr(0, 1000)) continue;
        incident.state   = State::over;
        incident.over_at = tx.now();
        tx.save(incident);
    }
    for (const auto& [name, module] : refused) {
        const auto known = open.find(name);
        if (known == open.end() || known->second.state == State::over) incidents::add(tx, name, module->version, Kind::not_loaded, module->refused);
    }
}

void note_closed(Transaction& tx, const std::string& module, const std::string& why) {
    if (incidents::open_ones(tx, Kind::closed).contains(module)) return;
    const auto& modules = tx.kernel().modules();
    const auto  it      = std::ranges::find(modules, module, &ModuleDescription::name);
    incidents::add(tx, module, it == modules.end() ? "" : it->version, Kind::closed, why);
}

void take_over(const Snapshot& tx) {
    const auto closed = incidents::open_ones(tx, Kind::closed);
    for (auto* meter : tx.kernel().meters()) {
        const auto it = closed.find(meter->module());
        if (it == closed.end()) {
            if (meter->is_closed()) meter->release();
        } else if (!meter->is_closed()) {
            meter->close(it->second.reason);
        }
    }
}

}  // namespace tessera::plugins
