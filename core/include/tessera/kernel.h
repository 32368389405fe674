#pragma once
// The Kernel is what a module meets once, in its register_module(): every verb here declares something. A module may
// declare only names that begin with its own ("warranty.…"); a name declared twice, or another's, is refused, and with it
// the whole module: registration is all or nothing.
//
//     void register_module(tessera::Kernel& kernel) {
//         kernel.permission("warranty.decide", "Accept and refuse warranty claims");
//         kernel.entity<Claim>("warranty.claim", "Warranty claim").field(…);
//         kernel.workflow(&Claim::state).transition(…);
//         kernel.extend<catalog::Product, WarrantyTerms>().field("months", &WarrantyTerms::months);
//         kernel.event<ClaimAccepted>("warranty.claim_accepted").field("claim", &ClaimAccepted::claim);
//         kernel.on(open_claim);             // void open_claim(Transaction&, const crm::ComplaintRegistered&)
//         kernel.after(tell_the_insurer);    // the same, from the outbox after the commit, retried
//         kernel.provide<Decisions>(std::make_unique<DecisionService>());
//         kernel.contribute(AccountRole{"warranty.expense", "Warranty expense", Kind::expense});
//         kernel.report<CostByProduct>("warranty.cost_by_product", "Warranty cost by product")…;
//         kernel.job("warranty.reminders", "Remind of claims that wait", daily_at(6), remind);    // void remind(JobRun&)
//         kernel.card("warranty.waiting", "Claims that wait", list_view("warranty.claim", {{"state", "open"}}));
//         kernel.check("warranty.provision", "Open claims equal the provision account", compare_provision);
//     }
//
// Registration happens on one thread, module after module in the order of their needs; afterwards the kernel never
// changes and may be read from every thread.

#include <tessera/balance.h>
#include <tessera/extension.h>
#include <tessera/job.h>
#include <tessera/report.h>
#include <tessera/view.h>
#include <tessera/workflow.h>

#include <deque>
#include <map>

namespace tessera {

struct PermissionDescription { std::string name{}, title{}, module{}; };

struct EventDescription {
    std::string                   name{};
    std::string                   module{};
    std::type_index               type{typeid(void)};
    std::vector<FieldDescription> fields{};
    std::function<std::shared_ptr<void>()> make{};
};
struct Subscription {
    std::string     module{};
    std::type_index event{typeid(void)};
    std::string     name{};                         // of an `after` handler: "<module>.<event>[.n]", stable across restarts
    std::function<void(Transaction&, const void*)> handler{};
};

template <class Event>
class EventBuilder {
public:
    explicit EventBuilder(EventDescription& d) : d_(d) {}
    template <FieldType F, class... Option>
    EventBuilder& field(std::string name, F Event::* member, const Option&... option) {
        d_.fields.push_back(describe_field<Event, F>(std::move(name), member, {FieldOption(option)...}));
        return *this;
    }
private:
    EventDescription& d_;
};

// What an invariant found wrong: the record, what was expected and what was found.
struct Finding {
    std::string record{};
    std::string expected{};
    std::string found{};
};
// An invariant that `tessera verify` proves from the entries up, with its own SQL, on one snapshot.
struct CheckDescription {
    std::string name{};                             // "financials.entry_balanced"
    std::string title{};                            // "Every entry balances"
    std::string module{};
    std::function<void(const Snapshot&, const std::function<void(Finding)>&)> run{};
};

// Something a new database needs (standard warehouses, a chart of accounts): run by `tessera init` in one command.
struct SeedOptions {
    std::string name{};                             // of the company
    std::string chart{};                            // NAME or file given with --chart
};
struct SeedDescription {
    std::string module{};
    std::function<void(Transaction&, const SeedOptions&)> run{};
};

// A page of the web UI that is more than a list or a report: drawn from its views; without any, the UI has it built in under this path.
struct PageDescription {
    std::string       path{}, title{}, report{}, module{};
    std::vector<View> views{};
};

// A read of the API beside the records: GET /api/<module>/<entities>/<id>/<name>, and `show RECORD --view <name>`. Writes a
// JSON object. `schema` is the JSON Schema of that object; it may refer to the components Decimal, Day, Instant and Reference:
//
//     kernel.record_view("repair.job", "parts", {"The parts a job needs", R"({"type":"object","properties":{…}})"}, write_parts);
struct RecordViewText { std::string title{}, schema{}; };
struct RecordViewDescription {
    std::string entity{}, name{}, module{}, title{}, schema{};
    std::function<void(const Snapshot&, std::int64_t id, JsonWriter&)> write{};
};

// A file that is made of a record whenever somebody asks for it: GET /api/<module>/<entities>/<id>/files/<name>. `make` gives its bytes:
//
//     kernel.record_file("repair.job", "sheet", {"The job as a sheet", "application/pdf", "pdf"}, draw_sheet);
struct RecordFileText { std::string title{}, media_type{}, ending{}; };
struct RecordFileDescription {
    std::string entity{}, name{}, module{}, title{}, media_type{}, ending{};
    std::function<std::string(const Snapshot&, std::int64_t id)> make{};
};

// A service or a contribution by the name of its type ("financials::Ledger"), and who provides or makes it.
struct TypeUse { std::string type{}, module{}; };

struct ModuleDescription {
    std::string              name{}, version{}, title{}, file{};
    std::vector<std::string> needs{};
    std::string              refused{};             // why it is not running; empty when it is
    bool                     of_core = false;       // declared by the core itself, in no library
    bool                     plugin  = false;       // not of this installation: metered, and closed when it keeps failing
};

class TESSERA_API Kernel {
public:
    Kernel();
    ~Kernel();
    Kernel(const Kernel&)            = delete;
    Kernel& operator=(const Kernel&) = delete;

