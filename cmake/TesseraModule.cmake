# tessera_add_module(NAME NEEDS other…) turns the folder it is called from into a module that the kernel loads at run
# time. tessera_add_plugin is the same for plugins. Of the folder become
#
#     include/NAME/…           the module's contract: target NAME_contract, included as <NAME/…> by whoever needs NAME
#     **.cpp                   lib/tessera/modules/NAME.so
#     **_test.cpp, tests/…     the doctest program NAME_tests, linked from the module's own objects
#
# A module sees the SDK, its own files and the contracts of the modules it names, not those that they need in turn: an
# undeclared include does not compile. NEEDS must say what the manifest's .needs says: tests compare it with the macro
# TESSERA_DECLARED_NEEDS ("directory catalog"), or with module_needs.txt in the build tree ("purchasing: directory …").
#
# A module's library carries the texts of the contracts it was built with (contract.cmake), so that the kernel can tell a
# library that was built for other ones.
#
# In a project outside this repository, which found Tessera by find_package, ctest also runs each tests/*.test as a story
# with the installed program; the tests need doctest (Debian: doctest-dev) and are left out with -D BUILD_TESTING=OFF.

function(tessera_add_module name)
    _tessera_add_module(${name} modules ${ARGN})
endfunction()

function(tessera_add_plugin name)
    _tessera_add_module(${name} plugins ${ARGN})
endfunction()

