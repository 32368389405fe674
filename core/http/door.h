#pragma once
// Who sends a request: told from its header alone, before anything of its body is read.
//
//     Authorization: Bearer tsr_…                  a token, or the key of whoever has the books themselves (the command line)
//     Cookie: __Host-tessera_session=…             a browser that has signed in
//
// Where a server acts for one actor (ServeOptions::actor), everybody is let in as that one.

#include <tessera/accounts.h>
#include <tessera/http_server.h>

#include "http/exchange.h"

namespace tessera::http {

inline constexpr std::string_view session_cookie = "__Host-tessera_session";

class Door {
public:
    Door(Suite& suite, const ServeOptions& options);

    // Null: nobody we know. Who changes something comes with what the audit trail says of it: the request, and what proved who it is.
    std::shared_ptr<const access::Visitor> visitor_of(const Request& request);
    access::Accounts&                      accounts() { return accounts_; }
    // Where the request comes from; behind a proxy that is trusted, what it says of its client.
    access::Place                          place_of(const Request& request) const;

private:
    std::shared_ptr<const access::Visitor> known_visitor(const Request& request);

    access::Accounts                       accounts_;
    std::shared_ptr<const access::Visitor> everybody_{};
    std::string                            operator_key_hash_{};
    bool                                   behind_proxy_ = false;
    std::chrono::milliseconds              confirmation_age_max_;
};

// Refused 401 "kernel.not_signed_in" where nobody is known.
const access::Visitor& visitor_of(const Exchange& exchange);
const Actor&           actor_of(const Exchange& exchange);

}  // namespace tessera::http
