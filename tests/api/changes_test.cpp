#include "api_scenario.h"

#include <atomic>
#include <thread>

using namespace api_tests;

namespace {

// A client that follows, and all it has heard.
class Stream {
public:
    Stream(ServedCompany& served, const std::string& query, const std::string& last_event_id = {}, int receive_buffer = 0) : client_(served.port(), receive_buffer) {
        client_.send("GET /api/changes?" + query + " HTTP/1.1\r\nHost: localhost\r\n" + (last_event_id.empty() ? "" : "Last-Event-ID: " + last_event_id + "\r\n") + "\r\n");
    }
    bool hears(std::string_view text, std::chrono::milliseconds longest = 10s) {
        const auto latest = std::chrono::steady_clock::now() + longest;
        while (heard_.find(text) == std::string::npos && std::chrono::steady_clock::now() < latest) heard_ += client_.read_some(50ms);
        return heard_.find(text) != std::string::npos;
    }
    bool hears_of(const std::string& unit) { return hears(R"(data: {"entity":"catalog.unit","id":)" + unit + R"(,"version":1,"by":"administrator","deleted":false})"); }
    bool ends_within(std::chrono::milliseconds longest) { return client_.closed_within(longest); }
    const std::string& heard() const { return heard_; }
    std::string last_id() const {
        const auto at = heard_.rfind("id: ");
        return heard_.substr(at + 4, heard_.find('\n', at) - at - 4);
    }

private:
    Client      client_;
    std::string heard_{};
};

std::string id_of(const Answer& answer) {
    REQUIRE_MESSAGE(answer.status == 201, answer.body);
    const auto at = answer.body.find("\"id\":") + 5;
    return answer.body.substr(at, answer.body.find(',', at) - at);
}
std::string make_unit(ServedCompany& served, const std::string& code) {
    return id_of(served.ask({"POST", "/api/catalog/units", "{\"code\":\"" + code + "\"}"}));
}

std::string streams(ServedCompany& served) {
    const auto text = served.ask({.url = "/metrics"}).body;
    const auto at   = text.find("\ntessera_http_streams ") + 22;
    return text.substr(at, text.find('\n', at) - at);
}
bool streams_become(ServedCompany& served, const std::string& count) {
    for (int i = 0; i < 1000 && streams(served) != count; ++i) std::this_thread::sleep_for(10ms);
    return streams(served) == count;
}

}  // namespace

TEST_CASE("changes: what cannot be followed is refused with a sentence") {
    ServedCompany     served{"catalog"};
    const ApiScenario scenarios[] = {
        {"nothing named", "GET", "/api/changes", "", 400, {"kernel.malformed_query", "To follow changes, give entity=MODULE.ENTITY"}},
        {"an unknown entity", "GET", "/api/changes?entity=catalog.dragon", "", 404, {"kernel.no_entity", "catalog.dragon"}},
        {"a record of an unknown entity", "GET", "/api/changes?record=catalog.dragon/7", "", 404, {"kernel.no_entity"}},
        {"a record without its id", "GET", "/api/changes?record=catalog.unit", "", 400, {"kernel.malformed_query"}},
        {"a record that is no number", "GET", "/api/changes?record=catalog.unit/x", "", 400, {"kernel.malformed_query"}},
        {"another parameter", "GET", "/api/changes?entity=catalog.unit&color=red", "", 400, {"kernel.malformed_query"}},
        {"after what is no entry", "GET", "/api/changes?entity=catalog.unit&after=yesterday", "", 400, {"kernel.malformed_query", "the id of the last event as after"}},
        {"to change something", "POST", "/api/changes?entity=catalog.unit", "{}", 405},
        {"only the header", "HEAD", "/api/changes?entity=catalog.unit", "", 200},
    };
    for (const auto& scenario : scenarios) run(served, scenario);
    CHECK(streams(served) == "0");
}

TEST_CASE("changes: nobody follows what they may not see") {
    ServedCompany served({"catalog"}, {.actor = tessera::Actor{.name = "clerk", .permissions = tessera::Permissions::of({"directory.read"})}});
    for (const char* wanted : {"entity=catalog.unit", "record=catalog.unit/1", "entity=catalog.product&entity=catalog.unit"}) {
        CAPTURE(wanted);
        const auto told = served.ask({.url = std::string("/api/changes?") + wanted});
        CHECK(told.status == 403);
        CHECK(told.body.find("ask for the permission catalog.read") != std::string::npos);
    }
}

TEST_CASE("changes: a client hears of the entities and records it follows, and of nothing else") {
    ServedCompany served{"catalog"};
    const auto    first = make_unit(served, "FIRST"), second = make_unit(served, "SECOND");
    Stream        units(served, "entity=catalog.unit"), one(served, "record=catalog.unit/" + first), products(served, "entity=catalog.product");
    for (auto* stream : {&units, &one, &products}) REQUIRE(stream->hears("event: ready\nid: "));
    CHECK(units.heard().starts_with("HTTP/1.1 200 OK\r\n"));
    CHECK(units.hears("Content-Type: text/event-stream\r\n"));
    CHECK(units.hears("Cache-Control: no-store\r\n"));

    CHECK(served.ask({"PATCH", "/api/catalog/units/" + second, R"({"code":"OTHER"})", {"If-Match: \"1\""}}).status == 200);
    CHECK(served.ask({"PATCH", "/api/catalog/units/" + first, R"({"code":"CHANGED"})", {"If-Match: \"1\""}}).status == 200);
    const auto changed = [](const std::string& id) { return R"(data: {"entity":"catalog.unit","id":)" + id + R"(,"version":2,"by":"administrator","deleted":false})" + "\n\n"; };
    CHECK(one.hears(changed(first)));
    CHECK(units.hears(changed(first)));
    CHECK(units.hears(changed(second)));
    CHECK(one.heard().find("\"id\":" + second) == std::string::npos);
    CHECK(served.ask({"DELETE", "/api/catalog/units/" + first, "", {"If-Match: \"2\""}}).status == 204);
    CHECK(one.hears(R"(,"version":null,"by":"administrator","deleted":true})"));
    CHECK(products.heard().find("data: {\"entity\"") == std::string::npos);
}

