#include "database/postgres/postgres_engine.h"

#include "database/postgres/postgres_connection.h"
#include "database/postgres/postgres_listener.h"
#include "database/remembering_connection.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>
#include <random>

namespace tessera::database::postgres {

namespace engine {

constexpr int oldest_version = 130000;

const char* const new_database = R"sql(
CREATE TABLE tessera_turn (turn bigint NOT NULL);
INSERT INTO tessera_turn VALUES (0);
CREATE TABLE tessera_server (server text COLLATE "C" PRIMARY KEY, turn bigint NOT NULL, at timestamptz NOT NULL);
CREATE AGGREGATE tessera_sum(bigint) (sfunc = int8pl, stype = bigint, combinefunc = int8pl, parallel = safe);
)sql";

void refuse_unreadable(const std::string& location) {
    char* message = nullptr;
    auto* options = PQconninfoParse(location.c_str(), &message);
    std::string reason(message == nullptr ? "" : message);
    PQfreemem(message);
    const bool readable = options != nullptr;
    PQconninfoFree(options);
    if (readable) return;
    while (reason.ends_with('\n')) reason.pop_back();
    throw Refused("kernel.bad_location", "To name a database of a server, write postgresql://USER@HOST:PORT/DATABASE: {}.", reason).with_status(400);
}

std::string random_name() {
    std::random_device random;
    return fmt::format("{:08x}{:08x}", random(), random());
}

// Tests throw their databases away; nothing else may run without the guarantees of the disk.
bool may_be_unsafe() { return std::getenv("TESSERA_TEST_UNSAFE_POSTGRES") != nullptr; }

std::string version_text(int number) { return fmt::format("PostgreSQL {}.{}", number / 10000, number % 10000); }

}  // namespace engine

bool is_location(std::string_view location) { return location.starts_with("postgresql://") || location.starts_with("postgres://"); }

PostgresEngine::PostgresEngine(const std::string& location, Create create) : location_(location), server_(engine::random_name()) {
    engine::refuse_unreadable(location_);
    refuse_unsafe_server();
    refuse_foreign_database(create);
}

bool PostgresEngine::is_made(const std::string& location) {
    engine::refuse_unreadable(location);
    return PostgresConnection(location, Access::read, "").has_table("tessera_server");
}

// In one turn: another may have made its company here meanwhile.
void PostgresEngine::remove_new(const std::string& location) {
    PostgresConnection connection(location, Access::write, "");
    if (!connection.has_table("tessera_server")) return;
    connection.begin();
    std::string script;
    const bool  has_company = connection.has_table("kernel_setting") && connection.value("SELECT count(*) FROM kernel_setting WHERE name = 'company.name'") != "0";
    for (const auto& table : connection.tables()) script += fmt::format("DROP TABLE \"{}\" CASCADE; ", table);
    if (!has_company) connection.execute(script + "DROP AGGREGATE tessera_sum(bigint); DROP FUNCTION IF EXISTS tessera_append_only(); COMMIT");
    connection.rollback();
}

void PostgresEngine::refuse_unsafe_server() {
    PostgresConnection connection(location_, Access::read, server_);
    const auto         number = std::stoi(connection.value("SHOW server_version_num"));
    name_                     = engine::version_text(number);
    if (number < engine::oldest_version)
        throw Refused("kernel.old_server", "To use {}, bring its server to PostgreSQL 13 or later: it is {}.", shown(location_), name_);
    if (const auto encoding = connection.value("SHOW server_encoding"); encoding != "UTF8")
        throw Refused("kernel.unsafe_server", "To use {}, make the database with the encoding UTF8: it has {}.", shown(location_), encoding);
    if (engine::may_be_unsafe()) return;
    for (const auto& check : profile())
        if (!check.sound && check.name != "data_checksums")
            throw Refused("kernel.unsafe_server", "To keep what is saved, set {} = {} on the server of {}: it is {}.", check.name, check.expected, shown(location_), check.value);
}

void PostgresEngine::refuse_foreign_database(Create create) {
    const auto tables = PostgresConnection(location_, Access::read, server_).tables();
    if (std::ranges::find(tables, "tessera_server") != tables.end()) return;
    if (!tables.empty())
        throw Refused("kernel.not_a_database", "To open a database, name one that Tessera made, or an empty one to make it there: {} holds something else.", shown(location_));
    if (create == Create::no)
        throw Refused("kernel.no_database", "To use {}, make it first with: tessera init --database {}", shown(location_), shown(location_));
    make_new();
}

void PostgresEngine::make_new() {
    Pipeline pipeline(location_, "SET client_min_messages = error");
    pipeline.run_script("BEGIN; SELECT pg_advisory_xact_lock(6077733914241426000)");  // another may be making it
    const auto made = pipeline.ask("SELECT 1 FROM pg_tables WHERE schemaname = current_schema() AND tablename = 'tessera_turn'");
    if (PQntuples(made.get()) == 0) pipeline.run_script(engine::new_database);
    pipeline.run_script("COMMIT");
}

std::unique_ptr<Connection> PostgresEngine::connect(Access access) {
    auto connection = std::make_unique<PostgresConnection>(location_, access, server_);
    if (access == Access::read) return connection;
    connection->open_channel();
    connection->execute("DELETE FROM tessera_server WHERE at < clock_timestamp() - interval '7 days'");
    return std::make_unique<RememberingConnection>(std::move(connection));  // each question it need not ask is a journey less
}

std::unique_ptr<Listening> PostgresEngine::listen(std::function<void(std::string_view)> heard) {
    return std::make_unique<PostgresListener>(location_, std::move(heard));
}

std::vector<Profile> PostgresEngine::profile() {
    Pipeline             pipeline(location_, "SET client_min_messages = error");
    std::vector<Profile> profile{{"server_version", name_, "13 or later", true}};
    const auto           setting = [&](const char* name, std::string expected) {
        const auto  found = pipeline.ask(fmt::format("SHOW {}", name).c_str());
        std::string value = PQgetvalue(found.get(), 0, 0);
        const bool  sound = expected.empty() || value == expected || value == "remote_apply";  // waits for more than is wanted
        profile.push_back({name, std::move(value), std::move(expected), sound});
    };
    setting("server_encoding", "UTF8");
    setting("fsync", "on");
    setting("full_page_writes", "on");
    setting("synchronous_commit", "on");
    setting("data_checksums", "on");
    setting("wal_level", "");
    setting("max_connections", "");
    setting("shared_buffers", "");
    return profile;
}

std::vector<std::string> PostgresEngine::check_integrity(Connection& reader) {
    std::vector<std::string> damage;
    const auto               look = [&](std::string_view query) {
        auto& rows = reader.prepare(query);
        while (rows.step()) damage.emplace_back(rows.text(0));
    };
    look(R"sql(SELECT 'the index ' || CAST(c.relname AS text) || ' is not valid' FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid
               JOIN pg_namespace n ON n.oid = c.relnamespace WHERE n.nspname = current_schema() AND NOT i.indisvalid ORDER BY 1)sql");
    look(R"sql(SELECT 'the constraint ' || CAST(c.conname AS text) || ' was never checked' FROM pg_constraint c
               JOIN pg_namespace n ON n.oid = c.connamespace WHERE n.nspname = current_schema() AND NOT c.convalidated ORDER BY 1)sql");
    return damage;
}

void PostgresEngine::copy_to(const std::string&, const std::atomic<bool>*) {
    throw Refused("kernel.no_copy", "To make a copy of {}, use pg_dump or pg_basebackup of its server.", shown(location_));
}

}  // namespace tessera::database::postgres
