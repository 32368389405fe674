#include "mail/smtp.h"

#include "mail/header.h"

#include <tessera/text.h>

#include <curl/curl.h>

#include <algorithm>
#include <memory>

namespace tessera::mail {
namespace smtp {

template <class T, auto release>
struct Release {
    void operator()(T* held) const { release(held); }
};
using Handle  = std::unique_ptr<CURL, Release<CURL, curl_easy_cleanup>>;
using Mime    = std::unique_ptr<curl_mime, Release<curl_mime, curl_mime_free>>;
using Strings = std::unique_ptr<curl_slist, Release<curl_slist, curl_slist_free_all>>;

void demand(CURLcode code) {
    if (code != CURLE_OK) throw std::runtime_error(fmt::format("libcurl cannot be used: {}", curl_easy_strerror(code)));
}

void demand_library() {
    static const CURLcode code = curl_global_init(CURL_GLOBAL_DEFAULT);
    demand(code);
}

void add(Strings& list, const std::string& line) {
    auto* longer = curl_slist_append(list.get(), line.c_str());
    if (!longer) throw std::bad_alloc();
    list.release();
    list.reset(longer);
}

// The last command and what was answered to it. Of a command only its name is kept: what follows may be a password.
struct Conversation {
    const std::atomic<bool>* cancelled;
    std::string_view         command{};
    std::string              answer{};
    bool                     letter_begun = false, accepted = false, over = false;

    void said(std::string_view line) {
        over = over || line == "QUIT\r\n";
        if (over) return;
        answer.clear();
        for (const std::string_view name : {"EHLO ", "HELO ", "STARTTLS\r\n", "AUTH ", "MAIL FROM:", "RCPT TO:", "DATA\r\n"})
            if (line.starts_with(name)) command = name.substr(0, 4);
    }
    void heard(std::string_view line) {
        if (over || line.size() < 4) return;
        const bool last = line[3] != '-';
        answer += answer.empty() ? std::string(trim(line)) : " " + std::string(trim(line.substr(4)));
        if (!last) return;
        if (letter_begun) {
            accepted = answer.starts_with('2');
        } else if (command == "DATA" && answer.starts_with("354")) {
            letter_begun = true;
            answer.clear();
        }
    }
    bool is_cancelled() const { return cancelled && *cancelled; }
    bool is_to_stop() const { return over || is_cancelled(); }  // nobody waits for the answer to QUIT

    static int listen(CURL*, curl_infotype type, char* bytes, std::size_t size, void* conversation) {
        if (type == CURLINFO_HEADER_OUT) static_cast<Conversation*>(conversation)->said({bytes, size});
        if (type == CURLINFO_HEADER_IN) static_cast<Conversation*>(conversation)->heard({bytes, size});
        return 0;
    }
    static int progress(void* conversation, curl_off_t, curl_off_t, curl_off_t, curl_off_t) {
        return static_cast<Conversation*>(conversation)->is_to_stop() ? 1 : 0;
    }
};

bool is_one_of_token(char c) { return c > ' ' && c <= '~' && std::string_view("()<>@,;:\\\"/[]?=").find(c) == std::string_view::npos; }

bool is_media_type(std::string_view type) {
    const auto slash = type.find('/'), end = std::min(type.find(';'), type.size());
    return slash != std::string_view::npos && slash > 0 && slash + 1 < end && type.size() <= 200 &&
           std::ranges::all_of(type.substr(0, slash), is_one_of_token) &&
           std::ranges::all_of(type.substr(slash + 1, end - slash - 1), is_one_of_token) &&
           std::ranges::all_of(type.substr(end), [](char c) { return c >= ' ' && c <= '~'; });
}

std::string with_line_ends(std::string_view text) {
    std::string all;
    all.reserve(text.size() + text.size() / 16);
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == '\r' && i + 1 < text.size() && text[i + 1] == '\n') continue;
        if (text[i] == '\r' || text[i] == '\n')
            all += "\r\n";
        else
            all += text[i];
    }
    return all;
}

Strings headers_of(const Letter& letter, const Mailbox& sender) {
    Strings headers;
    add(headers, "From: " + header::mailbox(sender.name, sender.address));
    add(headers, "To: " + header::mailbox(letter.to_name, letter.to));
    if (const auto reply = mailbox(letter.reply_to)) add(headers, "Reply-To: " + header::mailbox(reply->name, reply->address));
    add(headers, "Subject: " + header::text(letter.subject));
    add(headers, "Date: " + header::date(letter.date.empty() ? Instant::now() : letter.date));
    add(headers, fmt::format("Message-ID: <{}@{}>", letter.id, sender.domain()));
    return headers;
}

