#pragma once
// A company whose people write down what they know, for the tests of this module: who does what in one line each, read back as text.

#include <knowledge/revision.h>
#include <knowledge/use.h>
#include <tessera/access.h>
#include <tessera/accounts.h>
#include <tessera/testing/company.h>

#include <doctest/doctest.h>

namespace knowledge::tests {

using tessera::Refused;
using tessera::operator""_date;

inline const std::string story_text = "## Situation\n\nIt rained.\n\n## Action\n\nWe oiled it.\n\n## Result\n\nNo noise.\n\n## Lesson\n\nOil before rain.\n";
inline const std::string lesson_text = "## What happened\n\nIt broke.\n\n## Why\n\nDry.\n\n## What is done differently from now on\n\nGrease.\n";

// Ada writes, Ben verifies, Cem reads; each is an employee with an address.
class Writers {
public:
    explicit Writers(tessera::testing::CompanyOptions options = {.modules = {"knowledge"}}) : company(std::move(options)) {
        ada = person("ada", "Workshop", {"*.read", "knowledge.take_part", "knowledge.edit"});
        ben = person("ben", "Workshop", {"*.read", "knowledge.take_part", "knowledge.edit", "knowledge.verify", "knowledge.publish", "knowledge.manage"});
        cem = person("cem", "Sales", {"*.read"});
    }

    Id<Employee> person(const std::string& name, const char* department, std::vector<std::string> permissions) {
        Id<Employee> employee{};
        company.run([&](Transaction& tx) {
            const auto address = name + "@example.org";
            employee = tx.insert(Employee{.number = name, .name = name, .email = address, .department = department});
            tessera::access::Role role{.name = "Role of " + name};
            for (const auto& permission : permissions) role.permissions.push_back({.permission = permission});
            tessera::access::User user{.name = name, .full_name = name, .email = address};
            user.roles.push_back({.role = tx.insert(role)});
            tx.insert(user);
        });
        tessera::access::Accounts accounts(company.suite());
        actors_[name] = accounts.recognise(accounts.make_token({}, name, "tests", {"*"}, {}).key)->actor;
        return employee;
    }
    tessera::CommandInfo as(const std::string& name, Date on = {}) {
        return {.actor = actors_.at(name), .business_date = on.empty() ? day : on};
    }
    // All others have left.
    void leave_alone(const std::string& name) {
        company.run([&](Transaction& tx) {
            for (auto& user : tx.select<tessera::access::User>("name <> :name AND active = 1 ORDER BY id", name)) {
                user.active = false;
                tx.save(user);
            }
        });
    }
    // What whoever writes it sends; the id of what was made.
    Id<Asset> write(const std::string& name, const std::string& body, Date on = {}) {
        return Id<Asset>{company.suite().run({.verb = Verb::create, .entity = "knowledge.asset", .body = body, .info = as(name, on)}).id};
    }
    Id<Asset> story(const std::string& name = "ada", const std::string& title = "Rain", const std::string& text = story_text) {
        return write(name, fmt::format(R"({{"kind":"story","title":"{}","body":"{}"}})", title, escaped(text)));
    }
    // "" when it was done, else the code of the refusal
    std::string change(const std::string& name, Id<Asset> id, const std::string& body) {
        return refusal([&] { company.suite().run({.verb = Verb::change, .entity = "knowledge.asset", .id = id.value, .body = body, .info = as(name)}); });
    }
    std::string step(const std::string& name, Id<Asset> id, const char* transition, const std::string& body = "{}", Date on = {}) {
        return refusal([&] { company.suite().run({.verb = Verb::transition, .entity = "knowledge.asset", .id = id.value, .body = body, .transition = transition, .info = as(name, on)}); });
    }
    // Written by Ada, verified by Ben.
    Id<Asset> verified_story(const std::string& title = "Rain", Date on = {}, const std::string& text = story_text) {
        const auto id = story("ada", title, text);
        REQUIRE(step("ada", id, "submit", "{}", on) == "");
        REQUIRE(step("ben", id, "verify", "{}", on) == "");
        return id;
    }
    Asset       of(Id<Asset> id) { return company.load(id); }
    AssetState  state(Id<Asset> id) { return of(id).state; }
    std::string view(const char* entity, std::int64_t id, const char* name, const std::string& user = "ben") { return company.suite().record_view(as(user).actor, entity, id, name); }
    // "1 Rain ada: why; …"
    std::string revisions(Id<Asset> id) {
        std::string text;
        company.read([&](const Snapshot& tx) {
            for (const auto& r : tx.select<Revision>("asset = :asset ORDER BY number", id)) text += fmt::format("{} {} {}{}; ", r.number, r.title, r.changed_by, r.why.empty() ? "" : ": " + r.why);
        });
        return text;
    }
    std::string letters() {
        std::string text;
        struct Letter { std::string recipient{}, subject{}; };
        company.read([&](const Snapshot& tx) {
            for (const auto& l : tx.rows<Letter>("SELECT recipient, subject FROM mail_message ORDER BY id")) text += l.recipient + " " + l.subject + "; ";
        });
        return text;
    }
    std::int64_t count(const char* sql, Id<Asset> id) { return company.value<std::int64_t>(sql, id).value_or(0); }

    template <class Work>
    static std::string refusal(const Work& work) {
        try {
            work();
        } catch (const Refused& refused) {
            return refused.code();
        }
        return {};
    }
    static std::string escaped(const std::string& text) {
        std::string out;
        for (const char c : text) out += c == '\n' ? std::string("\\n") : c == '"' ? std::string("\\\"") : std::string(1, c);
        return out;
    }

    static inline const Date day = Date(2026, 6, 15);

    tessera::testing::Company company;
    Id<Employee>              ada{}, ben{}, cem{};

private:
    using Verb = tessera::RecordCommand::Verb;

    std::map<std::string, tessera::Actor> actors_{};
};

}  // namespace knowledge::tests
