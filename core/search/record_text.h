#pragma once
// What a record is found by: the words of its searchable fields and of those of its lines. Which records search knows at all: documents,
// master data and setup of modules, as long as they have such a field; ledgers are read through their documents.
//
//     if (search::is_found(entity))
//         if (const auto text = search::text_of(tx, entity, 17)) …          // nothing when there is no such record

#include <tessera/transaction.h>

namespace tessera::search {

struct RecordText {
    std::string  title{};      // by which people know it
    std::string  keywords{};   // short fields
    std::string  body{};       // long ones
    std::string  language = "en";
    std::int64_t standing = 1000;

    bool operator==(const RecordText&) const = default;
};

bool                      is_found(const EntityDescription& entity);
std::optional<RecordText> text_of(const Snapshot& tx, const EntityDescription& entity, std::int64_t id);

}  // namespace tessera::search