Mime body_of(const Letter& letter, CURL* handle) {
    Mime       mime(curl_mime_init(handle));
    auto*      part = curl_mime_addpart(mime.get());
    const auto text = with_line_ends(letter.text);
    demand(curl_mime_data(part, text.data(), text.size()));
    demand(curl_mime_type(part, "text/plain; charset=UTF-8"));
    demand(curl_mime_encoder(part, "quoted-printable"));
    for (const auto& file : letter.files) {
        part = curl_mime_addpart(mime.get());
        demand(curl_mime_data(part, file.bytes.data(), file.bytes.size()));
        demand(curl_mime_type(part, is_media_type(file.media_type) ? file.media_type.c_str() : "application/octet-stream"));
        demand(curl_mime_encoder(part, "base64"));
        Strings disposition;
        add(disposition, "Content-Disposition: " + header::attachment(file.name));
        demand(curl_mime_headers(part, disposition.get(), 1));
        disposition.release();
    }
    return mime;
}

class Transfer {
public:
    Transfer(const Server& server, const Letter& letter, const Mailbox& sender, const std::atomic<bool>* cancelled)
        : server_(server), conversation_{.cancelled = cancelled} {
        demand_library();
        handle_.reset(curl_easy_init());
        if (!handle_) throw std::bad_alloc();
        connect(sender);
        headers_ = headers_of(letter, sender);
        body_    = body_of(letter, handle_.get());
        add(recipients_, letter.to);
        set(CURLOPT_MAIL_FROM, sender.address.c_str());
        set(CURLOPT_MAIL_RCPT, recipients_.get());
        set(CURLOPT_HTTPHEADER, headers_.get());
        set(CURLOPT_MIMEPOST, body_.get());
    }

    void perform() {
        const auto code = curl_easy_perform(handle_.get());
        if (!conversation_.accepted) throw reason(code);
    }

private:
    template <class Value>
    void set(CURLoption option, Value value) {
        demand(curl_easy_setopt(handle_.get(), option, value));
    }

