#!/usr/bin/env bash
# Lets libFuzzer look for what breaks a reader of what comes from outside, with clang and its sanitizers for addresses and
# undefined behaviour:
#
#     bash tests/fuzz/run.sh                      every harness for a minute
#     bash tests/fuzz/run.sh 3600 json header     two of them for an hour each
#     bash tests/fuzz/run.sh keep json            what was found, as far as it reaches code that the corpus does not
#
# What breaks one is written into tests/fuzz/corpus/<harness>, where fuzz_tests finds it ever after; what only reaches
# further lies in build/fuzz/found/<harness>, from where the next run goes on. Ends with 1 when something was found.
set -uo pipefail
cd "$(dirname "$0")/../.."

seconds=${1:-60}
names=("${@:2}")

if ! echo 'extern "C" int LLVMFuzzerTestOneInput(const unsigned char*, unsigned long) { return 0; }' |
    clang++-14 -fsanitize=fuzzer,address -x c++ - -o /dev/null 2>/dev/null; then
    echo "To fuzz, install Debian's packages clang-14 and libclang-rt-14-dev." >&2
    exit 2
fi
cmake --preset fuzz >/dev/null && cmake --build --preset fuzz --target fuzz || exit 2
[ ${#names[@]} -gt 0 ] || names=($(cd tests/fuzz/corpus && ls))

export TMPDIR=$PWD/build/fuzz/scratch TESSERA_HARNESS UBSAN_OPTIONS=print_stacktrace=1
broken=0
for TESSERA_HARNESS in "${names[@]}"; do
    corpus=tests/fuzz/corpus/$TESSERA_HARNESS
    found=build/fuzz/found/$TESSERA_HARNESS
    mkdir -p "$TMPDIR" "$found" "$corpus"
    if [ "$seconds" = keep ]; then
        build/fuzz/bin/fuzz -merge=1 -use_counters=0 "$corpus" "$found" >"$found.log" 2>&1
        echo "$TESSERA_HARNESS: $(ls "$corpus" | wc -l) files"
    elif build/fuzz/bin/fuzz -max_total_time="$seconds" -max_len=4096 -timeout=10 -rss_limit_mb=4096 -print_final_stats=1 \
        -artifact_prefix="$corpus/" "$found" "$corpus" >"$found.log" 2>&1; then
        echo "$TESSERA_HARNESS: $(grep -oE 'cov: [0-9]+ ft: [0-9]+' "$found.log" | tail -1)," \
            "$(sed -n 's/stat::number_of_executed_units: *//p' "$found.log") executions"
    else
        broken=1
        echo "$TESSERA_HARNESS: broken, see $found.log"
        grep -E 'what\(\)|SUMMARY|Test unit written' "$found.log"
    fi
    rm -rf "$TMPDIR"
done
exit $broken
