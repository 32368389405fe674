#include "http/framing.h"

#include <boost/beast/http/field.hpp>
#include <boost/beast/http/fields.hpp>

#include <algorithm>
#include <set>

namespace tessera::http::framing {

namespace beast = boost::beast::http;

std::size_t header_end(std::string_view received, std::size_t looked) {
    const auto end = received.find("\r\n\r\n", looked < 3 ? 0 : looked - 3);
    return end == std::string_view::npos ? end : end + 4;
}

std::optional<Fault> check_bytes(std::string_view header, std::size_t looked) {
    const auto first_line = std::min(header.find('\n'), header.size());
    for (auto i = looked; i < header.size(); ++i) {
        const auto c    = static_cast<unsigned char>(header[i]);
        const auto last = i ? header[i - 1] : '\0';
        if (c >= 0x80 && i < first_line) return Fault{.sentence = "To name what you want, percent-encode everything that is not ASCII."};
        if ((c == '\n') != (last == '\r')) return Fault{.sentence = "To end a line, send carriage return and line feed."};
        if ((c == ' ' || c == '\t') && last == '\n') return Fault{.sentence = "To send a long header field, send it on one line."};
        if ((c < 0x20 && c != '\r' && c != '\n' && c != '\t') || c == 0x7f) return Fault{.sentence = "To send a request, send HTTP/1.1 without control characters."};
    }
    return std::nullopt;
}

namespace {

std::string_view view(boost::beast::string_view text) { return {text.data(), text.size()}; }

bool is_chunked(std::string_view coding) {
    constexpr std::string_view chunked = "chunked";
    return coding.size() == chunked.size() && std::equal(coding.begin(), coding.end(), chunked.begin(), [](char a, char b) { return (a | 0x20) == b; });
}

bool has_authority_form(const Header& header) {
    const auto target = view(header.target());
    return !target.starts_with('/') && !target.starts_with("http://") && !(target == "*" && header.method() == beast::verb::options);
}

}  // namespace

std::optional<Fault> check_fields(const Header& header) {
    const auto hosts = header.count(beast::field::host);
    if (hosts > 1 || (hosts == 0 && header.version() >= 11)) return Fault{.sentence = "To reach a server, name it in exactly one Host field."};
    if (has_authority_form(header)) return Fault{.sentence = "To ask for something, send a path that begins with a slash."};
    const auto codings = header.count(beast::field::transfer_encoding);
    const auto lengths = header.count(beast::field::content_length);
    if (codings > 1 || (codings && (header.version() < 11 || !is_chunked(view(header[beast::field::transfer_encoding])))))
        return Fault{.sentence = "To send a body in parts, send \"Transfer-Encoding: chunked\" and nothing else, with HTTP/1.1."};
    if (codings + lengths > 1) return Fault{.sentence = "To send a body, give its length once, or send it in chunks."};
    const auto length = view(header[beast::field::content_length]);
    if (lengths && (length.empty() || length.size() > 15 || !std::ranges::all_of(length, [](char c) { return c >= '0' && c <= '9'; })))
        return Fault{.sentence = "To send a body, give its length in bytes as one number."};
    if (header.count(beast::field::content_encoding) && !boost::beast::iequals(header[beast::field::content_encoding], "identity"))
        return Fault{415, "kernel.unknown_encoding", "To send a body, send it as it is: without Content-Encoding, not compressed."};
    if (header.count(beast::field::expect) && !beast::token_list(header[beast::field::expect]).exists("100-continue"))
        return Fault{417, "kernel.unknown_expectation", "To send a request, expect nothing but 100-continue."};
    return std::nullopt;
}

std::optional<Fault> take_over(const Header& header, Request& request) {
    request.method   = view(header.method_string());
    request.target   = view(header.target());
    bool                         twice = false;
    std::set<const std::string*> given{};  // empty ones too
    const auto                   take = [&](std::string& into, std::string_view value) {
        twice = !given.insert(&into).second || twice;
        into  = value;
    };
    for (const auto& field : header) {
        const auto value = view(field.value());
        switch (field.name()) {
            case beast::field::host: take(request.host, value); break;
            case beast::field::origin: take(request.origin, value); break;
            case beast::field::content_type: take(request.content_type, value); break;
            case beast::field::accept_encoding: request.accept_encoding = value; break;
            case beast::field::if_match: take(request.if_match, value); break;
            case beast::field::if_none_match: take(request.if_none_match, value); break;
            case beast::field::cookie: (request.cookies += value) += ";"; break;
            case beast::field::authorization: take(request.authorization, value); break;
            case beast::field::user_agent: request.user_agent = value; break;
            case beast::field::sec_fetch_site: take(request.fetch_site, value); break;
            case beast::field::unknown:
                if (boost::beast::iequals(field.name_string(), "idempotency-key")) take(request.idempotency_key, value);
                if (boost::beast::iequals(field.name_string(), "x-forwarded-for")) (request.forwarded_for += ",") += value;
                if (boost::beast::iequals(field.name_string(), "last-event-id")) take(request.last_event_id, value);
                break;
            default: break;
        }
    }
    if (twice) return Fault{.sentence = "To send a request, give each header field once."};
    if (!request.target.starts_with("http://")) return std::nullopt;
    // The absolute form names the server itself, and then that name counts.
    const auto path = std::min(request.target.find_first_of("/?", 7), request.target.size());
    request.host    = request.target.substr(7, path - 7);
    request.target  = (path < request.target.size() && request.target[path] == '/' ? "" : "/") + request.target.substr(path);
    return std::nullopt;
}

}  // namespace tessera::http::framing
