# The target tessera_sqlite: the system's SQLite when it is free of the WAL-reset defect (3.51.3 and later), else a static
# library made of the source that sqlite_source.sh fetches. Link it PRIVATE into libtessera alone: its symbols are hidden,
# and a process must hold only one SQLite.

option(TESSERA_SYSTEM_SQLITE "Use the system's SQLite when it is new enough" ON)

find_package(PkgConfig QUIET)
if(TESSERA_SYSTEM_SQLITE AND PkgConfig_FOUND)
    pkg_check_modules(SYSTEM_SQLITE QUIET IMPORTED_TARGET "sqlite3>=3.51.3")
endif()

if(SYSTEM_SQLITE_FOUND)
    message(STATUS "SQLite ${SYSTEM_SQLITE_VERSION} of the system")
    add_library(tessera_sqlite INTERFACE)
    target_link_libraries(tessera_sqlite INTERFACE PkgConfig::SYSTEM_SQLITE)
    return()
endif()

enable_language(C)
find_package(Threads REQUIRED)
execute_process(
    COMMAND bash "${CMAKE_CURRENT_LIST_DIR}/sqlite_source.sh"
    OUTPUT_VARIABLE sqlite_directory
    OUTPUT_STRIP_TRAILING_WHITESPACE
    COMMAND_ERROR_IS_FATAL ANY)
message(STATUS "SQLite from ${sqlite_directory}")

add_library(tessera_sqlite STATIC "${sqlite_directory}/sqlite3.c")
target_include_directories(tessera_sqlite SYSTEM PUBLIC "${sqlite_directory}")
target_link_libraries(tessera_sqlite PUBLIC Threads::Threads ${CMAKE_DL_LIBS} m)
set_target_properties(tessera_sqlite PROPERTIES
    C_VISIBILITY_PRESET hidden
    POSITION_INDEPENDENT_CODE ON
    UNITY_BUILD OFF
    DISABLE_PRECOMPILE_HEADERS ON
    C_CLANG_TIDY ""
    C_CPPCHECK "")
# Always optimised and never instrumented: it is tested by its authors, and every test of ours runs through it.
target_compile_options(tessera_sqlite PRIVATE -O2 -w -fno-sanitize=all -fno-strict-aliasing)
target_compile_definitions(tessera_sqlite PRIVATE
    SQLITE_THREADSAFE=2
    SQLITE_DQS=0
    SQLITE_TRUSTED_SCHEMA=0
    SQLITE_DEFAULT_FOREIGN_KEYS=1
    SQLITE_DEFAULT_SYNCHRONOUS=2
    SQLITE_DEFAULT_WAL_SYNCHRONOUS=2
    SQLITE_DEFAULT_FILE_PERMISSIONS=0600
    SQLITE_DEFAULT_MEMSTATUS=0
    SQLITE_DEFAULT_MMAP_SIZE=0
    SQLITE_MAX_MMAP_SIZE=0
    SQLITE_MAX_EXPR_DEPTH=1000
    SQLITE_TEMP_STORE=2
    SQLITE_LIKE_DOESNT_MATCH_BLOBS
    SQLITE_USE_ALLOCA
    SQLITE_OMIT_DEPRECATED
    SQLITE_OMIT_SHARED_CACHE
    SQLITE_OMIT_LOAD_EXTENSION
    SQLITE_ENABLE_FTS5
    SQLITE_ENABLE_MATH_FUNCTIONS
    SQLITE_ENABLE_STAT4
    HAVE_FDATASYNC=1
    HAVE_GMTIME_R=1
    HAVE_ISNAN=1
    HAVE_LOCALTIME_R=1
    HAVE_MALLOC_USABLE_SIZE=1
    HAVE_STRCHRNUL=1
    HAVE_USLEEP=1
    USE_PREAD=1)
