#include <tessera/refused.h>

namespace tessera {

Refused::Refused(Plain, std::string_view code, std::string sentence) : std::runtime_error(sentence), code_(code) {}

Refused::~Refused() = default;

}  // namespace tessera
