#pragma once
// The paths of the records of every entity in the OpenAPI document: list, create, read, change, delete, each transition,
// history, related records, the views of modules, import and export, as far as the entity's declaration allows them.

#include <tessera/kernel.h>

namespace tessera::metadata::openapi_document {

void write_record_paths(JsonWriter& json, const Kernel& kernel);  // members of "paths"

}  // namespace tessera::metadata::openapi_document
