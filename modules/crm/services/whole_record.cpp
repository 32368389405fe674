#include "services/whole_record.h"

namespace crm {

WholeRecord::WholeRecord(tessera::Transaction& tx, const tessera::EntityDescription& entity, std::int64_t id) : tx_(tx), entity_(entity), id_(id), record_(entity.make()) {
    tx.load_record(entity.type, id, record_.get(), true);
    for (std::size_t i = 0; i < entity.extensions.size(); ++i) tx.read_extension(entity.type, entity.extensions[i].type, id, entity.part(record_.get(), i));
}

void WholeRecord::refer(const tessera::FieldDescription& field, std::int64_t to) {
    tessera::Reading reading{&tx_.books(), tx_.books().currency};
    field.assign(record_.get(), to ? tessera::InputValue::of_integer(to) : tessera::InputValue{}, reading);
}

void WholeRecord::copy(const tessera::FieldDescription& field, WholeRecord& from) { field.copy(record_.get(), from.get()); }

void WholeRecord::save() {
    tx_.save_record(entity_.type, record_.get());
    for (std::size_t i = 0; i < entity_.extensions.size(); ++i) tx_.write_extension(entity_.type, entity_.extensions[i].type, id_, entity_.part(record_.get(), i));
}

}  // namespace crm
