#!/usr/bin/env bash
# The long sets of the tests of chance, in full or as many as are asked for; the normal test run does a few of each.
#
#     bash tests/faults/full.sh                        all of them
#     bash tests/faults/full.sh kills 200 power 50     some of them
#     bash tests/faults/full.sh power 50 seed 4711     again, as a failure says
#
#     kills N      kill -9 under load, on SQLite and on PostgreSQL                              200
#     power N      power cuts under load; first the control, which must see a loss               50
#     torn N       power cuts at any write, with pieces of it on the disk                      1000
#     damages N    bits flipped, pages copied, files cut short                                  200
#     keys N       requests whose answers get lost, each asked again under its key            10000
#     steps N      a migration killed at each step that reaches the disk, as far as there are any      60
#     posts N      by each of sixteen, every fifth refused: numbers without a gap               500
#
# It ends with 0 when all held, 1 when something failed, 3 when the tests of power cuts are blind: then they prove nothing.
# TESSERA_BUILD_DIR names a build tree to use as it is; else build/ci is brought up to date.
set -uo pipefail
cd "$(dirname "$0")/../.."

declare -A full=([kills]=200 [power]=50 [torn]=1000 [damages]=200 [keys]=10000 [steps]=60 [posts]=500) wanted=()
sets=(kills power torn damages keys steps posts)
seed=$((RANDOM * 32768 + RANDOM))
while [ $# -gt 0 ]; do
    name=$1 count=${2:-}
    if [[ ! $count =~ ^[1-9][0-9]*$ || ($name != seed && -z ${full[$name]:-}) ]]; then
        echo "To run the long sets, give a set and a number: $name ${count:-} is none. See the beginning of $0." >&2
        exit 2
    fi
    if [ "$name" = seed ]; then seed=$count; else wanted[$name]=$count; fi
    shift 2
done
if [ ${#wanted[@]} = 0 ]; then
    for name in "${sets[@]}"; do wanted[$name]=${full[$name]}; done
fi

build=${TESSERA_BUILD_DIR:-build/ci}
if [ -z "${TESSERA_BUILD_DIR:-}" ]; then
    cmake --preset ci >/dev/null && cmake --build --preset ci -t faults_tests core_tests >/dev/null || exit 1
fi
said=$(mktemp)
trap 'rm -f "$said"' EXIT
failed=0

# title, then the program with its words; the numbers are in the environment
run() {
    local title=$1 result=held
    shift
    "$@" >"$said" 2>&1 || result=FAILED
    [ $result = held ] && grep -q "Left out" "$said" && result="left out"
    echo "$title seed $seed: $result"
    [ $result = held ] && grep -hE "documents through|damages:" "$said"
    [ $result = "left out" ] && grep -h "Left out" "$said"
    [ $result = FAILED ] || return 0
    cat "$said"
    failed=1
    return 1
}
faults=("$build/tests/faults_tests" --no-intro)
core=("$build/core/core_tests" --no-intro)
export TESSERA_SEED=$seed

for name in "${sets[@]}"; do
    count=${wanted[$name]:-}
    [ -n "$count" ] || continue
    case $name in
        kills)
            export TESSERA_KILLS=$count
            run "kills $count" "${faults[@]}" -tc="kill -9 under*"
            if compgen -G '/usr/lib/postgresql/*/bin/initdb' >/dev/null; then
                run "kills $count, on PostgreSQL," bash tests/postgres/with_postgres.sh "${faults[@]}" -tc="kill -9 under*"
            else
                echo "kills $count, on PostgreSQL: left out, it is not installed"
            fi ;;
        power)
            export TESSERA_POWER_CUTS=$count
            if run "power cut, control," "${faults[@]}" -tc="power cut? control*"; then
                run "power $count" "${faults[@]}" -tc="power cut under*"
            else
                exit 3
            fi ;;
        torn) TESSERA_TORN=$count run "torn $count" "${core[@]}" -tc="torn disk*" ;;
        damages) TESSERA_DAMAGES=$count run "damages $count" "${faults[@]}" -tc="damaged *" ;;
        keys) TESSERA_KEYS=$count run "keys $count" "${faults[@]}" -tc="once: eight clients*" ;;
        steps) TESSERA_MIGRATION_STEPS=$count run "steps $count" "${faults[@]}" -tc="migrate: a kill at each step*" ;;
        posts) TESSERA_POSTS=$count run "posts $count" "${faults[@]}" -tc="numbers: *" ;;
    esac
done
exit $failed
