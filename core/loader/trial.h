#pragma once
// A trial lets code that may end the process run in a process of its own first: a library whose constructors throw, exit,
// crash or never return cannot be caught in the server itself. The child does the work and names each step before it
// takes it; when it ends badly, the parent learns at which step, and how.
//
//     const auto ended = try_out([&](const auto& about_to) { about_to("warranty.so"); … }, std::chrono::seconds(10));
//     if (ended) …   // ended->step == "warranty.so", ended->how == "crashed (signal 11)"
//
// What the child prints is dropped. Nothing it does outlives it, except in files: work that writes must not be tried out.

#include <chrono>
#include <functional>
#include <optional>
#include <string>

namespace tessera::loader {

struct TrialEnd {
    std::string step{};
    std::string how{};
};
using AboutTo = std::function<void(const std::string& step)>;

// Nothing when the work came to its end. A step that takes longer than `step_max` ends the trial.
std::optional<TrialEnd> try_out(const std::function<void(const AboutTo&)>& work, std::chrono::milliseconds step_max);

}  // namespace tessera::loader
