#pragma once
// The running suite: engine, kernel, writer, readers, and how a command goes through the one door.

#include <tessera/suite.h>

#include "database/writer.h"
#include "events/change_feed.h"
#include "events/outbox.h"
#include "jobs/runner.h"
#include "kernel/state.h"
#include "search/indexer.h"

#include <atomic>
#include <condition_variable>
#include <mutex>
#include <thread>

namespace tessera {

// Makes Snapshots and Transactions; nobody else can.
class SnapshotMaker {
public:
    static void snapshot(std::unique_ptr<Snapshot::State> state, const std::function<void(const Snapshot&)>& work) {
        Snapshot snapshot(std::move(state));
        work(snapshot);
    }
    static void transaction(std::unique_ptr<Snapshot::State> state, const std::function<void(Transaction&)>& work) {
        Transaction transaction(std::move(state));
        work(transaction);
    }
};

// Connections for reading, handed out one per reader and taken back.
class ReaderPool {
public:
    explicit ReaderPool(database::Engine& engine) : engine_(engine) {}

    class Lease {
    public:
        explicit Lease(ReaderPool& pool) : pool_(pool), connection_(pool.take()) {}
        ~Lease() { pool_.give_back(std::move(connection_)); }
        Lease(const Lease&)            = delete;
        Lease& operator=(const Lease&) = delete;
        database::Connection& operator*() const { return *connection_; }
        database::Connection* operator->() const { return connection_.get(); }

    private:
        ReaderPool&                           pool_;
        std::unique_ptr<database::Connection> connection_;
    };

private:
    std::unique_ptr<database::Connection> take();
    void                                  give_back(std::unique_ptr<database::Connection> connection);

    database::Engine&                                  engine_;
    std::mutex                                         mutex_;
    std::vector<std::unique_ptr<database::Connection>> idle_;
};

class RunningSuite : public Suite {
public:
    explicit RunningSuite(SuiteOptions options);
    ~RunningSuite() override;

    void          init(const InitOptions& options) override;
    const Kernel& kernel() const override { return kernel_; }
    const Books&  books() const override { return books_; }
    std::string   company_name() const override { return company_name_; }
    void          stop() override;
    std::string   database_name() const override { return database::shown(options_.database); }

    void read(const Actor& actor, const std::function<void(const Snapshot&)>& work) override;
    void write(const CommandInfo& info, const std::function<void(Transaction&)>& work) override;
    void submit(CommandInfo info, std::function<void(Transaction&)> work, std::function<void(std::exception_ptr)> done) override;
    void bulk(const std::function<void(const Bulk& command)>& work) override;

    Following follow(std::function<void(const ChangeNotice&)> heard, std::int64_t* from) override { return feed_.follow(std::move(heard), from); }

    RecordAnswer  run(const RecordCommand& command) override;
    void          submit(RecordCommand command, std::function<void(RecordAnswer, std::exception_ptr)> done) override;
    RecordAnswer  run_in(Transaction& tx, const RecordCommand& command) override;
    bool          get(const Actor& actor, std::string_view entity, std::int64_t id, RecordAnswer& answer) override;
    bool          sees(const Actor& actor, std::string_view entity, std::int64_t id) override;
    std::string   list(const Actor& actor, std::string_view entity, const ListRequest& request) override;
    std::string   history(const Actor& actor, std::string_view entity, std::int64_t id) override;
    std::string   audit(const Actor& actor, const AuditRequest& request) override;
    std::string   attachments(const Actor& actor, std::string_view entity, std::int64_t id) override;
    attachments::Attachment attachment(const Actor& actor, std::string_view entity, std::int64_t id, std::int64_t attachment) override;
    std::string   attachment_piece(const attachments::Attachment& attachment, std::int64_t number) override;
    std::string   related(const Actor& actor, std::string_view entity, std::int64_t id) override;
    RecordFile    record_file(const Actor& actor, std::string_view entity, std::int64_t id, std::string_view file) override;
    std::string   record_view(const Actor& actor, std::string_view entity, std::int64_t id, std::string_view view) override;
    std::string   erase(const CommandInfo& info, std::string_view entity, std::int64_t id) override;
    ImportOutcome import_csv(const CommandInfo& info, std::string_view entity, std::string_view csv) override;
    void          export_csv(const Actor& actor, std::string_view entity, const ListRequest& request, const std::function<void(std::string_view)>& out) override;
    std::string   search(const Actor& actor, const search::Request& request) override;
    void          note_opened(const Actor& actor, const search::Opened& opened) override;
    void          update_search() override;
    std::string   catalogue(const Actor& actor) override;
    std::string   openapi() override;

