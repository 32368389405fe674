#include <tessera/text.h>

#include "access/narrowing.h"
#include "fields/custom_field.h"
#include "kernel/state.h"
#include "metadata/field_text.h"
#include "workflow/transition.h"

namespace tessera::fields {

namespace field_report {

struct Row {
    std::string  value{};
    std::int64_t records = 0;
};

const FieldDescription& shown_field(const Snapshot& tx, const CustomField& custom, const EntityDescription& e) {
    workflow::require_permission(tx.user(), e.read_permission, "see " + lower_ascii(e.plural));
    const auto* f = e.find("custom_" + custom.name);
    if (!f || access::hides(tx.user(), e, *f))
        throw Refused("fields.not_shown", "To count records by a field, choose one that is used and that you may see; {} is not.", custom.name).with_status(404);
    return *f;
}

std::string text_of_value(const Snapshot& tx, const FieldDescription& f, const void* record) {
    if (f.none(record)) return {};
    return f.kind == FieldKind::reference ? tx.label_of(f.references, f.number(record)) : metadata::field_text(f, record);
}

// Only those that whoever asks may see are counted: the question is narrowed like any other.
void count(const Snapshot& tx, const Parameters& parameters, const std::function<void(const Row&)>& emit) {
    const auto  custom = tx.load(parameters.reference<CustomField>("field"));
    const auto* e      = tx.kernel().find_entity(custom.entity);
    if (!e) throw Refused("fields.not_shown", "To count records of {}, have the module run that keeps them.", custom.entity).with_status(404);
    const auto& f      = shown_field(tx, custom, *e);
    const auto  record = e->make();
    const auto  text   = fmt::format("SELECT t.{0}, count(*) FROM {1} t GROUP BY t.{0} ORDER BY 2 DESC, 1", f.name, e->table);
    sql::Use    use(tx, text);
    while (use->step()) {
        Reading reading{&tx.books(), tx.books().currency};
        f.read(record.get(), *use, 0, reading);
        emit({text_of_value(tx, f, record.get()), use->integer(1)});
    }
}

}  // namespace field_report

void declare_report(Kernel& kernel) {
    kernel.report<field_report::Row>("fields.records_by_value", "Records by the value of a field")
        .help("How many records have each value of a custom field; the empty one first among equals.")
        .parameter<Id<CustomField>>("field", required)
        .column("value", &field_report::Row::value)
        .column("records", &field_report::Row::records, total)
        .run(field_report::count);
}

}  // namespace tessera::fields
