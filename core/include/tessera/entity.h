#pragma once
// An entity is a kind of record: a plain struct with an `Id<T> id` and declared fields. From its declaration the kernel
// makes the table (module_name), loading and saving, the REST resource, the form and the list, CSV import and export,
// validation, and the history of every change.
//
//     kernel.entity<OrderLine>("purchasing.order_line", "Order line")
//         .part_of(&OrderLine::order)
//         .field("product", &OrderLine::product, required)
//         .field("quantity", &OrderLine::quantity, positive);
//     kernel.entity<Order>("purchasing.order", "Purchase order")
//         .field("number", &Order::number, read_only, unique)
//         .field("supplier", &Order::supplier, required, indexed)
//         .field("state", &Order::state, read_only)
//         .lines("lines", &Order::lines)
//         .display("number")
//         .validate(check_order);
//
// A record with lines is one aggregate: loading it loads its lines, saving it inserts, updates and deletes them.
// Tables are named after the entity ("purchasing_order"), columns after the fields; every table has `id` and `version`.

#include <tessera/field.h>

#include <memory>

namespace tessera {

class Transaction;
class Snapshot;
namespace containment { class Meter; }

enum class Menu { documents, master_data, ledgers, setup, hidden };
constexpr auto names_of(Menu) { return names("documents", "master_data", "ledgers", "setup", "hidden"); }

struct EntityDescription;

// The fields that others add to an entity (extension.h), each set of them an object of its own beside the record.
struct ExtensionDescription {
    std::string                                        module{};
    std::type_index                                    type{typeid(void)};
    std::function<std::shared_ptr<void>()>             make{};
    std::function<void(void* part, const void* from)>  assign{};
};
struct Extras { std::vector<std::shared_ptr<void>> parts{}; };      // in the order of the entity's extensions
// A record as the kernel keeps it, where the fields of others are kept too. Modules see the record alone.
template <class T>
struct Extended {
    T      record{};
    Extras extras{};
};

struct LinesDescription {
    std::string              name{};
    std::string              label{};
    std::type_index          type{typeid(void)};
    const EntityDescription* entity = nullptr;                     // filled in when all is registered
    std::function<std::size_t(const void*)>             size{};
    std::function<void*(void*, std::size_t)>            at{};
    std::function<void*(void*)>                         append{};  // a fresh line
    std::function<void(void* line, const void* from)>   assign{};
    std::function<void(void*)>                          clear{};
};

struct TransitionDescription {
    std::string                     name{};
    std::string                     label{};
    std::string                     help{};
    std::vector<std::string>        from{};
    std::string                     to{};                          // empty: the action decides
    std::string                     permission{};
    bool                            destructive = false;
    bool                            approves    = false;           // leaves an access::Approval
    bool                            sensitive   = false;
    std::vector<FieldDescription>   input{};
    std::function<void(void* record)>                                           set_state{};
    std::function<std::shared_ptr<void>()>                                      make_input{};
    std::function<void(Transaction&, void* record, const void* input)>          action{};
};

struct WorkflowDescription {
    std::string                        field{};
    std::vector<std::string>           states{};
    std::vector<TransitionDescription> transitions{};
    std::function<std::string(const void*)> state_of{};
    const TransitionDescription* find(std::string_view name) const {
        for (const auto& t : transitions)
            if (t.name == name) return &t;
        return nullptr;
    }
};

// The record that another belongs to.
struct RecordOwner {
    std::string_view entity{};
    std::int64_t     id = 0;
};

struct UniqueRule {
    std::vector<std::string> fields{};
    std::string              where{};
};

struct EntityDescription {
    std::string                   name{};        // "purchasing.order"
    std::string                   title{};       // "Purchase order"
    std::string                   plural{};      // "Purchase orders"
    std::string                   module{};      // "purchasing"
    std::string                   table{};       // "purchasing_order"
    std::string                   path{};        // "purchasing/orders"
    std::string                   help{};
    std::string                   display{};     // the field whose value names a record
    std::string                   worth{};       // the amount by which what people may do with it is limited
    Menu                          menu        = Menu::documents;
    bool                          of_core     = false;
    bool                          append_only = false;
    bool                          creatable   = true;    // through the API and import; modules may always insert
    bool                          editable    = true;
    bool                          deletable   = true;
    bool                          sensitive   = false;   // whoever changes one in a browser has typed the password lately
    std::vector<std::string>      editable_states{};     // empty: always
    std::string                   permission{};          // to create, change and delete; "<module>.edit" unless said otherwise
    std::string                   read_permission{};     // "<module>.read" unless said otherwise
    std::type_index               type{typeid(void)};
    std::vector<FieldDescription> fields{};
    std::vector<LinesDescription> lines{};
    std::string                   parent_field{};        // of a line: the field that names its document
    std::vector<std::vector<std::string>> indexes{};
    std::vector<UniqueRule>       unique_rules{};
    WorkflowDescription           workflow{};
    std::vector<std::function<void(Transaction&, void*)>>              validators{};
    std::vector<std::function<void(Transaction&, const void*)>>        before_remove{};
    std::function<void(Transaction&, std::int64_t id)>                 when_erased{};
    std::function<RecordOwner(const void*)>                            owner{};        // of what belongs to a record of whatever entity
    std::string                                                        seen_where{};   // SQL: which records others than the system see
    std::string                                                        seen_with{};    // a reference: seen is what belongs to a record that is
    std::string                                                        standing{};     // a field: how far above others search ranks it, 1000 is usual
    std::string                                                        language{};     // a field: what its texts are written in, "en"
    bool                                                               in_search = true;
    containment::Meter*                                                meter = nullptr;  // of the plugin that declared it

