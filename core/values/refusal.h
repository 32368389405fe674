#pragma once
// For tests: the code of the refusal that something ends in, "" when it succeeds.

#include <tessera/refused.h>

#include <string>

namespace tessera::values {

template <class Action>
std::string refusal(Action&& action) {
    try {
        action();
        return {};
    } catch (const Refused& refused) {
        return refused.code();
    }
}

}  // namespace tessera::values
