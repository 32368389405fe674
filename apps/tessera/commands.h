#pragma once
// The commands of the program, one file each. A command gets the words after its name, prints its result on standard
// output, and answers the exit code: 0 done, 1 refused or failed (it throws Refused), 2 called wrongly (it throws Misuse).

#include <string>
#include <string_view>
#include <vector>

namespace tessera::program {

using Words = std::vector<std::string>;

constexpr int done = 0, failed = 1, called_wrongly = 2;

int init(const Words& words);
int demo(const Words& words);
int import(const Words& words);
int serve(const Words& words);
int report(const Words& words);
int verify(const Words& words);
int modules(const Words& words);
int doctor(const Words& words);
int migrate(const Words& words);
int copy(const Words& words);
int user(const Words& words);
int token(const Words& words);
int audit(const Words& words);
int find(const Words& words);
int erase(const Words& words);
int backup(const Words& words);
int restore(const Words& words);
int new_plugin(const Words& words);
int plugin(const Words& words);
int reference(const Words& words);

bool is_command(std::string_view name);

// `tessera purchasing approve PO-2026-00007`: the records of a module. Throws Misuse when there is no such module.
int records(const std::string& module, const Words& words);

// Finds the command, runs it, and tells on standard error what it refused.
int run(const Words& words);

}  // namespace tessera::program
