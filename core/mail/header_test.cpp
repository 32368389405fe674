#include "mail/header.h"

#include "mail/address.h"
#include "mail/received_letter.h"

#include <doctest/doctest.h>

using namespace tessera;
using namespace tessera::mail;

namespace {

std::string read_back(const std::string& value) { return Entity("Subject: " + value + "\r\n\r\n").header("Subject"); }

std::size_t longest_line(std::string value) {
    std::size_t longest = 0;
    value               = "Subject: " + value + "\r\n";
    for (std::size_t start = 0, end = 0; (end = value.find("\r\n", start)) != std::string::npos; start = end + 2)
        longest = std::max(longest, end - start);
    return longest;
}

}  // namespace

TEST_CASE("address: what can stand in an envelope is told from what cannot") {
    for (const auto good :
         {"ada@example.org", "a.b+invoices@sub.example.org", "o'neil@example.org", "root@localhost", "ada@xn--bcher-kva.example", "1@2.example"})
        CHECK_MESSAGE(is_address(good), good);
    // clang-format off
    for (const std::string bad : {"", "@", "ada", "ada@", "@example.org", "ada@@example.org", "ada@example..org", ".ada@example.org",
                                  "ada.@example.org", "a..b@example.org", "ada@-example.org", "ada@example-.org", "ada@example.org.",
                                  "ada lovelace@example.org", "ada@exa mple.org", "<ada@example.org>", "ada@example.org,bob@example.org",
                                  "ada@example.org\r\nBcc: bob@example.org", "ada@example.org\n", "ada\"@example.org", "äda@example.org",
                                  "ada@bücher.example", "ada@[127.0.0.1]"})
        // clang-format on
        CHECK_MESSAGE(!is_address(bad), bad);
    CHECK(!is_address(std::string_view("ada@example.org\0", 16)));
    const std::string long_label(64, 'a');
    CHECK(is_address(long_label + "@example.org"));
    CHECK(!is_address(long_label + "a@example.org"));
    CHECK(!is_address("ada@" + long_label));
    CHECK(!is_address("ada@" + long_label.substr(1) + "." + long_label.substr(1) + "." + long_label.substr(1) + "." + long_label.substr(1)));
}

TEST_CASE("address: a mailbox has a name or none, and one address") {
    const auto read = [](std::string_view text) {
        const auto found = mailbox(text);
        return found ? found->name + "|" + found->address + "|" + found->domain() : "none";
    };
    CHECK(read("books@acme.example") == "|books@acme.example|acme.example");
    CHECK(read("<books@acme.example>") == "|books@acme.example|acme.example");
    CHECK(read("  Acme Books   <books@acme.example> ") == "Acme Books|books@acme.example|acme.example");
    CHECK(read("\"Books, \\\"Acme\\\"\" <books@acme.example>") == "Books, \"Acme\"|books@acme.example|acme.example");
    CHECK(read("Bücher <books@acme.example>") == "Bücher|books@acme.example|acme.example");
    for (const auto bad : {"", "Acme Books", "Acme <books>", "<>", "a@acme.example, b@acme.example", "Acme <books@acme.example> x",
                           "Acme <books@acme.example\n>", "Acme\nBooks <books@acme.example>", "Acme \xff <books@acme.example>"})
        CHECK_MESSAGE(read(bad) == "none", bad);
}

TEST_CASE("header: short text of ASCII stays readable, all else arrives as it was written") {
    CHECK(header::text("Invoice 12 (copy)") == "Invoice 12 (copy)");
    CHECK(header::text("") == "");
    CHECK(header::text("Rechnung für März") == "=?UTF-8?B?UmVjaG51bmcgZsO8ciBNw6Ryeg==?=");
    const std::string              many(300, 'x');
    const std::vector<std::string> texts{"Rechnung für März", "=?UTF-8?B?QQ==?=",
                                         " spaces around ",   many,
                                         many + " ü",         "日本語の請求書、とても長い件名、とても長い件名、とても長い件名、😀😀😀😀😀😀😀😀😀😀😀😀"};
    for (const auto& text : texts) {
        CHECK(read_back(header::text(text)) == text);
        CHECK(longest_line(header::text(text)) <= 76);
    }
}

TEST_CASE("header: no encoded word cuts a character in two") {
    for (std::size_t before = 0; before < 40; ++before) {
        const auto value = header::text(std::string(before, 'x') + "€€€€€€€€€€€€€€€€€€€€€€€€€€€€€€");
        for (std::size_t word = 0; (word = value.find("=?UTF-8?B?", word)) != std::string::npos; ++word) {
            const auto bytes = from_base64(value.substr(word + 10, value.find("?=", word) - word - 10));
            CHECK(std::ranges::count_if(bytes, [](char c) { return c != 'x'; }) % 3 == 0);
        }
    }
}

TEST_CASE("header: a value never becomes a second line") {
    for (const std::string_view end : {"\r\n", "\n", "\r", "\r\n\r\n"}) {
        const auto evil = "Invoice" + std::string(end) + "Bcc: eve@example.org";
        for (const auto& text : {evil, "ü" + evil})
            for (const auto& value : {header::text(text), header::mailbox(text, "ada@example.org"), header::attachment(text)}) {
                for (auto at = value.find_first_of("\r\n"); at != std::string::npos; at = value.find_first_of("\r\n", at + 3))
                    CHECK(value.substr(at, 3) == "\r\n ");
                CHECK(read_back(value).find_first_of("\r\n") == std::string::npos);
            }
    }
    CHECK(header::text(std::string_view("a\0b", 3)) == "a?b");
    CHECK(header::text("a\xff") == "a?");
}

TEST_CASE("header: names are quoted, files keep their names but no path") {
    CHECK(header::mailbox("", "ada@example.org") == "ada@example.org");
    CHECK(header::mailbox("Ada Lovelace", "ada@example.org") == "\"Ada Lovelace\" <ada@example.org>");
    CHECK(header::mailbox("Lovelace, \"Ada\" \\", "ada@example.org") == "\"Lovelace, \\\"Ada\\\" \\\\\" <ada@example.org>");
    CHECK(read_back(header::mailbox("Jürgen <Groß>", "j@example.org")) == "Jürgen <Groß> <j@example.org>");
    CHECK(header::attachment("Invoice 12.pdf") == "attachment; filename=\"Invoice 12.pdf\"");
    CHECK(header::attachment("März.pdf") == "attachment;\r\n filename*=UTF-8''M%C3%A4rz.pdf");
    CHECK(header::attachment("a\"; filename=\"b.exe") == "attachment;\r\n filename*=UTF-8''a%22%3B%20filename%3D%22b.exe");
    CHECK(header::attachment("../../etc\\passwd") == "attachment; filename=\".._.._etc_passwd\"");
}

TEST_CASE("header: a date is in English and in UTC, wherever the machine stands") {
    CHECK(header::date(Instant::parse("2026-01-31T10:15:30.999999Z")) == "Sat, 31 Jan 2026 10:15:30 +0000");
    CHECK(header::date(Instant::parse("2026-07-01T01:05:09+02:00")) == "Tue, 30 Jun 2026 23:05:09 +0000");
    CHECK(header::date(Instant::parse("1969-12-31T23:59:59.5Z")) == "Wed, 31 Dec 1969 23:59:59 +0000");
}
