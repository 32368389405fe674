#pragma once
// The answer to one [[summary]] of a profile, asked of the books after the import.

#include <tessera/suite.h>

#include "imports/import_profile.h"

namespace tessera::imports {

ReportResult summarise(Suite& suite, const Actor& actor, const ImportProfile& profile, const Summary& summary);

}  // namespace tessera::imports
