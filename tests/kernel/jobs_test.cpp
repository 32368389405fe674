// Work that comes back by itself, as a server runs it: due, failing, paused, held by somebody else, at the end of the server.

#include "workshop_company.h"

#include <doctest/doctest.h>

#include <thread>

using namespace tessera;
using workshop::Label;
using workshop::Printer;

namespace {

struct Seen {
    std::string  state{}, owner{}, progress{}, last_failure{};
    std::int64_t runs = 0, failures = 0, failed_in_a_row = 0, due_at = 0;
};

class JobShop : public WorkshopCompany {
public:
    Seen job() {
        std::optional<Seen> seen;
        read([&](const Snapshot& tx) {
            seen = tx.row<Seen>("SELECT state, owner, progress, last_failure, runs, failures, failed_in_a_row, due_at FROM jobs_job WHERE name = 'workshop.stock'");
        });
        return seen.value();
    }
    bool         is_on_file() const { return !options({}).database.starts_with("postgresql:"); }
    std::int64_t id() { return number("SELECT id FROM jobs_job WHERE name = 'workshop.stock'"); }
    void         sql(std::string_view text) {
        run([&](Transaction& tx) { tx.execute(text); });
    }
    void printer(const std::string& name, bool has_paper) {
        sql("DELETE FROM workshop_printer");
        insert(Printer{.name = name, .has_paper = has_paper});
    }
    void no_printer() { sql("DELETE FROM workshop_printer"); }
    void transition(const char* name) { suite().run({.verb = RecordCommand::Verb::transition, .entity = "jobs.job", .id = id(), .transition = name}); }
    std::string run_now() {
        return refusal_of([&] { suite().run_job("workshop.stock"); });
    }
    std::int64_t taken() { return number("SELECT count(*) FROM workshop_label WHERE text = 'stock taken'"); }

    std::int64_t in(std::chrono::seconds time) { return Instant::now().microseconds() + std::chrono::microseconds(time).count(); }
};

constexpr auto minute = std::chrono::minutes(1);

}  // namespace

TEST_SUITE_BEGIN("kernel");

TEST_CASE("a job is known from the beginning, and due after its rhythm") {
    JobShop    shop;
    const auto job = shop.job();
    CHECK(job.state == "waiting");
    CHECK(job.runs == 0);
    CHECK(job.due_at > shop.in(59 * minute));
    CHECK(job.due_at <= shop.in(60 * minute));
    CHECK(refusal_of([&] { shop.suite().run_job("workshop.nothing"); }).starts_with("jobs.unknown: To run a job"));
}

TEST_CASE("a server runs a job when it is due, says what it did, and has it due again") {
    JobShop shop;
    shop.sql("UPDATE jobs_job SET due_at = 0 WHERE name = 'workshop.stock'");
    shop.serve();
    REQUIRE(shop.soon([&] { return shop.job().runs == 1; }));
    const auto job = shop.job();
    CHECK(job.state == "waiting");
    CHECK(job.owner.empty());
    CHECK(job.progress == "1 shelf");
    CHECK(job.due_at > shop.in(58 * minute));
    CHECK(shop.taken() == 1);
    shop.transition("run");                                    // whoever watches may ask for it
    REQUIRE(shop.soon([&] { return shop.taken() == 2; }));
    CHECK(shop.soon([&] { return shop.job().runs == 2; }));
}

TEST_CASE("a job that fails says why, is tried again later and later, and is well once it has succeeded") {
    JobShop shop;
    shop.printer("Laser", false);
    CHECK(shop.run_now() == "jobs.failed: To print the list, give Laser paper.");
    auto job = shop.job();
    CHECK(job.state == "waiting");
    CHECK(job.failed_in_a_row == 1);
    CHECK(job.last_failure == "To print the list, give Laser paper.");
    CHECK(job.due_at > shop.in(std::chrono::seconds(50)));
    CHECK(job.due_at < shop.in(2 * minute));
    CHECK(shop.suite().status().failing_jobs == std::vector<std::string>{"Take stock: To print the list, give Laser paper."});

    shop.printer("broken", true);
    CHECK(shop.run_now() == "jobs.failed: the job workshop.stock threw something that is no exception");
    for (int i = 0; i < 3; ++i) shop.run_now();
    job = shop.job();
    CHECK(job.failed_in_a_row == 5);
    CHECK(job.due_at > shop.in(15 * minute));
    CHECK(job.due_at < shop.in(17 * minute));
    const auto history = shop.suite().history({}, "jobs.job", shop.id());
    CHECK_MESSAGE(history.find("give Laser paper") != std::string::npos, history);

    shop.no_printer();
    CHECK(shop.run_now().empty());
    job = shop.job();
    CHECK(job.failed_in_a_row == 0);
    CHECK(job.failures == 5);
    CHECK(job.runs == 6);
    CHECK(shop.suite().status().failing_jobs.empty());
}

TEST_CASE("a paused job rests until it is resumed") {
    JobShop shop;
    shop.transition("pause");
    shop.sql("UPDATE jobs_job SET due_at = 0 WHERE name = 'workshop.stock'");
    shop.serve();
    shop.sql("UPDATE jobs_job SET due_at = 0 WHERE name = 'jobs.tidying'");
    REQUIRE(shop.soon([&] { return shop.number("SELECT runs FROM jobs_job WHERE name = 'jobs.tidying'") == 1; }));
    CHECK(shop.taken() == 0);
    shop.transition("resume");
    CHECK(shop.soon([&] { return shop.taken() == 1; }));
}

