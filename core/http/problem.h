#pragma once
// Problem documents (RFC 9457): every refusal as the answer a program can act on and a person can read.
//
//     {"type":"about:blank","title":"Conflict","status":409,"code":"financials.period_closed","detail":"To post on …"}
//
// A refusal shows its code, its sentence and its field. Any other exception shows only the id of the request, under which
// the log has the rest.

#include <tessera/refused.h>

#include "http/exchange.h"
#include "http/log.h"

#include <exception>

namespace tessera::http {

std::string_view reason_phrase(int status);

Response problem(int status, std::string_view code, std::string_view detail, std::string_view field = {});
Response problem(const Refused& refused);
Response problem(std::exception_ptr failure, const Request& request, Log& log);

// 405, and what the resource does know: "GET, HEAD, POST".
Response not_allowed(std::string_view allowed);
// 204 for OPTIONS.
Response allowed_methods(std::string_view allowed);
Response nothing_here();

}  // namespace tessera::http
