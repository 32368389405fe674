#pragma once
// What a command knows of the records it has read or written: each as the database has it now, and as it was when each
// of the objects that hold it was loaded. So a save writes only what its caller changed, also when a handler it called
// has saved the same record in between.
//
//     held.loaded(entity, &order);              // this object now says what the database says; also after a save
//     held.take_over(entity, &order);           // brings it up to date but for what its holder changed
//
// An object is known by its address. One that was copied or moved from elsewhere is taken to be up to date.

#include <tessera/entity.h>

#include <unordered_map>

namespace tessera {

class HeldRecords {
public:
    void loaded(const EntityDescription& entity, const void* record);
    void removed(const EntityDescription& entity, std::int64_t id) { known_.erase({&entity, id}); }
    // As the database has it; null when the command has not met it.
    std::shared_ptr<void> current(const EntityDescription& entity, std::int64_t id) const;
    // std::logic_error when the holder and somebody else changed the same field.
    void take_over(const EntityDescription& entity, void* record) const;

private:
    struct Key {
        const EntityDescription* entity;
        std::int64_t             id;
        bool                     operator==(const Key&) const = default;
    };
    struct KeyHash {
        std::size_t operator()(const Key& k) const { return std::hash<const void*>{}(k.entity) * 31 + std::hash<std::int64_t>{}(k.id); }
    };
    struct Holder {
        const void*           record;
        std::shared_ptr<void> as_loaded;
    };
    struct Known {
        std::shared_ptr<void> current{};
        const void*           holder = nullptr;        // has what is current
        std::vector<Holder>   earlier{};               // the others; nearly always none
    };
    std::unordered_map<Key, Known, KeyHash> known_;
};

}  // namespace tessera
