#!/usr/bin/env bash
# AdventureWorks in full, every purchase and every sale, compared figure by figure; the normal test run replays the purchases
# and the sales of the first year. A minute or two on an idle machine.
#
#     bash tests/scenarios/full.sh
#
# TESSERA_BUILD_DIR names a build tree to use as it is; else build/ci is brought up to date.
set -euo pipefail
cd "$(dirname "$0")/../.."

build=${TESSERA_BUILD_DIR:-build/ci}
if [ -z "${TESSERA_BUILD_DIR:-}" ]; then
    cmake --preset ci >/dev/null
    cmake --build --preset ci -t scenarios_tests >/dev/null
fi
TESSERA_ADVENTUREWORKS=all exec "$build/tests/scenarios_tests" --no-intro -tc="AdventureWorks: every figure*"
