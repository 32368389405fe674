#include "kernel/suite_state.h"

#include <tessera/text.h>

#include "access/declare.h"
#include "access/narrowing.h"
#include "attachments/attachments.h"
#include "audit/audit.h"
#include "audit/erasure.h"
#include "containment/meter.h"
#include "fields/custom_field.h"
#include "jobs/jobs.h"
#include "kernel/writing.h"
#include "loader/loader.h"
#include "mail/mail.h"
#include "metadata/record_commands.h"
#include "metadata/record_views.h"
#include "migrations/schema.h"
#include "plugins/plugins.h"
#include "reports/report_run.h"
#include "workflow/transition.h"

#include <boost/json.hpp>

#include <algorithm>

namespace tessera {

std::unique_ptr<database::Connection> ReaderPool::take() {
    {
        const std::lock_guard lock(mutex_);
        if (!idle_.empty()) {
            auto connection = std::move(idle_.back());
            idle_.pop_back();
            return connection;
        }
    }
    return engine_.connect(database::Access::read);
}
void ReaderPool::give_back(std::unique_ptr<database::Connection> connection) {
    const std::lock_guard lock(mutex_);
    idle_.push_back(std::move(connection));
}

// ---- life

std::unique_ptr<Suite> Suite::open(SuiteOptions options) { return std::make_unique<RunningSuite>(std::move(options)); }

RunningSuite::RunningSuite(SuiteOptions options)
    : options_(std::move(options)), engine_(database::open(options_.database, options_.create ? database::Create::yes : database::Create::no)), readers_(*engine_) {
    loader::Options modules{.only = options_.only_modules, .signers = options_.plugin_signers};
    for (const auto& directory : options_.module_directories) modules.directories.emplace_back(directory);
    if (options_.own_modules) modules.directories.push_back(loader::own_directory());
    if (!options_.read_only) engine_->lock_for_writing(options_.lock_note);
    modules.custom_fields = fields::stored(*engine_, options_.read_only ? fields::Columns::must_be_there : fields::Columns::may_be_added);
    loader::load(kernel_, modules);
    static_cast<mail::Post*>(kernel_.find_service(typeid(mail::Post)))->use(options_.mail);
    runner_.emplace(*this, engine_->is_shared() ? jobs::Runner::Alone::no : jobs::Runner::Alone::yes);
    open_books();
    if (options_.read_only || !options_.background) return;
    note_incidents();
    if (engine_->is_shared()) follow_rights();
    outbox_thread_ = std::thread([this] { deliver_until_stopped(); });
    search_thread_ = std::thread([this] { index_until_stopped(); });
    runner_->start();
}

RunningSuite::~RunningSuite() { stop(); }

void RunningSuite::follow_rights() {
    rights_of_others_ = feed_.follow(
        [this](const ChangeNotice& notice) {
            if (std::ranges::any_of(notice.changes, [](const auto& change) { return change.entity.empty() || plugins::is_about_plugins(change.entity); })) take_over_closed_plugins();
            if (std::ranges::any_of(notice.changes, [](const auto& change) { return fields::is_about_fields(change.entity); })) outdated_ = true;
            if (std::ranges::any_of(notice.changes, [](const auto& change) { return change.entity.empty() || access::is_about_rights(change.entity); })) ++rights_version_;
        },
        nullptr);
}

void RunningSuite::open_books() {
    if (options_.read_only) {
        ReaderPool::Lease reader(readers_);
        migrations::require_up_to_date(*reader, kernel_, database_name());
        name_missing_modules(*reader);
        load_settings(*reader);
        return take_over_closed_plugins();
    }
    writer_ = std::make_unique<database::Writer>(*engine_, database::Writer::Limits{.works_max = options_.writer_group_max},
                                                 database::Writer::Hooks{.before_commit = [this](database::Connection& c) { before_commit(c); },
                                                                         .undone        = [this] { registry_.forget(); },
                                                                         .others_wrote  = [this](database::Connection& c) { take_over_from_others(c); },
                                                                         .committed     = [this] { committed(); }});
    refuse_damage();
    writer_->run([&](database::Connection& connection) {
        migrations::make_or_require(connection, kernel_, database_name(), options_.migrate);
        fields::make_columns(connection, kernel_);
        name_missing_modules(connection);
        load_settings(connection);
    });
    take_over_closed_plugins();
}

// Whoever writes on after a crash without looking may write onto damage.
void RunningSuite::refuse_damage() {
    if (!engine_->was_stopped_uncleanly()) return;
    ReaderPool::Lease reader(readers_);
    if (const auto damage = engine_->check_quickly(*reader); !damage.empty())
        throw Refused("kernel.damaged_database", "To go on after the unclean stop, restore a backup of {}: {}.", options_.database, damage.front());
}

// A library that is gone is as good as one that was refused: it is named wherever modules are, and nothing is called proven.
void RunningSuite::name_missing_modules(database::Connection& connection) {
    for (const auto& name : migrations::missing_modules(connection, kernel_))
        if (std::ranges::none_of(kernel_.modules(), [&](const auto& m) { return m.name == name; }))
            kernel_.refuse_module({.name = name, .title = name, .refused = "To use " + name + " again, put its library into a module directory: this database has records of it."});
}

void RunningSuite::load_settings(database::Connection& connection) {
    company_name_ = migrations::setting(connection, "company.name").value_or("");
    if (const auto code = migrations::setting(connection, "books.currency"))
        books_.currency = Currency::of(*code, std::stoi(migrations::setting(connection, "books.decimals").value_or("2")));
    follow_newest_instant(connection);
}

void RunningSuite::follow_newest_instant(database::Connection& connection) {
    auto& last = connection.prepare("SELECT at FROM kernel_audit ORDER BY id DESC LIMIT 1");
    if (last.step()) last_instant_ = std::max(last_instant_.load(), last.integer(0));
    connection.release(last);
}

void RunningSuite::take_over_from_others(database::Connection& connection) {
    registry_.forget();
    if (!books_.currency.none()) follow_newest_instant(connection);
}

void RunningSuite::before_commit(database::Connection& connection) {
    registry_.before_commit(connection);
    if (engine_->is_shared() && !registry_.notice.is_empty()) connection.announce(events::text_of(registry_.notice.notice()));
}

void RunningSuite::committed() {
    if (registry_.notice.is_empty()) return;
    if (registry_.notice.tells_of(access::is_about_rights)) ++rights_version_;
    if (registry_.notice.tells_of(jobs::is_about_jobs)) runner_->wake();
    if (registry_.notice.tells_of(fields::is_about_fields)) outdated_ = true;
    if (feed_.is_running()) return feed_.tell(registry_.notice.take());
    if (registry_.notice.events_wait()) wake_outbox();
    registry_.notice.forget();
}

void RunningSuite::init(const InitOptions& options) {
    if (!books_.currency.none())
        throw Refused("kernel.not_empty", "To make a new company, choose another database: {} already holds the books of {}.", database_name(), company_name_);
    if (trim(options.company_name).empty()) throw Refused("kernel.required", "To make a company, give its name (--name).").with_status(422);
    const auto currency = options.decimals < 0 ? Currency::of(options.currency) : Currency::of(options.currency, options.decimals);
    try {
        books_.currency = currency;
        write({.name = "kernel.init", .business_date = options.business_date}, [&](Transaction& tx) {
            migrations::set_setting(tx.connection(), "company.name", options.company_name);
            migrations::set_setting(tx.connection(), "books.currency", currency.code());
            migrations::set_setting(tx.connection(), "books.decimals", std::to_string(currency.decimals()));
            for (const auto& seed : kernel_.seeds()) seed.run(tx, {options.company_name, options.chart});
        });
        company_name_ = options.company_name;
    } catch (...) {
        books_ = {};
        throw;
    }
}

void RunningSuite::stop() {
    {
        const std::lock_guard lock(outbox_mutex_);
        stopping_ = true;
    }
    outbox_wakes_.notify_all();
    search_wakes_.notify_all();
    if (outbox_thread_.joinable()) outbox_thread_.join();
    if (search_thread_.joinable()) search_thread_.join();
    if (runner_) runner_->stop();
    rights_of_others_.reset();
    feed_.stop();
    if (writer_) writer_->stop();
}

void RunningSuite::change_lock_note(std::string_view note) { engine_->change_lock_note(note); }

Instant RunningSuite::next_instant() {
    auto       last = last_instant_.load();
    const auto now  = Instant::now().microseconds();
    while (!last_instant_.compare_exchange_weak(last, std::max(now, last + 1))) {}
    return Instant::from_microseconds(std::max(now, last + 1));
}

// ---- reading

std::unique_ptr<Snapshot::State> RunningSuite::reading_state(database::Connection& connection, const Actor& actor) const {
    auto state        = std::make_unique<Snapshot::State>();
    state->connection = &connection;
    state->kernel     = &kernel_;
    state->books      = &books_;
    state->actor      = actor;
    state->narrowed   = actor.permissions->narrowing() != nullptr;
    state->today      = Date::today();
    state->now        = std::max(Instant::now(), Instant::from_microseconds(last_instant_));      // not before what it may read
    return state;
}

void RunningSuite::await_durable() { writer_ ? writer_->await_durable() : engine_->make_durable(); }

void RunningSuite::read(const Actor& actor, const std::function<void(const Snapshot&)>& work) {
    look(actor, [&](const Snapshot& tx) {
        await_durable();
        work(tx);
    });
}

std::int64_t RunningSuite::newest_entry() {
    std::int64_t newest = 0;
    look(Actor::system(), [&](const Snapshot& tx) { newest = tx.value<std::int64_t>("SELECT id FROM kernel_audit ORDER BY id DESC LIMIT 1").value_or(0); });
    return newest;
}

void RunningSuite::look(const Actor& actor, const std::function<void(const Snapshot&)>& work) {
    ReaderPool::Lease reader(readers_);
    reader->begin_snapshot();
    struct End {
        database::Connection& connection;
        ~End() { connection.rollback(); }
    } end{*reader};
    SnapshotMaker::snapshot(reading_state(*reader, actor), work);
}

// ---- writing

std::int64_t RunningSuite::run_command(database::Connection& connection, const CommandInfo& info, const std::function<void(Transaction&)>& work) {
    auto state      = reading_state(connection, info.actor);
    state->writing  = true;
    state->narrowed = false;
    state->registry = &registry_;
    state->now      = next_instant();
    state->reason   = info.reason;
    if (state->actor.via.empty()) state->actor.via = options_.via;
    if (!info.business_date.empty()) state->today = info.business_date;
    struct Undone {
        Registry& registry;
        bool      succeeded = false;
        ~Undone() {
            if (!succeeded) registry.command_undone();
        }
    } undone{registry_};
    std::int64_t newest = 0;
    SnapshotMaker::transaction(std::move(state), [&](Transaction& tx) {
        work(tx);
        auto& s = tx.state();
        for (std::size_t i = 0; i < s.before_commit.size(); ++i) {
            const auto check = s.before_commit[i].second;       // it may ask for more
            check(tx);
        }
        writing::write(s, s.held.to_write());
        if (!s.replayed && (!s.changes.empty() || !info.name.empty())) audit::write(tx, info, s.changes);
        newest = audit::newest(tx);
        connection.check_references();
        undone.succeeded = true;
        registry_.command_done(s.held, std::move(s.notice), info.actor.name);
    });
    return newest;
}

database::Writer& RunningSuite::writer() {
    if (!writer_) throw Refused("kernel.read_only", "To change records, open the database for writing.");
    return *writer_;
}

// Work that is not described to the kernel is not checked by it either.
void RunningSuite::require_everything(const CommandInfo& info) {
    if (!info.actor.permissions->allow_all())
        throw Refused("kernel.not_permitted", "To do {}, ask an administrator: {} may not do everything.", info.name, info.actor.name).with_status(403);
}

void RunningSuite::submit(CommandInfo info, std::function<void(Transaction&)> work, std::function<void(std::exception_ptr)> done) {
    require_everything(info);
    writer().submit({.run = [this, info = std::move(info), work = std::move(work)](database::Connection& c) { run_command(c, info, work); }, .done = std::move(done)});
}

void RunningSuite::write(const CommandInfo& info, const std::function<void(Transaction&)>& work) {
    require_everything(info);
    writer().run([&](database::Connection& c) { run_command(c, info, work); });
}

void RunningSuite::bulk(const std::function<void(const Bulk& command)>& work) {
    writer().run_alone([&](database::Connection& connection, const std::function<void()>& commit_and_continue) {
        int in_group = 0;
        work([&](const CommandInfo& info, const std::function<void(Transaction&)>& one) {
            if (!connection.in_transaction())
                throw Refused("kernel.group_undone", "To save this, begin again: what came before it was undone.").with_status(503);
            connection.savepoint();
            try {
                require_everything(info);
                run_command(connection, info, one);
                connection.release_savepoint();
            } catch (...) {
                connection.rollback_to_savepoint();
                throw;
            }
            if (++in_group < options_.bulk_group_max) return;
            commit_and_continue();
            in_group = 0;
        });
    });
}

// ---- records

RecordAnswer RunningSuite::run_in(Transaction& tx, const RecordCommand& command) { return metadata::run(tx, command, metadata::body_of(command)); }

namespace suite {

struct Remembered {
    std::string  digest{};
    std::int64_t record = 0, version = 0;
    std::string  answer{};
};

struct Submitted {
    RecordCommand       command{};
    boost::json::object body{};
    RecordAnswer        answer{};
};

CommandInfo named(const RecordCommand& command) {
    auto info = command.info;
    info.name = metadata::command_name(command);
    return info;
}

}  // namespace suite

RecordAnswer RunningSuite::once(Transaction& tx, const CommandInfo& info, const std::function<RecordAnswer()>& work) {
    const auto& key = info.idempotency_key;
    if (key.empty()) return work();
    if (const auto known = tx.row<suite::Remembered>("SELECT digest, record, version, answer FROM kernel_request WHERE user_name = :user AND key = :key", tx.user().name, key)) {
        if (known->digest != info.request_digest)
            throw Refused("kernel.idempotency_key_reused", "To send another request, give it a key of its own: this key belongs to a different one.").with_status(422);
        tx.state().replayed = true;
        return {known->record, known->version, known->answer};
    }
    auto answer = work();
    tx.execute(R"sql(INSERT INTO kernel_request (user_name, key, digest, record, version, answer, at)
                     VALUES (:user, :key, :digest, :record, :version, :answer, :at))sql",
               tx.user().name, key, info.request_digest, answer.id, answer.version, answer.json, tx.now());
    return answer;
}

