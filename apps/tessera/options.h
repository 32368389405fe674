#pragma once
// The words that a command was called with. A command says once which options and arguments it takes; its help text and
// its refusals follow from that.
//
//     Options options("verify --database FILE", "Proves every invariant from the entries up.");
//     options.option("format", "FORMAT", "text or json", "text").books();
//     if (options.parse(words) == Asked::for_help) return done;         // the help has been printed
//     options.text("format");

#include <memory>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace tessera::program {

// The program was called wrongly: exit code 2.
class Misuse : public std::runtime_error {
public:
    using std::runtime_error::runtime_error;
};

enum class Asked { to_run, for_help };

class Options {
public:
    Options(std::string usage, std::string explanation);
    ~Options();
    Options(const Options&)            = delete;
    Options& operator=(const Options&) = delete;

    Options& option(const std::string& name, const std::string& placeholder, const std::string& help);
    Options& option(const std::string& name, const std::string& placeholder, const std::string& help,
                    const std::string& fallback);
    Options& repeated(const std::string& name, const std::string& placeholder, const std::string& help);
    Options& flag(const std::string& name, const std::string& help);
    Options& argument(const std::string& name);  // in their order
    Options& optional_argument(const std::string& name);
    Options& books();                      // --database, --modules and what every command takes
    Options& replica();                    // --replica, --replica-lag-max
    Options& schedule();                   // --backup-directory, --backup-every, --backup-keep, --backup-prove-every
    Options& more_help(std::string text);  // after the options

    // Throws Misuse for what is not declared, comes too often or lacks its value.
    Asked parse(const std::vector<std::string>& words);
    // The same, but takes only the declared options out; the rest is left for another Options. `--help` is left there too.
    std::vector<std::string> take_known(const std::vector<std::string>& words);
    // What an option holds when the words did not give it.
    void fill(const std::string& name, std::string value);
    void fill(const std::string& name, std::vector<std::string> values);
    void fill(const std::string& name, bool value);

    bool                     given(const std::string& name) const;
    std::string              text(const std::string& name) const;  // "" when not given
    std::vector<std::string> texts(const std::string& name) const;
    bool                     flagged(const std::string& name) const;
    long                     number(const std::string& name, long least, long most) const;  // Misuse when it is none

    std::string help() const;
    Misuse      misuse(std::string_view what) const;  // "To run tessera verify, …: see tessera verify --help."

private:
    struct State;
    std::unique_ptr<State> state_;
};

}  // namespace tessera::program