    // Of an entity with extensions, whole records: what make() and copy() gave. assign_own takes the record of a module, too.
    std::function<std::shared_ptr<void>()>                             make{};
    std::function<std::shared_ptr<void>(const void*)>                  copy{};
    std::function<void(void* record, const void* from)>                assign{};
    std::function<void(void* record, const void* from)>                assign_own{};
    std::function<Extras&(void*)>                                      extras{};
    std::function<std::int64_t&(void*)>                                id{};
    std::vector<ExtensionDescription>                                  extensions{};

    bool        has_extensions() const { return !extensions.empty(); }
    const void* part(const void* record, std::size_t extension) const { return extras(const_cast<void*>(record)).parts[extension].get(); }
    void*       part(void* record, std::size_t extension) const { return extras(record).parts[extension].get(); }

    const FieldDescription* find(std::string_view field) const {
        for (const auto& f : fields)
            if (f.name == field) return &f;
        return nullptr;
    }
    // What the kernel prepares from the declaration when all modules are registered.
    struct Reference {
        const FieldDescription*  field  = nullptr;
        const EntityDescription* entity = nullptr;
    };
    std::vector<Reference> references{};
    std::shared_ptr<void>  fresh{};                // a record nobody has touched
    std::string            insert_sql{}, select_sql{}, select_lines_sql{}, delete_sql{};
};

template <class T>
class EntityBuilder {
public:
    explicit EntityBuilder(EntityDescription& description) : d_(description) {
        d_.type = typeid(T);
        d_.make = [d = &description] { return whole(*d, T{}); };
        d_.copy = [d = &description](const void* r) {
            auto copied = whole(*d, *static_cast<const T*>(r));
            assign_parts(*d, copied.get(), r);
            return copied;
        };
        d_.id     = [](void* r) -> std::int64_t& { return static_cast<T*>(r)->id.value; };
        d_.extras = [](void* r) -> Extras& { return reinterpret_cast<Extended<T>*>(r)->extras; };

        d_.assign_own = [](void* r, const void* from) { *static_cast<T*>(r) = *static_cast<const T*>(from); };
        d_.assign     = [d = &description](void* r, const void* from) {
            *static_cast<T*>(r) = *static_cast<const T*>(from);
            assign_parts(*d, r, from);
        };
    }

