// TLS: what is spoken, what is refused, and a certificate that is replaced while people work.
#include "secure_client.h"
#include "served_company.h"

#include <doctest/doctest.h>

#include <cstdlib>
#include <fstream>

using namespace api_tests;
using tessera::testing::Company;

namespace {

// A server with a certificate for "first", in a folder of its own.
struct Secured {
    Company          lends_its_folder{"catalog"};
    CertificateFiles files;
    ServedCompany    served;

    explicit Secured(tessera::ServeOptions options = {})
        : files(make_certificate(lends_its_folder.directory(), "first")), served({"catalog"}, [&] {
              options.tls.certificate = files.certificate;
              options.tls.key         = files.key;
              return options;
          }()) {}
    void replace_by(const CertificateFiles& other) const {
        using std::filesystem::copy_options;
        std::filesystem::copy_file(other.certificate, files.certificate, copy_options::overwrite_existing);
        std::filesystem::copy_file(other.key, files.key, copy_options::overwrite_existing);
    }
    std::string shown() { return SecureClient(served.port()).shown_name(); }
};

std::string refusal_of_starting(const tessera::ServeOptions& options) {
    Company             company{"catalog"};
    tessera::HttpServer server(company.suite(), options);
    try {
        server.start();
    } catch (const tessera::Refused& refused) {
        return refused.code();
    }
    return {};
}

bool has(const std::string& text, std::string_view part) { return text.find(part) != std::string::npos; }

}  // namespace

TEST_CASE("tls: the API is served over TLS 1.3 and 1.2, on connections that are kept") {
    Secured secured;
    CHECK(secured.served.server.url().starts_with("https://127.0.0.1:"));
    for (const auto& [most, name] : {std::pair{TLS1_3_VERSION, "TLSv1.3"}, std::pair{TLS1_2_VERSION, "TLSv1.2"}}) {
        SecureClient client(secured.served.port(), {.most = most});
        REQUIRE(client.connected());
        CHECK(client.version() == name);
        CHECK(client.shown_name() == "first");
        CHECK(has(client.ask("POST", "/api/catalog/units", "{\"code\":\"" + std::string(name) + "\"}"), "HTTP/1.1 201"));
        const auto list = client.ask("GET", "/api/catalog/units?code=" + std::string(name));
        CHECK(has(list, "\"total\":1"));
        CHECK(has(list, "Strict-Transport-Security: max-age=31536000\r\n"));
        CHECK(has(client.ask("GET", "/api/catalogue"), "\"entities\""));
    }
}

TEST_CASE("tls: versions and ciphers without forward secrecy are not spoken") {
    Secured secured;
    CHECK(!SecureClient(secured.served.port(), {.most = TLS1_VERSION}).connected());
    CHECK(!SecureClient(secured.served.port(), {.most = TLS1_1_VERSION}).connected());
    CHECK(SecureClient(secured.served.port()).connected());
}

TEST_CASE("tls: who comes with plain HTTP is told to use https, and closed") {
    Secured secured;
    Client  plain(secured.served.port());
    plain.send("GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n");
    const auto answer = plain.read_answer();
    CHECK(answer.status == 400);
    CHECK(has(answer.body, "kernel.tls_wanted"));
    CHECK(answer["connection"] == "close");
    CHECK(answer["strict-transport-security"] == "");
    plain.stop_sending();
    CHECK(plain.closed_within(3s));
    CHECK(secured.shown() == "first");
}

TEST_CASE("tls: a handshake that does not come, or stops, is not waited for") {
    Secured secured({.limits = {.header_time_max = 300ms}});
    Client  silent(secured.served.port()), broken(secured.served.port()), odd(secured.served.port());
    broken.send(std::string_view("\x16\x03\x01\x02\x00\x01", 6));
    odd.send(std::string_view("\x16\x03\x01\x00\x05hello", 10));
    CHECK(silent.closed_within(3s));
    CHECK(broken.closed_within(3s));
    CHECK(odd.closed_within(3s));
    CHECK(secured.shown() == "first");
}

