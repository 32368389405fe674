#include "mail/smtp.h"

#include "mail/smtp_server.h"

#include <doctest/doctest.h>

#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>

using namespace tessera;
using namespace tessera::mail;
using namespace std::literals;

namespace {

using Clock    = std::chrono::steady_clock;
using Security = Server::Security;
using Offers   = SmtpServer::Manner::Security;

Server reaching(const SmtpServer& server, Security security = Security::none) {
    return {.host = "127.0.0.1", .port = server.port(), .security = security, .from = "Acme Bücher <books@acme.example>", .time_max = 10s};
}

Letter invoice() { return {.to = "ada@example.org", .to_name = "Ada Lovelace", .subject = "Invoice 12", .text = "Hello", .id = "invoice-12"}; }

struct Failure {
    std::string sentence{};
    bool        permanent = false, may_have_arrived = false;
};
Failure failure_of(const Server& server, const Letter& letter = invoice(), const std::atomic<bool>* cancelled = nullptr) {
    try {
        send(server, letter, cancelled);
    } catch (const NotSent& failed) {
        return {failed.what(), failed.permanent, failed.may_have_arrived};
    }
    return {};
}

ReceivedLetter sent(const Letter& letter) {
    SmtpServer server;
    send(reaching(server), letter);
    return ReceivedLetter(server.letters().at(0).data);
}

bool has(std::string_view text, std::string_view part) { return text.find(part) != std::string_view::npos; }

std::string every_byte_often() {
    std::string bytes = "%PDF-1.7\n";
    for (int i = 0; i < 100'000; ++i) bytes += static_cast<char>((i * 7 + i / 256) % 256);
    return bytes + std::string(1, '\0') + "\r\n.\r\n%%EOF";
}

// A certificate for 127.0.0.1, signed by itself.
struct SelfSigned {
    std::filesystem::path folder{};
    std::string           certificate{}, key{};

    SelfSigned() {
        std::string pattern = (std::filesystem::temp_directory_path() / "tessera-test-XXXXXX").string();
        if (::mkdtemp(pattern.data()) == nullptr) throw std::runtime_error("no scratch folder");
        folder      = pattern;
        certificate = folder / "mail.pem";
        key         = folder / "mail.key";
        const auto command =
            "openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 30 -subj /CN=mail "
            "-addext subjectAltName=IP:127.0.0.1 -keyout " +
            key + " -out " + certificate + " 2>/dev/null";
        if (std::system(command.c_str()) != 0) throw std::runtime_error("openssl made no certificate");
    }
    ~SelfSigned() {
        std::error_code ignored;
        std::filesystem::remove_all(folder, ignored);
    }
    SmtpServer::Manner manner(Offers security) const {
        return {.security = security, .certificate = certificate, .key = key, .user = "books", .password = "s3cret"};
    }
    Server reaching(const SmtpServer& server, Security security) const {
        auto all        = ::reaching(server, security);
        all.user        = "books";
        all.password    = "s3cret";
        all.authorities = certificate;
        return all;
    }
};

}  // namespace

TEST_CASE("mail: a letter arrives with what it was given") {
    SmtpServer server;
    auto       letter = invoice();
    letter.to_name    = "Müller, Jürgen";
    letter.subject    = "Rechnung für März";
    letter.text       = "Guten Tag,\nanbei die Rechnung über 12 €.";
    letter.reply_to   = "Ada <ada.l@acme.example>";
    letter.date       = Instant::parse("2026-01-31T10:15:30Z");
    send(reaching(server), letter);
    REQUIRE(server.letters().size() == 1);
    const auto envelope = server.letters()[0];
    CHECK(envelope.from == "books@acme.example");
    CHECK(envelope.to == "ada@example.org");
    const ReceivedLetter read(envelope.data);
    CHECK(read.header("From") == "Acme Bücher <books@acme.example>");
    CHECK(read.header("To") == "Müller, Jürgen <ada@example.org>");
    CHECK(read.header("Reply-To") == "\"Ada\" <ada.l@acme.example>");
    CHECK(read.header("Subject") == "Rechnung für März");
    CHECK(read.header("Date") == "Sat, 31 Jan 2026 10:15:30 +0000");
    CHECK(read.header("Message-ID") == "<invoice-12@acme.example>");
    CHECK((read.header("Mime-Version") == "1.0" || read.header("MIME-Version") == "1.0"));
    CHECK(read.text == letter.text);
    CHECK(read.files.empty());
    CHECK(server.heard().starts_with("EHLO acme.example\n"));
}

TEST_CASE("mail: any text arrives line by line, and never ends a letter early") {
    auto letter = invoice();
    letter.text = ".\n..\n.hidden\r\nFrom here\n\n= equals =3D\ntrailing space \ttab\t\n" + std::string(3000, 'x') + "\nüüü " +
                  std::string(500, '.') + "\n.\nQUIT\r\rlast.";
    auto text = letter.text;
    text.replace(text.find("\r\n"), 2, "\n").replace(text.find("\r\r"), 2, "\n\n");
    CHECK(sent(letter).text == text);
    letter.text = "";
    CHECK(sent(letter).text == "");
}

TEST_CASE("mail: no line of a letter is longer than mail servers must take, or holds anything but ASCII") {
    SmtpServer server;
    auto       letter = invoice();
    letter.to_name    = std::string(500, 'n') + "ü";
    letter.subject    = std::string(2000, 's') + "ü";
    letter.text       = std::string(5000, 't') + "ü";
    letter.files      = {{std::string(500, 'f') + "ü.txt", "text/plain", std::string(5000, '\xff')}};
    send(reaching(server), letter);
    const auto data = server.letters().at(0).data;
    for (std::size_t start = 0, end = 0; (end = data.find("\r\n", start)) != std::string::npos; start = end + 2) CHECK(end - start <= 400);
    CHECK(std::ranges::all_of(data, [](char c) { return static_cast<unsigned char>(c) < 0x80 && c != '\0'; }));
}

TEST_CASE("mail: files arrive byte for byte, under their names") {
    auto letter  = invoice();
    letter.files = {
        {"Rechnung März.pdf", "application/pdf", every_byte_often()}, {"lines.csv", "text/csv; charset=utf-8", "a,b\n1,2\n"}, {"empty", "", ""}};
    const auto read = sent(letter);
    CHECK(read.text == "Hello");
    REQUIRE(read.files.size() == 3);
    CHECK(read.files[0].name == "Rechnung März.pdf");
    CHECK(read.files[0].media_type == "application/pdf");
    CHECK(read.files[0].bytes == every_byte_often());
    CHECK(read.files[1].name == "lines.csv");
    CHECK(read.files[1].media_type == "text/csv; charset=utf-8");
    CHECK(read.files[1].bytes == "a,b\n1,2\n");
    CHECK(read.files[2].media_type == "application/octet-stream");
    CHECK(read.files[2].bytes == "");
}

TEST_CASE("mail: a letter that is tried again has the same identity") {
    SmtpServer server;
    server.hang_up(".");
    const auto failed = failure_of(reaching(server));
    CHECK(failed.may_have_arrived);
    CHECK(!failed.permanent);
    server.behave();
    send(reaching(server), invoice());
    REQUIRE(server.letters().size() == 2);
    CHECK(ReceivedLetter(server.letters()[0].data).header("Message-ID") == ReceivedLetter(server.letters()[1].data).header("Message-ID"));
}

TEST_CASE("mail: nobody adds a header, a recipient or a command through a field") {
    const std::string evil = "x\r\nBcc: eve@example.org\r\n\r\n.\r\nRCPT TO:<eve@example.org>\r\n";
    SmtpServer        server;
    auto              letter = invoice();
    letter.to_name = letter.subject = evil;
    letter.text                     = evil;
    letter.files                    = {{evil, "application/pdf\r\nBcc: eve@example.org", evil}};
    send(reaching(server), letter);
    REQUIRE(server.letters().size() == 1);
    CHECK(server.letters()[0].to == "ada@example.org");
    CHECK(!has(server.heard(), "eve"));
    const ReceivedLetter read(server.letters()[0].data);
    CHECK(read.header("Bcc") == "");
    CHECK(read.header("Subject") == "x??Bcc: eve@example.org????.??RCPT TO:<eve@example.org>??");
    REQUIRE(read.files.size() == 1);
    CHECK(read.files[0].media_type == "application/octet-stream");
    CHECK(read.files[0].bytes == evil);
    CHECK(!has(read.headers, "\r\nBcc"));

    for (auto Letter::*field : {&Letter::to, &Letter::reply_to, &Letter::id})
        for (const std::string& text : {evil, "ada@example.org\nBcc: eve@example.org"s, "ada@example.org\0"s, "a> <b@example.org"s}) {
            auto changed      = invoice();
            changed.*field    = text;
            const auto failed = failure_of(reaching(server), changed);
            CHECK(failed.permanent);
            CHECK(failed.sentence.find_first_of("\r\n") == std::string::npos);
        }
    for (const auto text :
         {"Acme\r\nBcc: eve@example.org <books@acme.example>", "Acme <books@acme.example\r\nBcc: eve@example.org>", "books@acme.example\nx", ""}) {
        auto from         = reaching(server);
        from.from         = text;
        const auto failed = failure_of(from);
        CHECK(has(failed.sentence, "name the sender"));
        CHECK(failed.sentence.find_first_of("\r\n") == std::string::npos);
        CHECK(!failed.permanent);
    }
    CHECK(server.letters().size() == 1);
}

TEST_CASE("mail: what a server refuses for good is permanent, what it cannot do now is not") {
    struct Row {
        const char *at, *answer;
        bool        permanent;
        const char* says;
    };
    const Row rows[] = {
        {"RCPT", "550 5.1.1 No such mailbox", true, "correct the address of its recipient: 127.0.0.1:"},
        {"RCPT", "550-5.1.1 No such\r\n550 5.1.1 mailbox here", true, "550-5.1.1 No such 5.1.1 mailbox here"},
        {"RCPT", "450 4.2.0 Come back later", false, "450 4.2.0 Come back later"},
        {"RCPT", "530 5.7.0 Sign in first", false, "530 5.7.0 Sign in first"},
        {"DATA", "554 5.7.1 Not from you", true, "554 5.7.1 Not from you"},
        {"DATA", "451 4.3.0 Busy", false, "451 4.3.0 Busy"},
        {".", "552 5.3.4 Too big", true, "change it: 127.0.0.1:"},
        {".", "452 4.3.1 Disk full", false, "452 4.3.1 Disk full"},
        {"MAIL", "553 5.7.1 Not your address", false, "correct the sender"},
        {"MAIL", "421 4.3.2 Closing", false, "421 4.3.2 Closing"},
        {"CONNECT", "554 No service", false, "554 No service"},
        {"CONNECT", "421 Too busy", false, "421 Too busy"},
        {"EHLO", "550 Not you", false, "take mail from this machine: it answered \"550 Not you\"."},
    };
    for (const auto& row : rows) {
        CAPTURE(std::string(row.at));
        CAPTURE(std::string(row.answer));
        SmtpServer server;
        server.answer(row.at, row.answer);
        const auto failed = failure_of(reaching(server));
        CHECK(failed.permanent == row.permanent);
        CHECK(!failed.may_have_arrived);
        CHECK_MESSAGE(has(failed.sentence, row.says), failed.sentence);
        CHECK(server.letters().empty());
    }
}

TEST_CASE("mail: signs in with the mechanism that the server offers") {
    for (const std::string mechanisms : {"PLAIN", "LOGIN", "GSSAPI NTLM CRAM-MD5 LOGIN PLAIN"}) {
        CAPTURE(mechanisms);
        SmtpServer server({.user = "books@acme.example", .password = "s3cret ü", .mechanisms = mechanisms});
        auto       to = reaching(server);
        to.user       = "books@acme.example";
        to.password   = "s3cret ü";
        send(to, invoice());
        CHECK(server.letters().at(0).user == "books@acme.example");

        to.password       = "wrong";
        const auto failed = failure_of(to);
        CHECK(has(failed.sentence, "correct the user or the password: it answered 535 5.7.8."));
        CHECK(!failed.permanent);
        CHECK(server.letters().size() == 1);
    }
    SmtpServer server({.user = "books", .password = "s3cret", .mechanisms = "GSSAPI CRAM-MD5"});
    auto       to = reaching(server);
    to.user       = "books";
    to.password   = "s3cret";
    CHECK(has(failure_of(to).sentence, "PLAIN or LOGIN"));
    CHECK(has(failure_of(reaching(server)).sentence, "530 5.7.0 Authentication required"));
}

TEST_CASE("mail: the password is in no sentence, even if the server repeats it") {
    SmtpServer server({.user = "books", .password = "s3cret"});
    auto       to = reaching(server);
    to.user       = "books";
    to.password   = "s3cret";
    to.time_max   = 300ms;
    for (const auto answer : {"535 5.7.8 s3cret is wrong", "535 AGJvb2tzAHMzY3JldA== is wrong", "454 4.7.0 s3cret AGJvb2tzAHMzY3JldA== not now",
                              "900 s3cret", "s3cret AGJvb2tzAHMzY3JldA=="}) {
        server.answer("AUTH", answer);
        const auto failed = failure_of(to);
        CHECK(!failed.sentence.empty());
        CHECK_MESSAGE(!has(failed.sentence, "s3cret"), failed.sentence);
        CHECK_MESSAGE(!has(failed.sentence, "AGJvb2tz"), failed.sentence);
    }
}

TEST_CASE("mail: a server that says nothing holds nobody longer than the time that it was given") {
    for (const std::string at : {"CONNECT", "EHLO", "MAIL", "RCPT", "DATA", "."}) {
        CAPTURE(at);
        SmtpServer server;
        server.be_silent(at);
        auto to           = reaching(server);
        to.time_max       = 100ms;
        const auto begin  = Clock::now();
        const auto failed = failure_of(to);
        CHECK(Clock::now() - begin < 5s);
        CHECK_MESSAGE(has(failed.sentence, "did not answer in time"), failed.sentence);
        CHECK(!failed.permanent);
        CHECK(failed.may_have_arrived == (at == "."));
    }
    SmtpServer server;
    server.be_silent("QUIT");
    const auto begin = Clock::now();
    send(reaching(server), invoice());
    CHECK(Clock::now() - begin < 5s);
    CHECK(server.letters().size() == 1);
    server.behave();
    server.be_late("EHLO", 300ms);
    send(reaching(server), invoice());
    CHECK(server.letters().size() == 2);
}

TEST_CASE("mail: a server that hangs up, or is not there, is worth another try") {
    for (const std::string at : {"CONNECT", "EHLO", "MAIL", "RCPT", "DATA"}) {
        CAPTURE(at);
        SmtpServer server;
        server.hang_up(at);
        const auto failed = failure_of(reaching(server));
        CHECK(!failed.sentence.empty());
        CHECK(!failed.permanent);
        CHECK(!failed.may_have_arrived);
        CHECK(server.letters().empty());
    }
    const SelfSigned self;
    for (const auto security : {Security::none, Security::tls}) {
        SmtpServer server(security == Security::none ? SmtpServer::Manner{} : self.manner(Offers::tls));
        server.hang_up("LINE");
        auto letter       = invoice();
        letter.files      = {{"large.bin", "", std::string(10'000'000, 'x')}};
        const auto failed = failure_of(security == Security::none ? reaching(server) : self.reaching(server, security), letter);
        CHECK(!failed.sentence.empty());
        CHECK(!failed.permanent);
        CHECK(server.letters().empty());
    }
    Server nowhere = [] { return reaching(SmtpServer()); }();
    auto   failed  = failure_of(nowhere);
    CHECK_MESSAGE(has(failed.sentence, "check its name and its port"), failed.sentence);
    CHECK(!failed.permanent);
    nowhere.host     = "nowhere.invalid";
    nowhere.time_max = 500ms;  // whoever knows of names may not answer either
    const auto begin = Clock::now();
    failed           = failure_of(nowhere);
    CHECK(Clock::now() - begin < 5s);
    CHECK_MESSAGE(has(failed.sentence, "nowhere.invalid"), failed.sentence);
    CHECK(!failed.permanent);
}

TEST_CASE("mail: sending is stopped when nobody wants it any more") {
    SmtpServer        server;
    std::atomic<bool> cancelled = true;
    CHECK(has(failure_of(reaching(server), invoice(), &cancelled).sentence, "was stopped"));
    CHECK(server.heard().empty());

    server.be_silent("RCPT");
    cancelled = false;
    std::thread stopping([&] {
        while (!has(server.heard(), "RCPT")) std::this_thread::sleep_for(1ms);
        cancelled = true;
    });
    auto        to    = reaching(server);
    to.time_max       = 60s;
    const auto begin  = Clock::now();
    const auto failed = failure_of(to, invoice(), &cancelled);
    stopping.join();
    CHECK(Clock::now() - begin < 10s);
    CHECK(has(failed.sentence, "was stopped"));
    CHECK(!failed.permanent);
    CHECK(!failed.may_have_arrived);
    CHECK(server.letters().empty());
}

TEST_CASE("mail: a letter goes through TLS, begun at once or by STARTTLS") {
    const SelfSigned self;
    for (const auto asks : {Security::starttls, Security::tls}) {
        SmtpServer server(self.manner(asks == Security::tls ? Offers::tls : Offers::starttls));
        auto       letter = invoice();
        letter.files      = {{"a.pdf", "application/pdf", every_byte_often()}};
        send(self.reaching(server, asks), letter);
        REQUIRE(server.letters().size() == 1);
        CHECK(server.letters()[0].is_secure);
        CHECK(server.letters()[0].user == "books");
        CHECK(ReceivedLetter(server.letters()[0].data).files.at(0).bytes == every_byte_often());
        server.hang_up(".");
        CHECK(failure_of(self.reaching(server, asks), letter).may_have_arrived);
    }
}

TEST_CASE("mail: where STARTTLS is demanded, a server without it is told nothing") {
    SmtpServer server({.user = "books", .password = "s3cret"});
    auto       to     = reaching(server, Security::starttls);
    to.user           = "books";
    to.password       = "s3cret";
    const auto failed = failure_of(to);
    CHECK_MESSAGE(has(failed.sentence, "STARTTLS"), failed.sentence);
    CHECK(!failed.permanent);
    CHECK(!has(server.heard(), "AUTH"));
    CHECK(!has(server.heard(), "MAIL"));
    CHECK(server.letters().empty());

    CHECK(has(failure_of(reaching(server, Security::tls)).sentence, "let it speak TLS"));
    const SelfSigned self;
    SmtpServer       refusing(self.manner(Offers::starttls));
    for (const auto answer : {"454 4.7.0 TLS is not available", "500 What?"}) {
        refusing.answer("STARTTLS", answer);
        CHECK(!failure_of(self.reaching(refusing, Security::starttls)).sentence.empty());
    }
    refusing.answer("EHLO", "500 What?");
    CHECK(!failure_of(self.reaching(refusing, Security::starttls)).sentence.empty());
    CHECK(!has(refusing.heard(), "AUTH"));
    CHECK(!has(refusing.heard(), "MAIL"));
}

TEST_CASE("mail: a server that cannot prove who it is gets nothing") {
    const SelfSigned self, other;
    for (const auto asks : {Security::starttls, Security::tls}) {
        SmtpServer server(self.manner(asks == Security::tls ? Offers::tls : Offers::starttls));
        for (const std::string& authorities : {std::string(), other.certificate, std::string("/nowhere/authorities.pem")}) {
            auto to           = self.reaching(server, asks);
            to.authorities    = authorities;
            const auto failed = failure_of(to);
            CHECK_MESSAGE(has(failed.sentence, "authorities that vouch for it"), failed.sentence);
            CHECK(!failed.permanent);
        }
        auto to = self.reaching(server, asks);
        to.host = "localhost";  // the certificate is for 127.0.0.1
        CHECK(has(failure_of(to).sentence, "authorities that vouch for it"));
        CHECK(!has(server.heard(), "AUTH"));
        CHECK(server.letters().empty());
    }
}

TEST_CASE("mail: nothing is taken from the environment") {
    const SelfSigned lends_its_folder;
    std::ofstream(lends_its_folder.folder / ".netrc") << "machine 127.0.0.1 login eve password s3cret\n";
    const std::string home = ::getenv("HOME") ? ::getenv("HOME") : "";
    ::setenv("HOME", lends_its_folder.folder.c_str(), 1);
    for (const auto name : {"all_proxy", "ALL_PROXY", "smtp_proxy"}) ::setenv(name, "http://127.0.0.1:1", 1);
    SmtpServer server({.user = "eve", .password = "s3cret"});
    const auto failed = failure_of(reaching(server));
    for (const auto name : {"all_proxy", "ALL_PROXY", "smtp_proxy"}) ::unsetenv(name);
    ::setenv("HOME", home.c_str(), 1);
    CHECK_MESSAGE(has(failed.sentence, "530 5.7.0"), failed.sentence);
    CHECK(!has(server.heard(), "AUTH"));
}

TEST_CASE("mail: several letters are sent at once") {
    SmtpServer               server;
    std::vector<std::thread> senders;
    for (int i = 0; i < 8; ++i)
        senders.emplace_back([&, i] {
            auto letter = invoice();
            letter.id   = "letter-" + std::to_string(i);
            send(reaching(server), letter);
        });
    for (auto& sender : senders) sender.join();
    std::vector<std::string> ids;
    for (const auto& letter : server.letters()) ids.push_back(ReceivedLetter(letter.data).header("Message-ID"));
    std::ranges::sort(ids);
    CHECK(std::ranges::unique(ids).empty());
    CHECK(ids.size() == 8);
}
