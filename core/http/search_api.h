#pragma once
// GET /api/search?q=…: the records of all modules that the user sees and that have these words.
//
//     GET /api/search?q=rear+derailleur&entities=knowledge.asset,catalog.product&limit=10&unfinished=true

#include "http/service.h"

namespace tessera::http {

void answer_search(Service& service, const std::shared_ptr<Exchange>& exchange);

}  // namespace tessera::http
