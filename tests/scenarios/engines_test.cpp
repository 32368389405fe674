// The same story on both engines: every report is the same, byte for byte, in every format that holds no moment of printing.
#include "process.h"

#include <doctest/doctest.h>
#include <tessera/testing/database.h>

#include <regex>

namespace scenarios {

namespace {

struct Books {
    whole::Scratch folder{};
    std::string    location{};

    whole::Ended tessera(std::vector<std::string> words) const {
        words.insert(words.begin(), whole::tessera());
        return whole::run(std::move(words), {.directory = folder.path(), .environment = {"TESSERA_DATABASE=" + location}});
    }
};

std::vector<std::string> reports(const Books& books) {
    std::vector<std::string> names;
    const auto               listed = books.tessera({"report"});
    REQUIRE_MESSAGE(listed.code == 0, listed.errors);
    for (std::size_t at = 0; at < listed.output.size();) {
        const auto end  = std::min(listed.output.find('\n', at), listed.output.size());
        const auto line = listed.output.substr(at, end - at);
        const auto name = line.substr(std::min(line.find_first_not_of(' '), line.size()));
        const auto word = name.substr(0, name.find(' '));
        if (word.find('.') != std::string::npos && word.find('.') + 1 < word.size()) names.push_back(word);
        at = end + 1;
    }
    return names;
}

// When a thing was recorded is another moment in each.
std::string without_moments(const std::string& text) {
    return std::regex_replace(text, std::regex("[0-9]{4}-[0-9]{2}-[0-9]{2}(T[0-9:.]+Z| [0-9]{2}:[0-9]{2}(:[0-9]{2})? UTC)"), "…");
}

}  // namespace

TEST_CASE("both engines: the same story gives the same reports, lists and histories, byte for byte" *
          doctest::skip(::getenv("TESSERA_TEST_POSTGRES") == nullptr)) {
    Books on_file, on_server;
    on_file.location = "books.tessera";
    const tessera::testing::Database database(on_server.folder.path(), "books");
    on_server.location = database.location();
    for (const auto* books : {&on_file, &on_server}) {
        const auto made = books->tessera({"demo", "--today", "2026-06-30", "--seed", "3"});
        REQUIRE_MESSAGE(made.code == 0, made.errors);
    }
    const auto same = [&](const std::vector<std::string>& words) {
        const auto expected = on_file.tessera(words), found = on_server.tessera(words);
        CAPTURE(words.at(1));
        CHECK(expected.code == found.code);
        CHECK(expected.errors == found.errors);
        CHECK(without_moments(expected.output) == without_moments(found.output));
        return found.code == 0;
    };
    int        printed = 0;
    const auto names   = reports(on_file);
    CHECK(names.size() > 20);
    for (const auto& name : names)
        for (const char* format : {"csv", "text"}) printed += same({"report", name, "--format", format});
    CHECK(printed > 30);
    for (const char* entity : {"order", "goods_receipt", "vendor_invoice"}) {
        CHECK(same({"purchasing", entity, "list", "--sort", "-number"}));
        CHECK(same({"purchasing", entity, "list", "--search", "LAN"}));
        CHECK(same({"purchasing", entity, "show", "1"}));
    }
    CHECK(same({"directory", "party", "list", "--sort", "name"}));
    CHECK(same({"catalog", "product", "list", "--sort", "-category"}));
}

}  // namespace scenarios
