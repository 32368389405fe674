#pragma once
// The files that belong to a record:
//
//     GET    /api/<module>/<entities>/<id>/attachments             which there are
//     POST   /api/<module>/<entities>/<id>/attachments?name=FILE   adds the body as one, of the type in Content-Type
//     GET    /api/<module>/<entities>/<id>/attachments/<n>         its content
//     DELETE /api/<module>/<entities>/<id>/attachments/<n>
//
// A browser never runs what somebody attached: the content comes as a download in a sandbox of its own, and only pictures and
// plain text may be shown in place.

#include "http/service.h"

#include <span>

namespace tessera::http {

bool is_attachment(const Request& request);  // that is sent
// filename="…" for every client, and as it is for those that read UTF-8
std::string attachment_name(const std::string& name);

void answer_attachments(Service& service, const std::shared_ptr<Exchange>& exchange, const EntityDescription& entity, std::int64_t id, std::span<const std::string> rest);

}  // namespace tessera::http
