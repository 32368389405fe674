#include "http/records_api.h"

#include <tessera/kernel.h>
#include <tessera/text.h>

#include "audit/digest.h"
#include "audit/erasure.h"
#include "http/attachments_api.h"
#include "http/problem.h"
#include "http/replica_reading.h"
#include "http/target.h"

#include <boost/json.hpp>

#include <algorithm>
#include <array>
#include <cassert>

namespace tessera::http {
namespace records_api {

using Verb = RecordCommand::Verb;

template <class... Arguments>
Refused malformed(fmt::format_string<Arguments...> sentence, Arguments&&... arguments) {
    return Refused("kernel.malformed_query", sentence, std::forward<Arguments>(arguments)...).with_status(400);
}

std::int64_t number_between(std::string_view name, std::string_view text, std::int64_t least, std::int64_t most) {
    const auto value = whole_number(text);
    if (!value || *value < least || *value > most)
        throw malformed("To set {}, give a whole number from {} to {}; \"{}\" is none.", name, least, most,
                        excerpt(text))
            .with_field(std::string(name));
    return *value;
}

std::vector<std::string> parts(std::string_view text) {
    std::vector<std::string> result;
    while (!text.empty()) {
        const auto comma = text.find(',');
        if (const auto part = trim(text.substr(0, comma)); !part.empty()) result.emplace_back(part);
        text = comma == std::string_view::npos ? std::string_view{} : text.substr(comma + 1);
    }
    return result;
}

}  // namespace records_api

ListFilter list_filter(const std::string& key, const std::string& value) {
    static constexpr std::array<std::string_view, 8> operations{"not", "gt", "gte",      "lt",
                                                                "lte", "in", "contains", "is"};
    const auto                                       point = key.rfind('.');
    if (point == std::string::npos) return {key, "eq", value};
    const auto operation = key.substr(point + 1);
    if (std::ranges::find(operations, operation) == operations.end())
        throw records_api::malformed("To filter by {}, use one of gt, gte, lt, lte, not, in, contains and is.", excerpt(key))
            .with_field(key);
    return {key.substr(0, point), operation, value};
}

namespace records_api {

std::string etag(std::int64_t version) { return fmt::format("\"{}\"", version); }

std::string media(std::string_view content_type) {
    return lower_ascii(trim(content_type.substr(0, content_type.find(';'))));
}

void require_media(const Request& request, std::string_view type) {
    if (media(request.content_type) != type)
        throw Refused("kernel.wrong_media_type", "To send this, say \"Content-Type: {}\" and send that.", type)
            .with_status(415);
}

CommandInfo command_info(const Exchange& exchange) {
    const auto& request = exchange.request;
    CommandInfo info{.actor = actor_of(exchange), .idempotency_key = request.idempotency_key};
    if (!info.idempotency_key.empty())
        info.request_digest = audit::sha256_hex(request.method + "\n" + request.target + "\n" + request.body);
    return info;
}

// ---- reading

void answer_list(Service& service, const std::shared_ptr<Exchange>& exchange, const EntityDescription& entity) {
    auto&      request = exchange->request;
    const auto wanted  = list_request(request);
    request.route      = Route::list;
    const bool scans   = !wanted.count_by.empty() || !wanted.search.empty() || wanted.offset > 10'000 ||
                       std::ranges::any_of(wanted.filters, [](const auto& f) { return f.operation == "contains"; });
    const auto answer  = [&service, &entity, wanted](Exchange& e) {
        read_where_current(service, e, [&](const ReadingPlace& place) {
            e.answer({.headers = place.headers, .body = place.suite.list(actor_of(e), entity.name, wanted)});
        });
    };
    scans ? in_background(service, exchange, answer) : answer(*exchange);
}

void answer_record(Service& service, Exchange& exchange, const EntityDescription& entity, std::int64_t id) {
    exchange.request.route = Route::record;
    RecordAnswer record;
    record.json.reserve(2048);
    if (!service.suite.get(actor_of(exchange), entity.name, id, record))
        throw Refused("kernel.not_found", "To use {} {}, choose one that exists.", lower_ascii(entity.title), id)
            .with_status(404);
    Response response;
    response.with("ETag", etag(record.version));
    if (none_match(exchange.request.if_none_match, record.version))
        response.status = 304;
    else
        response.body = std::move(record.json);
    exchange.answer(std::move(response));
}

void answer_view(Service& service, Exchange& exchange, const EntityDescription& entity, std::int64_t id,
                 const std::string& view) {
    exchange.request.route = Route::record;
    auto& suite            = service.suite;
    exchange.answer({.body = view == "history"   ? suite.history(actor_of(exchange), entity.name, id)
                             : view == "related" ? suite.related(actor_of(exchange), entity.name, id)
                                                 : suite.record_view(actor_of(exchange), entity.name, id, view)});
}

void answer_export(Service& service, const std::shared_ptr<Exchange>& exchange, const EntityDescription& entity) {
    exchange->request.route = Route::transfer;
    const auto wanted       = list_request(exchange->request);
    if (!wanted.count_by.empty()) throw malformed("To export {}, leave out count_by.", lower_ascii(entity.plural)).with_field("count_by");
    in_background(service, exchange, [&service, &entity, wanted](Exchange& e) {
        const auto latest = std::chrono::steady_clock::now() + service.options.limits.job_time_max;
        read_where_current(service, e, [&](const ReadingPlace& place) {
            Response heading{.content_type = "text/csv; charset=utf-8; header=present", .headers = place.headers};
            heading.with("Content-Disposition", fmt::format("attachment; filename=\"{}.csv\"", entity.name));
            LongAnswer answer(e, std::move(heading));
            place.suite.export_csv(actor_of(e), entity.name, wanted, [&](std::string_view bytes) {
                if (std::chrono::steady_clock::now() > latest)
                    throw Refused("kernel.took_too_long", "To export so many {}, filter them.",
                                  lower_ascii(entity.plural))
                        .with_status(503);
                answer.write(bytes);
            });
            answer.finish();
        });
    });
}

void answer_file(Service& service, const std::shared_ptr<Exchange>& exchange, const EntityDescription& entity, std::int64_t id, const std::string& file) {
    const auto& request = exchange->request;
    if (!request.reads()) return exchange->answer(request.method == "OPTIONS" ? allowed_methods("GET, HEAD, OPTIONS") : not_allowed("GET, HEAD, OPTIONS"));
    exchange->request.route = Route::transfer;
    in_background(service, exchange, [&service, &entity, id, file](Exchange& e) {
        auto       made = service.suite.record_file(actor_of(e), entity.name, id, file);
        Response   response{.content_type = service.suite.kernel().find_record_file(entity.name, file)->media_type, .body = std::move(made.bytes)};
        const auto name = attachment_name(made.name);
        response.with("Content-Disposition", "attachment; " + name).with("Cache-Control", "private, no-cache");
        response.foreign = true;
        e.answer(std::move(response));
    });
}

// ---- changing

Response answer_to(const Service& service, const RecordCommand& command, const EntityDescription& entity,
                   RecordAnswer answer) {
    Response response{.status = command.verb == Verb::remove ? 204 : 200, .body = std::move(answer.json)};
    with_change(service, response, answer.change);
    if (command.verb == Verb::remove) return response;
    response.with("ETag", etag(answer.version));
    if (command.verb != Verb::create) return response;
    response.status = 201;
    response.with("Location", fmt::format("/api/{}/{}", entity.path, answer.id));
    return response;
}

// A document that moves is moved once, whatever becomes of the connection; and what is changed is what was seen.
void require_care(const Request& request, const EntityDescription& entity, const RecordCommand& command) {
    if (request.idempotency_key.empty() && entity.menu == Menu::documents && !command.transition.empty())
        throw Refused("kernel.key_required", "To do this once and not twice, send a key of its own with it: Idempotency-Key.").with_status(400);
    if (request.if_match.empty() && command.verb != Verb::create)
        throw Refused("kernel.version_required", "To change what you have seen, send its ETag as If-Match, or * for whatever it is by now.").with_status(428);
}

void submit(Service& service, const std::shared_ptr<Exchange>& exchange, const EntityDescription& entity,
            RecordCommand command) {
    auto& request        = exchange->request;
    request.route        = Route::change;
    require_care(request, entity, command);
    const bool has_body  = !request.body.empty();
    const bool needs_one = command.verb == Verb::create || command.verb == Verb::change;
    if (has_body || needs_one) require_media(request, json_type);
    auto place         = place_in_queue(service);
    command.entity     = entity.name;
    command.if_version = expected_version(request.if_match);
    command.info       = command_info(*exchange);
    if (command.verb != Verb::remove) command.body = std::move(request.body);
    // What the answer needs of the command; its body has been moved away by then.
    const RecordCommand kind{.verb = command.verb};
    service.suite.submit(std::move(command), [&service, &entity, exchange = exchange, kind, place = std::move(place)](
                                                 RecordAnswer answer, std::exception_ptr failure) mutable {
        exchange->answer(failure ? problem(failure, exchange->request, service.log)
                                 : answer_to(service, kind, entity, std::move(answer)));
        exchange.reset();  // before its place: a server that stops waits for the places only
    });
}

void import(Service& service, const std::shared_ptr<Exchange>& exchange, const EntityDescription& entity) {
    exchange->request.route = Route::transfer;
    require_media(exchange->request, "text/csv");
    service.disk.check_change();
    in_background(service, exchange, [&service, &entity](Exchange& e) {
        const auto outcome = service.suite.import_csv(command_info(e), entity.name, e.request.body);
        Response   response{.body = fmt::format("{{\"created\":{},\"updated\":{}}}", outcome.created, outcome.updated)};
        with_change(service, response, outcome.change);
        e.answer(std::move(response));
    });
}

void erase(Service& service, const std::shared_ptr<Exchange>& exchange, const EntityDescription& entity, std::int64_t id) {
    exchange->request.route = Route::change;
    require_media(exchange->request, json_type);
    service.disk.check_change();
    in_background(service, exchange, [&service, &entity, id](Exchange& e) {
        const auto fields = parse_json(e.request.body);
        auto       info   = command_info(e);
        if (const auto* given = fields.is_object() ? fields.get_object().if_contains("reason") : nullptr; given && given->is_string()) info.reason = std::string(given->get_string());
        e.answer({.body = service.suite.erase(info, entity.name, id)});
    });
}

// ---- one resource after another

void answer_collection(Service& service, const std::shared_ptr<Exchange>& exchange, const EntityDescription& entity) {
    const auto& request = exchange->request;
    if (request.reads()) return answer_list(service, exchange, entity);
    if (request.method == "OPTIONS") return exchange->answer(allowed_methods("GET, HEAD, POST, OPTIONS"));
    if (request.method != "POST") return exchange->answer(not_allowed("GET, HEAD, POST, OPTIONS"));
    for (const auto& [name, value] : request.parameters)
        if (name != "transition")
            throw malformed("To create a record, give no parameter but transition.").with_field(name);
    submit(service, exchange, entity,
           {.verb = Verb::create, .transition = std::string(parameter(request, "transition"))});
}

void answer_one(Service& service, const std::shared_ptr<Exchange>& exchange, const EntityDescription& entity,
                std::int64_t id) {
    const auto& method = exchange->request.method;
    if (exchange->request.reads()) return answer_record(service, *exchange, entity, id);
    if (method == "PATCH") return submit(service, exchange, entity, {.verb = Verb::change, .id = id});
    if (method == "DELETE") return submit(service, exchange, entity, {.verb = Verb::remove, .id = id});
    constexpr std::string_view allowed = "GET, HEAD, PATCH, DELETE, OPTIONS";
    exchange->answer(method == "OPTIONS" ? allowed_methods(allowed) : not_allowed(allowed));
}

void answer_part(Service& service, const std::shared_ptr<Exchange>& exchange, const EntityDescription& entity,
                 std::int64_t id, const std::string& part) {
    const auto& request = exchange->request;
    const bool  view =
        part == "history" || part == "related" || service.suite.kernel().find_record_view(entity.name, part);
    const bool moves  = entity.workflow.find(part) != nullptr;
    const bool erases = part == "erase" && !moves && audit::has_personal_fields(entity);
    if (!view && !moves && !erases) return exchange->answer(nothing_here());
    if (request.method == "POST" && erases) return erase(service, exchange, entity, id);
    if (request.reads() && view) return answer_view(service, *exchange, entity, id, part);
    if (request.method == "POST" && moves)
        return submit(service, exchange, entity, {.verb = Verb::transition, .id = id, .transition = part});
    const auto allowed = view && moves ? "GET, HEAD, POST, OPTIONS" : view ? "GET, HEAD, OPTIONS" : "POST, OPTIONS";
    exchange->answer(request.method == "OPTIONS" ? allowed_methods(allowed) : not_allowed(allowed));
}

void answer_transfer(Service& service, const std::shared_ptr<Exchange>& exchange, const EntityDescription& entity,
                     bool into) {
    const auto& request = exchange->request;
    if (into && request.method == "POST") return import(service, exchange, entity);
    if (!into && request.reads()) return answer_export(service, exchange, entity);
    const auto allowed = into ? "POST, OPTIONS" : "GET, HEAD, OPTIONS";
    exchange->answer(request.method == "OPTIONS" ? allowed_methods(allowed) : not_allowed(allowed));
}

}  // namespace records_api

ListRequest list_request(const Request& request) {
    using namespace records_api;
    ListRequest wanted;
    for (const auto& [name, value] : request.parameters) {
        if (name == "search")
            wanted.search = parameter(request, name);
        else if (name == "sort")
            wanted.sort = parts(parameter(request, name));
        else if (name == "fields")
            wanted.fields = parts(parameter(request, name));
        else if (name == "limit")
            wanted.limit = static_cast<int>(number_between(name, parameter(request, name), 1, 500));
        else if (name == "offset")
            wanted.offset = number_between(name, parameter(request, name), 0, INT64_MAX / 2);
        else if (name == "count_by")
            wanted.count_by = parameter(request, name);
        else if (name == "count" && parameter(request, name) == "false")
            wanted.count = false;
        else if (name == "count" && parameter(request, name) != "true")
            throw malformed("To leave out the total, say count=false.").with_field(name);
        else if (name != "count")
            wanted.filters.push_back(list_filter(name, value));
    }
    return wanted;
}

std::int64_t expected_version(std::string_view if_match) {
    if_match = trim(if_match);
    if (if_match.empty() || if_match == "*") return 0;
    if (if_match.size() < 2 || if_match.front() != '"' || if_match.back() != '"')
        throw Refused("kernel.malformed_if_match",
                      "To change what you have seen, send its ETag as it is: If-Match: \"3\".")
            .with_status(400);
    const auto version = whole_number(if_match.substr(1, if_match.size() - 2));
    return version && *version > 0 && if_match == records_api::etag(*version) ? *version : -1;
}

bool none_match(std::string_view if_none_match, std::int64_t version) {
    if (if_none_match.empty()) return false;
    const auto tag = records_api::etag(version);
    return std::ranges::any_of(records_api::parts(if_none_match), [&](std::string_view one) {
        return one == "*" || one == tag || (one.starts_with("W/") && one.substr(2) == tag);
    });
}

void answer_records(Service& service, const std::shared_ptr<Exchange>& exchange, const EntityDescription& entity,
                    std::span<const std::string> rest) {
    using namespace records_api;
    if (rest.empty()) return answer_collection(service, exchange, entity);
    if (rest.size() == 1 && rest[0] == "import") return answer_transfer(service, exchange, entity, true);
    if (rest.size() == 1 && rest[0] == "export.csv") return answer_transfer(service, exchange, entity, false);
    const auto id = whole_number(rest[0]);
    if (id && rest.size() > 1 && rest[1] == "attachments" && entity.parent_field.empty()) return answer_attachments(service, exchange, entity, *id, rest.subspan(2));
    if (id && rest.size() == 3 && rest[1] == "files") return answer_file(service, exchange, entity, *id, rest[2]);
    if (!id || rest.size() > 2) return exchange->answer(nothing_here());
    if (rest.size() == 1) return answer_one(service, exchange, entity, *id);
    answer_part(service, exchange, entity, *id, rest[1]);
}

}  // namespace tessera::http
