// The header of a request, read as a connection reads it, and line by line with other eyes: what is accepted can be understood
// in one way only.

#include <tessera/text.h>

#include "harness.h"
#include "http/framing.h"
#include "http/origin.h"
#include "http/target.h"

#include <boost/asio/buffer.hpp>
#include <boost/beast/http/empty_body.hpp>
#include <boost/beast/http/parser.hpp>

#include <algorithm>
#include <map>
#include <optional>

namespace tessera::fuzz {
namespace {

namespace framing = http::framing;
using Parser      = boost::beast::http::request_parser<boost::beast::http::empty_body>;

constexpr std::string_view token = "!#$%&'*+-.^_`|~0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";

struct Lines {
    std::string                                     method{}, target{}, version{};
    std::map<std::string, std::vector<std::string>> fields{};

    std::size_t count(const std::string& name) const { return fields.contains(name) ? fields.at(name).size() : 0; }
    std::string one(const std::string& name) const { return fields.contains(name) ? fields.at(name).front() : ""; }
};

std::string_view take_line(std::string_view& header) {
    const auto line = header.substr(0, header.find("\r\n"));
    header.remove_prefix(line.size() + 2);
    must(line.find_first_of(std::string_view("\r\n\0", 3)) == std::string_view::npos, "a line ends with carriage return and line feed");
    return line;
}

Lines lines_of(std::string_view header) {
    Lines lines;
    auto  first   = take_line(header);
    lines.method  = take_until(first, ' ');
    lines.target  = take_until(first, ' ');
    lines.version = first;
    for (auto line = take_line(header); !line.empty(); line = take_line(header)) {
        const auto name = take_until(line, ':');
        must(!name.empty() && name.find_first_not_of(token) == std::string_view::npos, "a field has a name, without spaces");
        lines.fields[lower_ascii(name)].emplace_back(trim(line));
    }
    must(header.empty(), "a header ends with its first empty line");
    return lines;
}

// The bytes of the header, when they are accepted however they are cut.
std::optional<std::string_view> whole_header(std::string_view bytes) {
    const auto end    = framing::header_end(bytes, 0);
    const auto header = bytes.substr(0, end);
    const auto fault  = framing::check_bytes(header, 0);
    bool       piecewise = false;
    for (std::size_t i = 0; i < header.size(); ++i) piecewise = piecewise || framing::check_bytes(header.substr(0, i + 1), i).has_value();
    must(piecewise == fault.has_value(), "bytes are refused wherever they are cut");
    if (fault || end == std::string_view::npos) return std::nullopt;
    return header;
}

void must_be_framed(const Lines& lines, Parser& parser) {
    const bool newest = lines.version == "HTTP/1.1";
    must(newest || lines.version == "HTTP/1.0", "the version is known");
    must(lines.count("host") == 1 || (!newest && lines.count("host") == 0), "there is one Host");
    const auto codings = lines.count("transfer-encoding"), lengths = lines.count("content-length");
    must(codings + lengths <= 1, "the length is given once");
    if (codings) must(newest && lower_ascii(lines.one("transfer-encoding")) == "chunked", "a body comes in chunks and in nothing else");
    const auto length = lines.one("content-length");
    if (lengths) must(!length.empty() && length.find_first_not_of("0123456789") == std::string::npos, "a length is a number");
    must(parser.chunked() == (codings == 1), "who reads the body knows about its chunks");
    must(parser.content_length().value_or(0) == (lengths ? std::stoull(length) : 0), "who reads the body knows its length");
    must(!lines.count("content-encoding") || lower_ascii(lines.one("content-encoding")) == "identity", "nothing is compressed");
}

void must_be_taken_over(const Lines& lines, const http::Request& request) {
    must(request.method == lines.method, "the method is the one sent");
    const std::pair<const char*, const std::string*> once[] = {
        {"origin", &request.origin},   {"content-type", &request.content_type},   {"if-match", &request.if_match},
        {"if-none-match", &request.if_none_match}, {"authorization", &request.authorization}, {"sec-fetch-site", &request.fetch_site},
        {"idempotency-key", &request.idempotency_key}, {"last-event-id", &request.last_event_id}};
    for (const auto& [name, value] : once) {
        must(lines.count(name) <= 1, "a field that decides is given once");
        must(*value == lines.one(name), "a field that decides is the one sent");
    }
    if (lines.target.starts_with('/') || lines.target == "*") must(request.target == lines.target && request.host == lines.one("host"), "the target is the one sent");
    else must(lines.target.starts_with("http://" + request.host) && request.target.starts_with('/'), "a whole address names the server itself");
}

void try_header(std::string_view bytes) {
    const auto header = whole_header(bytes);
    if (!header) return;
    Parser parser;
    parser.body_limit(boost::none);
    parser.header_limit(static_cast<std::uint32_t>(header->size() + framing::trailer_bytes_max));
    boost::system::error_code error;
    const auto                read = parser.put(boost::asio::const_buffer(header->data(), header->size()), error);
    if (error || !parser.is_header_done()) return;
    if (framing::check_fields(parser.get())) return;
    http::Request request;
    if (framing::take_over(parser.get(), request)) return;

    must(read == header->size(), "the header ends where it was seen to end");
    const auto lines = lines_of(*header);
    must_be_framed(lines, parser);
    must_be_taken_over(lines, request);

    static const http::HostNames own("192.0.2.7", {"erp.example"});
    if (own.knows(request.host)) must(lower_ascii(request.host).find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789.:[]") == std::string::npos, "a known host is a name and a port");
    if (http::same_origin(request.origin, request.fetch_site, request.host)) must(request.origin.empty() || lower_ascii(request.origin).ends_with(lower_ascii(request.host)), "only pages of this host change something");
    accepts([&] { http::read_target(request); });
}
HARNESS(header)

}  // namespace
}  // namespace tessera::fuzz
