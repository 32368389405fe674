#pragma once
// A PostgreSQL of two servers on free ports of 127.0.0.1, gone with the object: a primary, and a hot standby that has every
// commit before it is acknowledged. It has one database, which is empty.
//
//     Cluster cluster;
//     Books   books(cluster.location());        // on whichever of the two takes changes
//     cluster.lose_primary();                   // killed, with all that works for it, in the middle of whatever it does
//     cluster.promote();                        // the standby is the primary now
//
// It needs what tests/postgres/with_postgres.sh starts a server from, which says where that lies.

#include "../scenarios/process.h"

#include <memory>

namespace faults {

class Cluster {
public:
    Cluster();

    std::string location() const;  // names both; that of the primary is taken
    std::string standby() const { return at(standby_port_) + "/books"; }
    std::string ask_primary(const std::string& sql) const { return ask(primary_port_, sql); }
    std::string ask_standby(const std::string& sql) const { return ask(standby_port_, sql); }

    void lose_primary() { lose(*primary_); }
    void lose_standby() { lose(*standby_); }  // then nothing is acknowledged any more
    void promote();

private:
    static std::string              at(int port) { return "postgresql://tessera@127.0.0.1:" + std::to_string(port); }
    std::vector<std::string>        as_owner(const std::string& program, const std::vector<std::string>& words) const;
    void                            run(const std::string& program, const std::vector<std::string>& words) const;
    std::unique_ptr<whole::Program> start(const std::string& name, int port) const;
    static void                     lose(whole::Program& server);
    std::string                     ask(int port, const std::string& sql) const;
    void                            wait_until(int port, const std::string& sql) const;  // it answers "t"

    whole::Scratch                  folder_;
    int                             primary_port_, standby_port_;
    std::unique_ptr<whole::Program> primary_, standby_;
};

}  // namespace faults
