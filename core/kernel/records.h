#pragma once
// Records as the kernel keeps them, whole: with what extensions add to them. Modules load, insert and save their own structs
// (transaction.h); these are the same verbs on what entity.make() and entity.copy() give.
//
//     auto record = entity.make();
//     records::load(tx, entity, id, record.get(), records::Missing::refuse);
//     records::save(tx, entity, record.get());
//
// `holder` is the object that the caller will go on with, when that is another.

#include <tessera/transaction.h>

namespace tessera::records {

enum class Missing { refuse, answer };
bool load(const Snapshot& tx, const EntityDescription& entity, std::int64_t id, void* record, Missing missing, std::int64_t* version = nullptr, const void* holder = nullptr);
void insert(Transaction& tx, const EntityDescription& entity, void* record, const void* holder = nullptr);
void save(Transaction& tx, const EntityDescription& entity, void* record, const void* holder = nullptr);
void remove(Transaction& tx, const EntityDescription& entity, std::int64_t id);

}  // namespace tessera::records