    template <FieldType F, class... Option>
    EntityBuilder& field(std::string name, F T::* member, const Option&... option) {
        d_.fields.push_back(describe_field<T, F>(std::move(name), member, {FieldOption(option)...}));
        return *this;
    }
    // The lines of a document, in the order of their ids. Line must be an entity declared with part_of().
    template <class Line>
    EntityBuilder& lines(std::string name, std::vector<Line> T::* member) {
        LinesDescription l;
        l.name   = std::move(name);
        l.type   = typeid(Line);
        l.size   = [member](const void* r) { return (static_cast<const T*>(r)->*member).size(); };
        l.at     = [member](void* r, std::size_t i) -> void* { return &(static_cast<T*>(r)->*member)[i]; };
        l.append = [member](void* r) -> void* { return &(static_cast<T*>(r)->*member).emplace_back(); };
        l.assign = [](void* line, const void* from) { *static_cast<Line*>(line) = *static_cast<const Line*>(from); };
        l.clear  = [member](void* r) { (static_cast<T*>(r)->*member).clear(); };
        d_.lines.push_back(std::move(l));
        return *this;
    }
    // This entity is a line of a document: `parent` is set by the kernel, the rows are deleted with the document.
    template <class Parent>
    EntityBuilder& part_of(Id<Parent> T::* parent) {
        field("document", parent, read_only, indexed);
        d_.fields.back().required = true;
        d_.parent_field           = "document";
        d_.menu                   = Menu::hidden;
        return *this;
    }
    // Each record belongs to a record of whatever entity, which the fields `entity` and `record` name: it is part of that one's
    // history, and is erased with it.
    EntityBuilder& belongs_to(std::string T::* entity, std::int64_t T::* record) {
        d_.owner = [entity, record](const void* r) { return RecordOwner{static_cast<const T*>(r)->*entity, static_cast<const T*>(r)->*record}; };
        return *this;
    }
    // Beyond what roles narrow, nobody but the system sees other records than these, wherever they are asked for. The condition is
    // SQL about the record `t`; ":me" in it is the name of the user: seen_where("t.audience <> 'private' OR t.author = :me").
    EntityBuilder& seen_where(std::string condition) { d_.seen_where = std::move(condition); return *this; }
    // Seen is what belongs to a record that is seen: the revisions of an article, by the field that names it.
    EntityBuilder& seen_with(std::string reference) { d_.seen_with = std::move(reference); return *this; }
    // How search (search.h) ranks and reads its records: by number fields and text fields of theirs. Those with searchable fields
    // are found unless it is switched off.
    EntityBuilder& standing(std::string field) { d_.standing = std::move(field); return *this; }
    EntityBuilder& language(std::string field) { d_.language = std::move(field); return *this; }
    EntityBuilder& not_in_search() { d_.in_search = false; return *this; }
    EntityBuilder& plural(std::string text) { d_.plural = std::move(text); return *this; }
    EntityBuilder& path(std::string last_segment) { d_.path = std::move(last_segment); return *this; }
    EntityBuilder& help(std::string text) { d_.help = std::move(text); return *this; }
    EntityBuilder& display(std::string field) { d_.display = std::move(field); return *this; }
    EntityBuilder& worth(std::string field) { d_.worth = std::move(field); return *this; }
    EntityBuilder& menu(Menu menu) { d_.menu = menu; return *this; }
    // Rows are only ever added: the database itself refuses to change or delete one. Implies made_by_commands().
    EntityBuilder& append_only() { d_.append_only = true; return made_by_commands(); }
    // Only modules make and change these records; the API and imports show them.
    EntityBuilder& made_by_commands() { d_.creatable = d_.editable = d_.deletable = false; return *this; }
    // Nobody changes one at a browser that was left open: who is asked for the password, unless it was typed within minutes.
    EntityBuilder& sensitive() { d_.sensitive = true; return *this; }
    EntityBuilder& not_deletable() { d_.deletable = false; return *this; }
    // Users may change and delete the record only in these states (modules always may).
    template <NamedEnum State, class... More>
    EntityBuilder& editable_while(State state, More... more) {
        d_.editable_states = {std::string(name_of(state)), std::string(name_of(more))...};
        return *this;
    }
    EntityBuilder& needs(std::string permission) { d_.permission = std::move(permission); return *this; }
    EntityBuilder& read_needs(std::string permission) { d_.read_permission = std::move(permission); return *this; }
    EntityBuilder& index(std::vector<std::string> fields) { d_.indexes.push_back(std::move(fields)); return *this; }
    EntityBuilder& unique_together(std::vector<std::string> fields, std::string where = {}) {
        d_.unique_rules.push_back({std::move(fields), std::move(where)});
        return *this;
    }
    // Runs when a record of it is erased, before its personal fields are blanked.
    EntityBuilder& when_erased(void (*work)(Transaction&, std::int64_t id)) { d_.when_erased = work; return *this; }
    // Runs before every insert and save, whoever does it; may complete the record (totals) or throw Refused. What `required`,
    // `positive` and the like ask for is checked after it, so it may meet empty fields and may fill them.
    EntityBuilder& validate(void (*check)(Transaction&, T&)) {
        d_.validators.push_back([check](Transaction& tx, void* r) { check(tx, *static_cast<T*>(r)); });
        return *this;
    }
    EntityBuilder& before_remove(void (*check)(Transaction&, const T&)) {
        d_.before_remove.push_back([check](Transaction& tx, const void* r) { check(tx, *static_cast<const T*>(r)); });
        return *this;
    }

private:
    static std::shared_ptr<void> whole(const EntityDescription& d, const T& record) {
        if (!d.has_extensions()) return std::make_shared<T>(record);
        auto made    = std::make_shared<Extended<T>>();
        made->record = record;
        for (const auto& extension : d.extensions) made->extras.parts.push_back(extension.make());
        return {made, &made->record};
    }
    static void assign_parts(const EntityDescription& d, void* to, const void* from) {
        for (std::size_t i = 0; i < d.extensions.size(); ++i) d.extensions[i].assign(d.part(to, i), d.part(from, i));
    }

    EntityDescription& d_;
};

}  // namespace tessera
