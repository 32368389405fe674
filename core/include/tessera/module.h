#pragma once
// What a module's library exports: one function that returns a constant, read before any of the module's own code runs.
//
//     TESSERA_MODULE({
//         .name            = "warranty",
//         .version         = "1.0.0",
//         .title           = "Warranty claims",
//         .needs           = {"crm", "financials"},
//         .register_module = warranty::register_module,
//     });
//
// A need may say what it needs at least, in the sense of semantic versions: "financials 1.2" is satisfied by 1.2.0, 1.3.4 and so on, not by 2.0;
// below 1.0 the second number is the one that breaks: "financials 0.1" by 0.1.5, not by 0.2.
//
// The ABI string names the SDK number, the compiler, the std::string layout and the language. Real C++ types cross the
// boundary, so it must equal the server's exactly; it also stands in an ELF note (".note.tessera"), so that a library
// that does not match is refused before it is loaded, and so does the manifest (tessera plugin check). A module needs no more than kernel.h to be written; sdk.h has all.

#include <tessera/kernel.h>

#define TESSERA_SDK_NUMBER "1"
#define TESSERA_STRINGIZE_(x) #x
#define TESSERA_STRINGIZE(x) TESSERA_STRINGIZE_(x)
#ifndef TESSERA_ABI   // a test may build a module with another one
#define TESSERA_ABI                                                                                       \
    "tessera-" TESSERA_SDK_NUMBER " gcc-" TESSERA_STRINGIZE(__GNUC__) " cxx11abi-" TESSERA_STRINGIZE(     \
        _GLIBCXX_USE_CXX11_ABI) " c++-" TESSERA_STRINGIZE(__cplusplus)
#endif

namespace tessera {

struct ModuleInfo {
    const char* abi = TESSERA_ABI;
    const char* name{};
    const char* version{};
    const char* title{};
    const char* needs[16]{};                                  // names, ended by a null pointer
    void (*register_module)(Kernel&) = nullptr;
};

// The manifest as text for the note: name, version, title and needs, a line each.
struct ManifestText { char text[1024]{}; };
constexpr ManifestText manifest_text(const ModuleInfo& info) {
    ManifestText manifest;
    std::size_t  size = 0;
    const auto   add  = [&](const char* line) {
        for (; line && *line; ++line) manifest.text[size++] = *line;
        manifest.text[size++] = '\n';
    };
    add(info.name);
    add(info.version);
    add(info.title);
    for (const auto* need : info.needs)
        if (need) add(need);
    return manifest;
}

}  // namespace tessera

#define TESSERA_MODULE(...)                                                                                \
    static constexpr tessera::ModuleInfo tessera_module_info __VA_ARGS__;                                  \
    __attribute__((section(".note.tessera"), used, aligned(4))) static const struct {                      \
        int  name_size, description_size, type;                                                            \
        char name[8];                                                                                      \
        char abi[128];                                                                                     \
    } tessera_module_note = {8, 128, 1, "Tessera", TESSERA_ABI};                                           \
    __attribute__((section(".note.tessera"), used, aligned(4))) static constexpr struct {                  \
        int                   name_size, description_size, type;                                           \
        char                  name[8];                                                                     \
        tessera::ManifestText manifest;                                                                    \
    } tessera_manifest_note = {8, 1024, 2, "Tessera", tessera::manifest_text(tessera_module_info)};        \
    extern "C" __attribute__((visibility("default"))) const tessera::ModuleInfo* tessera_module() noexcept { \
        return &tessera_module_info;                                                                       \
    }                                                                                                      \
    static_assert(true)
