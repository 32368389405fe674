#pragma once
// Books in a folder of their own and the real server on them.
//
//     Books  books;                                    // a company, the year 2020, suppliers 1 to 4, products 1 to 4
//     Server server(books);                            // tessera serve on a free port of 127.0.0.1
//     const auto order = server.post("purchasing/orders?transition=approve", R"({"supplier":1,…})", "key-1");
//     CHECK(books.tessera({"verify"}).code == 0);

#include "../scenarios/process.h"
#include "client.h"

#include <tessera/testing/database.h>

#include <boost/json.hpp>

#include <initializer_list>
#include <optional>

namespace faults {

class Books {
public:
    explicit Books(std::string location = {});  // of a database that is empty; a new one when not given

    std::filesystem::path folder() const { return folder_.path(); }
    std::filesystem::path file() const { return folder_ / "books.tessera"; }  // not on a PostgreSQL
    std::string           location() const { return location_; }
    std::string           token() const { return token_; }  // may do everything
    whole::Ended          tessera(std::vector<std::string> words, std::vector<std::string> environment = {}) const;

    // Names of the checks that found something; "sound" when none did, what was said when that could not be told.
    std::string verified() const;

    void copy_to(const std::filesystem::path& folder) const;  // while nothing has them open

private:
    whole::Scratch                            folder_;
    std::optional<tessera::testing::Database> database_;
    std::string                               location_, token_;
};

class Server {
public:
    explicit Server(const Books& books, std::vector<std::string> in_front = {}, std::vector<std::string> environment = {}, std::vector<std::string> options = {});

    int         port() const { return port_; }
    std::string url() const { return url_; }
    pid_t       process() const { return program_.process(); }
    bool        running() const { return program_.running(); }
    std::string errors() const { return program_.errors(); }
    Answer      get(const std::string& target) const { return ask(port_, {.target = "/api/" + target}); }
    Answer      post(const std::string& target, const std::string& body, const std::string& key = {}) const {
             return ask(port_, {"POST", "/api/" + target, body, key});
    }
    void signal(int number) const { program_.signal(number); }
    int  wait(std::chrono::seconds longest = std::chrono::seconds(60)) { return program_.wait(longest); }
    int  stop(int number = SIGTERM) { return program_.stop(number); }

private:
    whole::Program program_;
    std::string    url_{};
    int            port_ = 0;
};

// What lies in JSON at the end of a path: part(order, {"lines", "0", "id"}).
boost::json::value part(const std::string& json, std::initializer_list<std::string_view> path);
std::int64_t       id_of(const std::string& json);

// One of every document, so that every check of `tessera verify` has something to look at.
void make_one_of_everything(const Server& server);

}  // namespace faults
