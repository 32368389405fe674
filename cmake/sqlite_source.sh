#!/usr/bin/env bash
# Fetches the SQLite source that Tessera is built with and prints the directory that holds sqlite3.c and sqlite3.h.
# Nothing is done when it is there already. SQLite 3.7.0 to 3.51.2 can damage a database in WAL mode, and Debian 12 has
# 3.40.1; the npm package better-sqlite3 carries a whole, current amalgamation.
set -euo pipefail

package=better-sqlite3
version=13.2.0
archive_sha256=40487589df3496f2ee0079d22b73c63fccebe7db0e8ee9a2c42421861e321e0b

cache="${TESSERA_CACHE:-$HOME/.cache/tessera}/sqlite"
directory="$cache/$package-$version"

if [[ -f $directory/sqlite3.c && -f $directory/sqlite3.h ]]; then
    echo "$directory"
    exit 0
fi
if ! command -v npm >/dev/null; then
    echo "To fetch SQLite's source, install npm, or put sqlite3.c and sqlite3.h into $directory." >&2
    exit 1
fi

mkdir -p "$cache"
work="$(mktemp -d "$cache/unpacking.XXXXXX")"
trap 'rm -rf "$work"' EXIT

archive="$work/$(cd "$work" && npm pack "$package@$version" --silent | tail -n 1)"
if ! echo "$archive_sha256  $archive" | sha256sum --check --status; then
    echo "To build SQLite, fetch $package $version again: the archive is not the one recorded in cmake/sqlite_source.sh." >&2
    exit 1
fi
tar --extract --gzip --file "$archive" --directory "$work" --strip-components=3 \
    package/deps/sqlite3/sqlite3.c package/deps/sqlite3/sqlite3.h
rm "$archive"
chmod 755 "$work"
mv --no-target-directory "$work" "$directory" 2>/dev/null || [[ -f $directory/sqlite3.c ]]
echo "$directory"
