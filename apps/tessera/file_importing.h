#pragma once
// Files that a module takes over (tessera/file_import.h): a folder, or one file, given to the importer of that name.

#include <tessera/file_import.h>
#include <tessera/suite.h>

#include "options.h"

#include <optional>

namespace tessera::program {

// Nothing when no module has an importer of that name. `place` is a folder or a file.
std::optional<FileImportOutcome> import_files(Suite& suite, const Options& options, const std::string& importer, const std::string& place);

}  // namespace tessera::program
