#pragma once
// Stands between a server and its database and breaks their connections as a network does.
//
//     Proxy proxy(books.location());
//     Server server(books, {}, {"TESSERA_DATABASE=" + proxy.location()});
//     proxy.lose_answers();                 // what is asked arrives, what is answered does not; then both ends are closed
//     proxy.cut();                          // both ends are closed at once

#include <atomic>
#include <condition_variable>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

namespace faults {

class Proxy {
public:
    explicit Proxy(const std::string& location);  // postgresql://USER@HOST:PORT/DATABASE
    ~Proxy();
    Proxy(const Proxy&)            = delete;
    Proxy& operator=(const Proxy&) = delete;

    std::string location() const { return location_; }
    void        cut();
    void        lose_answers();
    void        refuse(bool yes);  // cuts, and lets no new connection through

private:
    struct Line;
    void serve();

    std::string                        location_;
    int                                target_ = 0, listening_ = -1;
    std::atomic<bool>                  over_ = false, refusing_ = false;
    std::mutex                         mutex_;
    std::vector<std::shared_ptr<Line>> lines_;
    std::thread                        thread_;
};

}  // namespace faults
