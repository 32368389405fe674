#pragma once
// Whose code is it? The kernel knows which memory the code of each module's library was loaded into, so a function of the
// kernel can tell which module called it, from where it will return to:
//
//     const auto module = containment::module_at(__builtin_return_address(0));       // "warranty"; empty: no module's
//
// Code is known from the moment its library is opened to the end of the process. May be called from every thread; costs a few
// nanoseconds.

#include <string>
#include <string_view>

namespace tessera::containment {

// `inside` is the address of anything in the library.
void             know_code_of(const std::string& module, const void* inside);
std::string_view module_at(const void* address);

}  // namespace tessera::containment
