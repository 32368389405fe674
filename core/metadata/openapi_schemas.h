#pragma once
// The schemas of the OpenAPI document: how each kind of field travels, what a record looks like when it is read, and what
// may be sent to make or change it. Component names: "purchasing.order" (read), "purchasing.order.input" (sent).

#include <tessera/kernel.h>

namespace tessera::metadata::openapi_schemas {

constexpr const char* input_suffix = ".input";

bool has_input(const EntityDescription& entity);  // some field or line of it may be sent
// The schema of one value; with "description" when given.
void write_value(JsonWriter& json, FieldKind kind, const std::vector<std::string_view>& choices, bool nullable,
                 bool sent, std::string_view description);
void write_input(JsonWriter& json, const std::vector<FieldDescription>& fields);  // an object of fields, as sent
void write_all(JsonWriter& json, const Kernel& kernel);                           // the members of components.schemas

inline void reference(JsonWriter& json, std::string_view kind, std::string_view name) {
    json.member("$ref", fmt::format("#/components/{}/{}", kind, name));
}

}  // namespace tessera::metadata::openapi_schemas
