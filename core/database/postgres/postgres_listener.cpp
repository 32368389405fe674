#include "database/postgres/postgres_listener.h"

#include "database/postgres/pipeline.h"

#include <fmt/format.h>
#include <poll.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include <array>
#include <system_error>

namespace tessera::database::postgres {

namespace listener {

using namespace std::chrono_literals;

constexpr auto pause_min = 100ms, pause_max = 30'000ms;

bool listens(PGconn* session) {
    PQsetNoticeProcessor(session, [](void*, const char*) {}, nullptr);
    const Result channel(PQexec(session, fmt::format("SELECT channel FROM {}", own_channel).c_str()));
    if (PQntuples(channel.get()) != 1) return false;
    const Result listening(PQexec(session, fmt::format("LISTEN {}", PQgetvalue(channel.get(), 0, 0)).c_str()));
    return PQresultStatus(listening.get()) == PGRES_COMMAND_OK;
}

}  // namespace listener

PostgresListener::PostgresListener(std::string location, std::function<void(std::string_view)> heard)
    : location_(std::move(location)), heard_(std::move(heard)), stop_(::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)) {
    if (stop_ < 0) throw std::system_error(errno, std::generic_category(), "eventfd");
    begin();
    thread_ = std::thread([this] { listen_until_stopped(); });
}

PostgresListener::~PostgresListener() {
    ::eventfd_write(stop_, 1);
    thread_.join();
    ::close(stop_);
}

void PostgresListener::listen_until_stopped() {
    auto pause = listener::pause_min;
    while (true) {
        if (session_) pause = listener::pause_min;
        hear();
        if (is_stopped_within(pause)) return;
        pause = std::min(pause * 2, listener::pause_max);
        begin();
    }
}

void PostgresListener::begin() {
    session_.reset(open_session(location_));
    if (!listener::listens(session_.get())) session_.reset();
}

// Until the session is lost.
void PostgresListener::hear() {
    while (session_ && PQconsumeInput(session_.get())) {
        while (auto* said = PQnotifies(session_.get())) {
            const std::unique_ptr<PGnotify, decltype(&PQfreemem)> one(said, &PQfreemem);
            heard_(one->extra);
        }
        if (is_stopped_within(std::chrono::hours(1), PQsocket(session_.get()))) return;
    }
}

bool PostgresListener::is_stopped_within(std::chrono::milliseconds longest, int socket) const {
    std::array<pollfd, 2> either{pollfd{stop_, POLLIN, 0}, pollfd{socket, POLLIN, 0}};
    ::poll(either.data(), either.size(), static_cast<int>(longest.count()));
    return either[0].revents != 0;
}

}  // namespace tessera::database::postgres
