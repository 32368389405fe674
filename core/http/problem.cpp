#include "http/problem.h"

#include <tessera/json.h>

namespace tessera::http {

std::string_view reason_phrase(int status) {
    switch (status) {
        case 100: return "Continue";
        case 200: return "OK";
        case 201: return "Created";
        case 204: return "No Content";
        case 304: return "Not Modified";
        case 400: return "Bad Request";
        case 401: return "Unauthorized";
        case 403: return "Forbidden";
        case 404: return "Not Found";
        case 405: return "Method Not Allowed";
        case 408: return "Request Timeout";
        case 409: return "Conflict";
        case 412: return "Precondition Failed";
        case 413: return "Content Too Large";
        case 415: return "Unsupported Media Type";
        case 417: return "Expectation Failed";
        case 421: return "Misdirected Request";
        case 422: return "Unprocessable Content";
        case 428: return "Precondition Required";
        case 429: return "Too Many Requests";
        case 431: return "Request Header Fields Too Large";
        case 500: return "Internal Server Error";
        case 503: return "Service Unavailable";
        case 504: return "Gateway Timeout";
        case 505: return "HTTP Version Not Supported";
        case 507: return "Insufficient Storage";
        default: return status < 500 ? "Refused" : "Failed";
    }
}

Response problem(int status, std::string_view code, std::string_view detail, std::string_view field) {
    Response   response{.status = status, .content_type = problem_type};
    JsonWriter json(response.body);
    json.begin_object();
    json.member("type", "about:blank");
    json.member("title", reason_phrase(status));
    json.member("status", status);
    json.member("code", code);
    json.member("detail", detail);
    if (!field.empty()) json.member("field", field);
    json.end_object();
    if (status == 503 || status == 507) response.with("Retry-After", status == 503 ? "1" : "30");
    return response;
}

Response problem(const Refused& refused) {
    auto response = problem(refused.status(), refused.code(), refused.sentence(), refused.field());
    if (refused.retry_after()) response.with("Retry-After", std::to_string(refused.retry_after()));
    if (refused.status() == 401) response.with("WWW-Authenticate", "Bearer");
    return response;
}

Response problem(std::exception_ptr failure, const Request& request, Log& log) {
    std::string what = "an exception of unknown type";
    try {
        std::rethrow_exception(failure);
    } catch (const Refused& refused) {
        return problem(refused);
    } catch (const std::bad_alloc&) {
        return problem(503, "kernel.out_of_memory", "To get an answer, ask for less, or try again later: memory ran out.");
    } catch (const std::exception& e) {
        what = e.what();
    } catch (...) {
    }
    log.failure(request.id(), what);
    return problem(500, "kernel.internal",
                   fmt::format("To have this mended, tell the operator the request {}: something failed inside Tessera.", request.id()));
}

Response not_allowed(std::string_view allowed) {
    auto response = problem(405, "kernel.method_not_allowed", fmt::format("To use this address, send one of {}.", allowed));
    response.with("Allow", allowed);
    return response;
}

Response allowed_methods(std::string_view allowed) {
    Response response{.status = 204};
    response.with("Allow", allowed);
    return response;
}

Response nothing_here() {
    return problem(404, "kernel.not_found", "To find what there is, read /api/openapi.json: nothing has this address.");
}

}  // namespace tessera::http
