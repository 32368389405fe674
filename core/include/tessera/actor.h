#pragma once
// An Actor is who runs a command or reads: a name for the audit trail, a role, a company. Two roles exist: the
// administrator may do everything, the reader may read everything and change nothing.

#include <cstdint>
#include <string>

namespace tessera {

enum class Role { administrator, reader };

struct Actor {
    std::string  name    = "administrator";
    Role         role    = Role::administrator;
    std::int64_t company = 1;

    static Actor system() { return {"system", Role::administrator, 1}; }
};

// Where an entry, a stock movement or an open item comes from: the record of an entity, and optionally one of its lines.
struct Source {
    std::string  entity{};     // "purchasing.vendor_invoice"
    std::int64_t id   = 0;
    std::int64_t line = 0;
};

}  // namespace tessera
