#pragma once
// Attachments are files that belong to a record: the vendor's bill as it came, a drawing, a signed contract. They lie in the
// database, in pieces, beside the SHA-256 of the whole, and are seen by whoever sees the record.
//
//     attachments::attach(tx, tx.source_of(invoice), {.name = "bill.pdf", .media_type = "application/pdf", .bytes = bytes});
//     for (const auto& a : attachments::of(tx, tx.source_of(invoice))) …  attachments::content(tx, a.id)
//
// An attachment never changes. It is removed only while its record may be changed, so that the evidence of what was posted
// stays; what is personal in it goes when the record, or the attachment alone, is erased. Its row stays in both cases, without
// the content. Sizes are in bytes.
//
// Refused: attachments.bad_name, attachments.empty (422), attachments.too_large (413), attachments.attached_already (409).

#include <tessera/transaction.h>

namespace tessera::attachments {

inline constexpr std::int64_t bytes_max = 32 << 20;

enum class State { kept, removed, erased };
constexpr auto names_of(State) { return names("kept", "removed", "erased"); }

struct Attachment {
    Id<Attachment> id{};
    std::string    entity{};  // "purchasing.vendor_invoice", whose record it belongs to
    std::int64_t   record = 0;
    std::string    name{};        // "bill.pdf"
    std::string    media_type{};  // as whoever sent it said
    std::int64_t   size = 0;
    std::string    sha256{};  // 64 characters
    Instant        added_at{};
    std::string    added_by{};  // the user's name
    State          state = State::kept;
};

struct File {
    std::string name{}, media_type{}, bytes{};
};

TESSERA_API Id<Attachment>          attach(Transaction& tx, const Source& to, const File& file);
TESSERA_API std::vector<Attachment> of(const Snapshot& tx, const Source& record);  // those that are kept, the oldest first
TESSERA_API std::string             content(const Snapshot& tx, Id<Attachment> attachment);

}  // namespace tessera::attachments
