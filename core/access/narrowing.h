#pragma once
// What of the records someone sees, where it is not all. It is compiled into every text of SQL that is run for them: the tables
// that are narrowed get their name from a common table expression in front, so that lists, counts, reports, searches and what
// plugins ask see the same rows, and hidden fields are NULL for all of them.
//
//     SELECT count(*) FROM purchasing_order
//     WITH purchasing_order AS NOT MATERIALIZED (SELECT id, version, …, NULL AS notes FROM main.purchasing_order t WHERE t.supplier = 42)
//     SELECT count(*) FROM purchasing_order
//
// Commands work on the whole books; what they are asked for is looked up like this. May be used from every thread.

#include <tessera/access.h>
#include <tessera/kernel.h>

#include "access/seen_lists.h"

#include <set>
#include <unordered_map>

namespace tessera::access {

class Narrowing {
public:
    // Of one entity: a record is seen that satisfies all conditions of one of them.
    struct Rules {
        std::string                                entity{};
        std::vector<std::vector<RoleRule>>         any{};     // values of the user already put in
    };
    // `fields` are those that every role of the user hides or keeps from being changed; `name` is the user's. What entities say of
    // themselves (seen_where, seen_with) holds too. Null when nothing is narrowed.
    static std::shared_ptr<const Narrowing> of(const Snapshot& snapshot, const std::vector<Rules>& rules, const std::vector<RoleField>& fields, const std::string& name);

    bool is_of_roles() const { return is_of_roles_; }

    bool hides(const EntityDescription& entity, const FieldDescription& field) const { return hidden_.contains({&entity, field.name}); }
    bool locks(const EntityDescription& entity, const FieldDescription& field) const { return locked_.contains({&entity, field.name}); }
    bool narrows(const EntityDescription& entity) const { return tables_.contains(entity.table); }

    std::string text(std::string_view sql) const;
    SeenLists&  lists() const { return lists_; }

private:
    struct Table {
        std::string           select{};     // "SELECT … FROM main.purchasing_order t WHERE …"
        std::string           where{};
        std::set<std::string> stands_on{};  // tables whose narrowing it uses: a line's document
    };
    using Field = std::pair<const EntityDescription*, std::string>;

    void        narrow(const Snapshot& snapshot, const EntityDescription& entity, const std::string& where, const std::string& stands_on);
    void        narrow_what_belongs(const Snapshot& snapshot, const EntityDescription& owner);
    std::string make(std::string_view sql) const;

    std::map<std::string, Table, std::less<>>       tables_;
    std::map<std::string, std::string, std::less<>> views_;   // their SELECT
    std::set<Field>                                 hidden_, locked_;
    bool                                            is_of_roles_ = false;

    mutable SeenLists                                    lists_;
    mutable std::mutex                                   mutex_;
    mutable std::unordered_map<std::string, std::string> texts_;
};

// While it lives, a transaction reads like a snapshot of its user: as far as the user sees.
class AsSeen {
public:
    explicit AsSeen(const Snapshot& snapshot);
    ~AsSeen();
    AsSeen(const AsSeen&)            = delete;
    AsSeen& operator=(const AsSeen&) = delete;

private:
    Snapshot::State& state_;
    bool             before_;
};

bool hides(const Actor& actor, const EntityDescription& entity, const FieldDescription& field);
bool locks(const Actor& actor, const EntityDescription& entity, const FieldDescription& field);
bool sees(const Snapshot& snapshot, const EntityDescription& entity, std::int64_t id);
// Refused "kernel.not_found" where the user does not see it: whether it exists is not told either.
void require_seen(const Snapshot& snapshot, const EntityDescription& entity, std::int64_t id);

}  // namespace tessera::access