RecordAnswer RunningSuite::run_record(Transaction& tx, const RecordCommand& command, const boost::json::object& body) {
    metadata::entity_to_read(tx, command.entity);  // also where the answer is known: whoever may no longer see it is not told again
    return once(tx, command.info, [&] { return metadata::run(tx, command, body); });
}

RecordAnswer RunningSuite::run(const RecordCommand& command) {
    RecordAnswer answer;
    const auto   body = metadata::body_of(command);
    const auto   info = suite::named(command);
    writer().run([&](database::Connection& c) { answer.change = run_command(c, info, [&](Transaction& tx) { answer = run_record(tx, command, body); }); });
    return answer;
}

void RunningSuite::submit(RecordCommand command, std::function<void(RecordAnswer, std::exception_ptr)> done) {
    auto body = metadata::body_of(command);
    if (command.verb != RecordCommand::Verb::attach) command.body = {};
    auto shared = std::make_shared<suite::Submitted>(suite::Submitted{std::move(command), std::move(body)});
    writer().submit({.run =
                         [this, shared, info = suite::named(shared->command)](database::Connection& c) {
                             shared->answer.change = run_command(c, info, [&](Transaction& tx) { shared->answer = run_record(tx, shared->command, shared->body); });
                         },
                     .done = [shared, done = std::move(done)](std::exception_ptr failure) { done(std::move(shared->answer), failure); }});
}

