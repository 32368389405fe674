#include "first_sign_in.h"

#include <tessera/accounts.h>

namespace tessera::program {

std::string link_text(std::string_view key, std::string_view server) {
    return fmt::format("{}/welcome#{}", server.empty() ? "http://127.0.0.1:8080" : server, key);
}

std::string first_sign_in(Suite& suite) {
    access::Accounts accounts(suite);
    const auto       link = accounts.make_link(Actor{}, "administrator");
    return fmt::format("To sign in first, serve it and open {} within 24 hours.\n", link_text(link.key));
}

}  // namespace tessera::program
