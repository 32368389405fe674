#include "secure_client.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <csignal>
#include <cstdlib>
#include <stdexcept>
#include <utility>

namespace api_tests {

CertificateFiles make_certificate(const std::filesystem::path& folder, const std::string& name) {
    const CertificateFiles files{(folder / (name + ".pem")).string(), (folder / (name + ".key")).string()};
    const auto command = "openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 30 -subj '/CN=" + name + "' -keyout '" +
                         files.key + "' -out '" + files.certificate + "' 2>/dev/null";
    if (std::system(command.c_str()) != 0) throw std::runtime_error("openssl made no certificate");
    return files;
}

SecureClient::SecureClient(unsigned short port, Versions versions)
    : context_(SSL_CTX_new(TLS_client_method()), SSL_CTX_free), session_(nullptr, SSL_free), socket_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
    std::signal(SIGPIPE, SIG_IGN);  // a server that refuses may have closed before the last word is sent
    const timeval longest{.tv_sec = 10, .tv_usec = 0};
    ::setsockopt(socket_, SOL_SOCKET, SO_RCVTIMEO, &longest, sizeof longest);
    sockaddr_in address{.sin_family = AF_INET, .sin_port = htons(port), .sin_addr = {htonl(INADDR_LOOPBACK)}};
    if (::connect(socket_, reinterpret_cast<sockaddr*>(&address), sizeof address) != 0) throw std::runtime_error("nothing listens there");
    SSL_CTX_set_cipher_list(context_.get(), "DEFAULT:@SECLEVEL=0");  // it would offer even the oldest
    SSL_CTX_set_min_proto_version(context_.get(), versions.least);
    SSL_CTX_set_max_proto_version(context_.get(), versions.most);
    session_.reset(SSL_new(context_.get()));
    SSL_set_fd(session_.get(), socket_);
    connected_ = SSL_connect(session_.get()) == 1;
}

SecureClient::~SecureClient() { ::close(socket_); }

std::string SecureClient::shown_name() const {
    const std::unique_ptr<X509, void (*)(X509*)> shown(SSL_get1_peer_certificate(session_.get()), X509_free);
    char                                         name[256] = "";
    X509_NAME_get_text_by_NID(X509_get_subject_name(shown.get()), NID_commonName, name, sizeof name);
    return name;
}

std::string SecureClient::version() const { return SSL_get_version(session_.get()); }

void SecureClient::send(std::string_view bytes) { SSL_write(session_.get(), bytes.data(), static_cast<int>(bytes.size())); }

void SecureClient::end() { SSL_shutdown(session_.get()); }

std::string SecureClient::receive_until(std::string_view end) {
    char bytes[16 * 1024];
    auto at = received_.find(end);
    while (at == std::string::npos) {
        const int count = SSL_read(session_.get(), bytes, sizeof bytes);
        if (count <= 0) return std::exchange(received_, {});
        received_.append(bytes, static_cast<std::size_t>(count));
        at = received_.find(end);
    }
    auto found = received_.substr(0, at + end.size());
    received_.erase(0, found.size());
    return found;
}

bool SecureClient::ended_orderly() {
    char bytes[1024];
    int  count = 0;
    while ((count = SSL_read(session_.get(), bytes, sizeof bytes)) > 0) {
    }
    return SSL_get_error(session_.get(), count) == SSL_ERROR_ZERO_RETURN;
}

std::string SecureClient::ask(const std::string& method, const std::string& target, const std::string& body) {
    send(method + " " + target + " HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: " + std::to_string(body.size()) +
         "\r\n\r\n" + body);
    auto       answer = receive_until("\r\n\r\n");
    const auto length = answer.find("Content-Length: ");
    if (length == std::string::npos) return answer;
    const auto size = answer.size() + std::stoul(answer.substr(length + 16));
    answer += std::exchange(received_, {});
    char bytes[16 * 1024];
    while (answer.size() < size) {
        const int count = SSL_read(session_.get(), bytes, sizeof bytes);
        if (count <= 0) break;
        answer.append(bytes, static_cast<std::size_t>(count));
    }
    return answer;
}

}  // namespace api_tests