bool RunningSuite::get(const Actor& actor, std::string_view entity, std::int64_t id, RecordAnswer& answer) {
    bool found = false;
    read(actor, [&](const Snapshot& tx) { found = metadata::answer(tx, metadata::entity_to_read(tx, entity), id, answer); });
    return found;
}

bool RunningSuite::sees(const Actor& actor, std::string_view entity, std::int64_t id) {
    const auto* e = kernel_.find_entity(entity);
    if (!e || !actor.may(e->read_permission)) return false;
    bool seen = true;
    if (id && actor.permissions->narrowing()) look(actor, [&](const Snapshot& tx) { seen = access::sees(tx, *e, id); });
    return seen;
}

std::string RunningSuite::list(const Actor& actor, std::string_view entity, const ListRequest& request) {
    std::string out;
    read(actor, [&](const Snapshot& tx) { out = metadata::list(tx, metadata::entity_to_read(tx, entity), request); });
    return out;
}
std::string RunningSuite::history(const Actor& actor, std::string_view entity, std::int64_t id) {
    std::string out;
    read(actor, [&](const Snapshot& tx) { out = audit::history(tx, metadata::entity_to_read(tx, entity), id); });
    return out;
}
std::string RunningSuite::audit(const Actor& actor, const AuditRequest& request) {
    std::string out;
    read(actor, [&](const Snapshot& tx) { out = audit::search(tx, request); });
    return out;
}
std::string RunningSuite::attachments(const Actor& actor, std::string_view entity, std::int64_t id) {
    std::string out;
    read(actor, [&](const Snapshot& tx) {
        access::require_seen(tx, metadata::entity_to_read(tx, entity), id);
        out = attachments::list_json(tx, {std::string(entity), id});
    });
    return out;
}
attachments::Attachment RunningSuite::attachment(const Actor& actor, std::string_view entity, std::int64_t id, std::int64_t attachment) {
    attachments::Attachment found;
    read(actor, [&](const Snapshot& tx) {
        access::require_seen(tx, metadata::entity_to_read(tx, entity), id);
        found = attachments::kept(tx, {std::string(entity), id}, attachment);
    });
    return found;
}
std::string RunningSuite::attachment_piece(const attachments::Attachment& attachment, std::int64_t number) {
    std::string bytes;
    read(Actor::system(), [&](const Snapshot& tx) { bytes = attachments::piece(tx, attachment.id, number); });
    return bytes;
}
std::string RunningSuite::related(const Actor& actor, std::string_view entity, std::int64_t id) {
    std::string out;
    read(actor, [&](const Snapshot& tx) { out = metadata::related(tx, metadata::entity_to_read(tx, entity), id); });
    return out;
}
std::string RunningSuite::erase(const CommandInfo& info, std::string_view entity, std::int64_t id) {
    std::string report;
    auto        named = info;
    named.name        = std::string(entity) + ".erase";
    writer().run([&](database::Connection& c) { run_command(c, named, [&](Transaction& tx) { report = audit::erase(tx, metadata::entity_to_read(tx, entity), id); }); });
    forget_in_search();
    return report;
}
ImportOutcome RunningSuite::import_csv(const CommandInfo& info, std::string_view entity, std::string_view csv) {
    RecordAnswer answer;
    auto         named = info;
    named.name         = std::string(entity) + ".import";
    const auto work    = [&](Transaction& tx) {
        const auto& e = metadata::entity_to_read(tx, entity);
        workflow::require_permission(tx.user(), e.permission, "import " + lower_ascii(e.plural));
        if (e.sensitive) workflow::require_confirmed(tx.user(), "import " + lower_ascii(e.plural));
        if (tx.user().permissions->are_narrowed())
            throw Refused("kernel.not_permitted", "To import {}, ask someone who sees all records: your roles narrow what you see.", lower_ascii(e.plural)).with_status(403);
        answer = once(tx, info, [&] {
            const auto outcome = metadata::import_csv(tx, e, csv);
            return RecordAnswer{.json = fmt::format(R"({{"created":{},"updated":{}}})", outcome.created, outcome.updated)};
        });
    };
    writer().run([&](database::Connection& c) { answer.change = run_command(c, named, work); });
    const auto outcome = parse_json(answer.json);
    return {outcome.at("created").as_int64(), outcome.at("updated").as_int64(), answer.change};
}
void RunningSuite::export_csv(const Actor& actor, std::string_view entity, const ListRequest& request, const std::function<void(std::string_view)>& out) {
    read(actor, [&](const Snapshot& tx) { metadata::export_csv(tx, metadata::entity_to_read(tx, entity), request, out); });
}
std::string RunningSuite::catalogue(const Actor& actor) {
    std::string out;
    read(actor, [&](const Snapshot& tx) { out = metadata::catalogue(tx, company_name_); });
    return out;
}
std::string RunningSuite::openapi() { return metadata::openapi(kernel_); }

