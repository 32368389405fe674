# How every target is compiled. Each preset adds its own optimisation in CMAKE_CXX_FLAGS.

set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_CXX_VISIBILITY_PRESET hidden)
set(CMAKE_VISIBILITY_INLINES_HIDDEN ON)

# One precompiled header serves libraries and programs alike only if both compile with the same -fPIC;
# POSITION_INDEPENDENT_CODE would give programs -fPIE and silently void it.
add_compile_options(-fPIC -pthread)
add_compile_options(-Wall -Wextra -Wno-missing-field-initializers)   # designated initialisers name what they set
add_compile_definitions(_GLIBCXX_ASSERTIONS)
add_link_options(-pthread -Wl,--as-needed)

# Unique symbols would pin every loaded module in memory and tie modules to each other's inline statics.
add_compile_options($<$<COMPILE_LANG_AND_ID:CXX,GNU>:-fno-gnu-unique>)

# The compiler collects its garbage later: a seventh less time for half as much memory again.
add_compile_options($<$<COMPILE_LANG_AND_ID:CXX,GNU>:--param=ggc-min-heapsize=700000>)

if(TESSERA_SANITIZE)
    add_compile_options(-fsanitize=${TESSERA_SANITIZE} -fno-omit-frame-pointer)
    add_link_options(-fsanitize=${TESSERA_SANITIZE})
endif()

find_program(TESSERA_CCACHE ccache)
if(TESSERA_CCACHE AND NOT CMAKE_CXX_COMPILER_LAUNCHER)
    set(CMAKE_CXX_COMPILER_LAUNCHER
        ${CMAKE_COMMAND} -E env CCACHE_BASEDIR=${CMAKE_SOURCE_DIR} CCACHE_NOHASHDIR=1
        CCACHE_SLOPPINESS=pch_defines,time_macros,include_file_mtime,include_file_ctime ${TESSERA_CCACHE})
    set(CMAKE_C_COMPILER_LAUNCHER ${CMAKE_CXX_COMPILER_LAUNCHER})
endif()

# Gives a target the shared precompiled header. Calling it where TESSERA_PCH is off does nothing.
function(tessera_use_precompiled_header target)
    if(TESSERA_PCH)
        target_precompile_headers(${target} REUSE_FROM tessera_pch)
    endif()
endfunction()
