#pragma once
// What happened to plugins, as records: a library that could not be loaded, a plugin that was closed because it kept failing. So it
// stands in the audit trail, on a page, and wherever the operator looks; and a plugin that was closed stays so on every server and
// over every start, until somebody releases it.

#include <tessera/kernel.h>

namespace tessera::plugins {

inline constexpr std::string_view manage = "plugins.manage";

enum class Kind { not_loaded, closed };
constexpr auto names_of(Kind) { return names("not_loaded", "closed"); }
enum class State { open, over };
constexpr auto names_of(State) { return names("open", "over"); }

struct Incident {
    Id<Incident> id{};
    std::string  module{}, module_version{};
    Kind         kind = Kind::not_loaded;
    std::string  reason{};
    State        state = State::open;
    Instant      happened_at{}, over_at{};
};

void declare(Kernel& kernel);

inline bool is_about_plugins(std::string_view entity) { return entity == "plugins.incident"; }

// Whether the records say what the loader found.
bool is_noted(const Snapshot& tx);
void note_what_was_loaded(Transaction& tx);
void note_closed(Transaction& tx, const std::string& module, const std::string& why);
// Closes and releases plugins as the records say.
void take_over(const Snapshot& tx);

}  // namespace tessera::plugins
