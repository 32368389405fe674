#include "options.h"

#include <tessera/text.h>

#include "output.h"

#include <fmt/format.h>

#include <boost/program_options.hpp>

#include <charconv>
#include <sstream>

namespace tessera::program {

namespace options = boost::program_options;

struct Options::State {
    std::string                  usage{}, explanation{}, more{};
    options::options_description declared{"Options", 110, 70};
    options::options_description arguments{};
    std::vector<std::string>     positions{}, required{};
    options::variables_map       values{};
    std::string                  name() const { return usage.substr(0, usage.find(' ')); }
    void                         fill(const std::string& option, const boost::any& value) {
        auto& place = values.emplace(option, options::variable_value()).first->second;
        if (place.empty() || place.defaulted()) place = options::variable_value(value, false);
    }
};

namespace option_words {

constexpr int style = options::command_line_style::allow_long | options::command_line_style::long_allow_adjacent |
                      options::command_line_style::long_allow_next;

std::vector<std::string> spelled_out(std::vector<std::string> words) {
    for (auto& word : words)
        if (word == "-h") word = "--help";
    return words;
}

// What the library takes for something else: "--=value" for the argument "value", the next option for a value left out.
void refuse_guesses(const std::vector<std::string>& given) {
    for (const auto& word : given)
        if (word.starts_with("--=")) throw options::unknown_option(word);
}
void refuse_guesses(const options::parsed_options& parsed) {
    for (const auto& option : parsed.options) {
        const auto& words = option.original_tokens;
        if (option.position_key < 0 && option.value.size() == 1 && option.value.front().empty())
            throw options::invalid_command_line_syntax(options::invalid_command_line_syntax::empty_adjacent_parameter, option.string_key, words.front(), options::command_line_style::allow_long);
        if (option.position_key < 0 && words.size() > 1 && words[1].starts_with("--"))
            throw options::invalid_command_line_syntax(options::invalid_command_line_syntax::missing_parameter,
                                                       option.string_key, words.front(),
                                                       options::command_line_style::allow_long);
    }
}

// What the library says, as the second half of a sentence.
std::string told(const options::error& error) {
    std::string text = error.what();
    if (const auto* unknown = dynamic_cast<const options::unknown_option*>(&error))
        return fmt::format("leave out {}: there is no such option", excerpt(unknown->get_option_name()));
    if (dynamic_cast<const options::too_many_positional_options_error*>(&error)) return "give fewer arguments";
    if (const auto* twice = dynamic_cast<const options::multiple_occurrences*>(&error))
        return fmt::format("give {} once", twice->get_option_name());
    if (const auto* syntax = dynamic_cast<const options::invalid_command_line_syntax*>(&error);
        syntax && (syntax->kind() == syntax->missing_parameter || syntax->kind() == syntax->empty_adjacent_parameter))
        return fmt::format("give {} a value", excerpt(syntax->get_option_name()));
    if (!text.empty() && text.back() == '.') text.pop_back();
    return excerpt(text, 200);
}

}  // namespace option_words

Options::Options(std::string usage, std::string explanation) : state_(std::make_unique<State>()) {
    state_->usage       = std::move(usage);
    state_->explanation = std::move(explanation);
    flag("help", "this text");
}
Options::~Options() = default;

Options& Options::option(const std::string& name, const std::string& placeholder, const std::string& help) {
    state_->declared.add_options()(name.c_str(), options::value<std::string>()->value_name(placeholder), help.c_str());
    return *this;
}
Options& Options::option(const std::string& name, const std::string& placeholder, const std::string& help,
                         const std::string& fallback) {
    state_->declared.add_options()(
        name.c_str(), options::value<std::string>()->value_name(placeholder)->default_value(fallback), help.c_str());
    return *this;
}
Options& Options::repeated(const std::string& name, const std::string& placeholder, const std::string& help) {
    state_->declared.add_options()(
        name.c_str(), options::value<std::vector<std::string>>()->value_name(placeholder)->composing(), help.c_str());
    return *this;
}
Options& Options::flag(const std::string& name, const std::string& help) {
    state_->declared.add_options()(name.c_str(), options::bool_switch(), help.c_str());
    return *this;
}
Options& Options::argument(const std::string& name) {
    state_->required.push_back(name);
    return optional_argument(name);
}
Options& Options::optional_argument(const std::string& name) {
    state_->arguments.add_options()(name.c_str(), options::value<std::string>());
    state_->positions.push_back(name);
    return *this;
}
Options& Options::books() {
    option("database", "FILE", "the books; TESSERA_DATABASE when not given");
    repeated("modules", "DIR", "also load the modules in this folder; TESSERA_MODULES when not given");
    repeated("modules-signed-by", "FILE", "load of those only what this public key has signed; TESSERA_MODULES_SIGNED_BY when not given");
    return *this;
}
Options& Options::replica() {
    option("replica", "DATABASE", "a database that follows the books, to read lists, exports and reports there");
    option("replica-lag-max", "SECONDS", "how far behind it may be", "10");
    return *this;
}
Options& Options::schedule() {
    option("backup-directory", "DIR", "make backups of the books in this folder meanwhile");
    option("backup-every", "HOURS", "how often", "24");
    option("backup-keep", "N", "how many to keep", "7");
    option("backup-prove-every", "N", "restore the first and every Nth for a proof", "7");
    return *this;
}
Options& Options::more_help(std::string text) {
    state_->more = std::move(text);
    return *this;
}

Asked Options::parse(const std::vector<std::string>& words) {
    options::options_description            all;
    options::positional_options_description positions;
    all.add(state_->declared).add(state_->arguments);
    for (const auto& name : state_->positions) positions.add(name.c_str(), 1);
    if (std::ranges::any_of(words, [](const auto& word) { return word == "--help" || word == "-h"; })) {
        print(help());
        return Asked::for_help;
    }
    try {
        option_words::refuse_guesses(words);
        const auto parsed =
            options::command_line_parser(words).options(all).positional(positions).style(option_words::style).run();
        option_words::refuse_guesses(parsed);
        options::store(parsed, state_->values);
    } catch (const options::error& error) {
        throw misuse(option_words::told(error));
    }
    for (const auto& name : state_->required)
        if (text(name).empty()) throw misuse(fmt::format("give its {}", name));
    return Asked::to_run;
}

std::vector<std::string> Options::take_known(const std::vector<std::string>& words) {
    try {
        option_words::refuse_guesses(words);
        const auto parsed = options::command_line_parser(option_words::spelled_out(words))
                                .options(state_->declared)
                                .style(option_words::style)
                                .allow_unregistered()
                                .run();
        option_words::refuse_guesses(parsed);
        options::store(parsed, state_->values);
        auto rest = options::collect_unrecognized(parsed.options, options::include_positional);
        if (flagged("help")) rest.emplace_back("--help");
        return rest;
    } catch (const options::error& error) {
        throw misuse(option_words::told(error));
    }
}

void Options::fill(const std::string& name, std::string value) { state_->fill(name, boost::any(std::move(value))); }
void Options::fill(const std::string& name, std::vector<std::string> values) { state_->fill(name, boost::any(std::move(values))); }
void Options::fill(const std::string& name, bool value) { state_->fill(name, boost::any(value)); }

bool Options::given(const std::string& name) const {
    return state_->values.count(name) > 0 && !state_->values[name].defaulted();
}
std::string Options::text(const std::string& name) const {
    return state_->values.count(name) > 0 ? state_->values[name].as<std::string>() : std::string{};
}
std::vector<std::string> Options::texts(const std::string& name) const {
    return state_->values.count(name) > 0 ? state_->values[name].as<std::vector<std::string>>()
                                          : std::vector<std::string>{};
}
bool Options::flagged(const std::string& name) const {
    return state_->values.count(name) > 0 && state_->values[name].as<bool>();
}

long Options::number(const std::string& name, long least, long most) const {
    const auto given           = text(name);
    long       value           = 0;
    const auto [rest, problem] = std::from_chars(given.data(), given.data() + given.size(), value);
    if (problem != std::errc{} || rest != given.data() + given.size() || value < least || value > most)
        throw misuse(fmt::format("give --{} a number from {} to {}", name, least, most));
    return value;
}

std::string Options::help() const {
    std::ostringstream listed;
    listed << state_->declared;
    return fmt::format("tessera {}\n\n{}\n\n{}{}{}", state_->usage, state_->explanation, listed.str(),
                       state_->more.empty() ? "" : "\n", state_->more);
}

Misuse Options::misuse(std::string_view what) const {
    return Misuse(fmt::format("To run tessera {}, {} (tessera {} --help).", state_->name(), what, state_->name()));
}

}  // namespace tessera::program
