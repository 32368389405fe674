#pragma once
// What a command knows of the records it has read or written: each as the command has it now, as the database has it,
// and as it was when each of the objects that hold it was loaded. So a record that is met again is not read again, what
// was inserted and saved is written once, and a save writes only what its caller changed, also when a handler it called
// has saved the same record in between.
//
//     held.loaded(entity, &order, &order);      // this object now says what the database says
//     held.take_over(entity, &order, &order);   // brings it up to date but for what its holder changed
//     held.saved(entity, &order, &order);       // this object is what the command says: to be written
//     for (auto* record : held.to_write()) …
//
// An object is known by its address: that of the holder, which is another than the record where a module holds its own struct and
// the record has extensions too. One that was copied or moved from elsewhere is taken to be up to date.

#include <tessera/entity.h>

#include <span>
#include <unordered_map>

namespace tessera {

bool has_line(const LinesDescription& lines, void* document, std::int64_t id);

class HeldRecords {
    struct Holder {
        const void*           record;
        std::shared_ptr<void> as_loaded;
    };

public:
    struct Key {
        const EntityDescription* entity;
        std::int64_t             id;
        bool                     operator==(const Key&) const = default;
    };
    struct KeyHash {
        std::size_t operator()(const Key& k) const { return std::hash<const void*>{}(k.entity) * 31 + std::hash<std::int64_t>{}(k.id); }
    };
    struct Record {
        const EntityDescription* entity = nullptr;
        std::shared_ptr<void>    current{};                 // as the command has it; never changed, only replaced
        std::shared_ptr<void>    written{};                 // as the database has it; null: not there yet
        std::int64_t             version  = 0;              // of its row; 0: not known
        bool                     pending  = false;          // current is to be written
        bool                     begun    = false;          // it is being written
        bool                     refused  = false;          // the database did not take it; whoever caught that may correct it
        bool                     outdated = false;          // SQL has changed its table since: to be read again

    private:
        friend class HeldRecords;
        const void*         holder = nullptr;               // has what is current
        std::vector<Holder> earlier{};                      // the others; nearly always none
    };

    void loaded(const EntityDescription& entity, const void* record, const void* holder);
    void inserted(const EntityDescription& entity, const void* record, const void* holder);
    void saved(const EntityDescription& entity, const void* record, const void* holder);
    void removed(const EntityDescription& entity, std::int64_t id);
    // Fills `record` with what is current; false when that, or the version that is asked for, must be read.
    bool fill(const EntityDescription& entity, std::int64_t id, void* record, const void* holder, std::int64_t* version);
    // Null when the command has not met it. Stays where it is until it is removed.
    Record* find(const EntityDescription& entity, std::int64_t id);
    // std::logic_error when the holder and somebody else changed the same field.
    void take_over(const EntityDescription& entity, void* record, const void* holder) const;

    // One that is not in the database yet and that a reference of the record, or of a line of it, names. It must be
    // written before: a database that finds an open reference looks through all rows that might close it.
    Record* unwritten_reference(const EntityDescription& entity, void* record);
    void    written(Record& record);
    // Those of them that could not be written are still to be written.
    void    wait_again(std::span<Record* const> records);

    template <class Visit>
    void each_known(const Visit& visit) const {
        for (const auto& [key, record] : known_) visit(key, record);
    }
    // Whether another of the same entity is to be written.
    bool another_waits(const Record& record) const;
    bool any_to_write() const { return !pending_.empty(); }
    // Those of the entities, or all of them, in the order in which they were first saved; they no longer wait. What
    // is left out goes on waiting, unless all are asked for.
    std::vector<Record*> to_write(std::span<const EntityDescription* const> entities);
    std::vector<Record*> to_write();
    void                 leave_out(Key one) { left_out_.push_back(one); }
    void                 leave_out_no_longer() { left_out_.pop_back(); }
    void                 outdate(std::span<const EntityDescription* const> entities);

private:
    Record& known(const EntityDescription& entity, const void* record);
    void    hold(Record& known, const void* record);

    std::unordered_map<Key, Record, KeyHash> known_;
    std::vector<Record*>                     pending_;
    std::vector<Record*>                     fresh_;        // of them, those not in the database
    std::vector<Key>                         left_out_;
};

}  // namespace tessera
