# cmake --install build/release --prefix /opt/tessera, and find_package(Tessera) for plugins built outside: against an
# installation (-D CMAKE_PREFIX_PATH=/opt/tessera) or this build tree (-D Tessera_DIR=…/build/release).

include(CMakePackageConfigHelpers)
set(package_dir lib/cmake/Tessera)

install(TARGETS tessera EXPORT TesseraTargets LIBRARY DESTINATION lib)
install(DIRECTORY ${CMAKE_SOURCE_DIR}/core/include/ DESTINATION ${CMAKE_INSTALL_INCLUDEDIR})

get_property(modules GLOBAL PROPERTY TESSERA_MODULES)
foreach(name IN LISTS modules)
    if(EXISTS ${CMAKE_SOURCE_DIR}/modules/${name})   # a plugin's contract is found where it is installed
        install(TARGETS ${name}_contract EXPORT TesseraTargets)
    endif()
endforeach()

install(EXPORT TesseraTargets DESTINATION ${package_dir})
export(EXPORT TesseraTargets FILE ${CMAKE_BINARY_DIR}/TesseraTargets.cmake)

configure_package_config_file(${CMAKE_SOURCE_DIR}/cmake/TesseraConfig.cmake.in ${CMAKE_BINARY_DIR}/TesseraConfig.cmake
                              INSTALL_DESTINATION ${package_dir})
write_basic_package_version_file(${CMAKE_BINARY_DIR}/TesseraConfigVersion.cmake COMPATIBILITY SameMinorVersion)
foreach(file TesseraModule.cmake contract.cmake)
    configure_file(${CMAKE_SOURCE_DIR}/cmake/${file} ${CMAKE_BINARY_DIR}/${file} COPYONLY)
endforeach()
install(FILES ${CMAKE_BINARY_DIR}/TesseraConfig.cmake ${CMAKE_BINARY_DIR}/TesseraConfigVersion.cmake
              ${CMAKE_SOURCE_DIR}/cmake/TesseraModule.cmake ${CMAKE_SOURCE_DIR}/cmake/contract.cmake
        DESTINATION ${package_dir})
