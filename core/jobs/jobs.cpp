#include "jobs/jobs.h"

#include <tessera/suite.h>

#include <algorithm>
#include <map>

namespace tessera {

namespace rhythm {

std::string amount(std::int64_t count, std::string_view unit) { return count == 1 ? fmt::format("every {}", unit) : fmt::format("every {} {}s", count, unit); }

}  // namespace rhythm

std::string text_of(const Rhythm& r) {
    using namespace std::chrono;
    if (r.at) return fmt::format("daily at {:02}:{:02} UTC", r.at->count() / 60, r.at->count() % 60);
    if (r.every % hours(1) == seconds(0)) return rhythm::amount(r.every / hours(1), "hour");
    if (r.every % minutes(1) == seconds(0)) return rhythm::amount(r.every / minutes(1), "minute");
    return rhythm::amount(r.every.count(), "second");
}

Instant next_after(const Rhythm& r, Instant now) {
    using namespace std::chrono;
    constexpr std::int64_t day  = duration_cast<microseconds>(hours(24)).count();
    const auto             time = now.microseconds();
    if (!r.at) return Instant::from_microseconds(time + duration_cast<microseconds>(r.every).count());
    const auto midnight = time - ((time % day) + day) % day;
    const auto today    = midnight + duration_cast<microseconds>(*r.at).count();
    return Instant::from_microseconds(today > time ? today : today + day);
}

namespace jobs {

namespace declaring {

void make_due(Transaction&, Job& job) { job.due_at = Instant::now(); }
void make_due_again(Transaction& tx, Delivery& delivery) { delivery.due_at = tx.now(); }

void declare_jobs(Kernel& kernel) {
    kernel.entity<Job>("jobs.job", "Job")
        .help("Work that comes back by itself. A job that fails is tried again; its owner is the server that has it now.")
        .menu(Menu::setup)
        .read_needs(std::string(manage))
        .needs(std::string(manage))
        .made_by_commands()
        .display("title")
        .field("name", &Job::name, required, unique, searchable, longest(120))
        .field("title", &Job::title, searchable, longest(120))
        .field("rhythm", &Job::rhythm, longest(80))
        .field("state", &Job::state, read_only)
        .field("due_at", &Job::due_at)
        .field("started_at", &Job::started_at)
        .field("finished_at", &Job::finished_at)
        .field("owner", &Job::owner, longest(120), help("The server that runs it"))
        .field("heartbeat_at", &Job::heartbeat_at, help("The owner's last sign of life"))
        .field("progress", &Job::progress, longest(400))
        .field("runs", &Job::runs)
        .field("failures", &Job::failures)
        .field("failed_in_a_row", &Job::failed_in_a_row, help("Tries that failed since it last went well"))
        .field("failed_at", &Job::failed_at)
        .field("last_failure", &Job::last_failure, longest(1000));
    kernel.workflow(&Job::state)
        .transition("run", State::waiting, State::waiting, called("Run now"), make_due)
        .transition("pause", {State::waiting, State::running}, State::paused, explained("What runs goes on to its end; then it rests until it is resumed"))
        .transition("resume", State::paused, State::waiting, make_due);
}

void declare_deliveries(Kernel& kernel) {
    kernel.entity<Delivery>("jobs.delivery", "Delivery of an event")
        .plural("Deliveries of events")
        .help("An event for the handler of a module, delivered after the commit and tried until it succeeds.")
        .menu(Menu::setup)
        .read_needs(std::string(manage))
        .needs(std::string(manage))
        .made_by_commands()
        .display("event")
        .field("handler", &Delivery::handler, required, searchable, longest(200))
        .field("event", &Delivery::event, required, searchable, longest(120))
        .field("payload", &Delivery::payload, multiline)
        .field("company", &Delivery::company)
        .field("user_name", &Delivery::user_name)
        .field("created_at", &Delivery::created_at)
        .field("due_at", &Delivery::due_at)
        .field("attempts", &Delivery::attempts)
        .field("state", &Delivery::state, read_only)
        .field("delivered_at", &Delivery::delivered_at)
        .field("last_error", &Delivery::last_error, longest(1000))
        .index({"state", "due_at"});
    kernel.workflow(&Delivery::state)
        .transition("retry", {DeliveryState::waiting, DeliveryState::given_up}, DeliveryState::waiting, called("Try again now"), make_due_again)
        .transition("give_up", DeliveryState::waiting, DeliveryState::given_up, destructive, explained("It is not delivered, unless it is tried again"));
}

// ---- the core's own jobs

void prove_the_books(JobRun& run) {
    const auto  checks = run.suite().verify(Actor::system());
    std::size_t broken = 0;
    std::string first;
    for (const auto& check : checks) {
        if (check.findings.empty()) continue;
        ++broken;
        const auto& finding = check.findings.front();
        if (first.empty()) first = fmt::format("{} ({}: expected {}, found {})", check.check, finding.record, finding.expected, finding.found);
    }
    if (broken) throw Refused("jobs.books_not_sound", "To have sound books, look into {} of {} checks with tessera verify, first {}.", broken, checks.size(), first);
    run.tell(fmt::format("{} checks are sound", checks.size()));
}

constexpr std::int64_t day_microseconds = 24LL * 60 * 60 * 1'000'000;

void tidy(JobRun& run) {
    run.write([](Transaction& tx) {
        const auto before = [&](int days) { return Instant::from_microseconds(tx.now().microseconds() - days * day_microseconds); };
        tx.execute("DELETE FROM kernel_request WHERE at < :before", before(30));
        tx.execute("DELETE FROM jobs_delivery WHERE state = 'delivered' AND delivered_at < :before", before(90));
        tx.execute("DELETE FROM access_key WHERE expires_at < :before", before(30).microseconds());
    });
}

}  // namespace declaring

void declare(Kernel& kernel) {
    kernel.permission(std::string(manage), "Watch and manage jobs and deliveries");
    declaring::declare_jobs(kernel);
    declaring::declare_deliveries(kernel);
    kernel.job("jobs.verification", "Prove the books", daily_at(2), declaring::prove_the_books);
    kernel.job("jobs.tidying", "Remove keys and answers that are out of use", daily_at(3), declaring::tidy);
    kernel.seed([](Transaction& tx, const SeedOptions&) { register_jobs(tx); });
}

bool are_registered(const Snapshot& tx) {
    struct Row { std::string name{}, title{}, rhythm{}; };
    std::map<std::string, Row> known;
    for (auto& row : tx.rows<Row>("SELECT name, title, rhythm FROM jobs_job")) known[row.name] = row;
    return std::ranges::all_of(tx.kernel().jobs(), [&](const JobDescription& job) {
        const auto found = known.find(job.name);
        return found != known.end() && found->second.title == job.title && found->second.rhythm == text_of(job.rhythm);
    });
}

void register_jobs(Transaction& tx) {
    for (const auto& declared : tx.kernel().jobs()) {
        auto job   = tx.first<Job>("name = :name", declared.name).value_or(Job{.name = declared.name, .due_at = next_after(declared.rhythm, Instant::now())});
        job.title  = declared.title;
        job.rhythm = text_of(declared.rhythm);
        if (job.id) tx.save(job);
        else tx.insert(job);
    }
}

std::vector<std::string> failing(const Snapshot& tx) {
    struct Row { std::string title{}, last_failure{}; };
    std::vector<std::string> all;
    for (const auto& row : tx.rows<Row>("SELECT title, last_failure FROM jobs_job WHERE failed_in_a_row > 0 ORDER BY id")) all.push_back(row.title + ": " + row.last_failure);
    return all;
}

void ask_for(Transaction& tx, std::string_view job) {
    tx.execute("UPDATE jobs_job SET due_at = :now WHERE name = :job AND due_at > :now", Instant::now(), job);
}

}  // namespace jobs

}  // namespace tessera