TEST_CASE("changes: a session says from where on to follow, so that what is read afterwards need not be read again") {
    ServedCompany served{"catalog"};
    const auto    session = served.ask({.url = "/api/session"}).body;
    const auto    at      = session.find("\"place\":") + 8;
    const auto    place   = session.substr(at, session.find_first_not_of("0123456789", at) - at);
    const auto    changed = make_unit(served, "BETWEEN");
    Stream        stream(served, "entity=catalog.unit&after=" + place);
    CHECK(stream.hears("event: ready\nid: " + place));
    CHECK(stream.hears_of(changed));
    CHECK(stream.heard().find("event: reset") == std::string::npos);
}

TEST_CASE("changes: who comes again with the last id hears what was missed, or to read again where that is not known") {
    ServedCompany served{"catalog"};
    std::string   last;
    {
        Stream stream(served, "entity=catalog.unit");
        REQUIRE(stream.hears("event: ready"));
        CHECK(stream.hears_of(make_unit(served, "HEARD")));
        last = stream.last_id();
    }
    const auto missed = make_unit(served, "MISSED");
    Stream     by_header(served, "entity=catalog.unit", last), by_parameter(served, "entity=catalog.unit&after=" + last);
    for (auto* stream : {&by_header, &by_parameter}) {
        CHECK(stream->hears_of(missed));
        CHECK(stream->hears("event: ready\nid: " + last));
        CHECK(stream->heard().find("event: reset") == std::string::npos);
    }
    Stream from_before(served, "entity=catalog.unit", "0"), from_nowhere(served, "entity=catalog.unit", "999999999");
    for (auto* stream : {&from_before, &from_nowhere}) {
        CHECK(stream->hears("event: reset\nid: "));
        CHECK(stream->hears_of(make_unit(served, stream == &from_before ? "A" : "B")));
    }
}

TEST_CASE("changes: a quiet stream gets signs of life and is not taken for an idle connection") {
    ServedCompany served({"catalog"}, {.limits = {.idle_time_max = 200ms, .stream_idle_time_max = 200ms}});
    Stream        stream(served, "entity=catalog.unit");
    REQUIRE(stream.hears("event: ready"));
    CHECK(stream.hears(": nothing new\n\n\r\nf\r\n: nothing new\n\n\r\nf\r\n: nothing new\n\n"));
    CHECK(stream.hears_of(make_unit(served, "AFTER")));
}

TEST_CASE("changes: beyond the limit a client is told to come later, and may when another has gone") {
    ServedCompany served({"catalog"}, {.limits = {.streams_max = 1}});
    {
        Stream first(served, "entity=catalog.unit");
        REQUIRE(first.hears("event: ready"));
        const auto refused = served.ask({.url = "/api/changes?entity=catalog.unit"});
        CHECK(refused.status == 503);
        CHECK(refused["retry-after"] == "5");
        CHECK(refused.body.find("kernel.too_many_streams") != std::string::npos);
    }
    CHECK(streams_become(served, "0"));
    Stream second(served, "entity=catalog.unit");
    CHECK(second.hears("event: ready"));
}

TEST_CASE("changes: a server that stops ends its streams at once") {
    ServedCompany served{"catalog"};
    Stream        one(served, "entity=catalog.unit"), two(served, "entity=catalog.product");
    REQUIRE(one.hears("event: ready"));
    REQUIRE(two.hears("event: ready"));
    const auto before = std::chrono::steady_clock::now();
    served.server.stop(30s);
    CHECK(std::chrono::steady_clock::now() - before < 5s);
    CHECK(one.ends_within(1s));
    CHECK(two.ends_within(1s));
}

TEST_CASE("changes: a client that does not read is cut off; writers and other clients do not notice, and it can go on later") {
    ServedCompany served({"catalog"}, {.limits = {.stream_bytes_max = 4096}});
    Stream        reads(served, "entity=catalog.unit"), sleeps(served, "entity=catalog.unit", {}, 2048);
    REQUIRE(reads.hears("event: ready"));
    REQUIRE(streams_become(served, "2"));
    std::string newest;
    int         made = 0;
    while (made < 20'000 && streams(served) == "2")
        for (int i = 0; i < 50; ++i) CHECK(reads.hears_of(newest = make_unit(served, "U" + std::to_string(++made))));
    CHECK(streams(served) == "1");
    CHECK(sleeps.hears("event: ready"));
    CHECK(sleeps.heard().find("\"id\":" + newest + ",") == std::string::npos);
    Stream again(served, "entity=catalog.unit", sleeps.last_id());
    CHECK((again.hears("event: reset", 1s) || again.hears_of(newest)));
}
