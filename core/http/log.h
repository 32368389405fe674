#pragma once
// The server's log: a line for each event, as JSON or as text, on standard error or in a file. It is written by a thread of its
// own, so that a slow terminal or a full disk delays nobody: what cannot be written is counted and given up. Never holds a
// query string, a header or a body.
//
//     {"time":"…Z","level":"warning","request":"3f2a91c4-17","method":"POST","path":"/api/…","status":409,"milliseconds":3.200}
//     2026-11-29T11:09:30.123456Z warning POST /api/… 409 in 3.200 ms, request 3f2a91c4-17

#include <tessera/http_server.h>

#include <cstdint>
#include <memory>
#include <string_view>

namespace tessera::http {

class Log {
public:
    explicit Log(ServeLog options = {});  // Refused "kernel.no_log" when its file cannot be opened
    ~Log();                               // writes what waits

    void request(std::string_view id, std::string_view method, std::string_view path, int status, double milliseconds);
    void failure(std::string_view id, std::string_view what);  // an error that is not the client's
    void warn(std::string_view what);                          // the operator should do something
    void note(std::string_view what);

    void          reopen();      // its file, which may have been moved away
    std::uint64_t lost() const;  // lines that could not be written

private:
    struct State;
    std::unique_ptr<State> state_;
};

}  // namespace tessera::http
