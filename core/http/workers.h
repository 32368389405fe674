#pragma once
// A few threads for what takes long (reports, imports, exports), behind a queue of limited length.

#include <cstddef>
#include <functional>
#include <memory>

namespace tessera::http {

class Workers {
public:
    Workers(unsigned threads, std::size_t waiting_max);
    ~Workers();

    bool        post(std::function<void()> job);  // false when too many wait; a job must not throw
    std::size_t unfinished() const;
    void        stop();  // forgets what waits, returns when what runs has ended

private:
    struct State;
    std::unique_ptr<State> state_;
};

}  // namespace tessera::http
