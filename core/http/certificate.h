#pragma once
// The certificate that a server shows, with its key, as OpenSSL needs them: TLS 1.2 and 1.3, forward secrecy, no compression,
// no renegotiation. It can be loaded anew while connections live: they keep what they began with.
//
//     Certificate certificate({.certificate = "erp.pem", .key = "erp.key"});
//     wire.secure(*certificate.context(), …);
//     certificate.load();                      // the files have been replaced

#include <tessera/http_server.h>

#include <boost/asio/ssl/context.hpp>

#include <mutex>

namespace tessera::http {

class Certificate {
public:
    explicit Certificate(ServeTls files);  // loads it

    // Refused "kernel.bad_certificate" when a file cannot be read, holds no certificate or no key, or they do not belong
    // together; what was loaded before stays.
    void load();

    using Context = std::shared_ptr<boost::asio::ssl::context>;
    Context     context() const;     // from any thread
    std::string described() const;   // "CN = erp.example, valid until 2027-01-31"

private:
    ServeTls           files_;
    mutable std::mutex mutex_{};
    Context            context_{};
};

}  // namespace tessera::http
