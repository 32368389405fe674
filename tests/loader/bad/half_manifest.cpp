// Says who it is but not what to call.
#include <tessera/sdk.h>

TESSERA_MODULE({.name = "half_manifest", .version = "1.0.0", .title = "Half a manifest"});
