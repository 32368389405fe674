#pragma once
// The keys of the file that `tessera serve --config FILE` reads. What the command line gives stays: it overrides the file.
//
//     ServeOptions serving;
//     const auto   configuration = serve_configuration(options, serving);
//     if (options.given("config")) configuration.read(options.text("config"));
//
// Keys that are options too are filled into `options`, all others into `serving`; both must outlive the result.

#include <tessera/http_server.h>

#include "configuration.h"
#include "options.h"

namespace tessera::program {

Configuration serve_configuration(Options& options, ServeOptions& serving);

}  // namespace tessera::program
