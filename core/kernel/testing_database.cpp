#include <tessera/testing/database.h>

#include <fmt/format.h>
#include <libpq-fe.h>

#include <cstdlib>
#include <map>
#include <memory>
#include <random>
#include <stdexcept>

namespace tessera::testing {

namespace server {

std::string in_environment() {
    const char* given = std::getenv("TESSERA_TEST_POSTGRES");
    return given ? given : "";
}

// PostgreSQL cuts names after 63 bytes.
std::string fresh_name(std::string_view beginning) {
    std::string name = "tessera_";
    for (const char c : beginning.substr(0, 40)) name += (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') ? c : '_';
    std::random_device random;
    return fmt::format("{}_{:08x}{:08x}", name, random(), random());
}

void run(const std::string& server, const std::string& statement) {
    const std::unique_ptr<PGconn, decltype(&PQfinish)> connection(PQconnectdb((server + "/postgres").c_str()), &PQfinish);
    const auto failure = [&] { return std::runtime_error(PQerrorMessage(connection.get())); };
    if (PQstatus(connection.get()) != CONNECTION_OK) throw failure();
    const std::unique_ptr<PGresult, decltype(&PQclear)> result(PQexec(connection.get(), statement.c_str()), &PQclear);
    if (PQresultStatus(result.get()) != PGRES_COMMAND_OK) throw failure();
}

}  // namespace server

namespace server {

std::map<std::string, std::string>& remembered() {
    static std::map<std::string, std::string> names;   // of databases, by what is like them; gone with the server
    return names;
}

}  // namespace server

Database::Database(const std::filesystem::path& directory, std::string_view name, const std::string& like) : server_(server::in_environment()), like_(like) {
    if (server_.empty()) {
        location_ = (directory / fmt::format("{}.tessera", name)).string();
        return;
    }
    name_     = server::fresh_name(name);
    location_ = server_ + "/" + name_;
    const auto known = server::remembered().find(like_);
    copy_            = known != server::remembered().end();
    server::run(server_, "CREATE DATABASE " + name_ + (copy_ ? " TEMPLATE " + known->second : " TEMPLATE template0 LOCALE 'C.UTF-8' ENCODING 'UTF8'") + " STRATEGY wal_log");
}

void Database::remember() {
    if (server_.empty() || like_.empty()) return;
    const auto copy = server::fresh_name("like");
    server::run(server_, "CREATE DATABASE " + copy + " TEMPLATE " + name_ + " STRATEGY wal_log");
    server::remembered().emplace(like_, copy);
}

Database::~Database() {
    if (server_.empty()) return;
    try {
        server::run(server_, "DROP DATABASE " + name_ + " WITH (FORCE)");
    } catch (const std::exception&) {   // the server is gone, and all of it with it
    }
}

}  // namespace tessera::testing
