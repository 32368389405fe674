// What a client says it has seen: entity tags in If-Match and If-None-Match, the last change in a cookie. One line each.

#include <tessera/text.h>

#include "harness.h"
#include "http/records_api.h"
#include "http/replica_reading.h"
#include "http/target.h"

namespace tessera::fuzz {
namespace {

void try_tag(std::string_view bytes) {
    const auto if_match = take_until(bytes, '\n'), if_none_match = take_until(bytes, '\n'), cookies = take_until(bytes, '\n');

    accepts([&] {
        const auto version = http::expected_version(if_match);
        must(version >= -1, "a tag names a version, any or none");
        if (version > 0) must(trim(if_match) == fmt::format("\"{}\"", version), "a version is named by its own tag alone");
        if (version == 0) must(trim(if_match).empty() || trim(if_match) == "*", "any version is meant where none is named");
        if (version > 0) must(http::none_match(if_match, version) && !http::none_match(if_match, version + 1), "a tag is of one version");
    });
    for (const std::int64_t version : {1, 3, 42})
        if (http::none_match(if_none_match, version))
            must(if_none_match.find('*') != if_none_match.npos || if_none_match.find(fmt::format("\"{}\"", version)) != if_none_match.npos, "who has a version names it");

    const auto seen = http::change_seen(cookies);
    must(seen >= 0 && (seen == 0 || cookies.find("tessera_change=") != cookies.npos), "a change that was seen is told by its cookie");
    must(http::change_seen(fmt::format("{};tessera_change={}", cookies, seen)) == seen, "the newest change counts");
    if (const auto number = http::whole_number(cookies)) must(*number >= 0 && http::whole_number(std::to_string(*number)) == number, "a whole number is what its digits say");
}
HARNESS(tag)

}  // namespace
}  // namespace tessera::fuzz
