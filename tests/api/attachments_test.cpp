// Files that belong to records: who adds, sees and removes them, and what a browser makes of them.

#include "office.h"

#include <doctest/doctest.h>

using namespace api_tests;
using namespace tessera;

namespace {

struct Filing : Office {
    std::string order = "/api/purchasing/orders/" + std::to_string(id_of(Office::order(boss, "10.00")));

    Answer attach(const std::string& token, const std::string& name, const std::string& bytes, const std::string& type = "application/pdf", std::vector<std::string> more = {}, const std::string& record = {}) {
        more.push_back("Authorization: Bearer " + token);
        more.push_back("Content-Type: " + type);
        return ask({.method = "POST", .url = (record.empty() ? order : record) + "/attachments?name=" + name, .body = bytes, .headers = std::move(more)});
    }
    std::string one(std::int64_t number) const { return order + "/attachments/" + std::to_string(number); }
    std::size_t count(const std::string& token) { return parse_json(as(token, "GET", order + "/attachments").body).at("rows").as_array().size(); }
};

}  // namespace

TEST_CASE("attachments: a file comes back as it was added, and everybody who sees the record sees it") {
    Filing      office;
    const auto  reader = office.user("rita", {"Reader"});
    std::string bytes(700'000, '\0');
    for (std::size_t i = 0; i < bytes.size(); ++i) bytes[i] = static_cast<char>(i * 31 % 251);
    const auto made = office.attach(office.boss, "offer%20%C3%BC.pdf", bytes);
    REQUIRE_MESSAGE(made.status == 201, made.body);
    const auto row = parse_json(made.body);
    CHECK(row.at("name") == "offer ü.pdf");
    CHECK(row.at("size") == 700'000);
    CHECK(row.at("added_by") == "administrator");
    CHECK(made["location"] == office.one(row.at("id").as_int64()));

    CHECK(parse_json(office.as(reader, "GET", office.order + "/attachments").body).at("rows").at(0) == row);
    const auto content = office.as(reader, "GET", office.one(row.at("id").as_int64()));
    CHECK(content.status == 200);
    CHECK(content.body == bytes);
    const auto history = office.as(reader, "GET", office.order + "/history").body;
    CHECK_MESSAGE(history.find("purchasing.order.attach") != std::string::npos, history);
    CHECK(history.find("offer ü.pdf") != std::string::npos);
}

TEST_CASE("attachments: a browser runs nothing of what was attached") {
    Filing     office;
    const auto type_of = [&](const char* name, const char* type, const char* bytes) {
        const auto made = office.attach(office.boss, name, bytes, type);
        REQUIRE_MESSAGE(made.status == 201, made.body);
        return office.as(office.boss, "GET", office.one(id_of(made)));
    };
    const auto page = type_of("page.html", "text/html", "<script>alert(1)</script>");
    CHECK(page["content-type"] == "application/octet-stream");
    CHECK(page["content-disposition"] == "attachment; filename=\"page.html\"; filename*=UTF-8''page.html");
    CHECK(page["content-security-policy"].starts_with("sandbox; default-src 'none'"));
    CHECK(page["x-content-type-options"] == "nosniff");
    const auto drawing = type_of("drawing.svg", "image/svg+xml", "<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>");
    CHECK(drawing["content-type"] == "application/octet-stream");
    CHECK(drawing["content-disposition"].starts_with("attachment;"));
    const auto picture = type_of("picture.png", "image/png", "\x89PNG");
    CHECK(picture["content-type"] == "image/png");
    CHECK(picture["content-disposition"].starts_with("inline;"));
    const auto odd = type_of("a%22b;%C3%BC.txt", "text/plain; charset=x", "words");
    CHECK(odd["content-type"] == "text/plain; charset=utf-8");
    CHECK(odd["content-disposition"] == "inline; filename=\"a_b;__.txt\"; filename*=UTF-8''a%22b%3B%C3%BC.txt");
}

TEST_CASE("attachments: names, sizes and what is there already are looked at before anything is kept") {
    Filing office;
    CHECK(code_of(office.attach(office.boss, "..", "x")) == "attachments.bad_name");
    CHECK(code_of(office.attach(office.boss, "", "x")) == "attachments.bad_name");
    CHECK(code_of(office.attach(office.boss, "a%2Fb.pdf", "x")) == "attachments.bad_name");
    CHECK(code_of(office.attach(office.boss, "a%5Cb.pdf", "x")) == "attachments.bad_name");
    CHECK(code_of(office.attach(office.boss, std::string(201, 'a'), "x")) == "attachments.bad_name");
    CHECK(code_of(office.attach(office.boss, "nothing.pdf", "")) == "attachments.empty");
    const auto large = office.attach(office.boss, "large.bin", std::string((32 << 20) + 1, 'a'));
    CHECK(large.status == 413);
    CHECK(code_of(large) == "attachments.too_large");
    CHECK(office.attach(office.boss, "bill.pdf", "bytes").status == 201);
    CHECK(code_of(office.attach(office.boss, "again.pdf", "bytes")) == "attachments.attached_already");
    CHECK(code_of(office.attach(office.boss, "x.pdf", "x", "application/pdf", {}, "/api/purchasing/orders/4711")) == "kernel.not_found");
    CHECK(office.count(office.boss) == 1);
}

TEST_CASE("attachments: a request that comes twice with its key adds a file once") {
    Filing     office;
    const auto first = office.attach(office.boss, "bill.pdf", "bytes", "application/pdf", {"Idempotency-Key: k1"});
    const auto again = office.attach(office.boss, "bill.pdf", "bytes", "application/pdf", {"Idempotency-Key: k1"});
    CHECK(first.status == 201);
    CHECK(again.status == 201);
    CHECK(first.body == again.body);
    CHECK(code_of(office.attach(office.boss, "bill.pdf", "other", "application/pdf", {"Idempotency-Key: k1"})) == "kernel.idempotency_key_reused");
    CHECK(office.count(office.boss) == 1);
}

TEST_CASE("attachments: who may move or change a record adds to it; what was decided keeps what it rests on") {
    Filing     office;
    const auto reader = office.user("rita", {"Reader"}), manager = office.user("max", {"Purchasing manager"});
    CHECK(code_of(office.attach(reader, "bill.pdf", "bytes")) == "kernel.not_permitted");
    const auto draft = id_of(office.attach(office.boss, "draft.pdf", "one"));
    CHECK(code_of(office.as(reader, "DELETE", office.one(draft))) == "kernel.not_permitted");
    CHECK(office.as(office.boss, "DELETE", office.one(draft)).status == 204);
    CHECK(office.as(office.boss, "GET", office.one(draft)).status == 404);
    CHECK(office.attach(office.boss, "draft.pdf", "one").status == 201);         // it is gone, so it may come again

    CHECK(office.as(manager, "POST", office.order + "/approve").status == 200);
    const auto offer = id_of(office.attach(manager, "offer.pdf", "two"));
    const auto kept  = office.as(office.boss, "DELETE", office.one(offer));
    CHECK(kept.status == 409);
    CHECK(code_of(kept) == "kernel.wrong_state");
    CHECK(office.count(reader) == 2);
}

TEST_CASE("attachments: whoever does not see a record sees none of its files, nor a file under another record") {
    Filing     office;
    const auto other = "/api/purchasing/orders/" + std::to_string(id_of(office.Office::order(office.boss, "500.00")));
    const auto file  = id_of(office.attach(office.boss, "secret.pdf", "secret", "application/pdf", {}, other));
    office.company.run([](Transaction& tx) {
        access::Role role{.name = "Small orders"};
        role.permissions.push_back({.permission = "*.read"});
        role.rules.push_back({.entity = "purchasing.order", .field = "total", .operation = access::Comparison::lt, .value = "100"});
        access::User user{.name = "sue"};
        user.roles.push_back({.role = tx.insert(role)});
        tx.insert(user);
    });
    const auto sue = office.token_of("sue");
    CHECK(office.as(sue, "GET", office.order + "/attachments").status == 200);
    CHECK(office.as(sue, "GET", other + "/attachments").status == 404);
    CHECK(office.as(sue, "GET", other + "/attachments/" + std::to_string(file)).status == 404);
    CHECK(office.as(sue, "GET", office.order + "/attachments/" + std::to_string(file)).status == 404);
    CHECK(office.as(office.boss, "GET", office.order + "/attachments/" + std::to_string(file)).status == 404);
    CHECK(office.as(sue, "GET", "/api/attachments/attachments").status == 403);
    CHECK(office.ask({.url = office.order + "/attachments"}).status == 401);
}

TEST_CASE("attachments: erasing somebody takes the files about them along, and the books still prove sound") {
    Filing     office;
    const auto party   = std::to_string(office.id("/api/directory/parties?number=S1"));
    const auto contact = "/api/directory/contacts/" + std::to_string(id_of(office.as(office.boss, "POST", "/api/directory/contacts", R"({"party":)" + party + R"(,"name":"Ada Lovelace"})")));
    const auto file    = id_of(office.attach(office.boss, "ada-passport.png", "face", "image/png", {}, contact));
    const auto erased  = office.as(office.boss, "POST", contact + "/erase", R"({"reason":"She asked for it"})");
    REQUIRE_MESSAGE(erased.status == 200, erased.body);
    CHECK(erased.body.find("attachments.attachment") != std::string::npos);
    CHECK(office.as(office.boss, "GET", contact + "/attachments/" + std::to_string(file)).status == 404);
    const auto trail = office.as(office.boss, "GET", "/api/audit?text=passport").body;
    CHECK_MESSAGE(parse_json(trail).at("total") == 0, trail);
    office.company.read([&](const Snapshot& tx) {
        CHECK(tx.value<std::int64_t>("SELECT count(*) FROM attachments_piece") == 0);
        const auto left = tx.load(Id<attachments::Attachment>{file});
        CHECK(left.state == attachments::State::erased);
        CHECK(left.sha256.empty());
    });
    for (const auto& check : office.company.suite().verify(Actor{})) CHECK_MESSAGE(check.findings.empty(), check.check);
}
