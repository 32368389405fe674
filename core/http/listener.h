#pragma once
// Accepts connections and gives each to the next loop in turn. When there are as many as allowed, a new one is told so
// (503) and closed; when the process has no file descriptor left, the listener waits a little instead of spinning.

#include "http/connection.h"

namespace tessera::http {

class Listener {
public:
    Listener(std::vector<std::unique_ptr<IoLoop>>& loops, Server& server);

    // Refused "kernel.address_in_use".
    boost::asio::ip::tcp::endpoint open(boost::asio::ip::tcp::endpoint endpoint);
    void                           accept();
    void                           close();  // from any thread

private:
    void welcome(Socket socket, IoLoop& loop);
    void wait_a_little();

    std::vector<std::unique_ptr<IoLoop>>& loops_;
    Server&                               server_;
    std::size_t                           connections_max_;
    std::size_t                           next_ = 0;
    boost::asio::ip::tcp::acceptor        acceptor_;
    boost::asio::steady_timer             pause_;
};

}  // namespace tessera::http
