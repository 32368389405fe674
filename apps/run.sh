#!/usr/bin/env bash
# From a fresh clone to a running company: installs what is missing, builds the release and the web pages, makes the
# demo company the first time, and serves it. Further arguments go to `tessera serve`:
#
#     bash apps/run.sh --listen 127.0.0.1:9000
#     TESSERA_DATABASE=/srv/books.tessera bash apps/run.sh
set -euo pipefail
cd "$(dirname "$0")/.."
repository=$PWD
source cmake/prereqs.sh build

cmake --workflow --preset release
bash cmake/web.sh

tessera=$repository/build/release/bin/tessera
database=${TESSERA_DATABASE:-$repository/build/demo.tessera}
if [[ $database != *://* && ! -e $database ]]; then   # an interrupted demo must not pass for a company
    rm -f "$database".making*
    "$tessera" demo --database "$database.making" | sed "/^To /d"    # it is served below, under its own name
    mv "$database.making" "$database"
fi

"$tessera" migrate --database "$database" | sed "/^The database is up to date.$/d"

if [[ " $* " != *" --listen"* ]]; then
    set -- --listen 127.0.0.1:8080 "$@"
    "$tessera" user link administrator --database "$database" >&2
fi
echo "tessera: serving $database; press Ctrl+C to stop" >&2
exec "$tessera" serve --database "$database" "$@"
