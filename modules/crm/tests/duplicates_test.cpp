// Which parties are likely the same: of names, and of keys; quickly.
// Likenesses and chances are statistics.
#include "services/duplicate_search.h"
#include "services/similarity.h"
#include "tests/customers.h"

#include <random>

namespace crm::tests {

TEST_CASE("similarity: Winkler's standard examples of names that differ by a slip") {
    struct Example { const char* a; const char* b; double jaro; double winkler; };
    for (const auto& e : {Example{"MARTHA", "MARHTA", .9444, .9611}, {"DWAYNE", "DUANE", .8222, .8400}, {"DIXON", "DICKSONX", .7667, .8133}, {"CRATE", "TRACE", .7333, .7333},
                          {"ABC", "XYZ", 0, 0}, {"", "", 1, 1}, {"A", "", 0, 0}, {"SAME", "SAME", 1, 1}}) {
        CHECK(jaro(e.a, e.b) == doctest::Approx(e.jaro).epsilon(0.0001));
        CHECK(jaro_winkler(e.a, e.b) == doctest::Approx(e.winkler).epsilon(0.0001));
        CHECK(jaro_winkler(e.b, e.a) == doctest::Approx(jaro_winkler(e.a, e.b)));
    }
}

TEST_CASE("similarity: a letter with an accent is one character") { CHECK(jaro("Zürich", "Zurich") == doctest::Approx((5. / 6 + 5. / 6 + 1) / 3)); }

TEST_CASE("similarity: it is never below nothing nor above one, and one only for what is the same in letters") {
    std::mt19937 random(7);
    const auto   word = [&] {
        std::string text;
        for (auto n = random() % 9; n > 0; --n) text += static_cast<char>('a' + random() % 4);
        return text;
    };
    for (int i = 0; i < 3000; ++i) {
        const auto a = word(), b = word();
        const auto like = jaro_winkler(a, b);
        CHECK((like >= 0 && like <= 1));
        if (a == b) CHECK(like == doctest::Approx(1));
        else CHECK(jaro(a, b) < 1);
    }
}

TEST_CASE("similarity: what counts of a name, a telephone and a number") {
    CHECK(name_key("The Müller & Söhne GmbH") == "muller sohne");
    CHECK(name_key("  ACME,  Inc. ") == "acme");
    CHECK(name_key("Łódź Straße Œuvre") == "lodz strasse ouvre");
    CHECK(name_key("Limited") == "limited");
    CHECK(phone_key("+49 (0)89 123-4567") == "891234567");
    CHECK(phone_key("0891234567") == "891234567");
    CHECK(phone_key("112") == "");
    CHECK(tax_number_key("DE 123.456.789") == "de123456789");
    CHECK(postal_code_key("D-80 331") == "d80331");
}

TEST_CASE("duplicates: a shared key proposes two parties whatever their names, alike names do so by themselves, others are left alone") {
    const std::vector<PartyFacts> parties = {
        {Id<Party>{1}, "Superior Bicycles Ltd", "info@superior.example", "+1 555 123 4567", "US-12345678", {"98104"}},
        {Id<Party>{2}, "Superior Bicycle", "", "", "", {"98104"}},
        {Id<Party>{3}, "Quite Another", "INFO@superior.example ", "", "", {}},
        {Id<Party>{4}, "Zebra", "", "555-123-4567", "us12345678", {}},
        {Id<Party>{5}, "Northwind", "", "", "", {"98104"}},
    };
    std::string text;
    for (const auto& pair : duplicates_among(parties, Percent::of(90))) text += fmt::format("{}-{} {}\n", pair.first, pair.second, pair.reasons);
    CHECK(text == "1-2 postal code, name\n1-4 tax number, telephone\n1-3 e-mail address\n");
    CHECK(duplicates_among(parties, Percent::of(90)).front().score == Percent::of(100));
}

TEST_CASE("duplicates: those entered twice are found among thirty thousand parties") {
    std::mt19937            random(42);
    std::vector<PartyFacts> parties;
    const char*             syllables[] = {"ba", "ri", "ton", "ve", "lo", "mar", "ki", "sen", "du", "gra", "po", "nel"};
    for (int i = 0; i < 30'000; ++i) {
        std::string name;
        for (int k = 0; k < 5; ++k) name += syllables[random() % 12];
        parties.push_back({Id<Party>{i + 1}, name, fmt::format("info@{}{}.example", name, i), {}, {}, {std::to_string(random() % 500)}});
    }
    for (int i = 0; i < 100; ++i) {
        auto again  = parties[static_cast<std::size_t>(i * 200)];
        again.party = Id<Party>{100'000 + i};
        again.name += " Ltd";
        again.email.clear();
        parties.push_back(again);
    }
    const auto pairs = duplicates_among(parties, Percent::of(98));
    const auto found = std::ranges::count_if(pairs, [](const auto& pair) { return pair.second.value >= 100'000 && pair.first.value == (pair.second.value - 100'000) * 200 + 1; });
    CHECK(found == 100);
}

TEST_CASE("duplicates: the report proposes pairs until they are told apart or merged") {
    Customers  shop;
    const auto again = shop.company.insert(Party{.number = "ACME2", .name = "ACME Inc.", .customer = true});
    CHECK(shop.company.report("crm.duplicates") == "Acme | ACME Inc. | 100 | 100 | name\n");
    const auto apart = shop.company.insert(ToldApart{.party = again, .other = shop.acme, .reason = "Sister company"});
    CHECK(shop.company.report("crm.duplicates") == "");
    shop.company.run([&](Transaction& tx) { tx.remove(apart); });
    shop.company.run([&](Transaction& tx) { tx.transition(tx.insert(Merge{.survivor = shop.acme, .duplicate = again}), "merge"); });
    CHECK(shop.company.report("crm.duplicates") == "");
    CHECK(shop.refusal([&] { shop.company.report("crm.duplicates", {{"threshold", "20"}}); }) == "crm.threshold_out_of_range");
    CHECK(shop.company.refusal([&](Transaction& tx) { tx.insert(ToldApart{.party = again, .other = again}); }) == "crm.same_party");
}

}  // namespace crm::tests
