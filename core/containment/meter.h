#pragma once
// A Meter stands at every function of a plugin that the kernel calls: it counts calls, time and rows, keeps what the function
// throws in order, and closes the plugin when it keeps failing. The installation's own modules have none.
//
//     validator = metered(meter, "the validation of warranty.claim", Meter::When_closed::refuse, std::move(validator));
//
// A refusal (Refused) is an answer, not a failure. A function that fails `failures_max` times in a row closes the plugin: its
// records may still be read, but it takes part in nothing any more until somebody releases it. May be used from every thread.

#include <tessera/refused.h>

#include <atomic>
#include <chrono>
#include <cstdint>
#include <functional>
#include <map>
#include <mutex>
#include <string>
#include <type_traits>

namespace tessera::containment {

class TESSERA_API Meter {
public:
    static constexpr int failures_max = 5;
    enum class When_closed { refuse, skip };      // skip: for what others do, which goes on without the plugin

    explicit Meter(std::string module) : module_(std::move(module)) {}

    struct Counters {
        std::uint64_t calls = 0, failures = 0, rows = 0;
        double        seconds = 0;
    };
    const std::string& module() const { return module_; }
    Counters           counters() const;
    bool               is_closed() const { return closed_; }
    std::string        why_closed() const;        // the sentence; empty while it is open
    void               require_open() const;      // Refused "plugins.closed" (503)
    void               close(std::string why);
    void               release();
    // Called once when failures close the plugin, on the thread that met the last of them, which may be inside a command.
    void               when_closed(std::function<void(const std::string& why)> tell);

    // For the length of one call.
    class Call {
    public:
        explicit Call(Meter& meter);
        ~Call();
        Call(const Call&)            = delete;
        Call& operator=(const Call&) = delete;

    private:
        Meter&                                meter_;
        Meter*                                outer_;
        std::chrono::steady_clock::time_point from_{};
        std::uint64_t                         rows_ = 0;
    };
    void succeeded(const std::string& function);
    // To be called where the failure is caught. It is the innermost plugin's: who called that one has no part in it.
    void failed(const std::string& function, const std::string& what);
    // To be called where a failure of the caller's own is caught that is about to pass through a plugin: no plugin is blamed for it.
    static void excuse();
    static bool is_settled();      // somebody has been blamed for what is being caught, or it was excused

private:
    std::string                             module_;
    std::atomic<std::uint64_t>              calls_{0}, failures_{0}, nanoseconds_{0}, rows_{0};
    std::atomic<bool>                       closed_{false}, fails_{false};
    mutable std::mutex                      mutex_;
    std::map<std::string, int>              in_a_row_;
    std::string                             why_;
    std::function<void(const std::string&)> tell_;
};

template <class... Arguments>
std::function<void(Arguments...)> metered(Meter& meter, std::string function, Meter::When_closed then, std::function<void(Arguments...)> work) {
    if (!work) return work;
    return [&meter, function = std::move(function), then, work = std::move(work)](Arguments... arguments) {
        if (meter.is_closed()) {
            if (then == Meter::When_closed::skip) return;
            meter.require_open();
        }
        const Meter::Call call(meter);
        try {
            work(std::forward<Arguments>(arguments)...);
        } catch (const Refused&) {
            throw;
        } catch (const std::exception& failure) {
            meter.failed(function, failure.what());
            throw;
        } catch (...) {
            if (Meter::is_settled()) throw;
            try {
                throw std::runtime_error(function + " threw something that is no exception");
            } catch (const std::exception& failure) {
                meter.failed(function, failure.what());
                throw;
            }
        }
        meter.succeeded(function);
    };
}

// The same of a function that gives something; of one whose plugin is closed nothing is taken.
template <class Given, class... Arguments>
    requires(!std::is_void_v<Given>)
std::function<Given(Arguments...)> metered(Meter& meter, std::string function, std::function<Given(Arguments...)> work) {
    using Fill = std::function<void(Given&, Arguments...)>;
    if (!work) return work;
    const auto fill = metered(meter, std::move(function), Meter::When_closed::refuse, Fill([work = std::move(work)](Given& given, Arguments... arguments) { given = work(std::forward<Arguments>(arguments)...); }));
    return [fill](Arguments... arguments) {
        Given given{};
        fill(given, std::forward<Arguments>(arguments)...);
        return given;
    };
}

}  // namespace tessera::containment