function(_tessera_add_module name kind)
    cmake_parse_arguments(PARSE_ARGV 2 arg "" "" "NEEDS")
    if(arg_UNPARSED_ARGUMENTS)
        message(FATAL_ERROR "To declare what ${name} needs, write NEEDS before: ${arg_UNPARSED_ARGUMENTS}")
    endif()
    set(folder ${CMAKE_CURRENT_SOURCE_DIR})

    add_library(${name}_contract INTERFACE)
    target_include_directories(${name}_contract INTERFACE
        $<BUILD_INTERFACE:${folder}/include>
        $<INSTALL_INTERFACE:${CMAKE_INSTALL_INCLUDEDIR}/tessera-contracts/${name}>)

    file(GLOB_RECURSE sources CONFIGURE_DEPENDS ${folder}/*.cpp)
    list(FILTER sources EXCLUDE REGEX "/build/|/CMakeFiles/")   # a build tree inside the folder
    set(tests ${sources})
    list(FILTER sources EXCLUDE REGEX "_test\\.cpp$|^${folder}/tests/")
    list(FILTER tests INCLUDE REGEX "_test\\.cpp$|^${folder}/tests/")
    if(NOT sources)
        message(STATUS "${name}: no sources yet")
        return()
    endif()

    add_library(${name}_objects OBJECT ${sources})
    target_include_directories(${name}_objects PUBLIC ${folder})
    target_link_libraries(${name}_objects PUBLIC tessera ${name}_contract)
    list(JOIN arg_NEEDS " " declared_needs)
    target_compile_definitions(${name}_objects PRIVATE TESSERA_DECLARED_NEEDS="${declared_needs}")
    _tessera_prepare(${name}_objects)

    add_library(${name} MODULE)
    target_link_libraries(${name} PRIVATE ${name}_objects)
    set_target_properties(${name} PROPERTIES
        PREFIX "" LINKER_LANGUAGE CXX INSTALL_RPATH "$ORIGIN/../.."
        LIBRARY_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/lib/tessera/${kind})
    if(NOT TESSERA_SANITIZE)   # the sanitizers' runtime is in the program alone
        target_link_options(${name} PRIVATE -Wl,--no-undefined)
    endif()

    if(COMMAND tessera_add_test_program)
        tessera_add_test_program(${name}_tests MAKES_COMPANIES SOURCES ${tests} LINK ${name}_objects DEPENDS ${name})
    else()
        _tessera_test_outside(${name} ${folder} ${tests})
    endif()

    install(TARGETS ${name} LIBRARY DESTINATION lib/tessera/${kind})
    if(EXISTS ${folder}/include)
        _tessera_contract_text(${name} ${folder}/include)
        install(DIRECTORY ${folder}/include/ DESTINATION ${CMAKE_INSTALL_INCLUDEDIR}/tessera-contracts/${name})
    endif()
    set_property(GLOBAL APPEND PROPERTY TESSERA_MODULES ${name})
    set_property(GLOBAL PROPERTY TESSERA_NEEDS_OF_${name} ${arg_NEEDS})
endfunction()

set(TESSERA_CONTRACT_TEXTS share/tessera/contracts)
set(_tessera_contract_script ${CMAKE_CURRENT_LIST_DIR}/contract.cmake)

function(_tessera_contract_text name folder)
    file(GLOB_RECURSE headers CONFIGURE_DEPENDS ${folder}/*.h)
    set(text ${CMAKE_BINARY_DIR}/${TESSERA_CONTRACT_TEXTS}/${name}.txt)
    add_custom_command(OUTPUT ${text} ${text}.h
        COMMAND ${CMAKE_COMMAND} -D NAME=${name} -D FOLDER=${folder} -D OUTPUT=${text} -P ${_tessera_contract_script}
        DEPENDS ${headers} ${_tessera_contract_script} VERBATIM)
    add_custom_target(${name}_contract_text DEPENDS ${text})
    install(FILES ${text} ${text}.h DESTINATION ${TESSERA_CONTRACT_TEXTS})
endfunction()

# Puts the texts of these contracts into notes of the target's library.
function(_tessera_embed_contracts target)
    set(code "")
    set(texts "")
    foreach(name IN LISTS ARGN)
        set(text ${CMAKE_BINARY_DIR}/${TESSERA_CONTRACT_TEXTS}/${name}.txt)
        if(TARGET ${name}_contract_text)
            add_dependencies(${target} ${name}_contract_text)
        else()
            set(text ${Tessera_PREFIX}/${TESSERA_CONTRACT_TEXTS}/${name}.txt)   # of the installation
            if(NOT EXISTS ${text})
                continue()
            endif()
        endif()
        list(APPEND texts ${text})
        string(APPEND code
            "#include \"${text}.h\"\n"
            "asm(\".pushsection .note.tessera.contracts,\\\"a\\\",@note\\n.balign 4\\n.long 8, 2f - 1f, 3\\n.asciz \\\"Tessera\\\"\\n\"\n"
            "    \"1: .incbin \\\"${text}\\\"\\n2: .balign 4\\n.popsection\");\n")
    endforeach()
    set(file ${CMAKE_BINARY_DIR}/contracts/${target}.cpp)
    file(CONFIGURE OUTPUT ${file} CONTENT "${code}" @ONLY)
    target_sources(${target} PRIVATE ${file})
    set_source_files_properties(${file} TARGET_DIRECTORY ${target} PROPERTIES OBJECT_DEPENDS "${texts}" SKIP_PRECOMPILE_HEADERS ON)
endfunction()

# Inside this repository all targets share flags and one precompiled header; a plugin built elsewhere brings its own.
function(_tessera_prepare target)
    if(TARGET tessera_pch)
        tessera_use_precompiled_header(${target})
        return()
    endif()
    set_target_properties(${target} PROPERTIES
        POSITION_INDEPENDENT_CODE ON CXX_VISIBILITY_PRESET hidden VISIBILITY_INLINES_HIDDEN ON CXX_EXTENSIONS OFF)
    target_compile_features(${target} PUBLIC cxx_std_20)
    target_compile_options(${target} PRIVATE $<$<COMPILE_LANG_AND_ID:CXX,GNU>:-fno-gnu-unique>)
    target_precompile_headers(${target} PRIVATE <tessera/sdk.h>)
endfunction()

# The tests of a plugin whose project is not this repository.
function(_tessera_test_outside name folder)
    if(DEFINED BUILD_TESTING AND NOT BUILD_TESTING)
        return()
    endif()
    find_package(doctest QUIET)
    if(ARGN AND doctest_FOUND)
        set(main ${CMAKE_CURRENT_BINARY_DIR}/${name}_test_main.cpp)
        file(CONFIGURE OUTPUT ${main} CONTENT "#define DOCTEST_CONFIG_IMPLEMENT_WITH_MAIN\n#include <doctest/doctest.h>\n")
        add_executable(${name}_tests ${ARGN} ${main})
        target_link_libraries(${name}_tests PRIVATE ${name}_objects doctest::doctest)
        # A company that a test makes looks for plugins in ../lib/tessera/plugins of the program.
        set_target_properties(${name}_tests PROPERTIES RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/tests)
        add_dependencies(${name}_tests ${name})
        add_test(NAME ${name}_tests COMMAND ${name}_tests)
    elseif(ARGN)
        message(STATUS "${name}: to build its tests, install doctest (Debian: doctest-dev)")
    endif()
    file(GLOB stories CONFIGURE_DEPENDS ${folder}/tests/*.test)
    foreach(story IN LISTS stories)
        cmake_path(GET story STEM title)
        add_test(NAME ${name}_story_${title}
                 COMMAND ${Tessera_SCENARIOS} --modules ${CMAKE_BINARY_DIR}/lib/tessera/plugins ${story})
    endforeach()
endfunction()

# Once every folder has been read: gives each module the contracts it needs, and its tests the libraries to load.
function(tessera_connect_modules)
    get_property(modules GLOBAL PROPERTY TESSERA_MODULES)
    foreach(name IN LISTS modules)
        add_custom_target(${name}_with_needs DEPENDS ${name})
    endforeach()
    set(declared "")
    foreach(name IN LISTS modules)
        get_property(needs GLOBAL PROPERTY TESSERA_NEEDS_OF_${name})
        _tessera_embed_contracts(${name} tessera ${name} ${needs})
        list(JOIN needs " " words)
        string(APPEND declared "${name}: ${words}\n")
        foreach(need IN LISTS needs)
            if(NOT TARGET ${need}_contract AND EXISTS "${Tessera_PREFIX}/include/tessera-contracts/${need}")
                add_library(${need}_contract INTERFACE IMPORTED GLOBAL)   # of a plugin that was installed
                target_include_directories(${need}_contract INTERFACE ${Tessera_PREFIX}/include/tessera-contracts/${need})
            endif()
            if(TARGET ${need}_contract)
                target_link_libraries(${name}_objects PUBLIC ${need}_contract)
            else()
                message(WARNING "To build ${name}, add or install the module ${need}, which it needs: there is no contract of it.")
            endif()
            if(TARGET ${need}_with_needs)
                add_dependencies(${name}_with_needs ${need}_with_needs)
            endif()
        endforeach()
        if(TARGET ${name}_tests)
            add_dependencies(${name}_tests ${name}_with_needs)
        endif()
    endforeach()
    file(CONFIGURE OUTPUT ${CMAKE_BINARY_DIR}/module_needs.txt CONTENT "${declared}")
endfunction()