TEST_CASE("a job whose due moment lies further ahead than it ever would was planned before the clock was set back") {
    JobShop shop;
    shop.sql("UPDATE jobs_job SET due_at = due_at + 315360000000000 WHERE name = 'workshop.stock'");
    shop.serve();
    REQUIRE(shop.soon([&] { return shop.job().runs == 1; }));
    CHECK(shop.job().due_at < shop.in(61 * minute));
}

TEST_CASE("a job whose server died is taken over, and not begun beside one that lives") {
    JobShop    shop;
    const auto owned = [&](std::chrono::seconds silence) {
        shop.run([&](Transaction& tx) {
            tx.execute("UPDATE jobs_job SET state = 'running', owner = 'elsewhere process 1', heartbeat_at = :at, due_at = :due WHERE name = 'workshop.stock'",
                       Instant::from_microseconds(shop.in(-silence)), Instant::from_microseconds(shop.in(60 * minute)));
        });
    };
    owned(std::chrono::seconds(5));
    const auto beside = shop.run_now();
    // A file has one server: whoever had the job is gone with it.
    if (shop.is_on_file()) CHECK(beside.empty());
    else CHECK(beside == "jobs.running_already: To run workshop.stock, wait until it has ended: another server runs it.");
    owned(2 * minute);
    shop.serve();
    const auto before = shop.taken();
    CHECK(shop.soon([&] { return shop.taken() == before + 1; }));
}

TEST_CASE("a server that was silent for too long does nothing beside the one that took its job over") {
    JobShop shop;
    shop.printer("slow", true);
    std::string outcome;
    std::thread runs([&] { outcome = shop.run_now(); });
    CHECK(shop.soon([&] { return shop.job().progress == "waits for the printer"; }));
    shop.sql("UPDATE jobs_job SET owner = 'elsewhere process 1' WHERE name = 'workshop.stock'");
    runs.join();
    CHECK(outcome == "jobs.failed: To run workshop.stock, leave it to the server that has taken it over.");
    const auto job = shop.job();
    CHECK(job.owner == "elsewhere process 1");
    CHECK(job.failures == 0);
    CHECK(shop.taken() == 0);
}

TEST_CASE("a server that ends does not wait for a job to come to its end by itself") {
    JobShop shop;
    shop.printer("slow", true);
    shop.sql("UPDATE jobs_job SET due_at = 0 WHERE name = 'workshop.stock'");
    shop.serve();
    REQUIRE(shop.soon([&] { return shop.job().state == "running"; }));
    shop.close();
    shop.open({"workshop"});
    CHECK(shop.taken() == 0);
    CHECK(shop.job().state == "waiting");
}

TEST_CASE("what a job asks for while it runs is not forgotten") {
    JobShop shop;
    shop.printer("slow", true);
    std::thread runs([&] { shop.run_now(); });
    CHECK(shop.soon([&] { return shop.job().state == "running"; }));
    shop.run([](Transaction& tx) { jobs::ask_for(tx, "workshop.stock"); });
    shop.no_printer();
    runs.join();
    CHECK(shop.job().due_at <= shop.in(std::chrono::seconds(0)));
}

TEST_CASE("an event that cannot be delivered is seen, given up, and tried again when somebody wishes") {
    JobShop    shop;
    const auto order = shop.insert(shop.order());
    shop.printer("Laser", false);
    shop.run([&](Transaction& tx) { tx.transition(order, "confirm"); });
    shop.suite().run_outbox();
    const auto id   = shop.number("SELECT id FROM jobs_delivery WHERE state = 'waiting'");
    const auto list = boost::json::parse(shop.suite().list({}, "jobs.delivery", {.filters = {{"state", "eq", "waiting"}}}));
    REQUIRE(list.at("rows").as_array().size() == 1);
    CHECK(list.at("rows").at(0).at("last_error").as_string().starts_with("To print WO-"));
    CHECK(list.at("rows").at(0).at("attempts").as_int64() == 1);
    const auto move = [&](const char* transition) { shop.suite().run({.verb = RecordCommand::Verb::transition, .entity = "jobs.delivery", .id = id, .transition = transition}); };
    move("give_up");
    shop.no_printer();
    shop.sql("UPDATE jobs_delivery SET due_at = 0");
    CHECK(shop.suite().run_outbox() == 0);
    CHECK(shop.suite().status().outbox == 0);
    move("retry");
    CHECK(shop.suite().run_outbox() == 1);
    CHECK(shop.number("SELECT count(*) FROM jobs_delivery WHERE state = 'delivered' AND id = " + std::to_string(id)) == 1);
}

TEST_CASE("the night's proof of the books fails with what it found, and says how many checks are sound") {
    JobShop shop;
    CHECK(refusal_of([&] { shop.suite().run_job("jobs.verification"); }).empty());
    Seen proof;
    shop.read([&](const Snapshot& tx) { proof.progress = tx.value<std::string>("SELECT progress FROM jobs_job WHERE name = 'jobs.verification'").value(); });
    CHECK(proof.progress.ends_with(" checks are sound"));
}

TEST_CASE("tidying removes what is out of use and nothing else") {
    JobShop    shop;
    const auto send = [&](const char* key) {
        shop.suite().run({.verb = RecordCommand::Verb::create, .entity = "workshop.customer", .body = R"({"name":"Grace"})", .info = {.idempotency_key = key, .request_digest = "d"}});
    };
    send("old");
    send("new");
    shop.sql("UPDATE kernel_request SET at = at - 2678400000000 WHERE key = 'old'");
    CHECK(refusal_of([&] { shop.suite().run_job("jobs.tidying"); }).empty());
    CHECK(shop.number("SELECT count(*) FROM kernel_request WHERE key = 'old'") == 0);
    CHECK(shop.number("SELECT count(*) FROM kernel_request WHERE key = 'new'") == 1);
}
