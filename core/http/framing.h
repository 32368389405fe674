#pragma once
// Where a request ends must be beyond doubt: two programs that see it differently can be made to answer the wrong request
// (RFC 9112, section 11.2). Everything ambiguous is refused and the connection closed; nothing is repaired.
//
// Beast's parser does the reading. It lets pass what is refused here: a request without a Host or with two, folded header
// lines, a Transfer-Encoding other than chunked, a target that is not ASCII, chunk extensions without end.

#include "http/exchange.h"

#include <boost/beast/http/message.hpp>

#include <optional>

namespace tessera::http::framing {

struct Fault {
    int              status = 400;
    std::string_view code   = "kernel.malformed_request";
    std::string_view sentence{};
};

inline constexpr std::size_t chunk_line_bytes_max = 256;   // the size of a chunk and its extensions
inline constexpr std::size_t trailer_bytes_max    = 4096;  // dropped, but they have to be read

// Where the header ends (behind its empty line), looking only at what has come since `looked`; npos while it has not.
std::size_t header_end(std::string_view received, std::size_t looked);

// Refuses bytes that no header may hold, as soon as they have come: control characters, line feeds without carriage
// return, folded lines, and anything but ASCII in the first line. `looked` counts what has been looked at before.
std::optional<Fault> check_bytes(std::string_view header, std::size_t looked);

using Header = boost::beast::http::request_header<>;
std::optional<Fault> check_fields(const Header& header);

// Copies what handlers may know of the header, which therefore never holds anything from a trailer. A field that decides
// what happens is refused when it is given twice.
std::optional<Fault> take_over(const Header& header, Request& request);

}  // namespace tessera::http::framing
