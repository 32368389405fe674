#pragma once
// What a field's options demand of its value, for every record saved and every transition's input.

#include <tessera/field.h>

namespace tessera {

// Refused (422) kernel.required, kernel.not_positive, kernel.negative: "To <goal>, give its quantity."
void check_field(const FieldDescription& field, std::string_view goal, const void* record);
// Whether it would be refused; costs no more than looking.
bool is_refused(const FieldDescription& field, const void* record);

}  // namespace tessera
