# tessera_add_test_program(NAME [MAKES_COMPANIES] SOURCES files… [LINK targets…] [INCLUDE folders…] [DEPENDS targets…])
# makes one doctest program and registers it with ctest. Without sources, or with TESSERA_TESTS off, it does nothing. One
# that makes companies runs a second time as NAME_on_postgresql, without its test suite "database file".
#
# Each program knows, as a macro and as an environment variable of the same name: TESSERA_PROGRAM (the built tessera),
# TESSERA_SOURCE_DIR (this repository), TESSERA_BUILD_DIR (lib/ and share/ lie below it) and TESSERA_SHARED_DIR (sample
# data; may be absent).

set(TESSERA_TEST_ENVIRONMENT
    TESSERA_PROGRAM=${CMAKE_BINARY_DIR}/bin/tessera
    TESSERA_SOURCE_DIR=${CMAKE_SOURCE_DIR}
    TESSERA_BUILD_DIR=${CMAKE_BINARY_DIR}
    TESSERA_SHARED_DIR=${TESSERA_SHARED_DIR})

if(TESSERA_TESTS)
    file(CONFIGURE OUTPUT test_main.cpp CONTENT [[
#define DOCTEST_CONFIG_IMPLEMENT_WITH_MAIN
#include <doctest/doctest.h>
]])
    add_library(test_main STATIC ${CMAKE_BINARY_DIR}/test_main.cpp)
    target_link_libraries(test_main PUBLIC doctest::doctest)
    set_target_properties(test_main PROPERTIES UNITY_BUILD OFF)
endif()

function(tessera_add_test_program name)
    cmake_parse_arguments(PARSE_ARGV 1 arg "MAKES_COMPANIES" "" "SOURCES;LINK;INCLUDE;DEPENDS")
    if(NOT arg_SOURCES OR NOT TESSERA_TESTS)
        return()
    endif()
    add_executable(${name} ${arg_SOURCES})
    set_target_properties(${name} PROPERTIES UNITY_BUILD OFF)   # tests may name their tables and helpers as they like
    target_include_directories(${name} PRIVATE ${arg_INCLUDE})
    target_link_libraries(${name} PRIVATE ${arg_LINK} test_main)
    foreach(pair IN LISTS TESSERA_TEST_ENVIRONMENT)
        string(REGEX REPLACE "=(.*)" "=\"\\1\"" definition ${pair})
        target_compile_definitions(${name} PRIVATE ${definition})
    endforeach()
    tessera_use_precompiled_header(${name})
    if(arg_DEPENDS)
        add_dependencies(${name} ${arg_DEPENDS})
    endif()
    add_test(NAME ${name} COMMAND ${name})
    set_tests_properties(${name} PROPERTIES ENVIRONMENT "${TESSERA_TEST_ENVIRONMENT}")
    if(arg_MAKES_COMPANIES AND TESSERA_TEST_POSTGRES_ENGINE)
        _tessera_add_test_on_postgresql(${name})
    endif()
endfunction()

# Each brings a server of its own; they share two locks, so that two servers run at once and no more.
function(_tessera_add_test_on_postgresql program)
    get_property(before GLOBAL PROPERTY TESSERA_TESTS_ON_POSTGRESQL)
    set_property(GLOBAL APPEND PROPERTY TESSERA_TESTS_ON_POSTGRESQL ${program})
    list(LENGTH before count)
    math(EXPR lock "${count} % 2")
    set(name ${program}_on_postgresql)
    add_test(NAME ${name}
             COMMAND bash ${CMAKE_SOURCE_DIR}/tests/postgres/with_postgres.sh $<TARGET_FILE:${program}>
                     "--test-suite-exclude=database file")
    set_tests_properties(${name} PROPERTIES
        ENVIRONMENT "${TESSERA_TEST_ENVIRONMENT}" LABELS postgresql SKIP_RETURN_CODE 77 RESOURCE_LOCK postgresql_${lock}
        TIMEOUT 900)
endfunction()