    void connect(const Mailbox& sender) {
        using Security     = Server::Security;
        const auto* scheme = server_.security == Security::tls ? "smtps" : "smtp";
        const auto  host   = server_.host.find(':') == std::string::npos ? server_.host : "[" + server_.host + "]";
        set(CURLOPT_PROTOCOLS_STR, scheme);
        set(CURLOPT_URL, fmt::format("{}://{}:{}/{}", scheme, host, server_.port, sender.domain()).c_str());
        set(CURLOPT_USE_SSL, static_cast<long>(server_.security == Security::none ? CURLUSESSL_NONE : CURLUSESSL_ALL));
        set(CURLOPT_SSLVERSION, static_cast<long>(CURL_SSLVERSION_TLSv1_2));
        set(CURLOPT_SSL_VERIFYPEER, 1L);
        set(CURLOPT_SSL_VERIFYHOST, 2L);
        if (!server_.authorities.empty()) {
            set(CURLOPT_CAINFO, server_.authorities.c_str());
            set(CURLOPT_CAPATH, static_cast<const char*>(nullptr));
        }
        if (!server_.user.empty()) {
            set(CURLOPT_USERNAME, server_.user.c_str());
            set(CURLOPT_PASSWORD, server_.password.c_str());
            set(CURLOPT_LOGIN_OPTIONS, "AUTH=PLAIN;AUTH=LOGIN");
        }
        set(CURLOPT_PROXY, "");
        set(CURLOPT_NETRC, static_cast<long>(CURL_NETRC_IGNORED));
        set(CURLOPT_NOSIGNAL, 1L);
        set(CURLOPT_QUICK_EXIT, 1L);
        set(CURLOPT_FORBID_REUSE, 1L);
        const auto time_max = std::max<long>(1, static_cast<long>(server_.time_max.count()));
        set(CURLOPT_TIMEOUT_MS, time_max);
        set(CURLOPT_CONNECTTIMEOUT_MS, std::min(time_max, 30'000L));
        set(CURLOPT_SERVER_RESPONSE_TIMEOUT, (time_max + 999) / 1000);
        set(CURLOPT_ERRORBUFFER, error_);
        set(CURLOPT_VERBOSE, 1L);
        set(CURLOPT_DEBUGFUNCTION, &Conversation::listen);
        set(CURLOPT_DEBUGDATA, &conversation_);
        set(CURLOPT_NOPROGRESS, 0L);
        set(CURLOPT_XFERINFOFUNCTION, &Conversation::progress);
        set(CURLOPT_XFERINFODATA, &conversation_);
    }

    NotSent reason(CURLcode code) const;

    const Server& server_;
    Conversation  conversation_;
    char          error_[CURL_ERROR_SIZE] = "";
    Strings       headers_{}, recipients_{};
    Handle        handle_{};
    Mime          body_{};
};

// "535 5.7.8" of "535 5.7.8 Wrong password": the words after it might repeat what was said.
std::string_view codes_of(std::string_view answer) { return trim(answer.substr(0, answer.find_first_not_of("0123456789. "))); }

NotSent Transfer::reason(CURLcode code) const {
    const auto          where     = fmt::format("{}:{}", server_.host, server_.port);
    const auto          answer    = excerpt(conversation_.answer, 300);
    const auto          error     = excerpt(*error_ ? error_ : curl_easy_strerror(code), 200);
    const auto          command   = conversation_.command;
    const bool          unsettled = conversation_.letter_begun && answer.empty();
    const bool          later = answer.starts_with('4'), never = answer.starts_with('5');
    const NotSent::Kind permanent{.permanent = true}, perhaps{.may_have_arrived = unsettled};
    const auto          arrived = unsettled ? ", and may have taken it all the same" : "";

    if (code == CURLE_ABORTED_BY_CALLBACK && conversation_.is_cancelled())
        return NotSent(fmt::format("To send this letter, send it again: it was stopped while {} was being given it{}.", where, arrived), perhaps);
    if (code == CURLE_OPERATION_TIMEDOUT)
        return NotSent(fmt::format("To send this letter, try again later: {} did not answer in time{}.", where, arrived), perhaps);
    if (code == CURLE_LOGIN_DENIED && command != "AUTH")
        return NotSent(fmt::format("To sign in to {}, let it accept the mechanism PLAIN or LOGIN: it offers others only.", where));
    if (code == CURLE_LOGIN_DENIED)
        return NotSent(fmt::format("To sign in to {}, correct the user or the password: it answered {}.", where, codes_of(answer)));
    if (code == CURLE_USE_SSL_FAILED)
        return NotSent(fmt::format("To send mail through {}, let it offer STARTTLS or choose another security: it was told nothing.", where));
    if (code == CURLE_SSL_CONNECT_ERROR)
        return NotSent(fmt::format("To send mail through {}, let it speak TLS 1.2 or later, or choose another security: {}.", where, error));
    if (code == CURLE_PEER_FAILED_VERIFICATION || code == CURLE_SSL_CACERT_BADFILE)
        return NotSent(
            fmt::format("To send mail through {}, mend its certificate, or name the file with the authorities that vouch for it: {}.", where, error));
    if (command == "RCPT" && never && !answer.starts_with("530"))
        return NotSent(fmt::format("To send this letter, correct the address of its recipient: {} answered \"{}\".", where, answer), permanent);
    if (command == "DATA" && never) return NotSent(fmt::format("To send this letter, change it: {} answered \"{}\".", where, answer), permanent);
    if ((command == "MAIL" || command == "RCPT") && never)
        return NotSent(fmt::format("To send mail through {}, correct the sender, or whom to sign in as: it answered \"{}\".", where, answer));
    if (command != "AUTH" && later) return NotSent(fmt::format("To send this letter, try again later: {} answered \"{}\".", where, answer));
    if (command != "AUTH" && never)
        return NotSent(fmt::format("To send mail through {}, let it take mail from this machine: it answered \"{}\".", where, answer));
    if (unsettled)
        return NotSent(fmt::format("To send this letter, send it again: {} ended the connection without an answer{}.", where, arrived), perhaps);
    return NotSent(fmt::format("To send mail through {}, check its name and its port, and that it runs: {}.", where, error));
}

}  // namespace smtp

NotSent::NotSent(const std::string& sentence, Kind kind)
    : std::runtime_error(sentence), permanent(kind.permanent), may_have_arrived(kind.may_have_arrived) {}

NotSent::~NotSent() = default;

void send(const Server& server, const Letter& letter, const std::atomic<bool>* cancelled) {
    const NotSent::Kind permanent{.permanent = true};
    const auto          sender = mailbox(server.from);
    if (!sender)
        throw NotSent(fmt::format("To send mail, name the sender as in Acme Books <books@acme.example>, not as \"{}\".", excerpt(server.from)));
    if (!is_address(letter.to))
        throw NotSent(fmt::format("To send this letter, give it an address as in ada@example.org, not \"{}\".", excerpt(letter.to)), permanent);
    if (!letter.reply_to.empty() && !mailbox(letter.reply_to))
        throw NotSent(fmt::format("To send this letter, let it be answered to an address, not to \"{}\".", excerpt(letter.reply_to)), permanent);
    if (!is_address(letter.id + "@" + sender->domain()))
        throw NotSent(fmt::format("To send this letter, give it an id of at most 64 letters and digits, not \"{}\".", excerpt(letter.id)), permanent);
    smtp::Transfer(server, letter, *sender, cancelled).perform();
}

}  // namespace tessera::mail
