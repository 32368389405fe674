#pragma once
// A client that speaks TLS to a server on this machine, and the certificates such a server needs, made by `openssl`.
//
//     const auto files = make_certificate(folder, "erp.example");     // erp.example.pem and .key
//     SecureClient client(served.port(), {.most = TLS1_2_VERSION});
//     if (client.connected()) client.ask("GET", "/healthz");

#include <openssl/ssl.h>

#include <filesystem>
#include <memory>
#include <string>
#include <string_view>

namespace api_tests {

struct CertificateFiles {
    std::string certificate{}, key{};
};
// Signed by itself; the name of the files is the name it is for.
CertificateFiles make_certificate(const std::filesystem::path& folder, const std::string& name);

struct Versions {
    int least = TLS1_VERSION, most = TLS1_3_VERSION;
};

class SecureClient {
public:
    explicit SecureClient(unsigned short port, Versions versions = {});
    ~SecureClient();
    SecureClient(const SecureClient&)            = delete;
    SecureClient& operator=(const SecureClient&) = delete;

    bool        connected() const { return connected_; }  // the handshake was done
    std::string shown_name() const;                       // whom the server's certificate is for
    std::string version() const;                          // "TLSv1.3"
    void        send(std::string_view bytes);
    void        end();                                    // says that nothing more comes
    std::string receive_until(std::string_view end);      // up to this text, or whatever came before the connection ended
    bool        ended_orderly();                          // reads to the end: the server said that it was the end
    // "HTTP/1.1 200 …" with its header and body, for bodies whose length is given; keeps the connection.
    std::string ask(const std::string& method, const std::string& target, const std::string& body = {});

private:
    std::unique_ptr<SSL_CTX, void (*)(SSL_CTX*)> context_;
    std::unique_ptr<SSL, void (*)(SSL*)>         session_;
    int                                          socket_    = -1;
    bool                                         connected_ = false;
    std::string                                  received_{};
};

}  // namespace api_tests
