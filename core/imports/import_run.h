#pragma once
// Runs an import profile on a folder of files: every record, line and transition goes through the one door, each as a
// command of its own, dated with its day where the profile replays a history.
//
//     const auto outcome = imports::run_profile(suite, Actor{}, imports::read_profile("adventureworks.toml"), "data/", {});
//
// What a step refuses stops the import: the refusal names the step and the key, nothing of that document is kept, and
// everything before it is. The same import begun again goes on where it stopped. Files or steps that do not fit are refused
// before anything is written.

#include <tessera/suite.h>

#include "imports/import_profile.h"

namespace tessera::imports {

struct StepOutcome {
    std::string  title{}, entity{};
    std::int64_t created = 0, updated = 0, moved = 0, known = 0, left_out = 0;  // left out: it had no lines
};

struct ProfileOutcome {
    std::string               title{};
    std::vector<StepOutcome>  steps{};
    std::vector<ReportResult> summaries{};
    std::int64_t              commands           = 0;
    double                    seconds            = 0;  // of the commands alone; reading the files apart:
    double                    seconds_of_reading = 0;
};

using Progress = std::function<void(std::string_view step, std::int64_t done, std::int64_t total)>;

TESSERA_API ProfileOutcome run_profile(Suite& suite, const Actor& actor, const ImportProfile& profile,
                                       const std::filesystem::path& directory, const Progress& progress);

}  // namespace tessera::imports
