#include <tessera/testing/database.h>

#include <fmt/format.h>
#include <libpq-fe.h>

#include <cstdlib>
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

Database::Database(const std::filesystem::path& directory, std::string_view name) : server_(server::in_environment()) {
    if (server_.empty()) {
        location_ = (directory / fmt::format("{}.tessera", name)).string();
        return;
    }
    name_     = server::fresh_name(name);
    location_ = server_ + "/" + name_;
    server::run(server_, "CREATE DATABASE " + name_ + " TEMPLATE template0 LOCALE 'C.UTF-8' ENCODING 'UTF8' STRATEGY wal_log");
}

Database::~Database() {
    if (server_.empty()) return;
    try {
        server::run(server_, "DROP DATABASE " + name_ + " WITH (FORCE)");
    } catch (const std::exception&) {   // the server is gone, and all of it with it
    }
}

}  // namespace tessera::testing
