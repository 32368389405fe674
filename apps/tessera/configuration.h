#pragma once
// A configuration file: TOML of sections and keys, each declared once with what it sets. What the file may say, the text that
// lists all keys with their defaults, and the sentence that refuses a wrong one follow from the declarations.
//
//     Configuration configuration;
//     configuration.section("limits", "What one client may ask for.")
//         .key("body_bytes_max", size(limits.body_bytes_max, 1024, 1 << 30), "the longest body of a request");
//     configuration.read("tessera.toml");      // [limits]  body_bytes_max = "2MiB"
//
// A file is read whole or refused as a Misuse that names the file, the line and the key: what cannot be understood as TOML, a
// key that is not declared (the nearest that is gets named), a value of another kind or out of its range.

#include <chrono>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "values/toml.h"

namespace tessera::program {

// What a key may hold, and where its value goes.
struct Value {
    std::string                            wanted{};   // "a size from \"1KiB\" to \"1GiB\""
    std::string                            written{};  // the default as the file writes it
    std::function<bool(const toml::node&)> take{};     // false: it is not what is wanted
};

// Values of a program's own variables; what they hold when declared is the default.
Value text(std::string& into, std::string_view wanted);
Value texts(std::vector<std::string>& into, std::string_view wanted);
Value flag(bool& into);
Value number(std::size_t& into, std::size_t least, std::size_t most);
Value number(unsigned& into, unsigned least, unsigned most);
Value size(std::uint64_t& into, std::uint64_t least, std::uint64_t most);  // 4096, "64KiB", "1MiB", "2GiB"
Value duration(std::chrono::milliseconds& into, std::chrono::milliseconds least,
               std::chrono::milliseconds most);  // "500ms", "10s", "5min", "2h", "365d"

// One of a few words, such as "text" and "json".
template <class Choice>
Value choice(Choice& into, std::vector<std::pair<std::string_view, Choice>> known) {
    Value value{.wanted = "one of"};
    for (const auto& [name, meant] : known) {
        ((value.wanted += value.wanted.ends_with("of") ? " \"" : ", \"") += name) += '"';
        if (meant == into) ((value.written = "\"") += name) += '"';
    }
    value.take = [&into, known = std::move(known)](const toml::node& node) {
        for (const auto& [name, meant] : known)
            if (node.value<std::string_view>() == name) {
                into = meant;
                return true;
            }
        return false;
    };
    return value;
}

class Configuration {
public:
    Configuration& section(std::string name, std::string help);
    Configuration& key(std::string name, Value value, std::string help);  // of the last section

    void        read(const std::string& file) const;
    std::string example() const;  // a file with every key and its default

private:
    struct Key {
        std::string section{}, name{}, help{};
        Value       value{};
    };
    struct Section {
        std::string name{}, help{};
    };
    const Key*  find(std::string_view section, std::string_view name) const;
    std::string suggestion(std::string_view section, std::string_view name) const;
    void        read_section(const std::string& file, std::string_view name, const toml::table& table) const;

    std::vector<Section> sections_{};
    std::vector<Key>     keys_{};
};

}  // namespace tessera::program
