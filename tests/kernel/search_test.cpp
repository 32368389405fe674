// Search: what is found by its words, in which order, and by whom.

#include "workshop_company.h"

#include <tessera/accounts.h>

#include <doctest/doctest.h>

#include <random>
#include <set>

using namespace tessera;
using namespace workshop;

namespace {

struct Library : WorkshopCompany {
    Id<Manual> manual(const std::string& title, const std::string& text = {}, Manual more = {}) {
        more.title = title;
        more.text  = text;
        return insert(more);
    }
    Actor actor(const std::string& name, std::vector<std::string> permissions = {"*"}, std::vector<access::RoleRule> rules = {}, std::vector<access::RoleField> fields = {}) {
        run([&](Transaction& tx) {
            access::Role role{.name = "Role of " + name, .rules = std::move(rules), .fields = std::move(fields)};
            for (auto& permission : permissions) role.permissions.push_back({.permission = std::move(permission)});
            const auto id = tx.insert(role);
            tx.insert(access::User{.name = name, .roles = {{.role = id}}});
        });
        access::Accounts accounts(suite());
        return accounts.recognise(accounts.make_token(Actor{}, name, "test", {"*"}, {}).key)->actor;
    }
    search::Found find(const search::Request& request, const Actor& actor = {}) {
        suite().update_search();
        search::Found found;
        suite().read(actor, [&](const Snapshot& tx) { found = search::find(tx, request); });
        return found;
    }
    // "title, title": the best first.
    std::string titles_of(const search::Request& request, const Actor& actor = {}) {
        std::string all;
        for (const auto& hit : find(request, actor).hits) all += (all.empty() ? "" : ", ") + hit.title;
        return all;
    }
    std::string titles(const std::string& text, const Actor& actor = {}) { return titles_of({.text = text}, actor); }
};

}  // namespace

TEST_CASE("search: records of all kinds are found by their words, in whatever form those stand") {
    Library shop;
    shop.manual("Rear derailleur", "Noises come from a loose cage; repairing takes ten minutes.");
    shop.manual("Brakes", "Bleeding the brakes of Žilina models.");
    shop.insert(Customer{.name = "Derailleur Works"});
    CHECK(shop.find({.text = "derailleurs"}).hits.size() == 2);
    CHECK(shop.titles_of({.text = "repaired noise", .limit = 1}) == "Rear derailleur");
    CHECK(shop.titles("zilina") == "Brakes");
    CHECK(shop.titles("ŽILINA brake") == "Brakes");
    CHECK(shop.titles_of({.text = "derailleur", .entities = {"workshop.manual"}}) == "Rear derailleur");
    CHECK(shop.titles("submarine") == "");
    CHECK(shop.titles("-- !! \"") == "");
}

TEST_CASE("search: quotes, a minus and an unfinished word") {
    Library shop;
    shop.manual("One", "the front wheel and its hub");
    shop.manual("Two", "the wheel in front of it, warranty void");
    CHECK(shop.titles("\"front wheel\"") == "One");
    CHECK(shop.titles("front -warranty") == "One");
    CHECK(shop.titles_of({.text = "warr", .unfinished = true}) == "Two");
    CHECK(shop.titles("warr") == "");
    CHECK(shop.titles_of({.text = "the front wh", .unfinished = true}).find("One") != std::string::npos);
}

TEST_CASE("search: a word nobody wrote is read as the nearest one, and it is said how") {
    Library shop;
    shop.manual("Rear derailleur");
    const auto found = shop.find({.text = "rear deraileur"});
    REQUIRE(found.hits.size() == 1);
    CHECK(found.read_as == "rear derailleur");
    CHECK(shop.find({.text = "rear derailleur"}).read_as.empty());
    CHECK(shop.titles("deralier") == "");
    CHECK(shop.titles("raer") == "Rear derailleur");
}

