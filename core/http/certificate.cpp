#include "http/certificate.h"

#include <openssl/x509.h>

#include <ctime>

namespace tessera::http {
namespace certificate {

namespace ssl = boost::asio::ssl;

// Of TLS 1.2: those with forward secrecy and authenticated encryption. TLS 1.3 has no others.
constexpr const char* ciphers =
    "ECDHE-ECDSA-AES128-GCM-SHA256:ECDHE-RSA-AES128-GCM-SHA256:ECDHE-ECDSA-AES256-GCM-SHA384:ECDHE-RSA-AES256-GCM-SHA384:"
    "ECDHE-ECDSA-CHACHA20-POLY1305:ECDHE-RSA-CHACHA20-POLY1305";

[[noreturn]] void refuse(std::string_view what, const std::string& file, const boost::system::error_code& error) {
    throw Refused("kernel.bad_certificate", "To serve with TLS, give {}: {} ({}).", what, file, error.message());
}

std::shared_ptr<ssl::context> loaded(const ServeTls& files) {
    auto                      context = std::make_shared<ssl::context>(ssl::context::tls_server);
    auto*                     native  = context->native_handle();
    boost::system::error_code error;
    SSL_CTX_set_min_proto_version(native, TLS1_2_VERSION);
    SSL_CTX_set_cipher_list(native, ciphers);
    SSL_CTX_set_options(native, SSL_OP_NO_COMPRESSION | SSL_OP_NO_RENEGOTIATION | SSL_OP_CIPHER_SERVER_PREFERENCE);
    SSL_CTX_set_mode(native, SSL_MODE_RELEASE_BUFFERS);
    SSL_CTX_set_session_cache_mode(native, SSL_SESS_CACHE_OFF);
    // Nobody is there to be asked for a passphrase.
    context->set_password_callback([](std::size_t, ssl::context::password_purpose) { return std::string(); });
    if (context->use_certificate_chain_file(files.certificate, error); error)
        refuse("a file with the certificate and its chain in PEM", files.certificate, error);
    if (context->use_private_key_file(files.key, ssl::context::pem, error); error)
        refuse("a file with the certificate's own key in PEM, without a passphrase", files.key, error);
    return context;
}

std::string common_name(const X509* shown) {
    const auto* name  = X509_get_subject_name(shown);
    const int   index = X509_NAME_get_index_by_NID(name, NID_commonName, -1);
    if (index < 0) return "without a name";
    const auto* text = X509_NAME_ENTRY_get_data(X509_NAME_get_entry(name, index));
    return {reinterpret_cast<const char*>(ASN1_STRING_get0_data(text)), static_cast<std::size_t>(ASN1_STRING_length(text))};
}

}  // namespace certificate

Certificate::Certificate(ServeTls files) : files_(std::move(files)) { load(); }

void Certificate::load() {
    auto                  fresh = certificate::loaded(files_);
    const std::lock_guard lock(mutex_);
    context_ = std::move(fresh);
}

Certificate::Context Certificate::context() const {
    const std::lock_guard lock(mutex_);
    return context_;
}

std::string Certificate::described() const {
    const auto  held  = context();
    const auto* shown = SSL_CTX_get0_certificate(held->native_handle());
    std::tm     end{};
    ASN1_TIME_to_tm(X509_get0_notAfter(shown), &end);
    return fmt::format("{}, valid until {:04}-{:02}-{:02}{}", certificate::common_name(shown), end.tm_year + 1900, end.tm_mon + 1,
                       end.tm_mday, X509_cmp_current_time(X509_get0_notAfter(shown)) < 0 ? ": it has expired" : "");
}

}  // namespace tessera::http
