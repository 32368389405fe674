#pragma once
// Tells the service manager how far the program is: systemd's Type=notify, a word on the socket that NOTIFY_SOCKET names.
// Where there is none, nothing happens.
//
//     tell_service_manager("READY=1\nSTATUS=Serving Acme on http://127.0.0.1:8080");

#include <string_view>

namespace tessera::program {

void tell_service_manager(std::string_view state);

}  // namespace tessera::program
