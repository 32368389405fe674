#include "containment/meter.h"
#include "kernel/suite_state.h"
#include "plugins/plugins.h"

namespace tessera {

// A plugin that keeps failing is closed at once, in the program; the record follows, so that it stays closed.
void RunningSuite::note_incidents() {
    if (books_.currency.none()) return;
    for (auto* meter : kernel_.meters())
        meter->when_closed([this, module = meter->module()](const std::string& why) {
            submit({.name = "plugins.close", .actor = Actor::system()}, [module, why](Transaction& tx) { plugins::note_closed(tx, module, why); }, [](std::exception_ptr) {});
        });
    bool noted = true;
    read(Actor::system(), [&](const Snapshot& tx) { noted = plugins::is_noted(tx); });
    if (!noted) write({.name = "plugins.note", .actor = Actor::system()}, plugins::note_what_was_loaded);
}

void RunningSuite::take_over_closed_plugins() {
    if (books_.currency.none() || kernel_.meters().empty()) return;
    look(Actor::system(), plugins::take_over);
}

}  // namespace tessera
