#pragma once
// A Suite is a running Tessera: one database, its modules, one writer, readers. Programs and tests hold one; modules
// never see it.
//
//     auto suite = Suite::open({.database = "books.tessera"});
//     suite->write({.name = "purchasing.order.create"}, [&](Transaction& tx) { tx.insert(order); });
//     const auto result = suite->report(actor, "financials.trial_balance", {{"as_of", "2026-01-31"}});
//
// Every write is a command: it runs in one transaction, is audited, and returns only when it is durable. All functions
// may be called from any thread, except where a line says otherwise.

#include <tessera/attachments.h>
#include <tessera/kernel.h>
#include <tessera/list_filter.h>
#include <tessera/mail.h>
#include <tessera/search.h>

#include <chrono>
#include <atomic>

namespace tessera {

// What a command is, besides what it does.
struct CommandInfo {
    std::string name{};                 // "purchasing.order.approve", for the audit trail
    Actor       actor{};
    Date        business_date{};        // empty: today
    std::string reason{};
    // When a key is given, the first command with it decides: the same key with the same digest gives the first answer
    // again, with another digest it is refused "kernel.idempotency_key_reused" (422).
    std::string idempotency_key{};
    std::string request_digest{};
};

struct SuiteOptions {
    std::string              database{};
    std::vector<std::string> module_directories{};      // beside the install's own, which is always searched
    bool                     create     = false;        // make the database when it does not exist
    bool                     read_only  = false;        // no writer, no lock: beside a running server
    bool                     own_modules = true;        // search the install's module directory
    std::vector<std::string> only_modules{};            // when not empty: load these and what they need
    std::string              lock_note{};               // told to a second process that wants to write
    int                      writer_group_max = 256;    // commands to one commit
    int                      bulk_group_max = 4096;     // the same in bulk(), where nobody waits for one of them
    bool                     migrate = false;           // change an older schema on opening; else "kernel.schema_outdated"
    bool                     background = true;         // deliver `after` events and run jobs, in threads of this process
    std::optional<mail::Server> mail{};                 // where e-mail is handed over; none: it waits
    std::vector<std::string> plugin_signers{};          // files with public keys; not empty: a plugin that none of them has signed is not loaded
    std::string              via{};                     // of commands whose actor does not say: "command line", "server"
};

struct InitOptions {
    std::string company_name{};
    std::string currency = "USD";
    int         decimals = -1;                          // the currency's own
    std::string chart{};                                // NAME or FILE
    Date        business_date{};                        // the day the books are opened; today when empty
};

struct ListRequest {
    std::vector<ListFilter>  filters{};
    std::string              search{};
    std::vector<std::string> sort{};                    // "-date"
    std::vector<std::string> fields{};                  // empty: those of the list
    int                      limit  = 50;               // at most 500 (checked by the caller that faces users)
    std::int64_t             offset = 0;
    bool                     count  = true;
    std::string              count_by{};                // a choice or a yes or no: how many there are of each, in place of rows
};

// What of the audit trail is wanted. What is empty does not narrow.
struct AuditRequest {
    std::string  by{};                                  // the user's name
    std::string  entity{};                              // "purchasing.order"
    std::int64_t record = 0;                            // of that entity
    std::string  command{};                             // "purchasing.order.approve", or its last word
    std::string  from{}, until{};                       // days or moments, both included
    std::string  text{};                                // anywhere in reason, command and values, large or small letters alike
    int          limit  = 50;                           // at most 500 (checked by the caller that faces users)
    std::int64_t before = 0;                            // only entries with a lower id: the next page; 0: from the newest
};

struct ImportOutcome { std::int64_t created = 0, updated = 0, change = 0; };   // change: as below

// The answer to a record command, ready to be sent.
struct RecordAnswer {
    std::int64_t id = 0;
    std::int64_t version = 0;
    std::string  json{};
    std::int64_t change = 0;            // an entry of the audit trail: where that is, this command is
};

// A record command as it arrives from the API or the command line. To attach adds a file to a record, to detach removes one.
struct RecordCommand {
    enum class Verb { create, change, remove, transition, attach, detach } verb = Verb::create;
    std::string  entity{};              // "purchasing.order"
    std::int64_t id = 0;
    std::string  body{};                // JSON object: the record, the changed fields, or the transition's input; of attach: the file's content
    std::string  transition{};          // for create: run it right after
    std::int64_t if_version = 0;        // 0: do not check
    std::string  file_name{}, media_type{};   // of attach
    std::int64_t attachment = 0;        // of detach
    CommandInfo  info{};                // its name is filled in
};

struct RecordFile { std::string name{}, media_type{}, bytes{}; };      // "KA-2026-00007.pdf"

// What followers hear of a record that a command has changed. Of a ledger, and where there were many, only the entity is
// told; where notices were lost not even that: anything may have changed.
struct RecordChange {
    std::string  entity{};              // "purchasing.order"; empty: any
    std::int64_t id      = 0;           // 0: many of it
    std::int64_t version = 0;           // 0: not known
    std::string  by{};                  // the user's name; empty: not known
    bool         deleted = false;
};

// What was committed together, by this process or another: each record once.
struct ChangeNotice {
    std::int64_t              upto = 0; // the newest entry of the audit trail it covers: grows from notice to notice
    std::vector<RecordChange> changes{};
};

class TESSERA_API Suite {
public:
    static std::unique_ptr<Suite> open(SuiteOptions options);
    virtual ~Suite() = default;

