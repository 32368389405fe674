#pragma once
// The resources of one entity: /api/<module>/<plural>, …/<id>, …/<id>/<transition>, history, related, the entity's own
// views, import and export.csv. Reads are answered at once, except searches, which may have to look at every row.

#include <tessera/entity.h>

#include "http/service.h"

#include <span>

namespace tessera::http {

void answer_records(Service& service, const std::shared_ptr<Exchange>& exchange, const EntityDescription& entity,
                    std::span<const std::string> rest);

// A parameter of an address as a filter: "date.gte" and "2026-01-01". Refused (400) "kernel.malformed_query".
ListFilter list_filter(const std::string& name, const std::string& value);

// The list a query asks for; the entity itself knows which fields there are. Refused (400) "kernel.malformed_query".
ListRequest list_request(const Request& request);

// If-Match: 0 for none and for "*"; -1, which no version equals, for a tag that is not one of ours.
std::int64_t expected_version(std::string_view if_match);
bool         none_match(std::string_view if_none_match, std::int64_t version);  // whether the client has this version

}  // namespace tessera::http
