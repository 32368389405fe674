#!/usr/bin/env bash
# Every test, as they run before a change is accepted: installs what is missing, builds with warnings as errors, checks
# the web pages and runs their unit tests, then everything ctest knows, pages in a browser included. Further arguments
# go to ctest:  bash tests/run.sh -R purchasing
set -euo pipefail
cd "$(dirname "$0")/.."
source cmake/prereqs.sh test

cmake --preset ci
cmake --build --preset ci
if [ -f apps/web/package.json ]; then
    bash cmake/web.sh check
fi
if [ -f tests/browser/package.json ]; then
    npm ci --prefix tests/browser --no-audit --no-fund
fi
# What the tests write need not last: in memory, where there is room for it.
if [ -z "${TMPDIR:-}" ] && [ "$(df --output=avail /dev/shm 2>/dev/null | tail -1)" -gt 4000000 ] 2>/dev/null; then
    export TMPDIR=/dev/shm
fi
exec ctest --preset ci "$@"
