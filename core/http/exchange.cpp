#include "http/exchange.h"

#include <fmt/format.h>

#include <random>

namespace tessera::http {

std::string Request::id() const {
    // Another start of the server gives other ids, so that log lines of two runs cannot be confused.
    static const auto run = std::random_device{}();
    return fmt::format("{:08x}-{}", run, number);
}

}  // namespace tessera::http
