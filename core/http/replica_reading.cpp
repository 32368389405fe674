#include "http/replica_reading.h"

#include "http/cookies.h"
#include "http/target.h"

namespace tessera::http {
namespace replica_reading {

constexpr std::string_view cookie = "tessera_change";

ReadingPlace at_replica(const Replica::Place& place) {
    Response lines;
    lines.with("Tessera-Source", "replica").with("Tessera-As-Of", place.as_of.str());
    if (place.seconds_behind > 0) lines.with("Tessera-Behind", std::to_string(place.seconds_behind));
    return {place.suite, std::move(lines.headers), place.as_of, place.seconds_behind};
}

// To ask again would take as long again.
bool took_too_long(const std::exception_ptr& failure) {
    try {
        std::rethrow_exception(failure);
    } catch (const Refused& refused) {
        return refused.code() == "kernel.query_cancelled" || refused.code() == "kernel.took_too_long" || refused.code() == "kernel.too_many_rows";
    } catch (...) {
        return false;
    }
}

}  // namespace replica_reading

void read_where_current(Service& service, Exchange& exchange, const std::function<void(const ReadingPlace&)>& read) {
    using namespace replica_reading;
    const auto* replica = service.options.replica;
    if (!replica) return read({.suite = service.suite});
    if (const auto place = replica->place(change_seen(exchange.request.cookies))) try {
            return read(at_replica(*place));
        } catch (const ClientGone&) {
            throw;
        } catch (...) {
            if (exchange.begun || exchange.cancelled || took_too_long(std::current_exception())) throw;
        }
    read({.suite = service.suite, .headers = "Tessera-Source: primary\r\n"});
}

// Longer than the lag that is allowed the replica cannot lack it.
void with_change(const Service& service, Response& response, std::int64_t change) {
    if (!service.options.replica) return;
    const auto seconds = std::chrono::ceil<std::chrono::seconds>(service.options.replica->lag_max()).count() + 60;
    response.with("Set-Cookie", fmt::format("{}={}; Path=/api; Max-Age={}; SameSite=Strict; HttpOnly", replica_reading::cookie, change, seconds));
}

std::int64_t change_seen(std::string_view cookies) {
    std::int64_t seen = 0;
    each_cookie(cookies, replica_reading::cookie, [&](std::string_view value) { seen = std::max(seen, whole_number(value).value_or(0)); });
    return seen;
}

}  // namespace tessera::http
