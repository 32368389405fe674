#pragma once
// One I/O thread and its connections. A connection lives on one loop for all its life, so its own state needs no lock.
// Twice a second the loop looks for connections whose time is over and renews the text of the Date header: one timer,
// however many connections.

#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>

#include <memory>
#include <string>
#include <thread>
#include <unordered_set>

namespace tessera::http {

class Connection;

class IoLoop {
public:
    IoLoop();
    ~IoLoop();

    boost::asio::io_context& context() { return context_; }
    void                     run();     // starts the thread
    void                     finish();  // the thread ends when its last connection has
    void                     join();

    // On the loop's own thread:
    void               add(std::shared_ptr<Connection> connection) { connections_.insert(std::move(connection)); }
    void               remove(const std::shared_ptr<Connection>& connection) { connections_.erase(connection); }
    const std::string& date() const { return date_; }  // "Sun, 06 Nov 1994 08:49:37 GMT"
    template <class Work>
    void for_each(Work work) {
        const auto all = connections_;  // work may remove them
        for (const auto& connection : all) work(*connection);
    }

private:
    void tick();

    using Timer = boost::asio::basic_waitable_timer<std::chrono::steady_clock,
                                                    boost::asio::wait_traits<std::chrono::steady_clock>,
                                                    boost::asio::io_context::executor_type>;

    boost::asio::io_context                                                  context_{1};
    boost::asio::executor_work_guard<boost::asio::io_context::executor_type> guard_{context_.get_executor()};
    Timer                                                                    timer_{context_};
    std::unordered_set<std::shared_ptr<Connection>>                          connections_{};
    std::string                                                              date_{};
    bool                                                                     finishing_ = false;
    std::thread                                                              thread_{};
};

}  // namespace tessera::http