TEST_CASE("tls: a client that asks first, sends ahead or ends after its request gets its answers") {
    Secured      secured;
    SecureClient asks(secured.served.port());
    asks.send("POST /api/catalog/units HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nExpect: 100-continue\r\nContent-Length: 14\r\n\r\n");
    CHECK(has(asks.receive_until("\r\n\r\n"), "HTTP/1.1 100 Continue"));
    asks.send("{\"code\":\"ASK\"}");
    CHECK(has(asks.receive_until("\r\n\r\n"), "HTTP/1.1 201"));

    const std::string ask = "GET /api/openapi.json HTTP/1.1\r\nHost: localhost\r\n\r\n";
    SecureClient      ahead(secured.served.port());
    ahead.send(ask);
    ahead.send(ask);
    ahead.send("GET /healthz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
    for (int i = 0; i < 2; ++i) CHECK(has(ahead.receive_until("\"openapi\""), "HTTP/1.1 200"));
    CHECK(has(ahead.receive_until("\r\n\r\nok"), "Connection: close"));
    CHECK(ahead.ended_orderly());

    SecureClient ends(secured.served.port());
    ends.send("GET /api/openapi.json HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
    ends.end();
    CHECK(has(ends.receive_until("\"openapi\""), "HTTP/1.1 200"));
}

TEST_CASE("tls: a replaced certificate is shown from then on, and nobody is disconnected") {
    Secured      secured;
    SecureClient before(secured.served.port());
    CHECK(before.shown_name() == "first");
    secured.replace_by(make_certificate(secured.lends_its_folder.directory(), "second"));
    CHECK(secured.shown() == "first");
    secured.served.server.reload();
    CHECK(secured.shown() == "second");
    CHECK(has(before.ask("GET", "/healthz"), "HTTP/1.1 200"));
}

TEST_CASE("tls: a certificate that cannot be used leaves the one of before") {
    Secured    secured;
    const auto other = make_certificate(secured.lends_its_folder.directory(), "other");
    std::filesystem::copy_file(other.key, secured.files.key, std::filesystem::copy_options::overwrite_existing);
    secured.served.server.reload();
    CHECK(secured.shown() == "first");
    std::ofstream(secured.files.certificate) << "no certificate";
    secured.served.server.reload();
    CHECK(secured.shown() == "first");
    std::filesystem::remove(secured.files.certificate);
    secured.served.server.reload();
    CHECK(secured.shown() == "first");
}

TEST_CASE("tls: with it other machines may be served; without a usable certificate nothing starts") {
    const Company lends_its_folder{"catalog"};
    const auto    one = make_certificate(lends_its_folder.directory(), "one"), two = make_certificate(lends_its_folder.directory(), "two");
    CHECK(refusal_of_starting({.address = "0.0.0.0", .port = 0}) == "kernel.not_loopback");
    CHECK(refusal_of_starting({.address = "0.0.0.0", .port = 0, .tls = {one.certificate, one.key}}) == "");
    CHECK(refusal_of_starting({.port = 0, .tls = {.certificate = one.certificate}}) == "kernel.bad_certificate");
    CHECK(refusal_of_starting({.port = 0, .tls = {.key = one.key}}) == "kernel.bad_certificate");
    CHECK(refusal_of_starting({.port = 0, .tls = {one.certificate, two.key}}) == "kernel.bad_certificate");
    CHECK(refusal_of_starting({.port = 0, .tls = {"nowhere.pem", one.key}}) == "kernel.bad_certificate");
    CHECK(refusal_of_starting({.port = 0, .tls = {one.key, one.key}}) == "kernel.bad_certificate");
    const auto locked = (lends_its_folder.directory() / "locked.key").string();
    REQUIRE(std::system(("openssl ec -in '" + one.key + "' -aes128 -passout pass:secret -out '" + locked + "' 2>/dev/null").c_str()) == 0);
    CHECK(refusal_of_starting({.port = 0, .tls = {one.certificate, locked}}) == "kernel.bad_certificate");
}
