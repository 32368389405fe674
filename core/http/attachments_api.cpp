#include "http/attachments_api.h"

#include <tessera/kernel.h>
#include <tessera/text.h>

#include "audit/digest.h"
#include "http/problem.h"
#include "http/records_api.h"
#include "http/target.h"

#include <boost/url/encode.hpp>
#include <boost/url/rfc/unreserved_chars.hpp>

#include <algorithm>
#include <array>

namespace tessera::http {

namespace attachments_api {

using Verb = RecordCommand::Verb;

// What a browser may show; it can do nothing but be looked at.
constexpr std::array<std::string_view, 5> shown{"image/png", "image/jpeg", "image/gif", "image/webp", "text/plain"};

std::string_view served_type(const std::string& type) {
    const auto* found = std::ranges::find(shown, type);
    if (found != shown.end()) return *found == "text/plain" ? "text/plain; charset=utf-8" : *found;
    return type == "application/pdf" ? "application/pdf" : "application/octet-stream";
}

std::string plain_name(std::string name) {
    for (auto& c : name)
        if (static_cast<unsigned char>(c) < 0x20 || static_cast<unsigned char>(c) > 0x7e || c == '"' || c == '\\' || c == '%') c = '_';
    return name;
}

std::string disposition(const attachments::Attachment& a) {
    const bool in_place = std::ranges::find(shown, a.media_type) != shown.end();
    return fmt::format("{}; {}", in_place ? "inline" : "attachment", attachment_name(a.name));
}

Response heading(const attachments::Attachment& a) {
    Response response{.content_type = served_type(a.media_type)};
    response.with("Content-Disposition", disposition(a));
    response.with("ETag", fmt::format("\"{}\"", a.sha256));
    response.with("Cache-Control", "private, no-cache");
    response.keepable = response.foreign = true;
    return response;
}

void answer_list(Service& service, Exchange& exchange, const EntityDescription& entity, std::int64_t id) {
    exchange.request.route = Route::record;
    exchange.answer({.body = service.suite.attachments(actor_of(exchange), entity.name, id)});
}

void answer_content(Service& service, const std::shared_ptr<Exchange>& exchange, const EntityDescription& entity, std::int64_t id, std::int64_t number) {
    exchange->request.route = Route::transfer;
    in_background(service, exchange, [&service, &entity, id, number](Exchange& e) {
        const auto found = service.suite.attachment(actor_of(e), entity.name, id, number);
        if (e.request.if_none_match == fmt::format("\"{}\"", found.sha256)) {
            auto same   = heading(found);
            same.status = 304;
            return e.answer(std::move(same));
        }
        LongAnswer   answer(e, heading(found));
        std::int64_t sent = 0;
        for (std::int64_t piece = 0; sent < found.size; ++piece) {
            const auto bytes = service.suite.attachment_piece(found, piece);
            if (bytes.empty()) throw Refused("kernel.not_found", "To have attachment {}, ask whoever removed it: it is gone.", number).with_status(404);
            answer.write(bytes);
            sent += static_cast<std::int64_t>(bytes.size());
        }
        answer.finish();
    });
}

std::string digest_of(const Request& request) { return audit::sha256_hex(request.method + "\n" + request.target + "\n" + request.body); }

void change(Service& service, const std::shared_ptr<Exchange>& exchange, const EntityDescription& entity, RecordCommand command) {
    auto& request = exchange->request;
    request.route = command.verb == Verb::attach ? Route::transfer : Route::change;
    auto place    = place_in_queue(service);
    command.entity = entity.name;
    command.info   = {.actor = actor_of(*exchange), .idempotency_key = request.idempotency_key};
    if (!request.idempotency_key.empty()) command.info.request_digest = digest_of(request);
    if (command.verb == Verb::attach) {
        command.file_name  = parameter(request, "name");
        command.media_type = request.content_type;
        command.body       = std::move(request.body);
    }
    const auto verb  = command.verb;
    const auto where = fmt::format("/api/{}/{}/attachments/", entity.path, command.id);
    service.suite.submit(std::move(command), [&service, exchange = exchange, verb, where, place = std::move(place)](RecordAnswer answer, std::exception_ptr failure) mutable {
        if (failure) {
            exchange->answer(problem(failure, exchange->request, service.log));
        } else {
            Response response{.status = verb == Verb::attach ? 201 : 204, .body = std::move(answer.json)};
            if (verb == Verb::attach) response.with("Location", where + std::to_string(answer.id));
            exchange->answer(std::move(response));
        }
        exchange.reset();  // before its place: a server that stops waits for the places only
    });
}

}  // namespace attachments_api

std::string attachment_name(const std::string& name) {
    return fmt::format("filename=\"{}\"; filename*=UTF-8''{}", attachments_api::plain_name(name), boost::urls::encode(name, boost::urls::unreserved_chars));
}

bool is_attachment(const Request& request) { return request.method == "POST" && request.path().ends_with("/attachments"); }

void answer_attachments(Service& service, const std::shared_ptr<Exchange>& exchange, const EntityDescription& entity, std::int64_t id, std::span<const std::string> rest) {
    using namespace attachments_api;
    const auto& request = exchange->request;
    const auto  number  = rest.empty() ? std::nullopt : whole_number(rest[0]);
    if (rest.size() > 1 || (!rest.empty() && !number)) return exchange->answer(nothing_here());
    if (request.reads()) return number ? answer_content(service, exchange, entity, id, *number) : answer_list(service, *exchange, entity, id);
    if (request.method == "POST" && !number) return change(service, exchange, entity, {.verb = Verb::attach, .id = id});
    if (request.method == "DELETE" && number) return change(service, exchange, entity, {.verb = Verb::detach, .id = id, .attachment = *number});
    const auto allowed = number ? "GET, HEAD, DELETE, OPTIONS" : "GET, HEAD, POST, OPTIONS";
    exchange->answer(request.method == "OPTIONS" ? allowed_methods(allowed) : not_allowed(allowed));
}

}  // namespace tessera::http
