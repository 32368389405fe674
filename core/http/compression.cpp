#include "http/compression.h"

#include <zlib.h>

#include <new>

namespace tessera::http {
namespace compression {

constexpr std::size_t shortest = 2048;   // below, a packet or two are sent either way
constexpr int         level    = 4;      // most of what there is to gain, in a tenth of the time of the rest
constexpr int         gzip     = 15 + 16;

bool is_text(std::string_view type) { return type.starts_with("text/") || type.starts_with("application/json") || type.starts_with("application/problem+json"); }

std::string compressed(std::string_view text) {
    z_stream stream{};
    if (deflateInit2(&stream, level, Z_DEFLATED, gzip, 8, Z_DEFAULT_STRATEGY) != Z_OK) throw std::bad_alloc();
    std::string bytes(deflateBound(&stream, text.size()), '\0');
    stream.next_in   = const_cast<Bytef*>(reinterpret_cast<const Bytef*>(text.data()));   // zlib reads it only
    stream.avail_in  = static_cast<uInt>(text.size());
    stream.next_out  = reinterpret_cast<Bytef*>(bytes.data());
    stream.avail_out = static_cast<uInt>(bytes.size());
    const auto ended = deflate(&stream, Z_FINISH);
    bytes.resize(stream.total_out);
    deflateEnd(&stream);
    if (ended != Z_STREAM_END) throw std::bad_alloc();
    return bytes;
}

}  // namespace compression

bool accepts(std::string_view accept_encoding, std::string_view coding) {
    const auto at = accept_encoding.find(coding);
    return at != std::string_view::npos && !accept_encoding.substr(at + coding.size()).starts_with(";q=0");
}

void compress(Response& response, std::string_view accept_encoding) {
    const auto has = [&](std::string_view line) { return response.headers.find(line) != std::string::npos; };
    if (response.shared_body || response.length_of_head || response.body.size() < compression::shortest) return;
    if (!compression::is_text(response.content_type) || has("ETag: \"") || has("Content-Encoding")) return;
    response.with("Vary", "Accept-Encoding");
    if (!accepts(accept_encoding, "gzip")) return;
    response.body = compression::compressed(response.body);
    response.with("Content-Encoding", "gzip");
}

}  // namespace tessera::http
