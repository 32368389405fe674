#pragma once
// A scenario is a text file that tells a story to a person and is run by a machine:
//
//     # A receipt larger than the order is refused.
//     $ tessera purchasing receive_all PO-2020-00001 --date 2020-03-05
//     Purchase order PO-2020-00001: received
//     $ tessera purchasing receive_all PO-2020-00001
//     refused: To receive everything …
//
// `#` begins prose, `$` a shell command, `>` its further lines; what follows is what the command must print. A sentence on
// standard error stands behind `refused:` (it exited with 1), `called wrongly:` (2) or `note:` (0); an exit code without
// a sentence as `exit 2`. `…` stands for anything within a line, a line of `…` for any lines. The commands of a file run
// one after another in a folder of their own, with TESSERA_DATABASE naming what the file calls books.tessera: a file of that
// name, or a database on the server that TESSERA_TEST_POSTGRES names. A file that is about one of them alone begins with
// `# engine: sqlite` or `# engine: postgresql`.

#include "process.h"

#include <filesystem>
#include <string>
#include <vector>

namespace scenarios {

using Lines = std::vector<std::string>;

struct Step {
    std::string command{};
    Lines       expected{};
    std::size_t line = 0;          // of the command, counted from 1
    std::size_t from = 0, to = 0;  // the expected lines' place in the file
};

struct Scenario {
    std::string       name{};
    std::string       engine{};  // "" for any
    Lines             lines{};  // the file as it is
    std::vector<Step> steps{};
};

Scenario read_scenario(const std::filesystem::path& file);
Lines    transcript(const whole::Ended& ended);
bool     matches(const Lines& expected, const Lines& actual);
bool     matches_line(std::string_view pattern, std::string_view line);

// "- expected" and "+ printed" between the lines that agree.
std::string difference(const Lines& expected, const Lines& actual);

}  // namespace scenarios
