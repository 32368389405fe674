#include "access/rights.h"

#include <tessera/text.h>

#include "access/declare.h"
#include "access/narrowing.h"
#include "kernel/state.h"
#include "metadata/list_condition.h"

#include <algorithm>
#include <set>

namespace tessera::access {

namespace rights {

bool holds_on(const UserRole& one, Date day) { return (one.starts_on.empty() || one.starts_on <= day) && (one.ends_on.empty() || day <= one.ends_on); }

bool is_there_on(const User& user, Date day) { return user.active && (user.leaves_on.empty() || day < user.leaves_on); }

bool has_role_on(const User& user, Id<Role> role, Date day) {
    return is_there_on(user, day) && std::ranges::any_of(user.roles, [&](const auto& one) { return one.role == role && holds_on(one, day); });
}

std::vector<std::string> grants_of(const Role& role) {
    std::vector<std::string> grants;
    for (const auto& one : role.permissions) grants.push_back(one.permission);
    return grants;
}

// The value with "@me" and "@name" put in; nothing when the user has no value of that name.
std::optional<RoleRule> of_user(const Kernel& kernel, RoleRule rule, const User& user) {
    if (!rule.value.starts_with('@')) return rule;
    const auto name = rule.value.substr(1);
    if (name == "me") {
        const auto* e = kernel.find_entity(rule.entity);
        const auto* f = e ? e->find(rule.field) : nullptr;
        rule.value    = f && f->kind == FieldKind::text ? user.name : std::to_string(user.id.value);
        return rule;
    }
    std::string values;
    int         count = 0;
    for (const auto& one : user.values)
        if (one.name == name) values += (count++ ? "," : "") + one.value;
    if (!count) return {};
    rule.value = values;
    if (count > 1 && rule.operation == Comparison::eq) rule.operation = Comparison::in;
    return rule;
}

// What the roles narrow together: nothing of an entity that one of them shows wholly.
class Combined {
public:
    Combined(const Kernel& kernel, const User& user, const std::vector<Role>& roles) : kernel_(kernel), user_(user) {
        std::set<std::string> entities;
        std::set<std::pair<std::string, std::string>> named;
        for (const auto& role : roles) {
            for (const auto& rule : role.rules) entities.insert(rule.entity);
            for (const auto& field : role.fields) named.insert({field.entity, field.field});
        }
        for (const auto& entity : entities) add_rules(entity, roles);
        for (const auto& [entity, field] : named) add_field(entity, field, roles);
    }

    std::vector<Narrowing::Rules> rules{};
    std::vector<RoleField>        fields{};

private:
    // Whose records a role shows at all: of a line those of its document.
    bool shows(const Role& role, const std::string& entity) const {
        const auto* e = kernel_.find_entity(entity);
        return e && permits(role, e->read_permission);
    }
    void add_rules(const std::string& entity, const std::vector<Role>& roles) {
        Narrowing::Rules all{.entity = entity};
        for (const auto& role : roles) {
            if (!shows(role, entity)) continue;
            std::vector<RoleRule> conditions;
            bool                  nothing = false;
            for (const auto& rule : role.rules) {
                if (rule.entity != entity) continue;
                const auto put_in = of_user(kernel_, rule, user_);
                if (put_in) conditions.push_back(*put_in);
                else nothing = true;
            }
            if (nothing) continue;
            if (conditions.empty()) return;
            all.any.push_back(std::move(conditions));
        }
        rules.push_back(std::move(all));
    }
    void add_field(const std::string& entity, const std::string& field, const std::vector<Role>& roles) {
        bool hidden = true;
        for (const auto& role : roles) {
            if (!shows(role, entity)) continue;
            const auto one = std::ranges::find_if(role.fields, [&](const auto& f) { return f.entity == entity && f.field == field; });
            if (one == role.fields.end()) return;
            hidden &= one->access == FieldAccess::hidden;
        }
        fields.push_back({.entity = entity, .field = field, .access = hidden ? FieldAccess::hidden : FieldAccess::read_only});
    }

