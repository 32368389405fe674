#pragma once
// Who may use the books: users, the roles they have for a time, and what a role permits.
//
//     role Buyer       permissions  purchasing.read, purchasing.edit, directory.read, catalog.read
//     role Supplier    permissions  purchasing.read
//                      rules        purchasing.order  supplier  eq  @supplier        (only their own orders)
//                      fields       purchasing.order  notes     hidden
//     user ada         roles        Buyer from 2026-01-01
//
// A user does what any of its roles of the day permits, and nothing else. Rules narrow what is seen of an entity: of one
// role all must hold; a record is seen when any role that lets read the entity shows it. The value of a rule is as in a list's
// filter; "@me" is the user's id (in a field of text its name), "@NAME" the values of that name given to the user: without any,
// nothing is seen. What is narrowed is narrowed everywhere: record, list, count, search, export, report, history, change notices.
// A rule or a hidden field of a document holds for its lines.
//
// The core declares these entities itself, under the name access, and a module may offer roles for new companies:
//
//     kernel.contribute(access::StandardRole{"Buyer", "Orders goods", {"*.read", "purchasing.edit"}});
//
// What one person must not do together is data too (DutyConflict): checked when roles are given and when a step is taken.
//
// Nothing secret is in these records: passwords, keys and second factors lie in tables that no list, history or audit trail shows.

#include <tessera/entity.h>

namespace tessera::access {

struct Role;
struct User;

struct RolePermission {
    Id<RolePermission> id{};
    Id<Role>           role{};
    std::string        permission{};  // "purchasing.approve", "purchasing.*", "*.read" or "*"
};

enum class Comparison { eq, is_not, gt, gte, lt, lte, in, contains, is };
constexpr auto names_of(Comparison) { return names("eq", "not", "gt", "gte", "lt", "lte", "in", "contains", "is"); }

struct RoleRule {
    Id<RoleRule> id{};
    Id<Role>     role{};
    std::string  entity{}, field{};  // "purchasing.order", "supplier"
    Comparison   operation = Comparison::eq;
    std::string  value{};            // "@me", "@supplier", "open,paid"
};

enum class FieldAccess { hidden, read_only };
constexpr auto names_of(FieldAccess) { return names("hidden", "read_only"); }

struct RoleField {
    Id<RoleField> id{};
    Id<Role>      role{};
    std::string   entity{}, field{};
    FieldAccess   access = FieldAccess::hidden;
};

// Up to how much a permission of the role goes, where documents are worth something: for each, and for all of a day (0: without end).
struct RoleLimit {
    Id<RoleLimit> id{};
    Id<Role>      role{};
    std::string   permission{};  // "purchasing.approve"
    Currency      currency{};
    Money         amount{}, amount_a_day{};
};

struct Role {
    Id<Role>                    id{};
    std::string                 name{};  // "Buyer"
    std::string                 help{};
    std::vector<RolePermission> permissions{};
    std::vector<RoleRule>       rules{};
    std::vector<RoleField>      fields{};
    std::vector<RoleLimit>      limits{};
};

struct UserRole {
    Id<UserRole> id{};
    Id<User>     user{};
    Id<Role>     role{};
    Date         starts_on{}, ends_on{};  // both days included; empty: always
};

// What the rules of roles call "@supplier".
struct UserValue {
    Id<UserValue> id{};
    Id<User>      user{};
    std::string   name{};   // "supplier"
    std::string   value{};  // "42", or a name: "Superior Bicycles"
};

struct User {
    Id<User>               id{};
    std::string            name{};  // to sign in with, small letters: "ada"
    std::string            full_name{};
    std::string            email{};
    bool                   active = true;
    Date                   leaves_on{};  // the first day on which nothing is allowed any more
    std::vector<UserRole>  roles{};
    std::vector<UserValue> values{};
};

// A role lent to somebody for some days, by who has it.
struct Delegation {
    Id<Delegation> id{};
    Id<User>       giver{}, taker{};
    Id<Role>       role{};
    Date           starts_on{}, ends_on{};  // both included
    std::string    reason{};
};

// Two permissions that one person must not have, or not use on documents that belong together.
enum class Effect { blocks, needs_mitigation, reported, off };
constexpr auto names_of(Effect) { return names("blocks", "needs_mitigation", "reported", "off"); }

struct DutyConflict {
    Id<DutyConflict> id{};
    std::string      first{}, second{};  // "purchasing.invoice", "financials.pay"
    std::string      risk{};             // "A bill is made up and paid"
    Effect           effect = Effect::blocks;
};

// What makes up for somebody having conflicting duties, until a day.
struct Mitigation {
    Id<Mitigation>   id{};
    Id<User>         holder{};
    Id<DutyConflict> conflict{};
    std::string      control{};  // "The owner looks through all payments every Friday"
    std::string      approved_by{};
    Date             starts_on{}, ends_on{};
};

// Left by a transition that approves: who, and the digest of what was approved.
struct Approval {
    Id<Approval> id{};
    std::string  document_entity{};
    std::int64_t document_id = 0;
    std::string  transition{}, approved_by{};
    Instant      approved_at{};
    Currency     currency{};
    Money        amount{};
    std::string  content{};
};

enum class SessionState { open, ended };
constexpr auto names_of(SessionState) { return names("open", "ended"); }

// A browser that is signed in. Its key is a cookie, of which only a hash is kept.
struct Session {
    Id<Session>  id{};
    Id<User>     holder{};
    Instant      started_at{}, expires_at{};
    Instant      confirmed_at{};  // when the password was typed last
    std::string  address{};  // where it was started from: "192.0.2.7"
    std::string  agent{};    // "Firefox on Linux"
    SessionState state = SessionState::open;
    Instant      ended_at{};
};

enum class TokenState { valid, revoked };
constexpr auto names_of(TokenState) { return names("valid", "revoked"); }

// Lets a program act for a user, with at most these permissions, until a day.
struct Token {
    Id<Token>   id{};
    Id<User>    holder{};
    std::string title{};        // "Nightly export"
    std::string prefix{};       // how the key begins, to recognise it: "tsr_k3J9"
    std::string permissions{};  // as of a role, divided by spaces
    Date        expires_on{};   // the last day; empty: until it is revoked
    Instant     made_at{};
    TokenState  state = TokenState::valid;
};

// Whether an active user other than the one who acts may do it: so that a second person is asked for only where there is one.
TESSERA_API bool others_may(const Snapshot& snapshot, std::string_view permission);

// Whether the user who acts sees a record: it is there, their roles let them read its kind, and nothing hides it from them.
TESSERA_API bool sees(const Snapshot& snapshot, std::string_view entity, std::int64_t id);

// Offered to every new company.
struct StandardRole {
    std::string              name{}, help{};
    std::vector<std::string> permissions{};
};

// Offered to every new company.
struct StandardConflict {
    std::string first{}, second{}, risk{};
    Effect      effect = Effect::blocks;
};

}  // namespace tessera::access
