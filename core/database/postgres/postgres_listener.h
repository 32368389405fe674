#pragma once
// Hears what the processes of a database announce (pg_notify, LISTEN) on a connection and a thread of its own. A connection
// that is lost is made anew, sooner at first, then every half minute; what was said meanwhile is not heard. So it is, for
// ever, with servers of the family that have no LISTEN. It listens when it has been made, if that is possible.
//
// Each schema has its own channel: several companies may share a database.

#include "database/engine.h"

#include <libpq-fe.h>

#include <thread>

namespace tessera::database::postgres {

// The channel of the schema that a session works in: one row, the column `channel`.
inline constexpr const char* own_channel =
    "(SELECT 'tessera_' || CAST(oid AS text) AS channel FROM pg_namespace WHERE nspname = current_schema()) AS own";

class PostgresListener final : public Listening {
public:
    PostgresListener(std::string location, std::function<void(std::string_view)> heard);
    ~PostgresListener() override;

private:
    struct Finish {
        void operator()(PGconn* session) const { PQfinish(session); }
    };

    void listen_until_stopped();
    void begin();
    void hear();
    bool is_stopped_within(std::chrono::milliseconds longest, int socket = -1) const;

    std::string                           location_;
    std::function<void(std::string_view)> heard_;
    std::unique_ptr<PGconn, Finish>       session_;  // none while it cannot listen
    int                                   stop_;
    std::thread                           thread_;
};

}  // namespace tessera::database::postgres
