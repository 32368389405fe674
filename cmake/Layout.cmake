# Where the built pieces lie. The build tree has the shape of an installation, so the program finds its modules, pages
# and profiles the same way in both: bin/tessera, lib/libtessera.so, lib/tessera/{modules,plugins}, share/tessera.

include(GNUInstallDirs)
set(CMAKE_INSTALL_LIBDIR lib)
set(TESSERA_MODULE_DIR lib/tessera/modules)
set(TESSERA_PLUGIN_DIR lib/tessera/plugins)
set(TESSERA_RESOURCE_DIR share/tessera)

set(CMAKE_RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/tests)   # the program itself says bin
set(CMAKE_LIBRARY_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/lib)
set(CMAKE_ARCHIVE_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/archives)
set(CMAKE_BUILD_RPATH_USE_ORIGIN ON)

# Makes a folder of the source tree appear below share/tessera of the build tree; it need not exist yet.
function(tessera_link_resource source name)
    file(MAKE_DIRECTORY ${CMAKE_BINARY_DIR}/${TESSERA_RESOURCE_DIR})
    file(CREATE_LINK ${source} ${CMAKE_BINARY_DIR}/${TESSERA_RESOURCE_DIR}/${name} SYMBOLIC)
    install(DIRECTORY ${source}/ DESTINATION ${TESSERA_RESOURCE_DIR}/${name} OPTIONAL)
endfunction()