    ReportResult report(const Actor& actor, std::string_view name, const ParameterTexts& parameters) override;
    void         report(const Actor& actor, std::string_view name, const ParameterTexts& parameters, ReportSink& sink, std::chrono::milliseconds time_max,
                        const std::atomic<bool>* cancelled) override;

    std::vector<Verified> verify(const Actor& actor) override;
    Status                status() override;
    std::vector<std::string> concerns() override;
    std::int64_t          run_outbox() override;
    void                  run_job(std::string_view name) override;
    std::uint64_t         rights_version() const override { return rights_version_; }
    bool                  is_outdated() const override { return outdated_; }
    void                  change_lock_note(std::string_view note) override;

private:
    // Without waiting until what is seen is on disk: to be asked about the program, not about the books.
    void    look(const Actor& actor, const std::function<void(const Snapshot&)>& work);
    void    open_books();
    void    follow_rights();
    void    note_incidents();
    void    take_over_closed_plugins();
    void    refuse_damage();
    void    name_missing_modules(database::Connection& connection);
    void    load_settings(database::Connection& connection);
    void    follow_newest_instant(database::Connection& connection);
    void    take_over_from_others(database::Connection& connection);
    void    before_commit(database::Connection& connection);
    void    committed();
    void    await_durable();
    std::int64_t newest_entry();
    Instant next_instant();
    std::unique_ptr<Snapshot::State> reading_state(database::Connection& connection, const Actor& actor) const;
    static void require_everything(const CommandInfo& info);
    // One command inside its savepoint: handler, checks before the commit, audit, remembered request.
    // The newest entry of the audit trail then.
    std::int64_t run_command(database::Connection& connection, const CommandInfo& info, const std::function<void(Transaction&)>& work);
    database::Writer& writer();
    // A request with a key is done once: the same again gets the first answer.
    RecordAnswer once(Transaction& tx, const CommandInfo& info, const std::function<RecordAnswer()>& work);
    RecordAnswer run_record(Transaction& tx, const RecordCommand& command, const boost::json::object& body);
    void    deliver_until_stopped();
    bool    deliver(const events::Due& due);
    void    wake_outbox();
    void    index_until_stopped();
    void    forget_in_search();
    void    note_miss(const Actor& actor, const search::Request& request);

    SuiteOptions                      options_;
    Kernel                            kernel_;
    std::unique_ptr<database::Engine> engine_;
    ReaderPool                        readers_;
    Books                             books_{};
    std::string                       company_name_{};
    Registry                          registry_{};
    std::atomic<std::int64_t>         last_instant_{0};
    std::unique_ptr<database::Writer> writer_;

    std::atomic<std::uint64_t> rights_version_{1};
    std::atomic<bool>          outdated_{false};
    Following                  rights_of_others_;

    std::mutex              outbox_mutex_;
    std::condition_variable outbox_wakes_, search_wakes_;
    bool                    outbox_due_ = false;
    std::atomic<bool>       stopping_{false};
    std::thread             outbox_thread_, search_thread_;
    std::mutex              indexing_;
    std::string             indexing_failed_{};      // why the index stands still; guarded by outbox_mutex_
    search::Indexer         indexer_{kernel_, {.read = [this](const auto& work) { look(Actor::system(), work); }, .write = [this](const auto& work) { write({}, work); }}};

    std::optional<jobs::Runner> runner_;

    events::ChangeFeed feed_{*engine_,
                             {.newest = [this] { return newest_entry(); }, .await_durable = [this] { await_durable(); }, .events_wait = [this] { wake_outbox(); }}};
};

}  // namespace tessera
