#include "served_company.h"

#include <doctest/doctest.h>

using namespace api_tests;

namespace {

struct OddRequest {
    std::string name;
    std::string bytes;
    const char* answer;   // how the first line begins
};

int answers_in(const std::string& received) {
    int count = 0;
    for (std::size_t at = 0; (at = received.find("HTTP/1.1 ", at)) != std::string::npos; at += 9)
        if (std::isdigit(static_cast<unsigned char>(received[at + 9]))) ++count;
    return count;
}

std::string post(const std::string& headers, const std::string& body) {
    return "POST /api/catalog/units HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n" + headers + "\r\n" + body;
}

}  // namespace

TEST_CASE("framing: every odd request gets exactly one answer, and nothing behind it is taken for a request") {
    ServedCompany    served{"catalog"};
    const std::string hidden = "GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n";
    const std::string get    = "GET /healthz HTTP/1.1\r\n";
    const OddRequest requests[] = {
        {"no Host", get + "\r\n", "HTTP/1.1 400"},
        {"two Hosts", get + "Host: localhost\r\nHost: localhost\r\n\r\n", "HTTP/1.1 400"},
        {"an empty Host", get + "Host:\r\n\r\n", "HTTP/1.1 4"},
        {"a folded line", get + "Host: localhost\r\nX-Long: a\r\n b\r\n\r\n", "HTTP/1.1 400"},
        {"a folded Host", get + "Host:\r\n localhost\r\n\r\n", "HTTP/1.1 400"},
        {"xchunked", post("Transfer-Encoding: xchunked\r\n", hidden), "HTTP/1.1 400"},
        {"chunked, identity", post("Transfer-Encoding: chunked, identity\r\n", hidden), "HTTP/1.1 400"},
        {"identity", post("Transfer-Encoding: identity\r\n", hidden), "HTTP/1.1 400"},
        {"gzip, chunked", post("Transfer-Encoding: gzip, chunked\r\n", "0\r\n\r\n" + hidden), "HTTP/1.1 400"},
        {"two codings", post("Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n", "0\r\n\r\n" + hidden), "HTTP/1.1 400"},
        {"length and chunks", post("Content-Length: 5\r\nTransfer-Encoding: chunked\r\n", "0\r\n\r\n" + hidden), "HTTP/1.1 400"},
        {"chunks and length", post("Transfer-Encoding: chunked\r\nContent-Length: 5\r\n", "0\r\n\r\n" + hidden), "HTTP/1.1 400"},
        {"two lengths", post("Content-Length: 2\r\nContent-Length: 3\r\n", "{}" + hidden), "HTTP/1.1 400"},
        {"the same length twice", post("Content-Length: 2\r\nContent-Length: 2\r\n", "{}" + hidden), "HTTP/1.1 400"},
        {"a list of lengths", post("Content-Length: 2, 2\r\n", "{}" + hidden), "HTTP/1.1 400"},
        {"a negative length", post("Content-Length: -1\r\n", hidden), "HTTP/1.1 400"},
        {"a signed length", post("Content-Length: +2\r\n", "{}" + hidden), "HTTP/1.1 400"},
        {"a hexadecimal length", post("Content-Length: 0x2\r\n", "{}" + hidden), "HTTP/1.1 400"},
        {"a length beyond 64 bits", post("Content-Length: 99999999999999999999\r\n", "{}"), "HTTP/1.1 4"},
        {"a length beyond the limit", post("Content-Length: 1048577\r\n", "{}"), "HTTP/1.1 413"},
        {"a chunk size that is none", post("Transfer-Encoding: chunked\r\n", "zz\r\n\r\n" + hidden), "HTTP/1.1 400"},
        {"a negative chunk size", post("Transfer-Encoding: chunked\r\n", "-1\r\n\r\n" + hidden), "HTTP/1.1 400"},
        {"a chunk size beyond 64 bits", post("Transfer-Encoding: chunked\r\n", "fffffffffffffffff\r\n" + hidden), "HTTP/1.1 4"},
        {"a chunk without its line end", post("Transfer-Encoding: chunked\r\n", "2\r\n{}0\r\n\r\n" + hidden), "HTTP/1.1 400"},
        {"a chunk extension without end", post("Transfer-Encoding: chunked\r\n", "2;" + std::string(20'000, 'x') + "\r\n{}\r\n0\r\n\r\n"), "HTTP/1.1 400"},
        {"a long chunk extension", post("Transfer-Encoding: chunked\r\n", "2;a=" + std::string(1000, 'x') + "\r\n{}\r\n0\r\n\r\n"), "HTTP/1.1 400"},
        {"a body that is larger in chunks", post("Transfer-Encoding: chunked\r\n", "100001\r\n" + std::string(0x100001, ' ') + "\r\n0\r\n\r\n"), "HTTP/1.1 413"},
        {"chunks of an old client", "POST / HTTP/1.0\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", "HTTP/1.1 400"},
        {"bare line feeds", "GET /healthz HTTP/1.1\nHost: localhost\n\n", "HTTP/1.1 400"},
        {"a bare carriage return", get + "Host: localhost\r\nX: a\rb\r\n\r\n", "HTTP/1.1 400"},
        {"a space before the colon", get + "Host : localhost\r\n\r\n", "HTTP/1.1 400"},
        {"a NUL in a value", get + std::string("Host: localhost\r\nX: a\0b\r\n\r\n", 27), "HTTP/1.1 400"},
        {"a target that is not ASCII", "GET /\xc3\xa9 HTTP/1.1\r\nHost: localhost\r\n\r\n", "HTTP/1.1 400"},
        {"a target without a slash", "GET healthz HTTP/1.1\r\nHost: localhost\r\n\r\n", "HTTP/1.1 400"},
        {"a tunnel", "CONNECT localhost:80 HTTP/1.1\r\nHost: localhost\r\n\r\n", "HTTP/1.1 400"},
        {"an asterisk", "GET * HTTP/1.1\r\nHost: localhost\r\n\r\n", "HTTP/1.1 400"},
        {"HTTP/2.0", "GET /healthz HTTP/2.0\r\nHost: localhost\r\n\r\n", "HTTP/1.1 505"},
        {"the preface of HTTP/2", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", "HTTP/1.1 "},
        {"HTTP/0.9", "GET /healthz\r\n\r\n", "HTTP/1.1 400"},
        {"TLS", std::string("\x16\x03\x01\x02\x00\x01", 6), "HTTP/1.1 400"},
        {"a header beyond 8 KiB", get + "Host: localhost\r\nX: " + std::string(9000, 'x') + "\r\n\r\n", "HTTP/1.1 431"},
        {"a header without end", get + "Host: localhost\r\nX: " + std::string(20'000, 'x'), "HTTP/1.1 431"},
        {"a line without a colon", get + "Host: localhost\r\nnonsense\r\n\r\n", "HTTP/1.1 400"},
        {"an unknown expectation", post("Expect: miracles\r\nContent-Length: 2\r\n", "{}"), "HTTP/1.1 417"},
        {"another name for this machine", get + "Host: rebound.example\r\n\r\n", "HTTP/1.1 421"},
        {"a name that only begins like ours", get + "Host: localhost.example\r\n\r\n", "HTTP/1.1 421"},
        {"another name in the target", "GET http://rebound.example/healthz HTTP/1.1\r\nHost: localhost\r\n\r\n", "HTTP/1.1 421"},
        {"a key given twice", post("Idempotency-Key: a\r\nIdempotency-Key: b\r\nContent-Length: 2\r\n", "{}" + hidden), "HTTP/1.1 400"},
    };
    for (const auto& request : requests) {
        CAPTURE(request.name);
        const auto received = served.raw(request.bytes);
        CAPTURE(received);
        CHECK(received.starts_with(request.answer));
        CHECK(answers_in(received) == 1);
        CHECK(received.find("\r\n\r\nok") == std::string::npos);
    }
    CHECK(served.ask({.url = "/readyz"}).status == 200);
}

TEST_CASE("framing: unusual requests that are right are answered") {
    ServedCompany    served{"catalog"};
    const OddRequest requests[] = {
        {"an old client", "GET /healthz HTTP/1.0\r\n\r\n", "HTTP/1.1 200"},
        {"a name with a port", "GET /healthz HTTP/1.1\r\nHost: LOCALHOST:8080\r\nConnection: close\r\n\r\n", "HTTP/1.1 200"},
        {"the absolute form", "GET http://localhost/healthz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n", "HTTP/1.1 200"},
        {"an empty line first", "\r\nGET /healthz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n", "HTTP/1.1 200"},
        {"chunks", post("Transfer-Encoding: chunked\r\nConnection: close\r\n", "8\r\n{\"code\":\r\n6;x=y\r\n\"CHU\"}\r\n0\r\n\r\n"), "HTTP/1.1 201"},
        {"chunks in capitals", post("Transfer-Encoding: CHUNKED\r\nConnection: close\r\n", "e\r\n{\"code\":\"CAP\"}\r\n0\r\n\r\n"), "HTTP/1.1 201"},
        {"options of the server", "OPTIONS * HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n", "HTTP/1.1 204"},
    };
    for (const auto& request : requests) {
        CAPTURE(request.name);
        const auto received = served.raw(request.bytes);
        CAPTURE(received);
        CHECK(received.starts_with(request.answer));
        CHECK(answers_in(received) == 1);
    }
}

TEST_CASE("framing: what a trailer says is never believed") {
    ServedCompany served{"catalog"};
    const auto    send = [&] {
        return served.raw(post("Transfer-Encoding: chunked\r\nConnection: close\r\n",
                               "e\r\n{\"code\":\"TRA\"}\r\n0\r\nIdempotency-Key: k\r\nHost: evil.example\r\nOrigin: http://evil.example\r\n\r\n"));
    };
    CHECK(send().starts_with("HTTP/1.1 201"));
    CHECK(send().starts_with("HTTP/1.1 409"));   // no key came: the second is another request, whose code is taken
}

TEST_CASE("framing: requests sent ahead are answered in order on one connection") {
    ServedCompany served{"catalog"};
    std::string   requests;
    for (int i = 1; i <= 10; ++i) requests += "GET /api/catalog/units/" + std::to_string(i) + " HTTP/1.1\r\nHost: localhost\r\n\r\n";
    Client client(served.port());
    client.send(requests);
    for (int i = 1; i <= 10; ++i) CHECK(client.read_answer().body.starts_with("{\"id\":" + std::to_string(i) + ","));
}

TEST_CASE("framing: a client that asks first is told to go on, unless the body would be too large") {
    ServedCompany served{"catalog"};
    Client        client(served.port());
    client.send(post("Expect: 100-continue\r\nContent-Length: 14\r\n", ""));
    CHECK(client.read_some(5s) == "HTTP/1.1 100 Continue\r\n\r\n");
    client.send(R"({"code":"EXP"})");
    CHECK(client.read_answer().status == 201);
    client.send(post("Expect: 100-continue\r\nContent-Length: 9999999\r\n", ""));
    CHECK(client.read_answer().status == 413);
    CHECK(client.closed_within(5s));
}

TEST_CASE("framing: one byte after another is a request like any other") {
    ServedCompany served{"catalog"};
    Client        client(served.port());
    for (const char byte : post("Transfer-Encoding: chunked\r\n", "e\r\n{\"code\":\"SLO\"}\r\n0\r\n\r\n")) client.send({&byte, 1});
    CHECK(client.read_answer().status == 201);
    CHECK(client.ask({.url = "/healthz"}).body == "ok");
}
