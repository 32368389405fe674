#include <tessera/accounts.h>
#include <tessera/json.h>

#include "commands.h"
#include "first_sign_in.h"
#include "output.h"
#include "record_change.h"

#include <boost/json.hpp>

namespace tessera::program {

namespace user_command {

std::int64_t id_of(Suite& suite, const std::string& name) {
    std::int64_t id = 0;
    suite.read(Actor{}, [&](const Snapshot& tx) { id = tx.value<std::int64_t>("SELECT id FROM access_user WHERE name = :name", name).value_or(0); });
    if (!id) throw Refused("kernel.not_found", "To let somebody in, name a user that exists; \"{}\" is none (tessera access user list).", name);
    return id;
}

std::string body_of(const Options& options) {
    std::string body;
    JsonWriter  json(body);
    json.begin_object();
    json.member("name", options.text("NAME"));
    if (options.given("full-name")) json.member("full_name", options.text("full-name"));
    if (options.given("email")) json.member("email", options.text("email"));
    json.key("roles").begin_array();
    for (const auto& role : options.texts("role")) {
        json.begin_object();
        json.member("role", role);
        json.end_object();
    }
    json.end_array();
    json.end_object();
    return body;
}

std::string link_key(RecordBooks& books, const std::string& name) {
    const auto id = id_of(books.suite(), name);
    if (!books.at_server()) return access::Accounts(books.suite()).make_link(Actor{}, name).key;
    const auto answer = parse_json(books.ask("POST", fmt::format("/api/access/users/{}/link", id), ""));
    const auto link   = std::string(answer.at("link").as_string());
    return link.substr(link.find('#') + 1);
}

int add(const Options& options, RecordBooks& books) {
    if (options.texts("role").empty()) throw options.misuse("give at least one --role (tessera access role list)");
    books.run({.verb = RecordCommand::Verb::create, .entity = "access.user", .body = body_of(options)});
    return done;
}

}  // namespace user_command

int user(const Words& words) {
    Options options("user add|link NAME --database FILE",
                    "Lets somebody in. `add` makes a user with the roles given and prints a link; who opens it within a day chooses a\n"
                    "password. `link` makes another for a user that exists, also for who has forgotten the password. Users are looked at\n"
                    "and changed like other records: tessera access user list, tessera access user change NAME --set active=no.");
    options.argument("WHAT")
        .argument("NAME")
        .option("full-name", "TEXT", "of a new user")
        .option("email", "ADDRESS", "of a new user")
        .repeated("role", "ROLE", "that the new user has")
        .books();
    if (options.parse(words) == Asked::for_help) return done;
    const auto what = options.text("WHAT");
    if (what != "add" && what != "link") throw options.misuse("say add or link");
    RecordBooks books(options, Wish::change);
    if (what == "add") user_command::add(options, books);
    print(fmt::format("{} chooses a password within 24 hours at {}\n", options.text("NAME"), link_text(user_command::link_key(books, options.text("NAME")), books.server())));
    return done;
}

int token(const Words& words) {
    Options options("token create NAME --permission GRANT --database FILE",
                    "Lets a program act for a user, with the permissions given and never more than the user has. Prints the token, once:\n"
                    "send it as Authorization: Bearer TOKEN. Tokens are looked at and ended like other records: tessera access token list,\n"
                    "tessera access token revoke ID.");
    options.argument("WHAT")
        .argument("NAME")
        .option("title", "TEXT", "what it is for", "Made on the command line")
        .repeated("permission", "GRANT", "such as *.read, purchasing.*, purchasing.approve or *")
        .option("expires-on", "YYYY-MM-DD", "the last day it is good for; without end when not given")
        .books();
    if (options.parse(words) == Asked::for_help) return done;
    if (options.text("WHAT") != "create") throw options.misuse("say create");
    if (options.texts("permission").empty()) throw options.misuse("say what it may do with --permission");
    const auto  name    = options.text("NAME");
    const auto  expires = options.given("expires-on") ? Date::parse(options.text("expires-on")) : Date{};
    RecordBooks books(options, Wish::change);
    const auto  id = user_command::id_of(books.suite(), name);
    if (!books.at_server()) {
        print(access::Accounts(books.suite()).make_token(Actor{}, name, options.text("title"), options.texts("permission"), expires).key + "\n");
        return done;
    }
    std::string body;
    JsonWriter  json(body);
    json.begin_object();
    json.member("title", options.text("title"));
    if (!expires.empty()) json.member("expires_on", expires.str());
    json.key("permissions").begin_array();
    for (const auto& grant : options.texts("permission")) json.value(std::string_view(grant));
    json.end_array();
    json.end_object();
    const auto answer = parse_json(books.ask("POST", fmt::format("/api/access/users/{}/tokens", id), body));
    print(std::string(answer.at("token").as_string()) + "\n");
    return done;
}

}  // namespace tessera::program
