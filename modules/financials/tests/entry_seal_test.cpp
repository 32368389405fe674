#include "services/entry_seal.h"

#include <doctest/doctest.h>

using namespace financials;
using namespace tessera;
using namespace tessera::literals;

TEST_CASE("entry seal: the sealed text is exactly the documented one") {
    const PostedEntry entry{.number        = "JE-2026-00001",
                            .date          = "2026-01-05"_date,
                            .recorded_at   = tessera::Instant::from_microseconds(17),
                            .journal       = "general",
                            .memo          = "Rent, January",
                            .source_entity = "",
                            .source_id     = 0,
                            .user          = "ann"};
    const SealedLine  lines[] = {{.account = 7, .date = "2026-01-05"_date, .amount = 90000},
                                 {.account        = 2,
                                  .date           = "2026-01-05"_date,
                                  .amount         = -90000,
                                  .party          = 4,
                                  .memo           = "x",
                                  .currency       = "EUR",
                                  .foreign_amount = -80000}};
    CHECK(sealed_text("ab", entry, lines) ==
          "2:ab,1:1,13:JE-2026-00001,10:2026-01-05,2:17,7:general,13:Rent, January,0:,1:0,0:,3:ann,1:2,"
          "1:7,10:2026-01-05,5:90000,0:,0:,0:,1:0,"
          "1:2,10:2026-01-05,6:-90000,1:4,1:x,3:EUR,6:-80000,");
}

TEST_CASE("entry seal: text cannot move from one field to the next") {
    const PostedEntry one{.journal = "ab", .memo = "c"}, other{.journal = "a", .memo = "bc"};
    CHECK(seal("", one, {}) != seal("", other, {}));
    CHECK(seal("x", one, {}) != seal("", one, {}));
}
