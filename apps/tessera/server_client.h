#pragma once
// The command line as a client of the server that has the books open: what it may not write itself, it asks for.

#include <optional>
#include <string>

namespace tessera::program {

struct ServerRequest {
    std::string server{};  // "http://127.0.0.1:8080", the note on the database's lock
    std::string key{};     // the operator's, see operator_key.h
    std::string method{}, target{}, body{};
    std::string media_type = "application/json";
};

// The body of the answer. What the server refuses is refused here with its code and sentence; a server that cannot be
// reached is "kernel.server_unreachable".
std::string ask_server(const ServerRequest& request);

bool is_server(const std::string& lock_note);

}  // namespace tessera::program
