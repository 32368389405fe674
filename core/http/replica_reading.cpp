#include "http/replica_reading.h"

#include <tessera/text.h>

#include <charconv>

namespace tessera::http {
namespace replica_reading {

constexpr std::string_view cookie = "tessera_change=";

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
    response.with("Set-Cookie", fmt::format("{}{}; Path=/api; Max-Age={}; SameSite=Strict; HttpOnly", replica_reading::cookie, change, seconds));
}

std::int64_t change_seen(std::string_view cookies) {
    std::int64_t seen = 0;
    while (!cookies.empty()) {
        const auto end = std::min(cookies.find(';'), cookies.size());
        const auto one = trim(cookies.substr(0, end));
        cookies.remove_prefix(std::min(end + 1, cookies.size()));
        if (!one.starts_with(replica_reading::cookie)) continue;
        const auto   text        = one.substr(replica_reading::cookie.size());
        std::int64_t value       = 0;
        const auto [rest, error] = std::from_chars(text.data(), text.data() + text.size(), value);
        if (error == std::errc{} && rest == text.data() + text.size()) seen = std::max(seen, value);
    }
    return seen;
}

}  // namespace tessera::http
