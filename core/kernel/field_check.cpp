#include "kernel/field_check.h"

#include <tessera/text.h>

namespace tessera {

namespace field_check {

enum class Fault { none, missing, not_positive, negative };

Fault fault_of(const FieldDescription& f, const void* record) {
    const bool none = f.none(record), counts = f.number && f.kind != FieldKind::integer && f.kind != FieldKind::boolean;
    if (f.required && (none || (counts && f.number(record) == 0))) return Fault::missing;
    if (f.positive && !none && f.number(record) <= 0) return Fault::not_positive;
    if (f.not_negative && !none && f.number(record) < 0) return Fault::negative;
    return Fault::none;
}

}  // namespace field_check

bool is_refused(const FieldDescription& f, const void* record) { return field_check::fault_of(f, record) != field_check::Fault::none; }

void check_field(const FieldDescription& f, std::string_view goal, const void* record) {
    using field_check::Fault;
    switch (field_check::fault_of(f, record)) {
        case Fault::none: return;
        case Fault::missing:
            throw Refused("kernel.required", "To {}, give its {}.", goal, lower_ascii(f.label)).with_status(422).with_field(f.name);
        case Fault::not_positive:
            throw Refused("kernel.not_positive", "To {}, give a {} above zero.", goal, lower_ascii(f.label)).with_status(422).with_field(f.name);
        case Fault::negative:
            throw Refused("kernel.negative", "To {}, give a {} of zero or more.", goal, lower_ascii(f.label)).with_status(422).with_field(f.name);
    }
}

}  // namespace tessera
