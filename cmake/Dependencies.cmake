# The libraries Tessera stands on, all from Debian 12 (cmake/prereqs.sh installs them), and SQLite, which is compiled
# here because Debian's own version can corrupt a write-ahead log.

set(Boost_NO_WARN_NEW_VERSIONS ON)
find_package(Boost 1.81 REQUIRED COMPONENTS json url program_options)
find_package(fmt REQUIRED)
find_package(OpenSSL REQUIRED)
find_package(spdlog REQUIRED)
find_package(PkgConfig REQUIRED)
pkg_check_modules(xlsxwriter REQUIRED IMPORTED_TARGET xlsxwriter)
pkg_check_modules(prometheus REQUIRED IMPORTED_TARGET prometheus-cpp-core)
pkg_check_modules(pangocairo REQUIRED IMPORTED_TARGET pangocairo cairo-pdf)
pkg_check_modules(libpq REQUIRED IMPORTED_TARGET libpq)
pkg_check_modules(sodium REQUIRED IMPORTED_TARGET libsodium)
pkg_check_modules(oath REQUIRED IMPORTED_TARGET liboath)
pkg_check_modules(qrencode REQUIRED IMPORTED_TARGET libqrencode)
pkg_check_modules(libcurl REQUIRED IMPORTED_TARGET libcurl)
pkg_check_modules(nlopt REQUIRED IMPORTED_TARGET nlopt)
pkg_check_modules(utf8proc REQUIRED IMPORTED_TARGET libutf8proc)
pkg_check_modules(zlib REQUIRED IMPORTED_TARGET zlib)
pkg_check_modules(pugixml REQUIRED IMPORTED_TARGET pugixml)
pkg_check_modules(cmark REQUIRED IMPORTED_TARGET libcmark-gfm)
find_library(cmark_extensions cmark-gfm-extensions REQUIRED)   # which brings no file for pkg-config
pkg_check_modules(libxml REQUIRED IMPORTED_TARGET libxml-2.0)
pkg_check_modules(jemalloc REQUIRED jemalloc)
# The programs' allocator: the C library's asks the system for every page of a thread's memory. Sanitizers bring their own.
add_library(tessera_allocator INTERFACE)
if(NOT TESSERA_SANITIZE)
    target_link_options(tessera_allocator INTERFACE "LINKER:--push-state,--no-as-needed" ${jemalloc_LINK_LIBRARIES} "LINKER:--pop-state")
endif()
if(TESSERA_TESTS)
    find_package(doctest REQUIRED)
endif()

include(Sqlite)   # target tessera_sqlite