// ---- reports

ReportResult RunningSuite::report(const Actor& actor, std::string_view name, const ParameterTexts& parameters) {
    reports::Collector collector;
    report(actor, name, parameters, collector, std::chrono::minutes(10), nullptr);
    return std::move(collector.result);
}

void RunningSuite::report(const Actor& actor, std::string_view name, const ParameterTexts& parameters, ReportSink& sink, std::chrono::milliseconds time_max,
                          const std::atomic<bool>* cancelled) {
    const auto& r = reports::report_named(kernel_, name);
    read(actor, [&](const Snapshot& tx) {
        tx.connection().limit(std::chrono::steady_clock::now() + time_max, cancelled);
        struct Unlimited {
            database::Connection& connection;
            ~Unlimited() { connection.limit(std::chrono::steady_clock::time_point::max()); }
        } unlimited{tx.connection()};
        reports::run(tx, r, parameters, company_name_, sink);
    });
}

// ---- proof and operation

std::vector<Suite::Verified> RunningSuite::verify(const Actor& actor) {
    std::vector<Verified> all;
    read(actor, [&](const Snapshot& tx) {
        auto& engine = all.emplace_back(Verified{"kernel.storage", "The database file and its references are sound", {}});
        for (auto& damage : engine_->check_integrity(tx.connection())) engine.findings.push_back({"database", "sound", std::move(damage)});
        auto& chain = all.emplace_back(Verified{"kernel.audit_chain", "The audit trail is complete and unchanged", {}});
        audit::check_chain(tx, [&](Finding f) { chain.findings.push_back(std::move(f)); });
        for (const auto& check : kernel_.checks()) {
            auto& result = all.emplace_back(Verified{check.name, check.title, {}});
            check.run(tx, [&](Finding f) { result.findings.push_back(std::move(f)); });
        }
    });
    return all;
}

