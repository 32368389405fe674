#pragma once
// Reads the target of a request ("/api/purchasing/orders?limit=5") into decoded path segments and parameters.

#include "http/exchange.h"

#include <optional>

namespace tessera::http {

std::optional<std::int64_t> whole_number(std::string_view text);  // from 0

// Fills request.segments and request.parameters from request.target. Refused (400) "kernel.malformed_target": what is not
// a path and a query of RFC 3986, and text that does not decode to UTF-8 without control characters.
void read_target(Request& request);

// The value of a parameter; empty when it is not given. Refused (400) when it is given twice.
std::string_view parameter(const Request& request, std::string_view name);

}  // namespace tessera::http
