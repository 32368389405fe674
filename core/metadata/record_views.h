#pragma once
// What every entity shows of itself from its declaration: lists, related records, CSV both ways, the catalogue that
// drives the web UI, the OpenAPI document.

#include <tessera/suite.h>

namespace tessera::metadata {

std::string   list(const Snapshot& snapshot, const EntityDescription& entity, const ListRequest& request);
std::string   list_counts(const Snapshot& snapshot, const EntityDescription& entity, const ListRequest& request);   // by request.count_by
std::string   related(const Snapshot& snapshot, const EntityDescription& entity, std::int64_t id);
ImportOutcome import_csv(Transaction& tx, const EntityDescription& entity, std::string_view csv);
void          export_csv(const Snapshot& snapshot, const EntityDescription& entity, const ListRequest& request, const std::function<void(std::string_view)>& out);
std::string   catalogue(const Snapshot& snapshot, std::string_view company_name);
std::string   openapi(const Kernel& kernel);

}  // namespace tessera::metadata