TEST_CASE("search: other words for the same thing find it, and one word alone is no synonym") {
    Library shop;
    shop.manual("Cassette", "eleven cogs");
    shop.insert(search::Synonym{.words = "freewheel, cassette, cog set"});
    CHECK(shop.titles("freewheels") == "Cassette");
    CHECK(shop.titles("cog sets") == "Cassette");
    CHECK(shop.refusal([](Transaction& tx) { tx.insert(search::Synonym{.words = "cog, cogs"}); }).starts_with("search.one_word: To say that words mean the same"));
}

TEST_CASE("search: more of the words, rarer ones, in the title, and a better standing come first") {
    Library shop;
    for (int i = 0; i < 20; ++i) shop.manual(fmt::format("Filler {}", i), "a common chain and a common sprocket");
    shop.manual("Body", "a chain and a bearing");
    shop.manual("Bearing", "a chain");
    CHECK(shop.titles_of({.text = "bearing chain", .limit = 2}) == "Bearing, Body");
    shop.manual("Bearing, retired", "a chain", {.standing = 100});
    CHECK(shop.titles_of({.text = "bearing", .limit = 3}) == "Bearing, Body, Bearing, retired");
    const auto page = shop.find({.text = "chain", .limit = 5, .offset = 20});
    CHECK(page.hits.size() == 3);
    CHECK_FALSE(page.more);
    CHECK(shop.find({.text = "chain", .limit = 5}).more);
}

TEST_CASE("search: what is changed is found by what it says now, what is removed not at all") {
    Library    shop;
    const auto id = shop.manual("Fork", "lockout");
    CHECK(shop.titles("lockout") == "Fork");
    shop.run([&](Transaction& tx) {
        auto manual = tx.load(id);
        manual.text = "rebound";
        tx.save(manual);
    });
    CHECK(shop.titles("lockout") == "");
    CHECK(shop.titles("rebound") == "Fork");
    shop.run([&](Transaction& tx) { tx.remove(id); });
    CHECK(shop.titles("fork") == "");
    CHECK(shop.titles("rebound") == "");
    CHECK(shop.number("SELECT count(*) FROM kernel_search_word WHERE word IN ('lockout', 'rebound')") == 0);
    CHECK(shop.number("SELECT count(*) FROM kernel_search_document WHERE title = 'Fork'") == 0);
}

TEST_CASE("search: each language has its own forms, and all are found at once") {
    Library shop;
    shop.manual("Bremsen", "Die Bremsen werden entlüftet", {.language = "de"});
    shop.manual("Brakes", "Bleeding");
    CHECK(shop.titles("bremse") == "Bremsen");
    CHECK(shop.titles("entluftet") == "Bremsen");
    CHECK(shop.titles("bleed") == "Brakes");
}

TEST_CASE("search: nobody finds what they do not see, in no way") {
    Library shop;
    shop.manual("Open", "turbine");
    const auto secret = shop.manual("Secret", "turbine zanzibar", {.author = "grace", .is_private = true});
    const auto ada = shop.actor("ada"), grace = shop.actor("grace"), clerk = shop.actor("clerk", {"access.read"});
    shop.run([&](Transaction& tx) { tx.insert(Comment{.manual = secret, .text = "about zanzibar"}); });

    CHECK(shop.titles("turbine", ada) == "Open");
    CHECK(shop.titles_of({.text = "turb", .unfinished = true}, ada) == "Open");
    CHECK(shop.titles("zanzibar", ada) == "");
    CHECK(shop.find({.text = "zanzibr"}, ada).read_as.empty());
    CHECK(shop.titles_of({.text = "turbine", .entities = {"workshop.manual"}}, grace).find("Secret") != std::string::npos);
    CHECK(shop.find({.text = "zanzibar"}, grace).hits.size() == 2);
    CHECK(shop.titles("turbine", clerk) == "");

    // The same holds for lists, counts, records, history and what belongs to them.
    CHECK(boost::json::parse(shop.suite().list(ada, "workshop.manual", {})).at("total").as_int64() == 1);
    CHECK(boost::json::parse(shop.suite().list(grace, "workshop.manual", {})).at("total").as_int64() == 2);
    CHECK(boost::json::parse(shop.suite().list(ada, "workshop.comment", {})).at("total").as_int64() == 0);
    CHECK(boost::json::parse(shop.suite().list(grace, "workshop.comment", {})).at("total").as_int64() == 1);
    RecordAnswer answer;
    CHECK_FALSE(shop.suite().get(ada, "workshop.manual", secret.value, answer));
    CHECK(refusal_of([&] { shop.suite().history(ada, "workshop.manual", secret.value); }).starts_with("kernel.not_found"));
    CHECK(refusal_of([&] { shop.send({.verb = RecordCommand::Verb::change, .entity = "workshop.manual", .id = secret.value, .body = R"({"text":"mine"})", .info = {.actor = ada}}); }).starts_with("kernel.not_found"));
}

