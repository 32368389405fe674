#include "metadata/row_reader.h"

#include <tessera/kernel.h>

#include <algorithm>

namespace tessera::metadata {

RowReader::RowReader(const Snapshot& snapshot, const EntityDescription& entity,
                     const std::vector<const FieldDescription*>& shown)
    : snapshot_(snapshot), entity_(entity), record_(entity.make()) {
    const bool amounts = std::ranges::any_of(shown, [](const auto* f) { return f->kind == FieldKind::money; });
    if (amounts) add_document_currency();
    for (const auto& f : entity.fields)  // in the order of declaration: a currency comes before its amounts
        if ((amounts && f.is_currency) || std::ranges::find(shown, &f) != shown.end()) {
            read_.push_back(&f);
            columns_ += ", t." + f.name;
        }
}

void RowReader::add_document_currency() {
    if (entity_.parent_field.empty()) return;
    const auto* document = snapshot_.kernel().find_entity(entity_.find(entity_.parent_field)->references);
    for (const auto& f : document->fields) {
        if (!f.is_currency) continue;
        columns_ +=
            fmt::format(", (SELECT d.{} FROM {} d WHERE d.id = t.{})", f.name, document->table, entity_.parent_field);
        document_currency_ = true;
        return;
    }
}

void* RowReader::read(Statement& s) {
    entity_.id(record_.get()) = s.integer(0);
    version_                  = s.integer(1);
    int     column            = 2;
    Reading reading{&snapshot_.books(), snapshot_.books().currency};
    if (document_currency_) {
        if (!s.is_null(column)) reading.currency = snapshot_.books().currency_of(s.text(column));
        ++column;
    }
    for (const auto* f : read_) f->read(record_.get(), s, column++, reading);
    return record_.get();
}

}  // namespace tessera::metadata
