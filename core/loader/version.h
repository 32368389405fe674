#pragma once
// Versions of modules, as semver.org orders them: "1.10.0" is later than "1.9.3". What a module needs of another is the first version
// that has what it uses; a later one satisfies it until the number changes that says that something was broken: the first,
// and below 1.0 the second.
//
//     const auto need = need_of("financials 1.2");       // {"financials", "1.2"}
//     satisfies("1.10.0", need.at_least);                // true; "2.0.0" does not

#include <tessera/refused.h>

#include <string>
#include <string_view>

namespace tessera::loader {

struct Need {
    std::string module{};
    std::string at_least{};      // empty: any version
};
TESSERA_API Need need_of(std::string_view text);
// Up to three numbers with points between them.
TESSERA_API bool is_version(std::string_view text);
TESSERA_API bool satisfies(std::string_view version, std::string_view at_least);

}  // namespace tessera::loader
