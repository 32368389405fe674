#include "loader/version.h"

#include <array>
#include <charconv>
#include <optional>

namespace tessera::loader {

namespace versions {

using Numbers = std::array<int, 3>;

std::optional<Numbers> numbers_of(std::string_view text) {
    Numbers numbers{};
    for (std::size_t i = 0; i < numbers.size(); ++i) {
        const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), numbers[i]);
        if (error != std::errc() || numbers[i] < 0 || text.front() == '-') return {};
        text.remove_prefix(static_cast<std::size_t>(end - text.data()));
        if (text.empty()) return numbers;
        if (text.front() != '.' || text.size() == 1) return {};
        text.remove_prefix(1);
    }
    return {};
}

}  // namespace versions

Need need_of(std::string_view text) {
    const auto space = text.find(' ');
    if (space == text.npos) return {std::string(text), {}};
    return {std::string(text.substr(0, space)), std::string(text.substr(space + 1))};
}

bool is_version(std::string_view text) { return !text.empty() && versions::numbers_of(text).has_value(); }

bool satisfies(std::string_view version, std::string_view at_least) {
    if (at_least.empty()) return true;
    const auto has = versions::numbers_of(version), wanted = versions::numbers_of(at_least);
    if (!has || !wanted || *has < *wanted || (*has)[0] != (*wanted)[0]) return false;
    return (*has)[0] > 0 || (*has)[1] == (*wanted)[1];
}

}  // namespace tessera::loader
