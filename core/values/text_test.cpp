#include <tessera/text.h>

#include <doctest/doctest.h>

namespace tessera::values::text_test {

TEST_CASE("text: only well-formed UTF-8 is valid") {
    for (const std::string_view text :
         {std::string_view(""), std::string_view("plain"), std::string_view("Größe 5 €, 漢字, 😀"),
          std::string_view("\0", 1), std::string_view("\xC2\x80"), std::string_view("\xDF\xBF"),
          std::string_view("\xE0\xA0\x80"), std::string_view("\xED\x9F\xBF"), std::string_view("\xEE\x80\x80"),
          std::string_view("\xF0\x90\x80\x80"), std::string_view("\xF4\x8F\xBF\xBF"),
          std::string_view("eight by\xC3\xA9 and a tail")})
        CHECK_MESSAGE(valid_utf8(text), text);
    for (const std::string_view text : {"\x80", "\xC0\xAF", "\xC1\xBF", "\xC2", "\xC2 ", "\xE0\x9F\xBF", "\xE2\x82",
                                        "\xED\xA0\x80", "\xED\xBF\xBF", "\xF0\x8F\xBF\xBF", "\xF0\x9F\x98",
                                        "\xF4\x90\x80\x80", "\xF5\x80\x80\x80", "\xFF", "eight bytes, then \xE9t\xE9"})
        CHECK_FALSE_MESSAGE(valid_utf8(text), text);
}

TEST_CASE("text: names read as labels") {
    CHECK(humanise("estimated_cost") == "Estimated cost");
    CHECK(humanise("id") == "Id");
    CHECK(humanise("") == "");
    CHECK(humanise("Already said") == "Already said");
}

TEST_CASE("text: nouns have their plural") {
    struct Row {
        std::string_view one, many;
    };
    for (const auto& row :
         {Row{"company", "companies"}, Row{"day", "days"}, Row{"tax", "taxes"}, Row{"address", "addresses"},
          Row{"batch", "batches"}, Row{"purchase_order", "purchase_orders"}, Row{"journal_entry", "journal_entries"},
          Row{"Purchase order", "Purchase orders"}, Row{"person", "people"}, Row{"Person", "People"},
          Row{"contact person", "contact people"}, Row{"analysis", "analyses"}, Row{"status", "statuses"},
          Row{"series", "series"}, Row{"Credit memo", "Credit memos"}, Row{"warehouse", "warehouses"}, Row{"", ""}})
        CHECK(pluralise(row.one) == row.many);
}

TEST_CASE("text: trimming and lowering leave the inside and the letters of others alone") {
    CHECK(trim(" \t a b \r\n") == "a b");
    CHECK(trim(" \n ") == "");
    CHECK(lower_ascii("ISTANBUL Ä") == "istanbul Ä");
}

TEST_CASE("text: an excerpt is always printable and never cuts a character") {
    CHECK(excerpt("short") == "short");
    CHECK(excerpt("a\nb\x1B") == "a?b?");
    CHECK(excerpt("\xFFx") == "?x");
    CHECK(excerpt("12345", 5) == "12345");
    CHECK(excerpt("123456", 5) == "12345…");
    CHECK(excerpt("1234é", 5) == "1234…");
    CHECK(valid_utf8(excerpt(std::string(1'000, '\xC3'))));
}

}  // namespace tessera::values::text_test