    // ---- declarations, one verb each
    template <class T>
    EntityBuilder<T> entity(std::string name, std::string title) { return EntityBuilder<T>(add_entity(std::move(name), std::move(title), typeid(T))); }
    // Adds fields to another module's records: see extension.h.
    template <class T, class X>
    ExtensionBuilder<T, X> extend() {
        auto& e = extended_entity(typeid(T));
        return ExtensionBuilder<T, X>(e, e.extensions.size() - 1, e.extensions.back().module);
    }
    template <class T>
    BalanceBuilder<T> balance(std::string name) { return BalanceBuilder<T>(add_balance(std::move(name), typeid(T))); }
    template <class T, NamedEnum State>
    WorkflowBuilder<T, State> workflow(State T::* member) { return WorkflowBuilder<T, State>(workflow_entity(typeid(T), [member](const void* r) { return std::string(name_of(static_cast<const T*>(r)->*member)); }), member); }
    void permission(std::string name, std::string title);
    template <class Event>
    EventBuilder<Event> event(std::string name) {
        auto& d = add_event(std::move(name), typeid(Event));
        d.make  = [] { return std::make_shared<Event>(); };
        return EventBuilder<Event>(d);
    }
    template <class Event>
    void on(void (*handler)(Transaction&, const Event&)) {
        add_subscription(typeid(Event), false, [handler](Transaction& tx, const void* e) { handler(tx, *static_cast<const Event*>(e)); });
    }
    template <class Event>
    void after(void (*handler)(Transaction&, const Event&)) {
        add_subscription(typeid(Event), true, [handler](Transaction& tx, const void* e) { handler(tx, *static_cast<const Event*>(e)); });
    }
    template <class Service>
    void provide(std::shared_ptr<Service> implementation) { add_service(typeid(Service), std::static_pointer_cast<void>(std::move(implementation))); }
    // Gives a value to whoever reads contributions of this type (tx.contributions<AccountRole>()), which its owner defines.
    template <class Contribution>
    void contribute(Contribution value) {
        auto list = std::static_pointer_cast<std::vector<Contribution>>(contribution_list(typeid(std::vector<Contribution>), [] {
            return std::shared_ptr<void>(std::make_shared<std::vector<Contribution>>());
        }));
        note_contribution(typeid(Contribution));
        list->push_back(std::move(value));
        undo_contribution([list] { list->pop_back(); });
    }
    template <class Row>
    ReportBuilder<Row> report(std::string name, std::string title) { return ReportBuilder<Row>(add_report(std::move(name), std::move(title))); }
    void check(std::string name, std::string title, std::function<void(const Snapshot&, const std::function<void(Finding)>&)> run);
    void job(std::string name, std::string title, Rhythm rhythm, void (*run)(JobRun&));
    void seed(std::function<void(Transaction&, const SeedOptions&)> run);
    void page(std::string path, std::string title, std::string report = {});
    // What stands on pages: see view.h. A path begins with the module's name ("warranty/overview").
    void page(std::string path, std::string title, std::vector<View> views);
    void panel(std::string name, std::string entity, std::string title, View view);
    void card(std::string name, std::string title, View view);
    void record_view(std::string entity, std::string name, RecordViewText text, std::function<void(const Snapshot&, std::int64_t, JsonWriter&)> write);
    void record_file(std::string entity, std::string name, RecordFileText text, std::function<std::string(const Snapshot&, std::int64_t)> make);
    // What the metadata cannot express: a table of sums kept beside records, an index, a view. Portable SQL run when the schema is
    // made ("CREATE TABLE IF NOT EXISTS …"), its types INTEGER, BIGINT, SMALLINT, BOOLEAN, DOUBLE PRECISION, DATE, TEXT and BLOB.
    void schema(std::string sql);