Suite::Status RunningSuite::status() {
    Status s;
    if (writer_) {
        const auto counters = writer_->counters();
        const auto failed   = writer_->failed();
        const auto trouble  = failed.value_or(counters.no_room ? "To take changes, free space where the database lies: the newest found no room." : "");
        s                   = {trouble.empty(), trouble, counters.works, counters.refused, counters.commits, counters.waiting, 0};
    }
    look(Actor::system(), [&](const Snapshot& tx) {
        s.outbox       = events::waiting(tx);
        s.failing_jobs = jobs::failing(tx);
    });
    const std::lock_guard lock(outbox_mutex_);
    if (!indexing_failed_.empty()) s.failing_jobs.push_back("Search index: " + indexing_failed_);
    return s;
}

bool RunningSuite::deliver(const events::Due& due) {
    auto actor    = Actor::system();
    actor.company = due.company;
    bool        mine = false;
    std::string failed;
    try {
        write({.name = "kernel.deliver", .actor = actor}, [&](Transaction& tx) { mine = events::deliver(tx, due); });
        return mine;
    } catch (const std::exception& failure) {
        failed = failure.what();
    } catch (...) {
        failed = "The handler threw something that is no exception.";
    }
    write({.name = "kernel.delivery_failed", .actor = actor}, [&](Transaction& tx) { events::note_failure(tx, due, failed); });
    return true;
}

