#pragma once
// The hash of the audit trail's seals, of the schema's fingerprint and of what a request asked for.

#include <tessera/digest.h>

namespace tessera::audit {

using tessera::sha256_hex;

}  // namespace tessera::audit
