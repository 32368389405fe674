#pragma once
// What operators' tools ask: /healthz (the process answers), /readyz (it takes changes), /metrics.

#include "http/service.h"

namespace tessera::http {

Response healthy();
Response ready(Service& service, bool with_details);  // 503 when changes are not taken; names what is wrong and which modules do not run
Response metrics(Service& service);

}  // namespace tessera::http
