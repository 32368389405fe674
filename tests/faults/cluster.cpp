#include "cluster.h"

#include <doctest/doctest.h>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <pwd.h>
#include <sys/socket.h>

#include <fstream>

namespace faults {

namespace {

int free_port() {
    const int   made = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in address{.sin_family = AF_INET, .sin_port = 0, .sin_addr = {htonl(INADDR_LOOPBACK)}, .sin_zero = {}};
    socklen_t   size = sizeof address;
    ::bind(made, reinterpret_cast<sockaddr*>(&address), size);
    ::getsockname(made, reinterpret_cast<sockaddr*>(&address), &size);
    ::close(made);
    return ntohs(address.sin_port);
}

std::vector<pid_t> children_of(pid_t process) {
    const auto         name = std::to_string(process);
    std::ifstream      listed("/proc/" + name + "/task/" + name + "/children");
    std::vector<pid_t> all;
    for (pid_t one = 0; listed >> one;) all.push_back(one);
    return all;
}

}  // namespace

Cluster::Cluster() : primary_port_(free_port()), standby_port_(free_port()) {
    if (::geteuid() == 0) {  // PostgreSQL does not run as root
        const auto* owner = ::getpwnam("postgres");
        REQUIRE(owner != nullptr);
        REQUIRE(::chown(folder_.path().c_str(), owner->pw_uid, owner->pw_gid) == 0);
    }
    run("initdb", {"--pgdata", "primary", "--username", "tessera", "--auth", "trust", "--encoding", "UTF8", "--locale", "C.UTF-8", "--data-checksums", "--no-sync"});
    primary_ = start("primary", primary_port_);
    run("psql", {at(primary_port_) + "/postgres", "-qc", "CREATE DATABASE books"});
    run("pg_basebackup", {"--dbname", at(primary_port_), "--pgdata", "standby", "--checkpoint", "fast", "--write-recovery-conf", "--no-sync"});
    standby_ = start("standby", standby_port_);
    ask_primary("ALTER SYSTEM SET synchronous_standby_names = '*'");
    ask_primary("SELECT pg_reload_conf()");
    wait_until(primary_port_, "SELECT count(*) = 1 FROM pg_stat_replication WHERE sync_state = 'sync'");
}

std::string Cluster::location() const {
    return at(primary_port_) + ",127.0.0.1:" + std::to_string(standby_port_) + "/books?target_session_attrs=read-write";
}

// Nobody of it says good-bye to anybody.
void Cluster::lose(whole::Program& server) {
    const auto all = children_of(server.process());
    server.stop(SIGKILL);
    for (const auto process : all) ::kill(process, SIGKILL);
}

void Cluster::promote() { CHECK(ask_standby("SELECT pg_promote()") == "t"); }

std::vector<std::string> Cluster::as_owner(const std::string& program, const std::vector<std::string>& words) const {
    std::vector<std::string> all{"setpriv", "--pdeathsig", "KILL"};
    if (::geteuid() == 0) all.insert(all.end(), {"--reuid", "postgres", "--regid", "postgres", "--clear-groups"});
    all.push_back(std::string(::getenv("TESSERA_TEST_POSTGRES_PROGRAMS")) + "/" + program);
    all.insert(all.end(), words.begin(), words.end());
    return all;
}

void Cluster::run(const std::string& program, const std::vector<std::string>& words) const {
    const auto ended = whole::run(as_owner(program, words), {.directory = folder_.path()});
    REQUIRE_MESSAGE(ended.code == 0, program, ": ", ended.errors);
}

std::unique_ptr<whole::Program> Cluster::start(const std::string& name, int port) const {
    std::vector<std::string> words{"-D", name, "-p", std::to_string(port)};
    for (const char* setting : {"listen_addresses=127.0.0.1", "unix_socket_directories=", "shared_buffers=64MB", "max_connections=60"}) words.insert(words.end(), {"-c", setting});
    if (::getenv("TESSERA_TEST_UNSAFE_POSTGRES")) words.insert(words.end(), {"-c", "fsync=off", "-c", "full_page_writes=off"});
    auto started = std::make_unique<whole::Program>(as_owner("postgres", words), whole::Setting{.directory = folder_.path()});
    wait_until(port, "SELECT true");
    REQUIRE_MESSAGE(started->running(), started->errors());
    return started;
}

std::string Cluster::ask(int port, const std::string& sql) const {
    auto answer = whole::run({"psql", at(port) + "/books", "-qAtc", sql}, {.directory = folder_.path()}).output;
    return answer.substr(0, answer.find('\n'));
}

void Cluster::wait_until(int port, const std::string& sql) const {
    const auto latest = std::chrono::steady_clock::now() + std::chrono::seconds(60);
    const auto there  = [&] { return whole::run({"psql", at(port) + "/postgres", "-qAtc", sql}, {.directory = folder_.path()}).output == "t\n"; };
    while (!there()) {
        REQUIRE_MESSAGE(std::chrono::steady_clock::now() < latest, sql);
        std::this_thread::sleep_for(std::chrono::milliseconds(20));
    }
}

}  // namespace faults
