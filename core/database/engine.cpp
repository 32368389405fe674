#include "database/engine.h"

#include "database/postgres/pipeline.h"
#include "database/postgres/postgres_engine.h"
#include "database/sqlite/sqlite_engine.h"

#include <filesystem>
#include <stdexcept>

namespace tessera::database {

Connection::~Connection() = default;
Engine::~Engine()         = default;
Listening::~Listening()   = default;

void                     Connection::commit_without_waiting() {}
bool                     Connection::others_wrote() const { return false; }
void                     Connection::announce(std::string_view) {}
void                     Connection::settle() {}
void                     Connection::step_by_step(bool) {}
void                     Connection::continue_ids() {}
bool                     Connection::may_alter(std::string_view) { return true; }
bool                     Engine::is_shared() const { return false; }
void                     Engine::make_durable() {}
void                     Engine::tend(Connection&, Load) {}
std::vector<std::string> Engine::check_quickly(Connection& reader) { return check_integrity(reader); }
bool                     Engine::was_stopped_uncleanly() const { return false; }
void                     Engine::copy_to(const std::string&, const std::atomic<bool>*) { throw std::logic_error("this engine makes no copies"); }

std::unique_ptr<Listening> Engine::listen(std::function<void(std::string_view)>) { return nullptr; }

std::unique_ptr<Engine> open(const std::string& location, Create create) {
    if (location.empty()) throw Refused("kernel.no_database", "To open a database, name it with --database.");
    if (postgres::is_location(location)) return std::make_unique<postgres::PostgresEngine>(location, create);
    return std::make_unique<sqlite::SqliteEngine>(location, create);
}

bool exists(const std::string& location) {
    return postgres::is_location(location) ? postgres::PostgresEngine::is_made(location) : std::filesystem::exists(location);
}

bool is_on_server(const std::string& location) { return postgres::is_location(location); }
bool is_file_of_ours(const std::string& file) { return sqlite::is_file_of_ours(file); }

void remove_new(const std::string& location) {
    if (postgres::is_location(location)) return postgres::PostgresEngine::remove_new(location);
    std::error_code ignored;
    for (const char* suffix : {"", "-wal", "-shm", ".lock"}) std::filesystem::remove(location + suffix, ignored);
}

std::string shown(const std::string& location) {
    return postgres::is_location(location) ? postgres::shown(location) : location;
}

std::unique_ptr<Connection> open_scratch() { return sqlite::open_scratch(); }

}  // namespace tessera::database
