// Records as the API is sent them: "order", the id of one that is there or nothing, and below it the JSON.

#include <tessera/json.h>

#include "metadata/record_commands.h"
#include "metadata/record_json.h"
#include "shop.h"

#include <boost/json.hpp>

#include <charconv>

namespace tessera::fuzz {
namespace {

std::string written(const Snapshot& tx, const EntityDescription& entity, const void* record) {
    std::string      text;
    JsonWriter       json(text);
    metadata::Labels labels(tx);
    metadata::write_record(json, entity, record, 0, labels);
    return text;
}

// What a new record accepts says what the record says.
void must_come_back(const Snapshot& tx, const EntityDescription& entity, void* record) {
    Reading reading{&tx.books(), tx.books().currency};
    for (const auto& field : entity.fields)
        if (field.is_currency && field.none(record)) field.assign(record, {}, reading);  // which is that of the books
    const auto out   = written(tx, entity, record);
    auto       given = parse_json(out);
    const auto again = entity.make();
    for (const auto& field : entity.fields)
        if (field.read_only) field.copy(again.get(), record);
    must(accepts([&] { metadata::assign_record(tx, entity, again.get(), given.as_object()); }), "a record is accepted as it was given out");
    must(written(tx, entity, again.get()) == out, "a record that is sent back stays what it is");
}

void try_record(std::string_view bytes) {
    static Shop  shop(Secrets::kept);
    auto         line   = take_until(bytes, '\n');
    const auto*  entity = shop.kernel().find_entity("shop." + std::string(take_until(line, ' ')));
    std::int64_t id     = 0;
    std::from_chars(line.data(), line.data() + line.size(), id);
    if (!entity || !entity->parent_field.empty()) return;

    boost::json::object given;
    if (!accepts([&] { given = metadata::body_of({.body = std::string(bytes)}); })) return;
    for (const auto& actor : {Actor{}, shop.clerk()})
        shop.read(actor, [&](const Snapshot& tx) {
            const auto record = entity->make();
            const bool there  = id && tx.load_record(entity->type, id, record.get(), false);
            const auto before = written(tx, *entity, record.get());
            if (!accepts([&] { metadata::assign_record(tx, *entity, record.get(), given); })) return;
            if (given.empty()) must(written(tx, *entity, record.get()) == before, "what is not sent is not changed");
            if (!there) must_come_back(tx, *entity, record.get());
        });
    if (id) return;
    shop.change([&](Transaction& tx) {
        accepts([&] {
            metadata::run(tx, {.entity = entity->name}, given);
            tx.write_out();
        });
    });
}
HARNESS(record)

}  // namespace
}  // namespace tessera::fuzz
