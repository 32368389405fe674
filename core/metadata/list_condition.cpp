#include "metadata/list_condition.h"

#include <tessera/text.h>

#include "access/narrowing.h"
#include "database/engine.h"
#include "metadata/field_text.h"
#include "metadata/record_json.h"

#include <algorithm>

namespace tessera::metadata {

namespace list_condition {

constexpr std::size_t values_max = 500;

FieldDescription id_field(const EntityDescription& e) {
    FieldDescription f;
    f.name   = "id";
    f.label  = "Id";
    f.kind   = FieldKind::integer;
    f.bind   = [&e](const void* r, Statement& s, int i) { s.bind(i, e.id(const_cast<void*>(r))); };
    f.assign = [&e](void* r, const InputValue& in, Reading&) { e.id(r) = field::integer_from(in); };
    return f;
}

std::string names_of_fields(const Actor& reader, const EntityDescription& e, bool (*wanted)(const FieldDescription&)) {
    std::string all = "id";
    for (const auto& f : e.fields)
        if (wanted(f) && !access::hides(reader, e, f)) all += ", " + f.name;
    return all;
}

std::string_view comparison(std::string_view operation) {
    if (operation == "gt") return " > ";
    if (operation == "gte") return " >= ";
    if (operation == "lt") return " < ";
    if (operation == "lte") return " <= ";
    return operation == "not" ? " IS DISTINCT FROM " : " = ";
}

bool is_plain_day(const FieldDescription& f, std::string_view text) {
    return f.kind == FieldKind::instant && text.size() == 10;
}

}  // namespace list_condition

bool can_sort(const FieldDescription& f) { return !f.multiline; }

std::vector<std::string_view> filter_operations(const FieldDescription& f, const Kernel& kernel) {
    switch (f.kind) {
        case FieldKind::text:
            return {"eq", "not", "gt", "gte", "lt", "lte", "in", "contains", "is"};
        case FieldKind::choice:
            return {"eq", "not", "in", "is"};
        case FieldKind::boolean:
            return {"eq", "not", "is"};
        case FieldKind::reference:
            if (label_field(*kernel.find_entity(f.references))) return {"eq", "not", "in", "contains", "is"};
            return {"eq", "not", "in", "is"};
        default:
            return {"eq", "not", "gt", "gte", "lt", "lte", "in", "is"};
    }
}

ListCondition::ListCondition(const Snapshot& snapshot, const EntityDescription& entity, const ListRequest& request,
                             LookUp look_up)
    : snapshot_(snapshot),
      entity_(entity),
      look_up_(look_up),
      id_(list_condition::id_field(entity)),
      currency_(snapshot.books().currency) {
    // A currency that is asked for governs how the amounts asked for are read.
    const auto governs = [&](const ListFilter& f) {
        return f.operation == "eq" && field_named(f.field).is_currency;
    };
    for (const auto& f : request.filters)
        if (governs(f)) filter(f);
    for (const auto& f : request.filters)
        if (!governs(f)) filter(f);
    if (!request.search.empty()) search(request.search);
    sort(request.sort);
}

void ListCondition::bind(Statement& s, int parameter) const {
    for (const auto& b : bound_) {
        if (!b.field)
            s.bind(++parameter, std::string_view(b.text));
        else if (b.field->kind == FieldKind::instant && b.field->none(b.record.get()))
            s.bind(++parameter, std::int64_t{0});  // the start of 1970 was asked for, not nothing
        else
            b.field->bind(b.record.get(), s, ++parameter);
    }
}

const FieldDescription* ListCondition::seen_field(std::string_view name) const {
    const auto* f = entity_.find(name);
    return f && !access::hides(snapshot_.user(), entity_, *f) ? f : nullptr;
}

const FieldDescription& ListCondition::field_named(const std::string& name) const {
    if (name == "id") return id_;
    if (const auto* f = seen_field(name)) return *f;
    throw Refused("kernel.unknown_filter", "To filter {}, use the fields they have ({}); \"{}\" is none of them.",
                  lower_ascii(entity_.plural),
                  list_condition::names_of_fields(snapshot_.user(), entity_, [](const auto&) { return true; }), excerpt(name))
        .with_status(400)
        .with_field(excerpt(name));
}

void ListCondition::add(std::string condition) {
    where_ += (where_.empty() ? " WHERE " : " AND ") + std::move(condition);
}

void ListCondition::filter(const ListFilter& asked) {
    const auto& f          = field_named(asked.field);
    const auto  operations = filter_operations(f, snapshot_.kernel());
    if (std::ranges::find(operations, asked.operation) == operations.end())
        throw Refused("kernel.unknown_filter", "To filter by {}, use one of {}; \"{}\" is none of them.", f.name,
                      fmt::join(operations, ", "), excerpt(asked.operation))
            .with_status(400)
            .with_field(f.name);
    const auto column = "t." + f.name;
    if (asked.operation == "is") {
        if (asked.value != "null" && asked.value != "not_null")
            throw Refused("kernel.unknown_filter", "To filter by {}, say is=null or is=not_null; \"{}\" is neither.",
                          f.name, excerpt(asked.value))
                .with_status(400)
                .with_field(f.name);
        return add(column + (asked.value == "null" ? " IS NULL" : " IS NOT NULL"));
    }
    if (asked.operation == "contains") return add(containing(f, asked.value));
    if (asked.operation == "in") return add(one_of(f, asked.value));
    if (asked.value.empty() && f.nullable && (asked.operation == "eq" || asked.operation == "not"))
        return add(column + (asked.operation == "eq" ? " IS NULL" : " IS NOT NULL"));
    if (list_condition::is_plain_day(f, asked.value)) return filter_day(f, asked.operation, asked.value);
    add(column + std::string(list_condition::comparison(asked.operation)) + value(f, asked.value));
}

// A day is meant from its first to its last moment.
void ListCondition::filter_day(const FieldDescription& f, const std::string& operation, const std::string& day) {
    const auto column = "t." + f.name;
    const auto first  = [&] { return value(f, Date::parse(day).str() + "T00:00:00Z"); };
    const auto last   = [&] { return value(f, day); };
    if (operation == "gte" || operation == "lt")
        return add(column + std::string(list_condition::comparison(operation)) + first());
    if (operation == "gt" || operation == "lte")
        return add(column + std::string(list_condition::comparison(operation)) + last());
    const auto from = first();
    const auto to   = last();
    if (operation == "eq") return add("(" + column + " >= " + from + " AND " + column + " <= " + to + ")");
    add("(" + column + " < " + from + " OR " + column + " > " + to + " OR " + column + " IS NULL)");
}

std::string ListCondition::one_of(const FieldDescription& f, std::string_view values) {
    std::string list;
    for (std::size_t count = 1;; ++count) {
        if (count > list_condition::values_max)
            throw Refused("kernel.too_many_values", "To filter by {}, name at most {} values.", f.name,
                          list_condition::values_max)
                .with_status(400)
                .with_field(f.name);
        const auto comma = values.find(',');
        list += (list.empty() ? "" : ", ") + value(f, trim(values.substr(0, comma)));
        if (comma == std::string_view::npos) break;
        values.remove_prefix(comma + 1);
    }
    return "t." + f.name + " IN (" + list + ")";
}

std::string ListCondition::containing(const FieldDescription& f, std::string_view text) {
    if (f.kind != FieldKind::reference) return "t." + f.name + " LIKE " + pattern(text) + " ESCAPE '\\'";
    const auto* target = snapshot_.kernel().find_entity(f.references);
    const auto  table  = look_up_ == LookUp::seen ? target->table : snapshot_.connection().stored_name(target->table);
    return fmt::format("t.{} IN (SELECT r.id FROM {} r WHERE r.{} LIKE {} ESCAPE '\\')", f.name, table, target->display,
                       pattern(text));
}

std::string ListCondition::value(const FieldDescription& f, std::string_view text) {
    Bound bound{entity_.make(), &f, {}};
    if (text.empty())
        throw Refused("kernel.required", "To filter by {}, give a value, or say is=null.", f.name)
            .with_status(400)
            .with_field(f.name);
    Reading reading{&snapshot_.books(), currency_};
    assign_field(snapshot_, f, bound.record.get(), InputValue::of_text(text), reading, f.name);
    if (f.is_currency) currency_ = reading.currency;
    bound_.push_back(std::move(bound));
    return ":p" + std::to_string(bound_.size());
}

std::string ListCondition::pattern(std::string_view text) {
    std::string like = "%";
    for (const char c : text.empty() ? std::string() : field::text_from(InputValue::of_text(text))) {
        if (c == '%' || c == '_' || c == '\\') like += '\\';
        like += c;
    }
    bound_.push_back({nullptr, nullptr, like + "%"});
    return ":p" + std::to_string(bound_.size());
}

void ListCondition::search(std::string_view text) {
    std::string any;
    const auto  found_by = [&](const FieldDescription& f) { any += (any.empty() ? "" : " OR ") + containing(f, text); };
    for (const auto& f : entity_.fields) {
        if (!f.searchable || access::hides(snapshot_.user(), entity_, f)) continue;
        const auto operations = filter_operations(f, snapshot_.kernel());
        if (std::ranges::find(operations, "contains") != operations.end()) found_by(f);
    }
    if (any.empty() && label_field(entity_)) found_by(*label_field(entity_));
    if (any.empty())
        throw Refused("kernel.not_searchable", "To find {}, filter by their fields: they have no text to search in.",
                      lower_ascii(entity_.plural))
            .with_status(400);
    add("(" + any + ")");
}

void ListCondition::sort(const std::vector<std::string>& keys) {
    bool descending = false, by_id = false;
    for (const auto& key : keys) {
        descending       = key.starts_with('-');
        const auto  name = key.substr(descending ? 1 : 0);
        const auto* f    = name == "id" ? &id_ : seen_field(name);
        if (!f || !can_sort(*f))
            throw Refused("kernel.unknown_sort", "To sort {}, use one of {}; \"{}\" is none of them.",
                          lower_ascii(entity_.plural), list_condition::names_of_fields(snapshot_.user(), entity_, can_sort),
                          excerpt(name))
                .with_status(400)
                .with_field("sort");
        by_id |= f == &id_;
        sorted_ |= f != &id_;
        auto expression = "t." + f->name;
        if (f->kind == FieldKind::reference) {
            const auto* target = snapshot_.kernel().find_entity(f->references);
            if (label_field(*target))
                expression =
                    fmt::format("(SELECT r.{} FROM {} r WHERE r.id = t.{})", target->display, target->table, f->name);
        }
        order_by_ += (order_by_.empty() ? " ORDER BY " : ", ") + expression + (descending ? " DESC" : "");
        // The engines differ in where they put NULL unless it is said.
        if (f->nullable) order_by_ += descending ? " NULLS LAST" : " NULLS FIRST";
    }
    // In the direction of the last key, so that an index serves the whole order backwards too.
    if (!by_id) order_by_ += (order_by_.empty() ? " ORDER BY t.id" : ", t.id") + std::string(descending ? " DESC" : "");
}

}  // namespace tessera::metadata
