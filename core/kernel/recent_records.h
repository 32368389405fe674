#pragma once
// The records that commands have read or written lately, as the database has them. Whoever receives goods on an order
// that was approved a moment ago, or pays an invoice that has just been posted, need not read it again. This holds because
// one writer makes every change: what a command did is taken over when it has succeeded, and forgotten with its group when
// that is undone; SQL that changes a table makes all that is known of its records stale.

#include "kernel/held_records.h"

#include <deque>

namespace tessera {

class RecentRecords {
public:
    // Fills `record` and `version`; false when it must be read.
    bool fill(const EntityDescription& entity, std::int64_t id, void* record, std::int64_t& version) const;
    // What a record is called; null when it must be read. The pointer holds until anything else is called.
    const std::string* label(const EntityDescription& entity, std::int64_t id) const;
    void               remember_label(const EntityDescription& entity, std::int64_t id, const std::string& label);
    // The newest row of a ledger; false when it must be read.
    bool newest(const EntityDescription& entity, void* record) const;
    void remember_newest(const EntityDescription& entity, const void* record);
    void added(const EntityDescription& entity, const void* record);        // to a ledger
    void forget_newest(const EntityDescription& entity) { newest_.erase(&entity); }
    void take_over(const HeldRecords& held);
    void forget(const EntityDescription& entity, std::int64_t id);
    void command_undone();
    void outdate(std::span<const EntityDescription* const> entities);
    void forget();

private:
    static constexpr std::size_t most = 4096;
    struct Record {
        std::shared_ptr<void> record{};
        std::int64_t          version    = 0;
        std::uint64_t         generation = 0;           // of its entity when it was taken over
    };
    struct Label {
        std::string   text{};
        std::uint64_t generation = 0;
    };
    std::uint64_t generation_of(const EntityDescription& entity) const;

    std::unordered_map<HeldRecords::Key, Record, HeldRecords::KeyHash> known_;
    std::deque<HeldRecords::Key>                                       order_;
    std::unordered_map<HeldRecords::Key, Label, HeldRecords::KeyHash>  labels_;
    std::unordered_map<const EntityDescription*, std::uint64_t>        generations_;
    std::unordered_map<const EntityDescription*, Record>               newest_;
};

}  // namespace tessera
