#pragma once
// How far long work is, on standard error: one line that is overwritten on a terminal; with --progress also where that is
// no terminal, a line at most every second. Gone with the object.

#include <chrono>
#include <cstdint>
#include <string_view>

namespace tessera::program {

class Progress {
public:
    explicit Progress(bool asked_for);
    ~Progress();
    Progress(const Progress&)            = delete;
    Progress& operator=(const Progress&) = delete;

    void tell(std::string_view what, std::int64_t done, std::int64_t total);  // total 0: not known

private:
    bool                                  terminal_, wanted_, shown_ = false;
    std::chrono::steady_clock::time_point last_{};
};

}  // namespace tessera::program