TEST_CASE("search: who sees all but private records may still do everything that is asked of who sees all") {
    Library    shop;
    const auto ada = shop.actor("ada");
    CHECK(ada.permissions->allow_all());
    CHECK_FALSE(ada.permissions->are_narrowed());
    CHECK(shop.suite().import_csv({.name = "test", .actor = ada}, "workshop.customer", "name\nGrace\n").created == 1);
}

TEST_CASE("search: rules and hidden fields hold for what is found") {
    using enum access::Comparison;
    Library shop;
    shop.manual("Gears", "secret recipe", {.author = "x"});
    shop.manual("Gears too", "public recipe", {.author = "y"});
    const auto some = shop.actor("some", {"*.read"}, {{.entity = "workshop.manual", .field = "author", .operation = eq, .value = "y"}});
    CHECK(shop.titles("gears", some) == "Gears too");
    CHECK(shop.titles("secret", some) == "");
    const auto blind = shop.actor("blind", {"*.read"}, {}, {{.entity = "workshop.manual", .field = "text"}});
    CHECK(shop.titles("secret", blind) == "");
    CHECK(shop.titles("gears", blind) == "");
}

TEST_CASE("search: what is found is what is seen, whatever the rules") {
    Library                  shop;
    std::mt19937             random(11);
    const std::string        words[] = {"chain", "gear", "wheel", "hub", "spoke", "rim"};
    std::vector<std::string> authors{"ada", "grace", "linus"};
    for (int i = 0; i < 60; ++i) {
        std::string text;
        for (int w = 0; w < 3; ++w) text += words[random() % std::size(words)] + " ";
        shop.manual(fmt::format("M{}", i), text, {.author = authors[random() % 3], .is_private = random() % 2 == 0});
    }
    for (const auto& name : authors) {
        const auto actor = shop.actor(name);
        for (const auto& word : words) {
            std::set<std::int64_t> listed, found;
            const auto             list = boost::json::parse(shop.suite().list(actor, "workshop.manual", {.filters = {{"text", "contains", word}}, .limit = 500}));
            for (const auto& row : list.at("rows").as_array()) listed.insert(row.at("id").as_int64());
            for (const auto& hit : shop.find({.text = word, .entities = {"workshop.manual"}, .limit = 100}, actor).hits) found.insert(hit.id);
            CHECK_MESSAGE(listed == found, name, " ", word);
        }
    }
}

TEST_CASE("search: words that thousands have are found together, and what has only the rarest where nothing has both") {
    Library shop;
    shop.manual("Oldest", "pump valve");
    shop.run([](Transaction& tx) {
        for (int i = 0; i < 2100; ++i) tx.insert(Manual{.title = fmt::format("P{}", i), .text = "pump"});
        for (int i = 0; i < 2050; ++i) tx.insert(Manual{.title = fmt::format("V{}", i), .text = "valve"});
        for (int i = 0; i < 2050; ++i) tx.insert(Manual{.title = fmt::format("H{}", i), .text = "hose"});
    });
    CHECK(shop.titles_of({.text = "pump valve", .limit = 5}) == "Oldest");
    const auto wider = shop.find({.text = "pump hose", .limit = 5});
    CHECK(wider.hits.size() == 5);
    CHECK(wider.more);
    for (const auto& hit : wider.hits) CHECK(hit.title.starts_with("H"));
    CHECK(shop.find({.text = "pump hose", .limit = 5, .offset = 5}).hits.size() == 5);
    CHECK(shop.titles_of({.text = "oldest pum", .limit = 1, .unfinished = true}) == "Oldest");
}

