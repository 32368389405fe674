#pragma once
// GET /api/audit: the audit trail, newest first, for whoever may access.administer.
//
//     /api/audit?by=ada&entity=purchasing.order&record=7&command=approve&from=2026-11-01&until=2026-11-30&text=discount&limit=50&before=815
//
// `before` is the id of the last row at hand: the next page. Parameters that are not known are refused; one without
// a value does not narrow.

#include "http/service.h"

namespace tessera::http {

void answer_audit(Service& service, const std::shared_ptr<Exchange>& exchange);

}  // namespace tessera::http