    // ---- what has been declared
    const EntityDescription*  find_entity(std::string_view name) const;             // by name
    const EntityDescription*  find_entity(std::type_index type) const;
    const EntityDescription*  find_entity_by_path(std::string_view path) const;     // "purchasing/orders"
    const EntityDescription&  entity_of(std::type_index type) const;                // std::logic_error when undeclared
    const BalanceDescription& balance_of(std::type_index type) const;               // std::logic_error when undeclared
    const ReportDescription*  find_report(std::string_view name) const;
    std::vector<const EntityDescription*>     entities() const;                     // in order of declaration
    std::vector<const BalanceDescription*>    balances() const;
    std::vector<const ReportDescription*>     reports() const;
    const std::vector<PermissionDescription>& permissions() const;
    const std::vector<ModuleDescription>&     modules() const;
    const std::vector<CheckDescription>&      checks() const;
    const std::vector<SeedDescription>&       seeds() const;
    const std::vector<PageDescription>&       pages() const;
    const std::vector<PanelDescription>&      panels() const;
    const std::vector<CardDescription>&       cards() const;
    const std::deque<JobDescription>&         jobs() const;
    const JobDescription*                     find_job(std::string_view name) const;
    const RecordViewDescription*              find_record_view(std::string_view entity, std::string_view name) const;
    std::vector<const RecordViewDescription*> record_views_of(std::string_view entity) const;
    const RecordFileDescription*              find_record_file(std::string_view entity, std::string_view name) const;
    std::vector<const RecordFileDescription*> record_files_of(std::string_view entity) const;
    const std::vector<std::string>&           schema_statements() const;
    std::vector<containment::Meter*>          meters() const;                       // one of each plugin that runs
    containment::Meter*                       find_meter(std::string_view module) const;
    const EventDescription*                   find_event(std::type_index type) const;
    const EventDescription*                   find_event(std::string_view name) const;
    const std::vector<const Subscription*>&   subscribers(std::type_index event, bool after) const;
    const Subscription*                       find_after_handler(std::string_view name) const;
    void*                                     find_service(std::type_index type) const;     // std::logic_error when nobody provides it
    const std::vector<TypeUse>&               services() const;
    const std::vector<TypeUse>&               contributed() const;                          // each once, however often
    std::vector<const EventDescription*>      events() const;
    std::vector<std::string>                  listeners(std::type_index event, bool after) const;   // the modules that hear it
    std::shared_ptr<void>                     contributions(std::type_index type, std::shared_ptr<void> (*make)()) const;

    // ---- the loader's: everything declared between begin and commit belongs to the module, or is forgotten
    void begin_module(ModuleDescription module);
    // Refused "kernel.bad_declaration" and the like when what was declared does not hold together; abandon the module then.
    void commit_module();
    void abandon_module(std::string sentence);
    void refuse_module(ModuleDescription module);       // known but never registered
    // Connects subscribers to events and prepares SQL. Nothing may be declared afterwards.
    void finish();

private:
    EntityDescription&    add_entity(std::string name, std::string title, std::type_index type);
    BalanceDescription&   add_balance(std::string name, std::type_index type);
    EntityDescription&    extended_entity(std::type_index type);
    EntityDescription&    workflow_entity(std::type_index type, std::function<std::string(const void*)> state_of);
    EventDescription&     add_event(std::string name, std::type_index type);
    void                  add_subscription(std::type_index event, bool after, std::function<void(Transaction&, const void*)> handler);
    void                  add_service(std::type_index type, std::shared_ptr<void> implementation);
    std::shared_ptr<void> contribution_list(std::type_index type, std::shared_ptr<void> (*make)());
    ReportDescription&    add_report(std::string name, std::string title);
    void                  undo_contribution(std::function<void()> undo);
    void                  meter_module();
    void                  note_contribution(std::type_index type);

    struct State;
    std::unique_ptr<State> state_;
    friend class Suite;
};

}  // namespace tessera
