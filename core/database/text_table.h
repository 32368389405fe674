#pragma once
// A value for each SQL text. Finding one again costs no allocation and mostly no hashing: texts are string literals nearly
// always, so a small table remembers by address which entry a text was, and only compares. An entry stays where it is
// until it is erased.

#include <array>
#include <cstdint>
#include <iterator>
#include <string>
#include <string_view>
#include <unordered_map>

namespace tessera::database {

template <class Value>
class TextTable {
    struct Hash {
        using is_transparent = void;
        std::size_t operator()(std::string_view text) const { return std::hash<std::string_view>{}(text); }
    };
    using Map = std::unordered_map<std::string, Value, Hash, std::equal_to<>>;

public:
    using Entry = typename Map::value_type;

    // The entry of the text, made with Value{} when there is none.
    Entry& at(std::string_view text) {
        const auto address = reinterpret_cast<std::uintptr_t>(text.data());
        Recent&    recent  = recent_[(address ^ (address >> 9) ^ text.size()) % recent_.size()];
        if (recent.address == text.data() && recent.entry != nullptr && recent.entry->first == text) return *recent.entry;
        auto found = kept_.find(text);
        if (found == kept_.end()) found = kept_.try_emplace(std::string(text)).first;
        recent = {text.data(), &*found};
        return *found;
    }
    template <class Condition>
    void erase_if(Condition condition) {
        for (auto one = kept_.begin(); one != kept_.end();) one = condition(*one) ? kept_.erase(one) : std::next(one);
        recent_ = {};
    }
    auto        begin() { return kept_.begin(); }
    auto        end() { return kept_.end(); }
    std::size_t size() const { return kept_.size(); }

private:
    struct Recent {
        const char* address = nullptr;
        Entry*      entry   = nullptr;
    };
    Map                     kept_;
    std::array<Recent, 512> recent_{};
};

}  // namespace tessera::database
