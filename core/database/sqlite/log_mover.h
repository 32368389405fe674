#pragma once
// Moves the log into the file on a thread and a connection of its own, while the writer goes on: the writer then has only
// the rest to move, which is little, before the log begins anew.
//
//     mover.start();                     // returns at once; nothing while a pass runs
//     if (auto pages = mover.moved()) …  // a pass has ended: so many pages of the log are in the file
//
// All functions may be called from any thread but the mover's own.

#include <condition_variable>
#include <exception>
#include <mutex>
#include <optional>
#include <string>
#include <thread>

namespace tessera::database::sqlite {

class LogMover {
public:
    explicit LogMover(std::string file) : file_(std::move(file)) {}
    ~LogMover();  // when the pass has ended

    void               start();
    void               wait();   // until no pass runs
    std::optional<int> moved();  // once for each pass; throws when the disk failed or the file is damaged

private:
    void run();

    const std::string       file_;
    std::mutex              mutex_;
    std::condition_variable changed_;
    bool                    asked_ = false, stopping_ = false;
    std::optional<int>      moved_;
    std::exception_ptr      failure_;
    std::thread             thread_;
};

}  // namespace tessera::database::sqlite
