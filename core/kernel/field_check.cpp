#include "kernel/field_check.h"

#include <tessera/text.h>

namespace tessera {

bool is_refused(const FieldDescription& f, const void* record) {
    const bool none = f.none(record), counts = f.number && f.kind != FieldKind::integer && f.kind != FieldKind::boolean;
    return (f.required && (none || (counts && f.number(record) == 0))) || (f.positive && !none && f.number(record) <= 0) ||
           (f.not_negative && !none && f.number(record) < 0);
}

void check_field(const FieldDescription& f, std::string_view goal, const void* record) {
    const bool none = f.none(record), counts = f.number && f.kind != FieldKind::integer && f.kind != FieldKind::boolean;
    if (f.required && (none || (counts && f.number(record) == 0)))
        throw Refused("kernel.required", "To {}, give its {}.", goal, lower_ascii(f.label)).with_status(422).with_field(f.name);
    if (f.positive && !none && f.number(record) <= 0)
        throw Refused("kernel.not_positive", "To {}, give a {} above zero.", goal, lower_ascii(f.label)).with_status(422).with_field(f.name);
    if (f.not_negative && !none && f.number(record) < 0)
        throw Refused("kernel.negative", "To {}, give a {} of zero or more.", goal, lower_ascii(f.label)).with_status(422).with_field(f.name);
}

}  // namespace tessera