TEST_CASE("search: records about the same are found by each other") {
    Library    shop;
    const auto first = shop.manual("Noise of the rear derailleur", "The cage rubs on the spokes when shifting under load");
    shop.manual("Shifting under load", "The derailleur cage touches the spokes");
    shop.manual("Invoices", "When an invoice is paid twice");
    for (int i = 0; i < 5; ++i) shop.manual(fmt::format("Filler {}", i), "nothing of that kind");
    shop.suite().update_search();
    std::vector<search::Hit> hits;
    shop.read([&](const Snapshot& tx) { hits = search::similar(tx, {"workshop.manual", first.value}, {"workshop.manual"}, 1); });
    REQUIRE(hits.size() == 1);
    CHECK(hits.front().title == "Shifting under load");
}

TEST_CASE("search: the index made anew finds the same as the one that grew, and the words are counted right") {
    Library shop;
    for (int i = 0; i < 30; ++i) {
        const auto id = shop.manual(fmt::format("Manual {}", i), i % 2 ? "chain wheel" : "chain hub");
        if (i % 3 == 0) shop.suite().update_search();
        shop.run([&](Transaction& tx) {
            auto manual = tx.load(id);
            manual.text += i % 5 ? " oil" : " grease";
            tx.save(manual);
        });
        if (i % 7 == 0) shop.run([&](Transaction& tx) { tx.remove(id); });
    }
    const auto words = [&] {
        shop.suite().update_search();
        std::string all;
        shop.read([&](const Snapshot& tx) {
            struct Row { std::string stem{}; std::int64_t documents = 0; };
            tx.each<Row>("SELECT stem, documents FROM kernel_search_word WHERE documents <> 0 ORDER BY stem, word", [&](const Row& row) { all += fmt::format("{} {}\n", row.stem, row.documents); });
        });
        return all + shop.titles_of({.text = "wheel oil", .limit = 100});
    };
    const auto grown = words();
    CHECK(grown.find("greas 5\n") != std::string::npos);
    shop.run([](Transaction& tx) {
        for (const auto* table : {"kernel_search_document", "kernel_search_word", "kernel_search_position", "kernel_search_words"}) {
            if (std::string_view(table) != "kernel_search_words") tx.execute(fmt::format("DELETE FROM {}", table));
        }
    });
    const auto made = words();
    CHECK(made.substr(0, made.rfind('\n')) == grown.substr(0, grown.rfind('\n')));
}

TEST_CASE("search: what was looked for in vain is kept once, counted, and comes back when it was answered") {
    Library    shop;
    const auto misses = [&] { return shop.number("SELECT count(*) FROM search_miss"); };
    const auto search = [&](const std::string& text, bool unfinished = false) {
        shop.suite().update_search();
        shop.suite().search({.name = "ada"}, {.text = text, .unfinished = unfinished});
        shop.run([](Transaction&) {});      // behind it in the queue
    };
    shop.manual("Fork");
    search("fork");
    search("gearbox oil", true);
    CHECK(misses() == 0);
    search("Gearbox oil");
    search("oil, GEARBOXES");
    CHECK(misses() == 1);
    std::optional<search::Miss> miss;
    const auto                  look = [&] { shop.read([&](const Snapshot& tx) { miss = tx.first<search::Miss>("ORDER BY id"); }); };
    look();
    CHECK(miss->times == 2);
    CHECK(miss->text == "oil, GEARBOXES");
    CHECK(miss->last_by == "ada");
    shop.send({.verb = RecordCommand::Verb::transition, .entity = "search.miss", .id = miss->id.value, .body = R"({"answer":"Written: Gearbox oil"})", .transition = "answer"});
    search("gearbox oil");
    look();
    CHECK(miss->state == search::MissState::open);
    CHECK(miss->times == 3);
}

