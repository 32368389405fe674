#include "database/engine.h"

#include "database/sqlite/sqlite_engine.h"

#include <stdexcept>

namespace tessera::database {

Connection::~Connection() = default;
Engine::~Engine()         = default;

void                     Connection::commit_without_waiting() {}
void                     Engine::make_durable() {}
void                     Engine::tend(Connection&, Load) {}
std::vector<std::string> Engine::check_quickly(Connection& reader) { return check_integrity(reader); }
bool                     Engine::was_stopped_uncleanly() const { return false; }
void                     Engine::copy_to(const std::string&) { throw std::logic_error("this engine makes no copies"); }

std::unique_ptr<Engine> open(const std::string& location, Create create) {
    if (location.empty()) throw Refused("kernel.no_database", "To open a database, name it with --database.");
    if (location.starts_with("postgresql://") || location.starts_with("postgres://"))
        throw Refused("kernel.no_engine",
                      "To open this database, name a file: PostgreSQL is not built into this program.");
    return std::make_unique<sqlite::SqliteEngine>(location, create);
}

std::unique_ptr<Connection> open_scratch() { return sqlite::open_scratch(); }

}  // namespace tessera::database
