#pragma once
// What the commands of one commit have to tell when it is done: which records they changed, and whether events wait in the
// outbox. It covers the entries of the audit trail behind `after` up to `upto`; there are no gaps between the notices of a
// database, so that whoever misses one knows.
//
//     command.written(order, &record, 3);                   // while it runs
//     command.audited(41, 42);
//     pending.command_done(std::move(command), "ada");
//     connection.announce(text_of(pending.notice()));       // for all processes, with the commit
//     feed.tell(pending.take());                            // for this one, after it
//
// A record is told once. Beyond a number of one entity, and of ledgers always, only that there were many of it.

#include <tessera/suite.h>

namespace tessera::events {

struct Notice {
    std::int64_t              after = 0, upto = 0;
    bool                      events = false;
    std::vector<RecordChange> changes{};
};

// Short enough to be announced: one that is not says only that there were many, or that anything may have changed.
std::string           text_of(Notice notice);
std::optional<Notice> notice_from(std::string_view text);
Notice                anything(std::int64_t after, std::int64_t upto);

// Of one command.
class CommandNotice {
public:
    struct Changed {
        std::string_view entity;  // its name, which the kernel has
        std::int64_t     id, version;
        bool             deleted;
    };
    // A line is told as a change of its document.
    void written(const EntityDescription& entity, const void* record, std::int64_t version);
    void removed(const EntityDescription& entity, const void* record);
    // The record itself is as it was; something that belongs to it is not.
    void touched(const EntityDescription& entity, std::int64_t id) { add({entity.name, id, 0, false}); }
    void many(const EntityDescription& entity) { add({entity.name, 0, 0, false}); }
    void audited(std::int64_t last, std::int64_t entry) { after_ = last, entry_ = entry; }
    void events_wait() { events_ = true; }

private:
    friend class PendingNotice;
    void add(Changed changed);

    std::vector<Changed> changed_;
    std::string          by_{};
    std::int64_t         after_ = 0, entry_ = 0;
    bool                 events_ = false;
};

class PendingNotice {
public:
    void command_done(CommandNotice command, const std::string& by);
    void forget() { *this = {}; }

    bool          is_empty() const { return commands_.empty(); }
    bool          events_wait() const;
    bool          tells_of(bool (*wanted)(std::string_view entity)) const;
    const Notice& notice();
    Notice        take();

private:
    std::vector<CommandNotice> commands_;
    std::optional<Notice>      made_;
};

}  // namespace tessera::events
