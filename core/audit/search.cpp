#include "audit/audit.h"

#include <tessera/access.h>
#include <tessera/text.h>

#include "access/declare.h"
#include "audit/shown_changes.h"
#include "workflow/transition.h"

#include <array>

namespace tessera::audit {

namespace searching {

struct Row {
    std::int64_t id = 0;
    Instant      at{};
    std::string  by{}, via{}, request{}, command{}, reason{}, changes{};
};

Refused malformed(std::string_view name, std::string sentence) {
    return Refused(Refused::Plain{}, "kernel.malformed_query", std::move(sentence)).with_status(400).with_field(std::string(name));
}

Instant moment(std::string_view name, const std::string& text, bool first) {
    try {
        return Instant::parse(first && text.size() == 10 ? text + "T00:00:00Z" : text);
    } catch (const Refused&) {
        throw malformed(name, fmt::format("To set {}, give a day or a moment such as 2026-01-31 or 2026-01-31T10:15:30Z; \"{}\" is none.", name, excerpt(text)));
    }
}

// As it stands in the changes, which are JSON.
std::string in_json(std::string_view text) {
    std::string out;
    JsonWriter  json(out);
    json.value(text);
    return out.substr(1, out.size() - 2);
}

std::string like(std::string_view text) {
    std::string pattern;
    for (const char c : text) {
        if (c == '%' || c == '_' || c == '\\') pattern += '\\';
        pattern += c;
    }
    return pattern;
}

// Conditions and the values of their parameters.
class Search {
public:
    Search(const Snapshot& snapshot, const AuditRequest& request) : snapshot_(snapshot) {
        if (!request.by.empty()) add("user_name = {}", request.by);
        if (!request.from.empty()) add("at >= {}", moment("from", request.from, true).microseconds());
        if (!request.until.empty()) add("at <= {}", moment("until", request.until, false).microseconds());
        if (!request.command.empty()) add("(command = {} OR command LIKE {} ESCAPE '\\')", request.command, "%." + like(request.command));
        if (!request.entity.empty()) of_entity(request);
        else if (request.record) throw malformed("record", "To set record, say with entity what it is a record of, such as purchasing.order.");
        if (!request.text.empty()) containing(request.text);
    }

    std::int64_t count() const {
        sql::Use use(snapshot_, "SELECT count(*) FROM kernel_audit" + where_);
        give_values(use);
        return use->step() ? use->integer(0) : 0;
    }
    template <class Visit>
    void each(const AuditRequest& request, const Visit& visit) {
        if (request.before) add("id < {}", request.before);
        sql::Use use(snapshot_, fmt::format("SELECT id, at, user_name, via, request, command, reason, changes FROM kernel_audit{} ORDER BY id DESC LIMIT {}", where_, request.limit));
        give_values(use);
        while (use->step()) {
            Row row;
            sql::read_row(*use, row, snapshot_.books());
            visit(row);
        }
    }

private:
    struct Value {
        bool         is_text = true;
        std::string  text{};
        std::int64_t number = 0;
    };
    static Value value_of(std::string text) { return {true, std::move(text), 0}; }
    static Value value_of(std::int64_t number) { return {false, {}, number}; }

    // Each {} is the next of the values.
    template <class... Values>
    void add(std::string_view condition, Values... values) {
        const auto parameter = [&](Value value) {
            values_.push_back(std::move(value));
            return ":p" + std::to_string(values_.size());
        };
        where_ += where_.empty() ? " WHERE " : " AND ";
        const std::array<std::string, sizeof...(Values)> names{parameter(value_of(values))...};
        std::size_t                                      next = 0;
        for (std::size_t at = 0; at < condition.size(); ++at) {
            if (condition.substr(at, 2) != "{}") {
                where_ += condition[at];
                continue;
            }
            where_ += names[next++];
            ++at;
        }
    }

    void of_entity(const AuditRequest& request) {
        if (!snapshot_.kernel().find_entity(request.entity))
            throw malformed("entity", fmt::format("To set entity, name one of a loaded module, such as access.user; \"{}\" is none.", excerpt(request.entity)));
        if (request.record) add("id IN (SELECT audit FROM kernel_audit_record WHERE entity = {} AND record = {})", request.entity, request.record);
        else add("id IN (SELECT audit FROM kernel_audit_record WHERE entity = {})", request.entity);
    }

    void containing(std::string_view text) {
        const auto plain = "%" + like(text) + "%", json = "%" + like(in_json(text)) + "%";
        add("(reason LIKE {} ESCAPE '\\' OR command LIKE {} ESCAPE '\\' OR user_name LIKE {} ESCAPE '\\' OR changes LIKE {} ESCAPE '\\'"
            " OR id IN (SELECT audit FROM kernel_audit_personal WHERE value LIKE {} ESCAPE '\\'))",
            plain, plain, plain, json, json);
    }

    void give_values(sql::Use& use) const {
        for (std::size_t i = 0; i < values_.size(); ++i) {
            const auto parameter = static_cast<int>(i) + 1;
            values_[i].is_text ? use->bind(parameter, std::string_view(values_[i].text)) : use->bind(parameter, values_[i].number);
        }
    }

    const Snapshot&    snapshot_;
    std::string        where_{};
    std::vector<Value> values_{};
};

void write_subject(const Snapshot& tx, JsonWriter& json, const std::optional<ShownChanges::Subject>& subject) {
    json.key("entity");
    subject ? json.value(subject->entity->name) : json.null();
    json.key("record");
    subject ? json.value(subject->record) : json.null();
    json.key("label");
    subject ? json.value(tx.label_of(subject->entity->name, subject->record)) : json.null();
}

void write_row(const Snapshot& tx, JsonWriter& json, const Row& row, const AuditRequest& request) {
    const ShownChanges changes(tx, row.id, row.changes);
    auto               subject = changes.subject();
    if (request.record) subject = ShownChanges::Subject{tx.kernel().find_entity(request.entity), request.record};
    json.begin_object();
    json.member("id", row.id);
    json.member("at", row.at.str());
    json.member("by", row.by);
    json.member("via", row.via);
    json.member("request", row.request);
    json.member("command", row.command);
    write_subject(tx, json, subject);
    json.member("reason", row.reason);
    json.key("changes").begin_array();
    if (subject) changes.write_all(json, *subject);
    json.end_array();
    json.end_object();
}

}  // namespace searching

std::string search(const Snapshot& tx, const AuditRequest& request) {
    workflow::require_permission(tx.user(), access::administer, "see the audit trail");
    if (tx.user().permissions->are_narrowed())
        throw Refused("kernel.not_permitted", "To see the audit trail, ask someone who sees all records: your roles narrow what you see.").with_status(403);
    searching::Search search(tx, request);
    const auto        total = search.count();
    std::string       out;
    JsonWriter        json(out);
    json.begin_object();
    json.key("rows").begin_array();
    search.each(request, [&](const searching::Row& row) { searching::write_row(tx, json, row, request); });
    json.end_array();
    json.member("total", total);
    json.end_object();
    return out;
}

}  // namespace tessera::audit
