#pragma once
// Runs the jobs of a suite in threads of its own, a few at a time, while they are due and nobody else has them.
//
//     Runner runner(suite, Runner::Alone::yes);     // no other process has these books
//     runner.start();
//     runner.wake();                                // something may have become due
//     runner.stop();                                // tells what runs to stop, and waits for it
//
// May be called from any thread.

#include <tessera/suite.h>

namespace tessera::jobs {

class Runner {
public:
    enum class Alone { no, yes };
    Runner(Suite& suite, Alone alone);
    ~Runner();

    void start();
    void wake();
    void stop();

    // Runs the job here and now, whether it is due or not, and throws what it throws. Refused "jobs.unknown" and, where
    // somebody has it, "jobs.running_already".
    void run_now(std::string_view name);

private:
    struct State;
    std::unique_ptr<State> state_;
};

}  // namespace tessera::jobs
