#include "harness.h"

#include <tessera/text.h>

#include <algorithm>

namespace tessera::fuzz {
namespace {

constexpr std::size_t longest_sentence = 2000;

std::vector<Harness>& declared() {
    static std::vector<Harness> all;
    return all;
}

}  // namespace

void must(bool holds, std::string_view claim) {
    if (!holds) throw Broken("broken: " + std::string(claim));
}

void must_be_one_sentence(std::string_view message) {
    must(!message.empty() && message.size() <= longest_sentence, "a message is neither empty nor endless");
    must(valid_utf8(message), "a message is UTF-8");
    must(std::ranges::none_of(message, [](unsigned char c) { return c < 0x20 || c == 0x7f; }), "a message is one line without control characters");
}

std::string_view take_until(std::string_view& bytes, char end) {
    const auto taken = bytes.substr(0, bytes.find(end));
    bytes.remove_prefix(std::min(taken.size() + 1, bytes.size()));
    return taken;
}

const std::vector<Harness>& harnesses() { return declared(); }

Declared::Declared(const char* name, void (*give)(std::string_view)) {
    auto& all = declared();
    all.insert(std::ranges::upper_bound(all, std::string(name), {}, &Harness::name), {name, give});
}

}  // namespace tessera::fuzz
