#pragma once
// Answers are sent compressed to whom that suits: text of some length that bears no strong ETag, which would name other bytes.
//
//     compress(response, request.accept_encoding);     // adds Content-Encoding and Vary; leaves alone what is short or compressed
//
// What the caller may not see is in no answer, and pages of elsewhere cannot have one made with a caller's cookie (SameSite=Strict),
// so the length of an answer tells nobody what is in it.

#include "http/exchange.h"

namespace tessera::http {

// Whether a client that sent this Accept-Encoding takes the coding "gzip" or "br".
bool accepts(std::string_view accept_encoding, std::string_view coding);
// Throws std::bad_alloc where there is no memory for it.
void compress(Response& response, std::string_view accept_encoding);

}  // namespace tessera::http