    // ---- life
    virtual void          init(const InitOptions& options) = 0;          // refused "kernel.not_empty" on a database with a company
    virtual const Kernel& kernel() const   = 0;
    virtual const Books&  books() const    = 0;
    virtual std::string   company_name() const = 0;
    virtual void          stop()           = 0;                          // finish what waits; refuse what comes
    virtual std::string   database_name() const = 0;

    // ---- reading, on one consistent snapshot
    virtual void read(const Actor& actor, const std::function<void(const Snapshot&)>& work) = 0;

    // ---- writing. A command that has to be undone may take others with it that are then run again: what `work` does
    // outside the database must not mind that.
    virtual void write(const CommandInfo& info, const std::function<void(Transaction&)>& work) = 0;
    // Returns at once; `done` is called on the writer's thread once the command is durable or has failed.
    virtual void submit(CommandInfo info, std::function<void(Transaction&)> work, std::function<void(std::exception_ptr)> done) = 0;
    // Many commands from one thread without waiting for each commit (imports, demo): every call of `command` is a whole
    // command of its own, but they are committed in groups. `work` runs on the writer's thread.
    using Bulk = std::function<void(const CommandInfo&, const std::function<void(Transaction&)>&)>;
    virtual void bulk(const std::function<void(const Bulk& command)>& work) = 0;

    // ---- following. `heard` is called on one thread of the suite's for each commit from now on, in their order, once it is on
    // disk; commits of other processes arrive within moments, at the latest after two seconds. It may take its time without
    // holding up a command. `from` gets the entry after which it begins. Ends with what is returned, which must not outlive
    // the suite, nor be released by `heard` itself.
    using Following = std::shared_ptr<void>;
    [[nodiscard]] virtual Following follow(std::function<void(const ChangeNotice&)> heard, std::int64_t* from = nullptr) = 0;