    const Kernel& kernel_;
    const User&   user_;
};

bool may_administer(const Snapshot& tx, const User& user) {
    return std::ranges::any_of(roles_of(tx, user, tx.today()), [](const auto& role) { return permits(role, administer); });
}

}  // namespace rights

bool permits(const Role& role, std::string_view permission) { return Permissions::of(rights::grants_of(role))->allow(permission); }

// What is lent holds while who lent it has it.
std::vector<Role> roles_of(const Snapshot& tx, const User& user, Date day) {
    std::vector<Role> roles;
    if (!rights::is_there_on(user, day)) return roles;
    for (const auto& one : user.roles)
        if (rights::holds_on(one, day)) roles.push_back(tx.load(one.role));
    for (const auto& lent : tx.select<Delegation>("taker = :taker AND starts_on <= :day AND ends_on >= :same_day ORDER BY id", user.id, day, day))
        if (rights::has_role_on(tx.load(lent.giver), lent.role, day)) roles.push_back(tx.load(lent.role));
    return roles;
}

Permissions::Shared rights_of(const Snapshot& snapshot, const User& user, Date day) {
    const auto               roles = roles_of(snapshot, user, day);
    std::vector<std::string> grants;
    for (const auto& role : roles)
        for (auto& grant : rights::grants_of(role)) grants.push_back(std::move(grant));
    const rights::Combined combined(snapshot.kernel(), user, roles);
    return Permissions::of(std::move(grants), Narrowing::of(snapshot, combined.rules, combined.fields, user.name));
}

bool others_may(const Snapshot& snapshot, std::string_view permission) {
    const auto users = snapshot.select<User>("active <> 0 AND id <> :user ORDER BY id", snapshot.user().user);
    return std::ranges::any_of(users, [&](const auto& user) {
        const auto roles = roles_of(snapshot, user, snapshot.today());
        return std::ranges::any_of(roles, [&](const auto& role) { return permits(role, permission); });
    });
}

void require_known(const Kernel& kernel, std::string_view grant, const std::string& field) {
    const auto point   = grant.find('.');
    const auto matches = [&](const PermissionDescription& p) {
        return grant == p.name || (grant.starts_with("*.") && p.name.ends_with(grant.substr(1))) || (grant.ends_with(".*") && p.name.starts_with(grant.substr(0, point + 1)));
    };
    if (grant == "*" || std::ranges::any_of(kernel.permissions(), matches)) return;
    throw Refused("access.unknown_permission", "To permit something, name a permission (tessera modules MODULE lists them), a module's (purchasing.*), one of all modules (*.read) or *; \"{}\" is none.",
                  excerpt(grant))
        .with_status(422)
        .with_field(field);
}

namespace rights {

const EntityDescription& entity_named(const Kernel& kernel, const std::string& name, const std::string& field) {
    if (const auto* e = kernel.find_entity(name)) return *e;
    throw Refused("kernel.no_entity", "To narrow what is seen, name an entity such as purchasing.order; \"{}\" is none.", excerpt(name)).with_status(422).with_field(field + ".entity");
}

}  // namespace rights

void require_rule(const Snapshot& snapshot, const RoleRule& rule, const std::string& field) {
    const auto& e    = rights::entity_named(snapshot.kernel(), rule.entity, field);
    auto        test = rule;
    if (!e.parent_field.empty())
        throw Refused("access.rule_of_a_line", "To narrow what is seen of {}, give the rule to the document: its lines follow it.", lower_ascii(e.plural)).with_status(422).with_field(field + ".entity");
    if (!e.find(test.field) && test.field != "id")
        throw Refused("kernel.unknown_field", "To narrow {}, name a field they have; \"{}\" is none.", lower_ascii(e.plural), excerpt(test.field)).with_status(422).with_field(field + ".field");
    if (test.value.starts_with('@')) test.operation = Comparison::is, test.value = "not_null";  // what a user's value is, is known when it is used
    const metadata::ListCondition checked(snapshot, e, {.filters = {{test.field, std::string(name_of(test.operation)), test.value}}});
}

void require_field(const Kernel& kernel, const RoleField& one, const std::string& field) {
    const auto& e = rights::entity_named(kernel, one.entity, field);
    if (!e.find(one.field))
        throw Refused("kernel.unknown_field", "To hide or lock a field of {}, name one they have; \"{}\" is none.", lower_ascii(e.plural), excerpt(one.field)).with_status(422).with_field(field + ".field");
}

void require_may_give(const Transaction& tx, std::string_view grant) {
    const auto& giver = tx.user();
    if (giver.permissions->cover(grant)) return;
    throw Refused("access.not_yours_to_give", "To give {}, ask someone who has it: {} does not.", grant, giver.name).with_status(403);
}

void keep_an_administrator(Transaction& tx) {
    tx.before_commit("access.administrator", [](Transaction& at_end) {
        const auto users = at_end.select<User>("ORDER BY id");
        if (users.empty() || std::ranges::any_of(users, [&](const auto& user) { return rights::may_administer(at_end, user); })) return;
        throw Refused("access.last_administrator", "To do this, first let another active user have {}: nobody could give rights any more.", administer);
    });
}

const std::string_view rights_schema = R"json({"type": "object", "required": ["permissions", "rules", "fields"], "properties": {
    "permissions": {"type": "array", "items": {"type": "object", "required": ["name", "title", "module", "granted", "by"], "properties": {
        "name": {"type": "string"}, "title": {"type": "string"}, "module": {"type": "string"}, "granted": {"type": "boolean"},
        "by": {"type": "array", "items": {"type": "string"}, "description": "The roles that permit it"}}}},
    "rules": {"type": "array", "items": {"type": "object", "required": ["entity", "title", "sees", "conditions"], "properties": {
        "entity": {"type": "string"}, "title": {"type": "string"}, "sees": {"enum": ["all", "some", "none"]},
        "conditions": {"type": "array", "description": "Seen is what satisfies all of one of them", "items": {"type": "array", "items": {"type": "string"}}}}}},
    "fields": {"type": "array", "items": {"type": "object", "required": ["entity", "field", "access"], "properties": {
        "entity": {"type": "string"}, "field": {"type": "string"}, "access": {"enum": ["hidden", "read_only"]}}}}}})json";