TEST_CASE("search: words that led two people to a record lead everybody there, until somebody says they should not") {
    Library    shop;
    const auto budgets = shop.manual("Create budgets", "amounts for the year to come");
    const auto open    = [&](const std::string& by, const std::string& text, bool unfinished = false) {
        shop.suite().note_opened({.name = by}, {.text = text, .unfinished = unfinished, .record = {"workshop.manual", budgets.value}});
        shop.run([](Transaction&) {});      // behind it in the queue
    };
    open("ada", "Postpone it");
    open("ada", "postpone it");
    CHECK(shop.titles("postponed") == "");
    open("bob", "it, POSTPONED");
    CHECK(shop.titles("postponed") == "Create budgets");
    CHECK(shop.number("SELECT count(*) FROM search_choice") == 1);
    CHECK(shop.number("SELECT people FROM search_choice") == 2);
    CHECK(shop.number("SELECT count(*) FROM search_chooser WHERE person LIKE '%ada%' OR length(person) <> 64") == 0);

    open("ada", "budg", true);
    open("bob", "budg", true);
    CHECK(shop.number("SELECT count(*) FROM search_choice WHERE text = 'budg'") == 0);

    shop.send({.verb = RecordCommand::Verb::transition, .entity = "search.choice", .id = 1, .transition = "ignore"});
    CHECK(shop.titles("postponed") == "");
    shop.send({.verb = RecordCommand::Verb::transition, .entity = "search.choice", .id = 1, .transition = "count_again"});
    CHECK(shop.titles("postponed") == "Create budgets");
    CHECK_THROWS_AS(shop.suite().note_opened(shop.actor("eve", {"workshop.order.read"}), {.text = "postpone", .record = {"workshop.manual", budgets.value}}), Refused);
    CHECK_THROWS_AS(shop.suite().note_opened({.name = "ada"}, {.text = "postpone", .record = {"workshop.manual", 99}}), Refused);
}

TEST_CASE("search: of one kind, what is found can be narrowed like its list") {
    Library shop;
    shop.manual("Brakes", "bleeding", {.language = "en"});
    shop.manual("Bremsen", "bleeding", {.language = "de"});
    shop.insert(Customer{.name = "Bleeding Edge"});
    CHECK(shop.titles_of({.text = "bleeding", .entities = {"workshop.manual"}, .filters = {{"language", "eq", "de"}}}) == "Bremsen");
    CHECK(shop.titles_of({.text = "bleeding", .entities = {"workshop.manual"}, .filters = {{"language", "in", "de,en"}, {"title", "contains", "rak"}}}) == "Brakes");
    CHECK(shop.titles_of({.text = "bleeding", .entities = {"workshop.manual"}, .filters = {{"language", "eq", "fr"}}}) == "");
    const auto refused = [&](search::Request request) {
        try {
            shop.find(request);
        } catch (const Refused& refusal) {
            return refusal.code();
        }
        return std::string();
    };
    CHECK(refused({.text = "bleeding", .filters = {{"language", "eq", "de"}}}) == "search.one_kind");
    CHECK(refused({.text = "unheard", .entities = {"workshop.manual"}, .filters = {{"colour", "eq", "red"}}}) == "kernel.unknown_filter");
}

TEST_CASE("search: an index that cannot go on is told with the jobs that fail, and goes on once it can") {
    Library shop;
    shop.serve();
    shop.manual("Fork");
    REQUIRE(shop.soon([&] { return shop.number("SELECT count(*) FROM kernel_search_document WHERE title = 'Fork'") == 1; }));
    shop.run([](Transaction& tx) { tx.execute("ALTER TABLE kernel_search_word RENAME TO kernel_search_word_away"); });
    shop.manual("Brake");
    const auto failing = [&] { return shop.suite().status().failing_jobs; };
    CHECK(shop.soon([&] { return failing().size() == 1 && failing().front().starts_with("Search index: "); }));
    shop.run([](Transaction& tx) { tx.execute("ALTER TABLE kernel_search_word_away RENAME TO kernel_search_word"); });
    CHECK(shop.soon([&] { return failing().empty(); }));
    CHECK(shop.titles("brake") == "Brake");
}
