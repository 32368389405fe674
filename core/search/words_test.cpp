#include "search/words.h"

#include "search/query.h"

#include <doctest/doctest.h>

using namespace tessera::search;

TEST_CASE("search: a text becomes words without case, accents and endings, in its own language") {
    struct Case { const char* text; const char* language; const char* stems; };
    const Case cases[] = {
        {"The gears' Schaltwerk is NOISY", "en", "the gear schaltwerk is noisi"},
        {"Žilina: repaired, repairing, repairs", "en", "zilina repair repair repair"},
        {"Straße der Händler", "de", "strass der handl"},
        {"les commandes livrées", "fr", "le command livre"},
        {"e-document", "en", "e document edocu"},
        {"PO-2026-00007", "en", "po 2026 00007 po202600007"},
        {"don't", "en", "don t"},
        {"自転車 bike", "ja", "自 転 車 bike"},
        {"ＡＢＣ ﬁt", "xx", "abc fit"},
        {" - -- ... \x01 ", "en", ""},
        {"\xff\xfe broken \xc3", "en", "broken"},
    };
    for (const auto& c : cases) CHECK_MESSAGE(stems_of(c.text, c.language) == c.stems, c.text);
}

TEST_CASE("search: a word knows where it stands in the text") {
    const auto words = words_of("Über e-bikes");
    REQUIRE(words.size() == 4);
    CHECK(words[0].folded == "uber");
    CHECK(words[0].begin == 0);
    CHECK(words[0].end == 5);
    CHECK(words[3].folded == "ebikes");
    CHECK(words[3].joined);
    CHECK(words[3].begin == 6);
    CHECK(words[3].end == 13);
}

TEST_CASE("search: quotes keep words side by side, a minus leaves them out, the last may be unfinished") {
    const auto asked = read_query(R"(rear "loose cog" -warranty der)", true);
    std::vector<std::string> words;
    for (const auto& word : asked.words) words.push_back(word.word);
    CHECK(words == std::vector<std::string>{"rear", "loose", "cog", "der"});
    CHECK(asked.phrases == std::vector<std::vector<std::size_t>>{{1, 2}});
    CHECK(asked.without == std::vector<std::string>{"warranty"});
    CHECK(asked.words.back().unfinished);
    CHECK_FALSE(read_query("rear der", false).words.back().unfinished);
    CHECK_FALSE(read_query("rear der ", true).words.back().unfinished);

    const auto joined = read_query("e-document", false);
    CHECK(joined.without.empty());
    CHECK(joined.words.size() == 3);
    CHECK(read_query("item tracking, lot", false).neighbours == std::vector<std::pair<std::size_t, std::size_t>>{{0, 1}});
    CHECK(read_query("\"", true).words.empty());
    CHECK(read_query(std::string(5000, 'a') + " b", false).words.size() == 1);
}

TEST_CASE("search: how many letters two words are apart") {
    struct Case { const char* a; const char* b; int most; int apart; };
    const Case cases[] = {{"gear", "gear", 1, 0}, {"gear", "gaer", 1, 1}, {"derailer", "derailleur", 2, 2}, {"brake", "break", 1, 2}, {"brake", "break", 2, 2}, {"a", "abcd", 2, 3}, {"", "ab", 2, 2}};
    for (const auto& c : cases) CHECK_MESSAGE(letters_apart(c.a, c.b, c.most) == c.apart, c.a, " ", c.b);
}

TEST_CASE("search: an excerpt shows where the most words stand, and marks them") {
    CHECK(excerpt_of("The rear derailleur is noisy.", {"derailleur"}, "en") == "The rear \x02" "derailleur\x03 is noisy.");
    CHECK(excerpt_of("Deliveries are late", {"deliv*"}, "en") == "\x02" "Deliveries\x03 are late");
    const std::string filler(600, 'x');
    const auto        far = excerpt_of("noise " + filler + " the rear derailleur makes a noise " + filler, {"rear", "derailleur", "nois"}, "en");
    CHECK(far.find("\x02rear\x03 \x02" "derailleur\x03 makes a \x02noise\x03") != std::string::npos);
    CHECK(far.starts_with("… "));
    CHECK(excerpt_of("one\ntwo \x02three\x03", {}, "en") == "one two three");
    CHECK(excerpt_of("", {"a"}, "en").empty());
}