std::vector<std::string> RunningSuite::concerns() {
    std::vector<std::string> all;
    for (const auto& one : engine_->profile())
        if (!one.sound) all.push_back(fmt::format("To be safe with {}, set {} = {}: it is {}.", database_name(), one.name, one.expected, one.value));
    return all;
}

// Whoever finds that another was before it leaves the rest to that one.
std::int64_t RunningSuite::run_outbox() {
    std::vector<events::Due> due;
    read(Actor::system(), [&](const Snapshot& tx) { due = events::due(tx, 100); });
    const auto of_another = std::ranges::find_if_not(due, [&](const auto& one) { return deliver(one); });
    return of_another - due.begin();
}

void RunningSuite::run_job(std::string_view name) { runner_->run_now(name); }

void RunningSuite::wake_outbox() {
    {
        const std::lock_guard lock(outbox_mutex_);
        outbox_due_ = true;
    }
    outbox_wakes_.notify_one();
}

void RunningSuite::deliver_until_stopped() {
    std::unique_lock lock(outbox_mutex_);
    while (!stopping_) {
        outbox_wakes_.wait_for(lock, std::chrono::seconds(1), [&] { return outbox_due_ || stopping_.load(); });
        if (stopping_) return;
        outbox_due_ = false;
        lock.unlock();
        try {
            while (run_outbox() == 100) {}
        } catch (const std::exception&) {
            // The writer says why in status(); deliveries wait until it works again.
        }
        lock.lock();
    }
}

}  // namespace tessera
