#pragma once
// The value of one field of a record, outside JSON: as the text a CSV cell or a key holds, and as the id of a reference.

#include <tessera/transaction.h>

namespace tessera::metadata {

std::string  field_text(const FieldDescription& field, const void* record);    // "" when none; references as their id
std::int64_t reference_id(const FieldDescription& field, const void* record);  // 0 when none
// The currency that governs the amounts of a record's lines: its own when it has one, else that of the books.
Currency currency_of(const EntityDescription& entity, const void* record, const Books& books);
// The field whose text names a record to people; null when there is none, or it is not text.
const FieldDescription* label_field(const EntityDescription& entity);

}  // namespace tessera::metadata
