#pragma once
// Jobs as records, to be watched and held back: what each does now, who has it, when it is due, why it failed. And the events
// that wait for their handlers (events/outbox.h), as records too.

#include <tessera/job.h>
#include <tessera/kernel.h>

namespace tessera::jobs {

inline constexpr std::string_view manage = "jobs.manage";

enum class State { waiting, running, paused };
constexpr auto names_of(State) { return names("waiting", "running", "paused"); }

struct Job {
    Id<Job>      id{};
    std::string  name{};    // "mail.delivery"
    std::string  title{};
    std::string  rhythm{};  // "every minute"
    State        state = State::waiting;
    Instant      due_at{};
    Instant      started_at{}, finished_at{};
    std::string  owner{};         // the server that has it: "books1 process 4711"
    Instant      heartbeat_at{};  // the owner's last sign of life
    std::string  progress{};
    std::int64_t runs = 0, failures = 0;  // all of them
    std::int64_t failed_in_a_row = 0;
    Instant      failed_at{};
    std::string  last_failure{};
};

enum class DeliveryState { waiting, delivered, given_up };
constexpr auto names_of(DeliveryState) { return names("waiting", "delivered", "given_up"); }

struct Delivery {
    Id<Delivery>  id{};
    std::string   handler{}, event{}, payload{};
    std::int64_t  company = 0;
    std::string   user_name{};
    Instant       created_at{}, due_at{};
    std::int64_t  attempts = 0;
    DeliveryState state    = DeliveryState::waiting;
    Instant       delivered_at{};
    std::string   last_error{};
};

void declare(Kernel& kernel);

inline bool is_about_jobs(std::string_view entity) { return entity == "jobs.job"; }

// A record for each job that has none yet, and the words of those that have changed.
void register_jobs(Transaction& tx);
bool are_registered(const Snapshot& tx);
// "Prove the books: To have sound books, look into …", of each job whose last try failed.
std::vector<std::string> failing(const Snapshot& tx);

}  // namespace tessera::jobs
