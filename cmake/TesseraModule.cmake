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
    endif()

    install(TARGETS ${name} LIBRARY DESTINATION lib/tessera/${kind})
    if(EXISTS ${folder}/include)
        install(DIRECTORY ${folder}/include/ DESTINATION ${CMAKE_INSTALL_INCLUDEDIR}/tessera-contracts/${name})
    endif()
    set_property(GLOBAL APPEND PROPERTY TESSERA_MODULES ${name})
    set_property(GLOBAL PROPERTY TESSERA_NEEDS_OF_${name} ${arg_NEEDS})
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
        list(JOIN needs " " words)
        string(APPEND declared "${name}: ${words}\n")
        foreach(need IN LISTS needs)
            if(TARGET ${need}_contract)
                target_link_libraries(${name}_objects PUBLIC ${need}_contract)
            else()
                message(WARNING "To build ${name}, add the module ${need}, which it needs: there is no such folder.")
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
