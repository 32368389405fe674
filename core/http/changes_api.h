#pragma once
// GET /api/changes?entity=purchasing.order&record=directory.party/7: what changes from now on, as Server-Sent Events (see
// change_streams.h). Both parameters may be repeated; a line is followed as its document. Who comes again gives the id of
// the last event as Last-Event-ID, as browsers do, or as the parameter `after`.
//
// Refused: "kernel.malformed_query" (400), "kernel.no_entity" (404), "kernel.too_many_streams" (503).

#include "http/service.h"

namespace tessera::http {

void answer_changes(Service& service, const std::shared_ptr<Exchange>& exchange);

}  // namespace tessera::http
