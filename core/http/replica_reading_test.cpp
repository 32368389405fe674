#include "http/replica_reading.h"

#include <doctest/doctest.h>

namespace tessera::http {

TEST_CASE("change seen: a cookie that is none of ours says nothing") {
    CHECK(change_seen("") == 0);
    CHECK(change_seen("a=b; tessera_change=17;") == 17);
    CHECK(change_seen("tessera_change=17; tessera_change=9") == 17);
    for (const auto* other : {"tessera_change=", "tessera_change=x", "tessera_change=1x", "xtessera_change=5", "tessera_change", ";;=", "tessera_change=99999999999999999999"})
        CHECK(change_seen(other) == 0);
}

}  // namespace tessera::http
