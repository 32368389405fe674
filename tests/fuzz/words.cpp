// The words of a command line, one on each line: what is accepted has been understood word for word.

#include <tessera/text.h>

#include "harness.h"
#include "options.h"
#include "serve_configuration.h"

#include <algorithm>
#include <optional>

namespace tessera::fuzz {
namespace {

using program::Options;

const std::vector<std::string> with_value = {"listen", "web", "format", "replica", "replica-lag-max", "backup-directory", "backup-every", "backup-keep", "backup-prove-every", "database"};
const std::vector<std::string> repeated   = {"host", "modules"};
const std::vector<std::string> flags      = {"behind-proxy", "log-requests"};
const std::vector<std::string> arguments  = {"RECORD", "FILE"};

void declare(Options& options) {
    options.option("listen", "ADDRESS:PORT", "where", "127.0.0.1:8080").option("web", "DIR", "pages").option("format", "FORMAT", "text or json", "text");
    options.repeated("host", "NAME", "a name").flag("behind-proxy", "whether").flag("log-requests", "whether");
    options.argument("RECORD").optional_argument("FILE").replica().schedule().books();
}

// Anything but a misuse, which is one sentence, passes on.
template <class Work>
bool understood(Work&& work) {
    try {
        work();
        return true;
    } catch (const program::Misuse& misuse) {
        const std::string_view sentence = misuse.what();
        must_be_one_sentence(sentence);
        must(sentence.starts_with("To run tessera serve, ") && sentence.ends_with("."), "a misuse says what to do");
        return false;
    }
}

std::vector<std::string> words_of(std::string_view bytes) {
    std::vector<std::string> words;
    while (!bytes.empty()) words.emplace_back(take_until(bytes, '\n'));
    return words;
}

// What was understood, said once more.
std::vector<std::string> said_again(const Options& options) {
    std::vector<std::string> words;
    for (const auto& name : with_value)
        if (options.given(name)) words.push_back("--" + name + "=" + options.text(name));
    for (const auto& name : repeated)
        for (const auto& value : options.texts(name)) words.push_back("--" + name + "=" + value);
    for (const auto& name : flags)
        if (options.flagged(name)) words.push_back("--" + name);
    if (options.given("RECORD")) words.push_back("--");
    for (const auto& name : arguments)
        if (options.given(name)) words.push_back(options.text(name));
    return words;
}

// An option and its value in one word; what is no option may be the value of the one before.
bool is_pair(const std::string& word) {
    const auto equals = word.find('=');
    if (!word.starts_with("--") || equals == word.npos) return false;
    const auto name = word.substr(2, equals - 2);
    return name.empty() || std::ranges::count(with_value, name) || std::ranges::count(repeated, name);
}

// How many of the words stand for something, an option and its value counted apart.
std::size_t meanings(const std::vector<std::string>& words) {
    std::size_t count = 0;
    for (const auto& word : words) count += word == "--" ? 0 : is_pair(word) ? 2 : 1;
    return count;
}

bool asks_for_help(const std::vector<std::string>& words) {
    return std::ranges::any_of(words, [](const auto& word) { return word == "-h" || word == "--help"; });
}

void settings(Options& options) {
    for (const char* name : {"backup-every", "backup-keep", "backup-prove-every", "replica-lag-max"})
        understood([&] {
            const auto number = options.number(name, 1, 1000);
            must(number >= 1 && number <= 1000, "a number lies within its bounds");
        });
    understood([&] {
        ServeOptions         serving;
        program::MailOptions mail;
        program::serve_configuration(options, serving, mail);
    });
}

void try_words(std::string_view bytes) {
    const auto words = words_of(bytes);
    if (asks_for_help(words)) return;

    Options options("serve --database FILE", "Offers the books."), again("serve --database FILE", "Offers the books.");
    declare(options);
    declare(again);
    if (understood([&] { options.parse(words); })) {
        const auto said = said_again(options);
        must(meanings(said) == meanings(words), "no word is passed over");
        must(understood([&] { again.parse(said); }) && said_again(again) == said, "what is said again is understood as it was");
        settings(options);
    }

    Options common("serve --database FILE", "Offers the books.");
    common.books();
    std::vector<std::string> rest;
    if (!understood([&] { rest = common.take_known(words); })) return;
    must(meanings(rest) <= meanings(words), "what is left are words that were given");
}
HARNESS(words)

}  // namespace
}  // namespace tessera::fuzz
