#pragma once
// names() lists the names of an enumeration's values in their order, so that a state is stored, shown and read by name.
//
//     enum class ClaimState { open, accepted, refused };
//     constexpr auto names_of(ClaimState) { return tessera::names("open", "accepted", "refused"); }

#include <tessera/refused.h>

#include <array>
#include <string_view>
#include <type_traits>

namespace tessera {

template <class... Name>
constexpr std::array<std::string_view, sizeof...(Name)> names(const Name&... name) {
    return {std::string_view(name)...};
}

template <class E>
concept NamedEnum = std::is_enum_v<E> && requires { names_of(E{}); };

template <NamedEnum E>
constexpr std::string_view name_of(E value) {
    return names_of(E{})[static_cast<std::size_t>(value)];
}

template <NamedEnum E>
E value_named(std::string_view name) {
    constexpr auto all = names_of(E{});
    for (std::size_t i = 0; i < all.size(); ++i)
        if (all[i] == name) return static_cast<E>(i);
    std::string allowed;
    for (auto one : all) allowed += (allowed.empty() ? "" : ", ") + std::string(one);
    throw Refused("kernel.unknown_choice", "To set this, use one of {}; \"{}\" is none of them.", allowed, name).with_status(422);
}

}  // namespace tessera
