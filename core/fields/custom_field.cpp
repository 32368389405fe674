#include "fields/custom_field.h"

#include <tessera/text.h>

#include <algorithm>
#include <deque>
#include <map>
#include <mutex>

#include "database/engine.h"
#include "kernel/declaration_check.h"
#include "metadata/entity_sql.h"

namespace tessera::fields {

namespace custom {

constexpr std::string_view prefix = "custom_";
constexpr std::size_t      choices_max = 200;

std::string column_of(const CustomField& f) { return std::string(prefix) + f.name; }
std::string table_of(std::string entity) {
    std::ranges::replace(entity, '.', '_');
    return entity;
}

// ---- what a record holds of them

struct AnyRecord {};

struct Value {
    std::string                 text{};
    std::optional<std::int64_t> integer{};
    std::optional<Quantity>     decimal{};
    std::optional<Percent>      percent{};
    std::optional<Money>        amount{};
    Date                        date{};
    bool                        flag = false;
    Id<AnyRecord>               reference{};
};
struct Values { std::vector<Value> all{}; };

std::vector<std::string> choices_of(const std::string& text) {
    std::vector<std::string> choices;
    for (std::size_t from = 0; from <= text.size();) {
        const auto end  = std::min(text.find('\n', from), text.size());
        const auto line = std::string(trim(std::string_view(text).substr(from, end - from)));
        if (!line.empty()) choices.push_back(line);
        from = end + 1;
    }
    return choices;
}

// Descriptions name their choices by views: the words live as long as the program.
std::string_view kept(const std::string& word) {
    static std::mutex              mutex;
    static std::deque<std::string> words;
    const std::lock_guard          lock(mutex);
    const auto                     known = std::ranges::find(words, word);
    return known != words.end() ? *known : words.emplace_back(word);
}

FieldDescription choice_field(const CustomField& f) {
    auto d = describe_field<Value>(column_of(f), &Value::text, {});
    d.kind = FieldKind::choice;
    for (const auto& choice : choices_of(f.choices)) d.choices.push_back(kept(choice));
    d.json   = [](const void* r, JsonWriter& w) { const auto& text = static_cast<const Value*>(r)->text; text.empty() ? w.null() : w.value(std::string_view(text)); };
    d.assign = [choices = d.choices](void* r, const InputValue& in, Reading&) {
        const auto text = in.none() ? std::string() : std::string(field::text_from(in));
        if (!text.empty() && std::ranges::find(choices, text) == choices.end())
            throw Refused("kernel.unknown_choice", "To set this, choose one of {}; \"{}\" is none of them.", fmt::join(choices, ", "), excerpt(text)).with_status(422);
        static_cast<Value*>(r)->text = text;
    };
    return d;
}

FieldDescription value_field(const CustomField& f) {
    const auto name = column_of(f);
    switch (f.kind) {
        case Kind::text: return describe_field<Value>(name, &Value::text, {});
        case Kind::long_text: return describe_field<Value>(name, &Value::text, {multiline});
        case Kind::integer: return describe_field<Value>(name, &Value::integer, {});
        case Kind::decimal: return describe_field<Value>(name, &Value::decimal, {});
        case Kind::percent: return describe_field<Value>(name, &Value::percent, {});
        case Kind::amount: return describe_field<Value>(name, &Value::amount, {});
        case Kind::date: return describe_field<Value>(name, &Value::date, {});
        case Kind::yes_no: return describe_field<Value>(name, &Value::flag, {});
        case Kind::choice: return choice_field(f);
        case Kind::reference: return describe_field<Value>(name, &Value::reference, {indexed});
    }
    return {};
}

// A field of the k-th value, as one of all the values of a record.
FieldDescription of_value(FieldDescription f, std::size_t k) {
    const auto one  = f;
    const auto in   = [k](void* r) -> void* { return &static_cast<Values*>(r)->all[k]; };
    const auto of   = [k](const void* r) -> const void* { return &static_cast<const Values*>(r)->all[k]; };
    f.none   = [one, of](const void* r) { return one.none(of(r)); };
    f.bind   = [one, of](const void* r, Statement& s, int p) { one.bind(of(r), s, p); };
    f.read   = [one, in](void* r, Statement& s, int c, Reading& reading) { one.read(in(r), s, c, reading); };
    f.json   = [one, of](const void* r, JsonWriter& w) { one.json(of(r), w); };
    f.assign = [one, in](void* r, const InputValue& v, Reading& reading) { one.assign(in(r), v, reading); };
    f.equal  = [one, of](const void* a, const void* b) { return one.equal(of(a), of(b)); };
    f.copy   = [one, in, of](void* to, const void* from) { one.copy(in(to), of(from)); };
    if (one.number) f.number = [one, of](const void* r) { return one.number(of(r)); };
    return f;
}

FieldDescription described(const CustomField& f, const Kernel& kernel, std::size_t k) {
    auto d       = of_value(value_field(f), k);
    d.label      = f.label.empty() ? humanise(f.name) : f.label;
    d.help       = f.help;
    d.required   = f.required;
    d.searchable = f.searchable;
    d.in_list    = f.in_list && !d.multiline;
    d.indexed    = !d.multiline;
    d.added_by   = "fields";
    d.custom     = true;
    if (f.kind == Kind::reference) {
        const auto* target = kernel.find_entity(f.refers_to);
        d.references       = target->name;
        d.referenced_type  = target->type;
    }
    return d;
}

bool can_be_added(const CustomField& f, const Kernel& kernel) {
    const auto* e = kernel.find_entity(f.entity);
    return e && !e->append_only && e->parent_field.empty() && !e->of_core && (f.kind != Kind::reference || kernel.find_entity(f.refers_to));
}

// ---- what may be declared

Refused bad(std::string_view field, std::string sentence) {
    return Refused(Refused::Plain{}, "fields.bad_field", std::move(sentence)).with_status(422).with_field(std::string(field));
}

void check_entity(const Kernel& kernel, const CustomField& f) {
    const auto* e = kernel.find_entity(f.entity);
    if (!e) throw bad("entity", fmt::format("To add a field, name what it is added to, like catalog.product; \"{}\" is nothing that is kept here.", excerpt(f.entity)));
    if (!can_be_added({.entity = f.entity}, kernel))
        throw bad("entity", fmt::format("To add a field, choose a document or master data; {} is {}.", e->name, e->of_core ? "the core's own" : e->append_only ? "a ledger" : "a line of a document"));
}

// Whoever may not add its column would have a field that is nowhere.
void check_column(Transaction& tx, const CustomField& f) {
    if (!f.id && !tx.connection().may_alter(table_of(f.entity)))
        throw bad("entity", fmt::format("To add a field to {}, let it be done by who owns the table {} in the database (tessera fields custom_field create, then tessera "
                                        "migrate): whom this server is connected as may not add columns.", f.entity, table_of(f.entity)));
}

void check_name(Transaction& tx, const CustomField& f) {
    const auto letter = [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_'; };
    if (f.name.empty() || f.name.size() > 40 || f.name.front() < 'a' || f.name.front() > 'z' || !std::ranges::all_of(f.name, letter))
        throw bad("name", fmt::format("To name a field, use at most 40 small letters, digits and underscores and begin with a letter, as in net_weight; \"{}\" is not so.", excerpt(f.name)));
    if (tx.value<std::int64_t>("SELECT id FROM fields_custom_field WHERE entity = :entity AND name = :name AND id <> :id", f.entity, f.name, f.id.value))
        throw bad("name", fmt::format("To add a field to {}, choose another name: it has a {} already.", f.entity, column_of(f)));
}

void check_kind(const Kernel& kernel, const CustomField& f) {
    const auto choices = choices_of(f.choices);
    if ((f.kind == Kind::choice) != !choices.empty())
        throw bad("choices", f.kind == Kind::choice ? "To add a choice, say what there is to choose, one a line." : "To list choices, make the field a choice.");
    if (choices.size() > choices_max) throw bad("choices", fmt::format("To add a choice, list at most {}: for more, refer to records.", choices_max));
    if (f.kind == Kind::reference && !kernel.find_entity(f.refers_to))
        throw bad("refers_to", fmt::format("To add a reference, name what it refers to, like directory.party; \"{}\" is nothing that is kept here.", excerpt(f.refers_to)));
    if (f.kind != Kind::reference && !f.refers_to.empty()) throw bad("refers_to", "To refer to records, make the field a reference.");
    if (f.searchable && f.kind != Kind::text && f.kind != Kind::long_text) throw bad("searchable", "To be found by search, a field holds text.");
    if (f.required && f.kind == Kind::yes_no) throw bad("required", "A yes or no is always there: it need not be required.");
}

// What the column holds was typed for the field as it was.
void check_unchanged(Transaction& tx, const CustomField& f) {
    if (!f.id) return;
    const auto before = tx.load(f.id);
    if (before.entity != f.entity || before.name != f.name || before.kind != f.kind || before.refers_to != f.refers_to)
        throw bad("kind", fmt::format("To have another kind of field, retire {} and add a new one: its values are of the kind it has.", column_of(before)));
    const auto now = choices_of(f.choices);
    for (const auto& choice : choices_of(before.choices))
        if (std::ranges::find(now, choice) == now.end() &&
            tx.value<std::int64_t>(fmt::format("SELECT id FROM {} WHERE {} = :choice LIMIT 1", table_of(f.entity), column_of(f)), choice))
            throw bad("choices", fmt::format("To take a choice away, change the records first that have it: \"{}\" is in use.", excerpt(choice)));
}

void check(Transaction& tx, CustomField& f) {
    check_entity(tx.kernel(), f);
    check_name(tx, f);
    check_kind(tx.kernel(), f);
    check_unchanged(tx, f);
    check_column(tx, f);
}

}  // namespace custom

void declare(Kernel& kernel) {
    kernel.permission(std::string(manage), "Add fields to records");
    kernel.entity<CustomField>("fields.custom_field", "Custom field")
        .help("A field of your own on records of any kind. Its name begins with custom_ wherever it is used.")
        .menu(Menu::setup)
        .needs(std::string(manage))
        .not_deletable()
        .display("name")
        .field("entity", &CustomField::entity, required, indexed, longest(120), label("Added to"), help("Like catalog.product"))
        .field("name", &CustomField::name, required, searchable, longest(40), help("Small letters, as in net_weight"))
        .field("label", &CustomField::label, longest(80), help("Made from the name when left empty"))
        .field("help", &CustomField::help, longest(400))
        .field("kind", &CustomField::kind, required)
        .field("choices", &CustomField::choices, multiline, help("Of a choice: one a line"))
        .field("refers_to", &CustomField::refers_to, longest(120), help("Of a reference: what it refers to, like directory.party"))
        .field("required", &CustomField::required)
        .field("searchable", &CustomField::searchable, help("Found by the search of lists"))
        .field("in_list", &CustomField::in_list, label("Shown in lists"))
        .field("state", &CustomField::state, read_only)
        .unique_together({"entity", "name"})
        .validate(custom::check);
    kernel.workflow(&CustomField::state)
        .transition("retire", State::used, State::retired, destructive, explained("It is shown no more; its values are kept"))
        .transition("use_again", State::retired, State::used);
    declare_report(kernel);
}

std::vector<CustomField> stored(database::Engine& engine, Columns columns) {
    auto reader = engine.connect(database::Access::read);
    if (!reader->has_table("fields_custom_field")) return {};
    std::vector<CustomField>                        all;
    std::map<std::string, database::TableDefinition> tables;
    sql::Use use(*reader, "SELECT entity, name, label, help, kind, choices, refers_to, required, searchable, in_list FROM fields_custom_field WHERE state = 'used' ORDER BY id");
    while (use->step()) {
        const auto text = [&](int i) { return use->is_null(i) ? std::string() : std::string(use->text(i)); };
        all.push_back({.entity = text(0), .name = text(1), .label = text(2), .help = text(3), .kind = value_named<Kind>(text(4)), .choices = text(5), .refers_to = text(6),
                       .required = use->integer(7) != 0, .searchable = use->integer(8) != 0, .in_list = use->integer(9) != 0});
    }
    std::erase_if(all, [&](const auto& f) {
        const auto table = custom::table_of(f.entity);
        if (!reader->has_table(table)) return true;
        const auto [it, fresh] = tables.try_emplace(table);
        if (fresh) it->second = reader->stored(table);
        const bool lacks_column = std::ranges::find(it->second.columns, custom::column_of(f), &database::ColumnDefinition::name) == it->second.columns.end();
        return lacks_column && (columns == Columns::must_be_there || !reader->may_alter(table));
    });
    return all;
}

void add(Kernel& kernel, const std::vector<CustomField>& all) {
    std::map<std::string, std::vector<CustomField>> by_entity;
    for (const auto& f : all)
        if (custom::can_be_added(f, kernel)) by_entity[f.entity].push_back(f);
    for (const auto& [name, fields] : by_entity) {
        auto&      e = const_cast<EntityDescription&>(*kernel.find_entity(name));
        const auto i = e.extensions.size();
        e.extensions.push_back({.module = "fields",
                                .type   = typeid(custom::Values),
                                .make   = [n = fields.size()]() -> std::shared_ptr<void> { return std::make_shared<custom::Values>(custom::Values{std::vector<custom::Value>(n)}); },
                                .assign = [](void* part, const void* from) { *static_cast<custom::Values*>(part) = *static_cast<const custom::Values*>(from); }});
        for (std::size_t k = 0; k < fields.size(); ++k) e.fields.push_back(of_part(custom::described(fields[k], kernel, k), e, i));
    }
}

void make_columns(database::Connection& connection, const Kernel& kernel) {
    for (const auto* e : kernel.entities())
        if (std::ranges::any_of(e->fields, [](const auto& f) { return f.custom; })) connection.create(metadata::table_definition(*e, kernel));
}

}  // namespace tessera::fields
