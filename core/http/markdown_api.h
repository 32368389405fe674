#pragma once
// POST /api/markdown with {"text":"…"}: {"html":"…"}, what a page shows of it (tessera/markdown.h). Nothing is kept: it is what an
// editor shows beside the text that is being written.

#include "http/service.h"

namespace tessera::http {

void answer_markdown(Service& service, const std::shared_ptr<Exchange>& exchange);

}  // namespace tessera::http
