#pragma once
// An Actor is who runs a command or reads: a name for the audit trail, what it may do, a company.
//
//     const Actor clerk{.name = "clerk", .permissions = Permissions::of({"*.read", "purchasing.edit", "purchasing.receive"})};
//     clerk.may("purchasing.approve")           // false
//
// A permission is named like "purchasing.approve". What is granted is such a name, all of a module ("purchasing.*"), one of
// every module ("*.read"), or all ("*"). Nothing is allowed that is not granted. Permissions never change; they may be used
// from every thread.
//
// Permissions may be narrowed to some records of an entity, and to some fields (access.h): then whatever is read for the
// actor, by metadata or by SQL, is as if the others were not there.

#include <tessera/refused.h>

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace tessera {

namespace access { class Narrowing; }

class TESSERA_API Permissions {
public:
    using Shared = std::shared_ptr<const Permissions>;

    static Shared of(std::vector<std::string> granted, std::shared_ptr<const access::Narrowing> narrowing = {});
    // At most what is granted, and never more than `whole` allows: of a program that acts for somebody.
    static Shared limited(Shared whole, std::vector<std::string> granted);
    static Shared all();
    static Shared reading();                             // "*.read"

    bool allow(std::string_view permission) const;
    bool allow_all() const;
    bool are_narrowed() const;                           // by roles, not only by what entities say of themselves
    bool cover(std::string_view grant) const;            // whoever has these may give that to others
    const std::vector<std::string>& granted() const { return granted_; }
    const access::Narrowing*        narrowing() const { return narrowing_.get(); }

private:
    std::vector<std::string>                 granted_{};  // sorted
    bool                                     all_ = false;
    std::shared_ptr<const access::Narrowing> narrowing_{};
    Shared                                   whole_{};
};

struct Actor {
    std::string         name        = "administrator";
    Permissions::Shared permissions = Permissions::all();
    std::int64_t        company     = 1;
    std::int64_t        user        = 0;                 // id of the access::User; 0: the system, or whoever has the database itself
    std::string         via{};                           // what proves it is them: "session 12", "token 3", "command line"
    std::string         request{};                       // id of the request that was sent, as the log and answers have it
    bool                confirmed   = true;              // false: somebody in a browser who has not typed the password lately

    bool may(std::string_view permission) const { return permissions->allow(permission); }

    static Actor system() { return {.name = "system"}; }
    static Actor reader(std::string name) { return {.name = std::move(name), .permissions = Permissions::reading()}; }
};

// Where an entry, a stock movement or an open item comes from: the record of an entity, and optionally one of its lines.
struct Source {
    std::string  entity{};     // "purchasing.vendor_invoice"
    std::int64_t id   = 0;
    std::int64_t line = 0;
};

}  // namespace tessera
