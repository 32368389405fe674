#include "http/records_api.h"

#include <doctest/doctest.h>

#include "http/target.h"

using namespace tessera;
using namespace tessera::http;

namespace {

Request asked(std::string target) {
    Request request{.target = std::move(target)};
    read_target(request);
    return request;
}

std::string refusal(const std::string& target) {
    try {
        list_request(asked(target));
    } catch (const Refused& refused) {
        return refused.code() + " " + std::to_string(refused.status());
    }
    return {};
}

}  // namespace

TEST_CASE("a list's query: filters, order, page and fields are read as they are written") {
    const auto wanted = list_request(asked("/x?supplier=7&date.gte=2026-01-01&state.in=draft,approved&name.contains=a%2Cb+c"
                                           "&search=wire&sort=-date,number&limit=10&offset=20&fields=id,number&count=false"));
    REQUIRE(wanted.filters.size() == 4);
    CHECK(wanted.filters[0].operation == "eq");
    CHECK(wanted.filters[1].field == "date");
    CHECK(wanted.filters[1].operation == "gte");
    CHECK(wanted.filters[2].value == "draft,approved");
    CHECK(wanted.filters[3].value == "a,b c");
    CHECK(wanted.search == "wire");
    CHECK(wanted.sort == std::vector<std::string>{"-date", "number"});
    CHECK(wanted.fields == std::vector<std::string>{"id", "number"});
    CHECK(wanted.limit == 10);
    CHECK(wanted.offset == 20);
    CHECK_FALSE(wanted.count);
}

TEST_CASE("a list's query: what cannot be meant is refused") {
    for (const char* query : {"limit=0", "limit=501", "limit=-1", "limit=1e2", "limit=", "offset=-1", "offset=99999999999999999999", "count=no", "a.b.c=1", "name.like=x"}) {
        CAPTURE(query);
        CHECK(refusal(std::string("/x?") + query) == "kernel.malformed_query 400");
    }
    CHECK(refusal("/x?limit=1&limit=2") == "kernel.given_twice 400");
    for (const char* target : {"/x?a=%zz", "/x?a=%ff", "/x?a=%00", "/x?a=|", "/x#part", "/a b", "x"}) {
        CAPTURE(target);
        CHECK(refusal(target) == "kernel.malformed_target 400");
    }
}

TEST_CASE("entity tags: If-Match names one version, anything else matches none") {
    struct Line { const char* header; std::int64_t version; };
    for (const auto& [header, version] : {Line{"", 0}, Line{"*", 0}, Line{"\"3\"", 3}, Line{" \"3\" ", 3}, Line{"\"0\"", -1}, Line{"\"03\"", -1}, Line{"\"abc\"", -1}, Line{"\"99999999999999999999\"", -1}}) {
        CAPTURE(header);
        CHECK(expected_version(header) == version);
    }
    CHECK_THROWS_AS(expected_version("3"), Refused);
    CHECK_THROWS_AS(expected_version("W/\"3\""), Refused);
    CHECK(none_match("\"3\"", 3));
    CHECK(none_match("\"1\", W/\"3\"", 3));
    CHECK_FALSE(none_match("\"33\"", 3));
    CHECK_FALSE(none_match("", 3));
}