namespace rights {

void write_permissions(const Kernel& kernel, const std::vector<Role>& roles, JsonWriter& json) {
    json.key("permissions").begin_array();
    for (const auto& permission : kernel.permissions()) {
        std::vector<std::string_view> by;
        for (const auto& role : roles)
            if (permits(role, permission.name)) by.push_back(role.name);
        json.begin_object();
        json.member("name", permission.name);
        json.member("title", permission.title);
        json.member("module", permission.module);
        json.member("granted", !by.empty());
        json.key("by").begin_array();
        for (const auto name : by) json.value(name);
        json.end_array();
        json.end_object();
    }
    json.end_array();
}

void write_rules(const Kernel& kernel, const Combined& combined, const Permissions& permissions, JsonWriter& json) {
    json.key("rules").begin_array();
    for (const auto* e : kernel.entities()) {
        if (!e->parent_field.empty()) continue;
        const auto found   = std::ranges::find(combined.rules, e->name, &Narrowing::Rules::entity);
        const bool allowed = permissions.allow(e->read_permission);
        const bool some    = found != combined.rules.end();
        json.begin_object();
        json.member("entity", e->name);
        json.member("title", e->plural);
        json.member("sees", !allowed || (some && found->any.empty()) ? "none" : some ? "some" : "all");
        json.key("conditions").begin_array();
        if (allowed && some)
            for (const auto& all : found->any) {
                json.begin_array();
                for (const auto& rule : all) json.value(std::string_view(fmt::format("{} {} {}", rule.field, name_of(rule.operation), rule.value)));
                json.end_array();
            }
        json.end_array();
        json.end_object();
    }
    json.end_array();
}

void write_fields(const Combined& combined, JsonWriter& json) {
    json.key("fields").begin_array();
    for (const auto& field : combined.fields) {
        json.begin_object();
        json.member("entity", field.entity);
        json.member("field", field.field);
        json.member("access", name_of(field.access));
        json.end_object();
    }
    json.end_array();
}

}  // namespace rights

void write_rights(const Snapshot& snapshot, std::int64_t id, JsonWriter& json) {
    const auto user        = snapshot.load(Id<User>(id));
    const auto permissions = rights_of(snapshot, user, snapshot.today());
    const auto roles       = roles_of(snapshot, user, snapshot.today());
    const rights::Combined combined(snapshot.kernel(), user, roles);
    json.begin_object();
    rights::write_permissions(snapshot.kernel(), roles, json);
    rights::write_rules(snapshot.kernel(), combined, *permissions, json);
    rights::write_fields(combined, json);
    json.end_object();
}

}  // namespace tessera::access