    // ---- records as JSON, by metadata
    virtual RecordAnswer run(const RecordCommand& command) = 0;
    virtual void         submit(RecordCommand command, std::function<void(RecordAnswer, std::exception_ptr)> done) = 0;
    // The same inside a bulk: `command` is the function bulk() gave.
    virtual RecordAnswer run_in(Transaction& tx, const RecordCommand& command) = 0;
    virtual bool         get(const Actor& actor, std::string_view entity, std::int64_t id, RecordAnswer& answer) = 0;
    virtual bool         sees(const Actor& actor, std::string_view entity, std::int64_t id) = 0;      // id 0: anything of it
    virtual std::string  list(const Actor& actor, std::string_view entity, const ListRequest& request) = 0;   // {"rows":[…],"total",…}
                                                                        // or, counted by a field, {"counts":[{"value","count"}…],"total"}
    virtual std::string  history(const Actor& actor, std::string_view entity, std::int64_t id) = 0;
    // {"rows":[{"id","at","by","via","request","command","entity","record","label","reason","changes"}…],"total"}, newest first.
    // Needs access.administer, and permissions that are not narrowed.
    virtual std::string  audit(const Actor& actor, const AuditRequest& request) = 0;
    // {"rows":[{"id","name","media_type","size","sha256","added_at","added_by"}…]}, for whoever sees the record.
    virtual std::string  attachments(const Actor& actor, std::string_view entity, std::int64_t id) = 0;
    virtual attachments::Attachment attachment(const Actor& actor, std::string_view entity, std::int64_t id, std::int64_t attachment) = 0;
    // Its content in pieces, from 0 on; empty behind the last one, or when it has been removed meanwhile.
    virtual std::string  attachment_piece(const attachments::Attachment& attachment, std::int64_t number) = 0;
    virtual std::string  related(const Actor& actor, std::string_view entity, std::int64_t id) = 0;
    // A file that is made of the record (Kernel::record_file).
    virtual RecordFile   record_file(const Actor& actor, std::string_view entity, std::int64_t id, std::string_view file) = 0;
    virtual std::string  record_view(const Actor& actor, std::string_view entity, std::int64_t id, std::string_view view) = 0;
    // Blanks the personal fields of a record, of its lines and of what is erased with it, and takes their values out of the audit
    // trail, whose chain stays whole. Needs access.erase and a reason. What was erased, and what was kept and why, as JSON:
    // {"erased":[{"entity","record","fields":[…]}…],"values":7,"kept":[{"what","why"}…]}
    virtual std::string  erase(const CommandInfo& info, std::string_view entity, std::int64_t id) = 0;
    virtual ImportOutcome import_csv(const CommandInfo& info, std::string_view entity, std::string_view csv) = 0;
    virtual void         export_csv(const Actor& actor, std::string_view entity, const ListRequest& request,
                                    const std::function<void(std::string_view)>& out) = 0;
    // What search::find found, as JSON: {"hits":[{"entity","id","path","title","excerpt","score"}…],"read_as","more","caught_up"}.
    // What is found nowhere by whole words becomes a search.miss.
    virtual std::string  search(const Actor& actor, const search::Request& request) = 0;
    // That somebody opened what they had found: words from which several people came to a record lead to it. Answers before it is kept.
    virtual void         note_opened(const Actor& actor, const search::Opened& opened) = 0;
    virtual void         update_search() = 0;                            // what is committed by now is found when it returns
    virtual std::string  catalogue(const Actor& actor) = 0;              // JSON for the web UI
    virtual std::string  openapi() = 0;                                  // OpenAPI 3.1 document

    // ---- reports
    using ParameterTexts = std::vector<std::pair<std::string, std::string>>;
    virtual ReportResult report(const Actor& actor, std::string_view name, const ParameterTexts& parameters) = 0;
    virtual void         report(const Actor& actor, std::string_view name, const ParameterTexts& parameters, ReportSink& sink,
                                std::chrono::milliseconds time_max = std::chrono::minutes(10), const std::atomic<bool>* cancelled = nullptr) = 0;

    // ---- proof and operation
    struct Verified { std::string check{}, title{}; std::vector<Finding> findings{}; };
    virtual std::vector<Verified> verify(const Actor& actor) = 0;        // every check; those without findings are sound
    struct Status { bool writable = false; std::string trouble{}; std::uint64_t commands = 0, refused = 0, commits = 0; std::size_t waiting = 0; std::int64_t outbox = 0; std::vector<std::string> failing_jobs{}; };
    virtual Status        status() = 0;
    virtual std::vector<std::string> concerns() = 0;                     // what an operator should change about the database's settings
    virtual std::int64_t  run_outbox() = 0;                              // delivers what is due now; returns how many
    virtual void          run_job(std::string_view name) = 0;            // now, in this thread, due or not; throws what it throws
    // Another whenever a user, a role, a session or a token has changed, by whichever process.
    virtual std::uint64_t rights_version() const = 0;
    // The operator's own fields have changed since the books were opened: they are known when these are opened anew.
    virtual bool          is_outdated() const = 0;
    virtual void          change_lock_note(std::string_view note) = 0;
};

}  // namespace tessera
