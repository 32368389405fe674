#pragma once
// GET /api/search?q=…: the records of all modules that the user sees and that have these words; filters of a kind where one is named.
// POST /api/search/choices: that one of them was opened.
//
//     GET  /api/search?q=rear+derailleur&entities=knowledge.asset,catalog.product&limit=10&unfinished=true
//     GET  /api/search?q=rear+derailleur&entities=knowledge.asset&state=verified&review_on.lt=2026-06-01
//     POST /api/search/choices   {"q": "rear derailleur", "entity": "knowledge.asset", "id": 17}              → 204

#include "http/service.h"

namespace tessera::http {

void answer_search(Service& service, const std::shared_ptr<Exchange>& exchange);
void answer_opened(Service& service, const std::shared_ptr<Exchange>& exchange);

}  // namespace tessera::http
