#pragma once
// GET /api/reports/<name>?parameter=value&format=json|csv|html|text|xlsx|pdf, on a worker thread. CSV and JSON leave row by
// row as fast as the client takes them; the database works on one snapshot until its time is over or the client is gone.

#include "http/service.h"

namespace tessera::http {

void answer_report(Service& service, const std::shared_ptr<Exchange>& exchange, const std::string& name);

}  // namespace tessera::http
