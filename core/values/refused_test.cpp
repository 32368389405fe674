#include <tessera/refused.h>

#include <doctest/doctest.h>

namespace tessera::values::refused_test {

TEST_CASE("refused: it carries a code, a sentence, a status and a field") {
    const auto refused =
        Refused("sales.no_stock", "To ship {}, receive {} more.", "{}", 3).with_status(422).with_field("lines[2]");
    CHECK(refused.code() == "sales.no_stock");
    CHECK(refused.sentence() == "To ship {}, receive 3 more.");
    CHECK(refused.status() == 422);
    CHECK(refused.field() == "lines[2]");
    CHECK(Refused("sales.closed", "To sell, open the shop.").status() == 409);
}

}  // namespace tessera::values::refused_test
