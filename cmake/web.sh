#!/usr/bin/env bash
# Builds the browser pages, apps/web -> apps/web/dist, when their sources have changed since the last time. With
# `check` it also checks their types and runs their unit tests.
set -euo pipefail
cd "$(dirname "$0")/../apps/web"

sources_hash() {
    find . \( -name node_modules -o -name dist \) -prune -o -type f -print0 | LC_ALL=C sort -z | xargs -0 sha256sum |
        sha256sum | cut -d' ' -f1
}
install_packages() {
    local lock
    lock=$(sha256sum package-lock.json | cut -d' ' -f1)
    [ "$(cat node_modules/.stamp 2>/dev/null)" = "$lock" ] && return
    npm ci --no-audit --no-fund
    echo "$lock" >node_modules/.stamp
}

hash=$(sources_hash)
if [ "$(cat dist/.stamp 2>/dev/null)" != "$hash" ]; then
    install_packages
    npm run build
    echo "$hash" >dist/.stamp
fi
if [ "${1:-}" = check ]; then
    install_packages
    npm run check
    npm test
fi
