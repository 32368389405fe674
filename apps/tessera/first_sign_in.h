#pragma once
// A new company has one user and no password: what is told to whoever made it.

#include <tessera/suite.h>

namespace tessera::program {

// "To sign in first, serve it and open http://127.0.0.1:8080/welcome#… within 24 hours.\n"
std::string first_sign_in(Suite& suite);
// Where the link is opened: at the server that has the books, or at the usual address until there is one.
std::string link_text(std::string_view key, std::string_view server = {});

}  // namespace tessera::program
