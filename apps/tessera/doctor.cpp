#include "commands.h"
#include "database/engine.h"
#include "open_books.h"
#include "output.h"

#include <algorithm>

namespace tessera::program {

namespace doctor_visit {

void print_profile(const std::vector<database::Profile>& profile) {
    std::size_t names = 0, values = 0;
    for (const auto& one : profile) {
        names  = std::max(names, one.name.size());
        values = std::max(values, one.value.size());
    }
    for (const auto& one : profile)
        print(fmt::format("{:<6}  {:<{}}  {:<{}}  {}\n", one.sound ? "ok" : "wrong", one.name, names, one.value, values,
                          one.sound || one.expected.empty() ? "" : "expected " + one.expected));
}

database::Profile of_replica(const Options& options) {
    const auto books   = open_for_reading(options);
    const auto replica = open_replica(options, *books);
    const auto status  = replica->status();
    return {"replica", fmt::format("{:.0f} s behind", status.lag_seconds), fmt::format("at most {} s behind", options.text("replica-lag-max")), status.in_use};
}

}  // namespace doctor_visit

int doctor(const Words& words) {
    Options options("doctor --database FILE",
                    "Looks at how the database is stored and opened, quickly looks for damage, and says who has it "
                    "open for writing.\n"
                    "Exits with 1 when something is not as it should be. tessera verify proves the books themselves.");
    options.replica().books();
    if (options.parse(words) == Asked::for_help) return done;

    const auto engine  = database::open(database_of(options));
    auto       profile = engine->profile();
    const auto reader  = engine->connect(database::Access::read);
    const auto damage  = engine->check_quickly(*reader);
    const auto holder  = engine->lock_holder();
    profile.push_back({"damage", damage.empty() ? "none" : damage.front(), "none", damage.empty()});
    profile.push_back(
        {"stopped_uncleanly", engine->was_stopped_uncleanly() ? "yes; repaired on the next start" : "no", "", true});
    profile.push_back({"open_for_writing", holder ? (holder->empty() ? "yes" : *holder) : "no", "", true});
    if (options.given("replica")) profile.push_back(doctor_visit::of_replica(options));
    print(engine->name() + "\n");
    doctor_visit::print_profile(profile);

    const auto wrong = std::ranges::find(profile, false, &database::Profile::sound);
    if (wrong == profile.end()) return done;
    throw Refused("kernel.storage_profile", "To keep these books safe, have {} put right: it is {}, expected {}.",
                  wrong->name, wrong->value, wrong->expected);
}

}  // namespace tessera::program
