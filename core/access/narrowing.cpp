#include "access/narrowing.h"

#include "database/engine.h"
#include "database/sql_words.h"
#include "kernel/literal.h"
#include "kernel/state.h"
#include "metadata/list_condition.h"

#include <algorithm>

namespace tessera::access {

namespace narrowing {

constexpr std::size_t texts_max = 2000;

ListFilter filter_of(const RoleRule& rule) { return {rule.field, std::string(name_of(rule.operation)), rule.value}; }

std::string condition(const Snapshot& snapshot, const EntityDescription& e, const std::vector<RoleRule>& all) {
    ListRequest request;
    for (const auto& rule : all) request.filters.push_back(filter_of(rule));
    const metadata::ListCondition which(snapshot, e, request, metadata::LookUp::stored);
    LiteralTexts                  literals(which.parameter_count());
    which.bind(literals);
    return literals.put_into(which.where().substr(std::string_view(" WHERE ").size()));
}

// A rule that can no longer be read, because what it names is gone, shows nothing.
std::string condition_or_nothing(const Snapshot& snapshot, const EntityDescription& e, const std::vector<RoleRule>& all) {
    try {
        return all.empty() ? "1 = 0" : condition(snapshot, e, all);
    } catch (const Refused&) {
        return "1 = 0";
    }
}

std::string with_name(std::string condition, std::string_view name) {
    std::string literal = "'";
    for (const char c : name) literal += c == '\'' ? "''" : std::string(1, c);
    literal += '\'';
    for (std::size_t at = 0; (at = condition.find(":me", at)) != std::string::npos; at += literal.size()) condition.replace(at, 3, literal);
    return condition;
}

std::string any_of(const Snapshot& snapshot, const EntityDescription& e, const std::vector<std::vector<RoleRule>>& any) {
    std::string text;
    for (const auto& all : any) text += (text.empty() ? "(" : " OR (") + condition_or_nothing(snapshot, e, all) + ")";
    return text.empty() ? "1 = 0" : text;
}

bool starts_with_word(std::string_view text, std::string_view word) {
    return text.size() > word.size() && lower_ascii(text.substr(0, word.size())) == word && !database::is_of_word(text[word.size()]);
}

std::string_view after_space(std::string_view text) {
    while (!text.empty()) {
        if (std::isspace(static_cast<unsigned char>(text.front()))) text.remove_prefix(1);
        else if (text.starts_with("--")) text.remove_prefix(std::min(text.find('\n'), text.size()));
        else if (text.starts_with("/*")) text.remove_prefix(std::min(text.find("*/"), text.size() - 2) + 2);
        else break;
    }
    return text;
}

// "CREATE VIEW name AS SELECT …": the name and the SELECT; nothing when it is no view.
std::optional<std::pair<std::string, std::string>> view_of(std::string_view statement) {
    const auto lower = lower_ascii(statement);
    const auto at    = lower.find("view");
    const auto as    = lower.find(" as ", at == std::string::npos ? 0 : at);
    if (!lower.starts_with("create") || at == std::string::npos || as == std::string::npos) return {};
    const auto name = trim(statement.substr(at + 4, as - at - 4));
    const auto last = name.find_last_of(" \n\t");
    return std::pair{std::string(name.substr(last == name.npos ? 0 : last + 1)), std::string(statement.substr(as + 4))};
}

}  // namespace narrowing

std::shared_ptr<const Narrowing> Narrowing::of(const Snapshot& snapshot, const std::vector<Rules>& rules, const std::vector<RoleField>& fields, const std::string& name) {
    const auto&                        kernel = snapshot.kernel();
    auto                               all    = std::make_shared<Narrowing>();
    std::map<std::string, std::string> where;
    all->is_of_roles_ = !rules.empty() || !fields.empty();
    for (const auto& f : fields)
        if (const auto* e = kernel.find_entity(f.entity)) (f.access == FieldAccess::hidden ? all->hidden_ : all->locked_).insert({e, f.field});
    for (const auto& rule : rules)
        if (const auto* e = kernel.find_entity(rule.entity)) where[e->name] = narrowing::any_of(snapshot, *e, rule.any);
    for (const auto* e : kernel.entities())
        if (!e->seen_where.empty()) {
            auto& conditions = where[e->name];
            conditions       = (conditions.empty() ? "(" : "(" + conditions + ") AND (") + narrowing::with_name(e->seen_where, name) + ")";
        }
    for (const auto& [entity, condition] : where) all->narrow(snapshot, *kernel.find_entity(entity), condition, {});
    for (const auto& [e, field] : all->hidden_)
        if (!all->narrows(*e)) all->narrow(snapshot, *e, {}, {});
    for (const auto& statement : kernel.schema_statements())
        if (auto view = narrowing::view_of(statement)) all->views_.insert(std::move(*view));
    if (all->tables_.empty() && all->locked_.empty()) return {};
    return all;
}

void Narrowing::narrow(const Snapshot& snapshot, const EntityDescription& e, const std::string& where, const std::string& stands_on) {
    std::string columns = "t.id, t.version";
    for (const auto& f : e.fields) columns += hides(e, f) ? fmt::format(", CASE WHEN 1 = 0 THEN t.{0} END AS {0}", f.name) : ", t." + f.name;
    auto&       table      = tables_[e.table];
    std::string conditions = where;
    if (!table.where.empty()) conditions = where.empty() ? table.where : "(" + table.where + ") AND (" + where + ")";
    table.select = fmt::format("SELECT {} FROM {} t{}{}", columns, snapshot.connection().stored_name(e.table), conditions.empty() ? "" : " WHERE ", conditions);
    table.where  = conditions;
    if (!stands_on.empty()) table.stands_on.insert(stands_on);
    if (where.empty()) return;
    for (const auto& l : e.lines) narrow(snapshot, *l.entity, fmt::format("t.{} IN (SELECT id FROM {})", l.entity->parent_field, e.table), e.table);
    narrow_what_belongs(snapshot, e);
}

void Narrowing::narrow_what_belongs(const Snapshot& snapshot, const EntityDescription& owner) {
    for (const auto* e : snapshot.kernel().entities())
        if (!e->seen_with.empty() && e->find(e->seen_with)->references == owner.name)
            narrow(snapshot, *e, fmt::format("t.{} IN (SELECT id FROM {})", e->seen_with, owner.table), owner.table);
}

std::string Narrowing::make(std::string_view sql) const {
    std::string              expressions;
    std::vector<std::string> named, views;
    const auto               add = [&](const std::string& name, const std::string& select) {
        if (std::ranges::find(named, name) != named.end()) return;
        named.push_back(name);
        expressions += fmt::format("{}{} AS NOT MATERIALIZED ({})", expressions.empty() ? "" : ", ", name, select);
    };
    const std::function<void(const std::string&)> add_table = [&](const std::string& name) {
        const auto& table = tables_.at(name);
        for (const auto& other : table.stands_on) add_table(other);
        add(name, table.select);
    };
    const std::function<void(std::string_view)> look = [&](std::string_view text) {
        database::each_word(text, [&](const std::string& word) {
            if (tables_.contains(word)) {
                add_table(word);
            } else if (const auto view = views_.find(word); view != views_.end() && std::ranges::find(views, word) == views.end()) {
                views.push_back(word);
                look(view->second);
                add(word, view->second);
            }
        });
    };
    look(sql);
    if (expressions.empty()) return std::string(sql);
    auto rest = narrowing::after_space(sql);
    if (!narrowing::starts_with_word(rest, "with")) return "WITH " + expressions + " " + std::string(rest);
    rest = narrowing::after_space(rest.substr(4));
    const bool recursive = narrowing::starts_with_word(rest, "recursive");
    if (recursive) rest.remove_prefix(9);
    return (recursive ? "WITH RECURSIVE " : "WITH ") + expressions + ", " + std::string(rest);
}

std::string Narrowing::text(std::string_view sql) const {
    if (tables_.empty()) return std::string(sql);
    {
        const std::lock_guard lock(mutex_);
        if (const auto it = texts_.find(std::string(sql)); it != texts_.end()) return it->second;
    }
    auto                  made = make(sql);
    const std::lock_guard lock(mutex_);
    if (texts_.size() >= narrowing::texts_max) texts_.clear();
    return texts_.emplace(sql, std::move(made)).first->second;
}

AsSeen::AsSeen(const Snapshot& snapshot) : state_(snapshot.state()), before_(state_.narrowed) { state_.narrowed = state_.actor.permissions->narrowing() != nullptr; }
AsSeen::~AsSeen() { state_.narrowed = before_; }

bool hides(const Actor& actor, const EntityDescription& entity, const FieldDescription& field) {
    const auto* narrowing = actor.permissions->narrowing();
    return narrowing && narrowing->hides(entity, field);
}

bool locks(const Actor& actor, const EntityDescription& entity, const FieldDescription& field) {
    const auto* narrowing = actor.permissions->narrowing();
    return narrowing && narrowing->locks(entity, field);
}

bool sees(const Snapshot& snapshot, const EntityDescription& e, std::int64_t id) {
    const auto* narrowing = snapshot.user().permissions->narrowing();
    if (!narrowing || !narrowing->narrows(e)) return true;
    const AsSeen seen(snapshot);
    return snapshot.value<std::int64_t>("SELECT id FROM " + e.table + " WHERE id = :id", id).has_value();
}

bool sees(const Snapshot& snapshot, std::string_view entity, std::int64_t id) {
    const auto* e = snapshot.kernel().find_entity(entity);
    if (!e || !snapshot.user().may(e->read_permission)) return false;
    const AsSeen seen(snapshot);
    return snapshot.value<std::int64_t>("SELECT id FROM " + e->table + " WHERE id = :id", id).has_value();
}

void require_seen(const Snapshot& snapshot, const EntityDescription& e, std::int64_t id) {
    if (!sees(snapshot, e, id))
        throw Refused("kernel.not_found", "To use {} {}, choose one that exists.", lower_ascii(e.title), id).with_status(404);
}

}  // namespace tessera::access
