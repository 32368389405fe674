#pragma once
// The keys of the file that `tessera serve --config FILE` reads. What the command line gives stays: it overrides the file.
//
//     ServeOptions serving;
//     MailOptions  mail;
//     const auto   configuration = serve_configuration(options, serving, mail);
//     if (options.given("config")) configuration.read(options.text("config"));
//
// Keys that are options too are filled into `options`, all others into `serving` and `mail`; all must outlive the result.

#include <tessera/http_server.h>
#include <tessera/mail.h>

#include "configuration.h"
#include "options.h"

namespace tessera::program {

struct MailOptions {
    mail::Server server{};  // no host: e-mail waits
    std::size_t  port = server.port;
    std::string  password_file{};

    // What the books are given, with the password read. Refused "kernel.no_password_file", "mail.bad_address".
    std::optional<mail::Server> taken() const;
};

Configuration serve_configuration(Options& options, ServeOptions& serving, MailOptions& mail);

}  // namespace tessera::program
