#pragma once
// What is wrong with a file, line by line: the reader and the plan say it in sentences and go on, so that an accountant
// mends everything at once. More than `problems_max` are not listed.
//
//     problems.add(12, "journal_export.unreadable_date", "To read this date, write it as 2026-01-31; \"{}\" is none.", text);

#include <tessera/text.h>

#include <cstdint>
#include <string>
#include <vector>

namespace journal_export {

inline constexpr std::size_t problems_max = 200;

struct Problem {
    std::int64_t line = 0;
    std::string  code{};
    std::string  sentence{};
};

class Problems {
public:
    template <class... Arguments>
    void add(std::int64_t line, std::string_view code, fmt::format_string<Arguments...> sentence, Arguments&&... arguments) {
        if (list_.size() < problems_max)
            list_.push_back({line, std::string(code), fmt::format(sentence, std::forward<Arguments>(arguments)...)});
        ++count_;
    }
    bool                        none() const { return count_ == 0; }
    std::size_t                 count() const { return count_; }
    const std::vector<Problem>& list() const { return list_; }

private:
    std::vector<Problem> list_{};
    std::size_t          count_ = 0;
};

}  // namespace journal_export
