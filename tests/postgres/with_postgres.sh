#!/usr/bin/env bash
# Runs a command beside a PostgreSQL of its own, which is gone when the command ends, and exits as it does:
#
#     bash tests/postgres/with_postgres.sh build/dev/tests/kernel_tests
#
# The command finds the server in TESSERA_TEST_POSTGRES (postgresql://tessera@127.0.0.1:PORT; add /DATABASE), and in
# TESSERA_TEST_POSTGRES_PROGRAMS what it was started from. The server does not wait for the disk, and
# TESSERA_TEST_UNSAFE_POSTGRES=1 lets Tessera put up with that; TESSERA_TEST_POSTGRES_DURABLE=1 makes it wait. Exits with 77
# where PostgreSQL is not installed.
set -euo pipefail

say() { echo "with_postgres: $*" >&2; }

[ $# -gt 0 ] || { say "To run a command on PostgreSQL, name it: with_postgres.sh COMMAND…"; exit 2; }

bin=$(compgen -G '/usr/lib/postgresql/*/bin/postgres' | sort -V | tail -1) || true
bin=${bin%/postgres}
[ -n "$bin" ] || { say "To run this on PostgreSQL, install it first (Debian: postgresql-15)."; exit 77; }
unset "${!PG@}"

directory=$(mktemp -d -t tessera-postgres.XXXXXX)
as_owner=(setpriv --pdeathsig INT)   # whatever ends this script ends the server
if [ "$(id -u)" = 0 ]; then
    chown postgres: "$directory"
    as_owner+=(--reuid postgres --regid "$(id -g postgres)" --clear-groups)
fi
in_directory() { cd "$directory" && exec "${as_owner[@]}" "$@"; }

server='' command=''
finish() {
    trap '' INT TERM
    [ -z "$command" ] || kill "$command" 2>/dev/null || true
    if [ -n "$server" ]; then
        (in_directory "$bin/pg_ctl" stop --silent --pgdata "$directory/data" --mode immediate) >/dev/null 2>&1 || true
        wait "$server" 2>/dev/null || true
    fi
    rm -rf "$directory"
}
trap finish EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

(in_directory "$bin/initdb" --pgdata "$directory/data" --username tessera --auth trust --encoding UTF8 \
    --locale C.UTF-8 --data-checksums --no-sync) >"$directory/log" 2>&1 || { cat "$directory/log" >&2; exit 1; }

settings=(-c listen_addresses=127.0.0.1 -c "unix_socket_directories=$directory" -c max_connections=200
    -c shared_buffers=128MB -c deadlock_timeout=200ms -c synchronous_commit=on)
if [ "${TESSERA_TEST_POSTGRES_DURABLE:-}" = 1 ]; then
    unset TESSERA_TEST_UNSAFE_POSTGRES
else
    settings+=(-c fsync=off -c full_page_writes=off)
    export TESSERA_TEST_UNSAFE_POSTGRES=1
fi

# Below the ports that the system gives away by itself. A port that somebody takes first ends the server at once.
start() {
    local port=$1
    (in_directory "$bin/postgres" -D "$directory/data" -p "$port" "${settings[@]}") >>"$directory/log" 2>&1 &
    server=$!
    for _ in $(seq 600); do
        "$bin/pg_isready" --quiet --host "$directory" --port "$port" --username tessera && return 0
        kill -0 "$server" 2>/dev/null || break
        sleep 0.05
    done
    return 1
}
for attempt in 1 2 3 4 5; do
    port=$((20000 + RANDOM % 12000))
    start "$port" && break
    [ "$attempt" -lt 5 ] || { cat "$directory/log" >&2; exit 1; }
done
export TESSERA_TEST_POSTGRES_PROGRAMS=$bin TESSERA_TEST_POSTGRES=postgresql://tessera@127.0.0.1:$port

env --default-signal=INT,QUIT "$@" <&0 &
command=$!
status=0
wait "$command" || status=$?
command=''
exit "$status"
