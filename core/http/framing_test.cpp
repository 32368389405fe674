#include "http/framing.h"

#include <doctest/doctest.h>

using namespace tessera::http::framing;

TEST_CASE("framing: the end of a header is found wherever the bytes were cut") {
    const std::string header = "GET / HTTP/1.1\r\nHost: localhost\r\n\r\n";
    for (std::size_t looked = 0; looked < header.size(); ++looked) {
        CHECK(header_end(std::string_view(header).substr(0, looked), 0) == std::string_view::npos);
        CHECK(header_end(header, looked) == header.size());
    }
}

TEST_CASE("framing: bytes that no header may hold are refused as soon as they have come") {
    struct Line { std::string bytes; bool right; };
    const Line lines[] = {
        {"GET / HTTP/1.1\r\nHost: a\r\n\r\n", true},
        {"GET / HTTP/1.1\r\nX: \xc3\xa9\r\n\r\n", true},
        {"GET / HTTP/1.1\r\nX: a\tb\r\n\r\n", true},
        {"GET / HTTP/1.1\r", true},
        {"GET /\xc3\xa9 HTTP/1.1\r\n", false},
        {"GET / HTTP/1.1\n", false},
        {"GET / HTTP/1.1\rX", false},
        {"GET / HTTP/1.1\r\r\n", false},
        {"GET / HTTP/1.1\r\nX: a\r\n b\r\n", false},
        {"GET / HTTP/1.1\r\nX: a\r\n\tb\r\n", false},
        {std::string("GET / HTTP/1.1\r\nX: \0", 20), false},
        {"GET / HTTP/1.1\r\nX: \x7f", false},
        {"\x16\x03\x01", false},
    };
    for (const auto& line : lines) {
        CAPTURE(line.bytes);
        CHECK(check_bytes(line.bytes, 0).has_value() != line.right);
        bool refused = false;
        for (std::size_t i = 0; i < line.bytes.size(); ++i) refused = refused || check_bytes(std::string_view(line.bytes).substr(0, i + 1), i).has_value();
        CHECK(refused != line.right);
    }
}
