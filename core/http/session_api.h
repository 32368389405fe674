#pragma once
// What people do about their own account: /api/session and what is below it. The only part of the API that answers
// those who are not signed in.

#include "http/service.h"

#include <span>

namespace tessera::http {

// `rest`: the segments after /api/session.
void answer_session(Service& service, const std::shared_ptr<Exchange>& exchange, std::span<const std::string> rest);

// What an administrator does about the account of another: POST /api/access/users/<id>/link, a link with which the user chooses a
// password, and POST /api/access/users/<id>/tokens. False when it is something else.
bool answer_user_account(Service& service, const std::shared_ptr<Exchange>& exchange, std::int64_t user, std::string_view what);

}  // namespace tessera::http
