#pragma once
// Where lists, exports and reports are read: at the replica, where there is one that is near enough, else at the primary. Who
// has changed something does not miss it afterwards: the answer to a change sets a cookie with its place in the audit trail,
// and a replica that is not there yet is passed over.
//
//     read_where_current(service, exchange, [&](const ReadingPlace& place) {
//         exchange.answer({.headers = place.headers, .body = place.suite.list(…)});
//     });

#include <tessera/replica.h>

#include "http/service.h"

namespace tessera::http {

struct ReadingPlace {
    Suite&       suite;
    std::string  headers{};  // Tessera-Source, Tessera-As-Of, Tessera-Behind; none without a replica
    Instant      as_of{};    // of the replica alone
    std::int64_t seconds_behind = 0;
};

// What the replica cannot answer is asked of the primary, as long as nothing of the answer has left.
void read_where_current(Service& service, Exchange& exchange, const std::function<void(const ReadingPlace&)>& read);

// To the answer of a change: the cookie, where there is a replica.
void with_change(const Service& service, Response& response, std::int64_t change);

std::int64_t change_seen(std::string_view cookies);  // 0 when none is told

}  // namespace tessera::http
