#pragma once
// What goes through the writer: items that wait, the pieces of a group, groups that are committed and wait for the disk,
// and the one who waits for an answer.

#include "database/writer.h"

#include <vector>

namespace tessera::database::writer {

using Alone = std::function<void(Connection&, const std::function<void()>&)>;

struct Item {
    Writer::Work work;
    Alone        alone;  // instead of work.run
};

struct Piece {
    Writer::Work       work;
    std::exception_ptr failure{};
};

// What has run and is answered when it is on disk.
struct Committed {
    std::vector<Piece> group;
    std::uint64_t      newest = 0;  // of its commits, or of those before it
};

// One caller that waits for its answer.
class Answer {
public:
    void give(std::exception_ptr failure);
    void wait();  // rethrows it

private:
    std::mutex              mutex_;
    std::condition_variable arrived_;
    std::exception_ptr      failure_;
    bool                    given_ = false;
};

std::string code_of(const std::exception_ptr& failure);  // "" when it is no Refused
bool        is_conflict(const std::exception_ptr& failure);  // with what others did at the same time
std::string sentence_of(const std::exception_ptr& failure);
Refused     group_undone();
void        answer(Writer::Work& work, std::exception_ptr failure) noexcept;

}  // namespace tessera::database::writer
