#pragma once
// The server's log: one JSON object a line on standard error, written by a thread of its own, so that a slow terminal
// delays nobody (the oldest lines are dropped instead). Never holds a query string, a header or a body.
//
//     {"time":"…Z","level":"warning","request":"3f2a91c4-17","method":"POST","path":"/api/…","status":409,"milliseconds":3.2}

#include <memory>
#include <string_view>

namespace tessera::http {

class Log {
public:
    Log();
    ~Log();  // writes what waits

    void request(std::string_view id, std::string_view method, std::string_view path, int status, double milliseconds);
    void failure(std::string_view id, std::string_view what);  // an error that is not the client's
    void note(std::string_view what);

private:
    struct State;
    std::unique_ptr<State> state_;
};

}  // namespace tessera::http
