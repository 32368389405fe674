// E-mail as a company sends it: with the commit or not at all, until the mail server has taken it.

#include "follower.h"
#include "workshop_company.h"

#include "mail/smtp_server.h"

#include <doctest/doctest.h>

using namespace tessera;

namespace {

struct Seen {
    std::string  state{}, last_failure{};
    std::int64_t attempts = 0;
};

class Post : public WorkshopCompany {
public:
    mail::SmtpServer server{};

    Post() { connect(server.port()); }
    void connect(std::optional<unsigned short> port) {
        auto fresh = options({"workshop"});
        if (port) fresh.mail = mail::Server{.host = "127.0.0.1", .port = *port, .security = mail::Server::Security::none, .from = "Repair Shop <shop@repair.example>", .time_max = std::chrono::seconds(10)};
        open_with(fresh);
    }
    void write(const std::string& recipient, const std::string& subject = "Your bicycle", std::vector<attachments::File> files = {}) {
        run([&](Transaction& tx) { mail::send(tx, {.recipient = recipient, .recipient_name = "Ada", .subject = subject, .text = "It is ready."}, {"workshop.customer", customer().value}, files); });
    }
    std::string deliver() {
        return refusal_of([&] { suite().run_job("mail.delivery"); });
    }
    Seen letter(int number = 1) {
        std::optional<Seen> seen;
        read([&](const Snapshot& tx) { seen = tx.row<Seen>("SELECT state, last_failure, attempts FROM mail_message WHERE id = :id", number); });
        return seen.value();
    }
    void make_due() {
        run([](Transaction& tx) { tx.execute("UPDATE mail_message SET due_at = 0"); });
    }
    void move(const char* transition) { suite().run({.verb = RecordCommand::Verb::transition, .entity = "mail.message", .id = 1, .transition = transition}); }
};

}  // namespace

TEST_SUITE_BEGIN("kernel");

TEST_CASE("a letter goes out once what it tells of is true, and never when that was undone") {
    Post shop;
    CHECK(shop.refusal([&](Transaction& tx) {
        mail::send(tx, {.recipient = "ada@example.org", .subject = "Lost", .text = "…"}, {"workshop.customer", 1});
        throw Refused("workshop.changed_mind", "To go on, do not change your mind.");
    }) == "workshop.changed_mind: To go on, do not change your mind.");
    shop.write("ada@example.org", "Your bicycle is ready – übermorgen", {{.name = "bill.pdf", .media_type = "application/pdf", .bytes = "%PDF bill"}});
    CHECK(shop.deliver().empty());
    REQUIRE(shop.server.letters().size() == 1);
    const auto letter = mail::ReceivedLetter(shop.server.letters()[0].data);
    CHECK(shop.server.letters()[0].to == "ada@example.org");
    CHECK(shop.server.letters()[0].from == "shop@repair.example");
    CHECK(letter.header("Subject") == "Your bicycle is ready – übermorgen");
    CHECK(letter.text.starts_with("It is ready."));
    REQUIRE(letter.files.size() == 1);
    CHECK(letter.files[0].bytes == "%PDF bill");
    CHECK(shop.letter().state == "sent");
    CHECK(shop.deliver().empty());
    CHECK(shop.server.letters().size() == 1);
    const auto history = shop.suite().history({}, "workshop.customer", shop.customer().value);
    CHECK_MESSAGE(history.find("Your bicycle is ready") != std::string::npos, history);
}

TEST_CASE("a mail server that cannot take letters now gets them later, under the same name") {
    Post shop;
    shop.server.hang_up(".");
    shop.write("ada@example.org");
    shop.write("grace@example.org");
    CHECK(shop.deliver().starts_with("jobs.failed: "));
    CHECK(shop.letter(1).state == "waiting");
    CHECK(shop.letter(1).attempts == 1);
    CHECK(!shop.letter(1).last_failure.empty());
    CHECK(shop.letter(2).attempts == 0);                     // the server has a trouble of its own: nobody else is tried
    CHECK(shop.suite().status().failing_jobs.size() == 1);
    shop.server.behave();
    CHECK(shop.deliver().empty());
    CHECK(shop.letter(1).state == "waiting");                // not due yet
    CHECK(shop.letter(2).state == "sent");
    shop.make_due();
    CHECK(shop.deliver().empty());
    CHECK(shop.letter(1).state == "sent");
    const auto letters = shop.server.letters();
    REQUIRE(letters.size() == 3);                            // the first had arrived, though nobody was told
    CHECK(mail::ReceivedLetter(letters[0].data).header("Message-ID") == mail::ReceivedLetter(letters[2].data).header("Message-ID"));
}

TEST_CASE("a letter that is refused for good is given up, and does not hold up the others") {
    Post shop;
    shop.server.answer("RCPT", "550 5.1.1 No such mailbox");
    shop.write("nobody@example.org");
    CHECK(shop.deliver().empty());
    CHECK(shop.letter().state == "given_up");
    CHECK(shop.letter().last_failure.find("No such mailbox") != std::string::npos);
    shop.server.behave();
    shop.make_due();
    CHECK(shop.deliver().empty());
    CHECK(shop.server.letters().empty());
    shop.move("retry");
    CHECK(shop.deliver().empty());
    CHECK(shop.letter().state == "sent");
}

TEST_CASE("letters wait while no mail server is named, and what has waited for days is given up") {
    Post shop;
    shop.connect(std::nullopt);
    shop.write("ada@example.org");
    CHECK(shop.deliver().empty());
    shop.read([](const Snapshot& tx) { CHECK(tx.value<std::string>("SELECT progress FROM jobs_job WHERE name = 'mail.delivery'") == "1 wait: no mail server is configured"); });
    CHECK(shop.letter().state == "waiting");
    shop.connect(shop.server.port());
    shop.server.answer("MAIL", "451 Try again later");
    shop.run([](Transaction& tx) { tx.execute("UPDATE mail_message SET queued_at = queued_at - 432000000000"); });
    shop.deliver();
    CHECK(shop.letter().state == "given_up");
}

TEST_CASE("a letter is written to an address") {
    Post shop;
    for (const auto* address : {"", "ada", "ada@", "a da@example.org", "ada@example.org\r\nBcc: eve@example.org", "ada@example.org>"})
        CHECK(shop.refusal([&](Transaction& tx) { mail::send(tx, {.recipient = address, .subject = "x", .text = "x"}, {}); }).starts_with("mail.bad_address: To send an e-mail"));
}

TEST_CASE("a server sends by itself what a command has written") {
    Post shop;
    auto serving       = shop.options({"workshop"});
    serving.background = true;
    serving.mail       = mail::Server{.host = "127.0.0.1", .port = shop.server.port(), .security = mail::Server::Security::none, .from = "shop@repair.example"};
    shop.open_with(serving);
    shop.write("ada@example.org");
    CHECK(shop.server.wait_for(1));
}

TEST_CASE("whoever follows a record hears of the letters and files that belong to it") {
    Post     shop;
    Follower ada(shop.suite());
    shop.write("ada@example.org");
    CHECK(ada.hears(fmt::format("workshop.customer {} by administrator", shop.customer())));
}
