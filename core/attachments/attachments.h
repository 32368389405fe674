#pragma once
// What the core itself declares and does about attachments, besides what modules may (tessera/attachments.h): the record, its
// pieces, the check of both, and the ways of users to them.

#include <tessera/attachments.h>
#include <tessera/kernel.h>

namespace tessera::attachments {

inline constexpr std::size_t piece_bytes = 256 * 1024;

void declare(Kernel& kernel);

// Of an attachment that belongs to this record and is kept; refused "kernel.not_found" else.
Attachment  kept(const Snapshot& tx, const Source& record, std::int64_t attachment);
// The pieces count from 0; empty behind the last one.
std::string piece(const Snapshot& tx, Id<Attachment> attachment, std::int64_t number);
void        remove(Transaction& tx, Attachment attachment);

// {"rows":[{"id","name","media_type","size","sha256","added_at","added_by"}…]}
std::string list_json(const Snapshot& tx, const Source& record);
void        write_json(JsonWriter& json, const Attachment& attachment);

}  // namespace tessera::attachments
