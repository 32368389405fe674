// The same books give the same bytes wherever they are read: no locale, no time zone and no clock of the machine is in a
// figure, a date or a file.
#include "served_books.h"

#include <doctest/doctest.h>

#include <regex>

namespace faults {

namespace {

// Only the moment it was made may differ.
std::string lasting(const std::string& text) {
    return std::regex_replace(
        text, std::regex(R"("made_at":"[^"]*"|made [0-9-]+ [0-9:]+ UTC|[0-9]{4}-[0-9]{2}-[0-9]{2} [0-9:]{5} UTC)"),
        "made");
}

std::string everything(const Books& books, const std::vector<std::string>& environment) {
    std::string all;
    for (const char* report : {"financials.trial_balance", "financials.general_ledger", "financials.balance_sheet",
                               "financials.payables_ageing", "inventory.valuation", "purchasing.received_not_invoiced"})
        for (const char* format : {"text", "csv", "json", "html"}) {
            const auto ended =
                books.tessera({"report", report, "--as_of", "2020-12-31", "--format", format}, environment);
            CHECK_MESSAGE(ended.code == 0, ended.errors);
            all += lasting(ended.output);
        }
    all += books.tessera({"purchasing", "order", "show", "PO-2020-00001", "--format", "json"}, environment).output;
    all += books.tessera({"catalog", "product", "list", "--format", "csv"}, environment).output;
    all += books
               .tessera({"purchasing", "order", "list", "--filter", "date.gte=2020-01-02", "--search", "po-2020",
                         "--format", "json"},
                        environment)
               .output;
    all +=
        books.tessera({"directory", "party", "create", "--set", "name=Two", "--set", "rating=1.5"}, environment).errors;
    return all;
}

}  // namespace

TEST_CASE("surroundings: locale and time zone change no byte of a report, a list or a refusal") {
    const Books books;
    {
        Server server(books);
        make_one_of_everything(server);
        REQUIRE(server.stop() == 0);
    }
    const auto here = everything(books, {});
    CHECK(here.size() > 20'000);
    for (const char* locale : {"LC_ALL=de_DE.UTF-8", "LC_ALL=tr_TR.UTF-8", "LC_ALL=POSIX"})
        CHECK_MESSAGE(everything(books, {locale}) == here, locale);
    for (const char* zone : {"TZ=Pacific/Kiritimati", "TZ=Etc/GMT+12", "TZ=Europe/Berlin"})
        CHECK_MESSAGE(everything(books, {zone, "LC_ALL=tr_TR.UTF-8"}) == here, zone);
}

TEST_CASE("surroundings: what is posted is the same in every time zone") {
    std::string first;
    for (const char* zone : {"TZ=UTC", "TZ=Pacific/Kiritimati", "TZ=Etc/GMT+12"}) {
        const Books books;
        Server      server(books, {"env", zone, "LC_ALL=tr_TR.UTF-8"});
        make_one_of_everything(server);
        CHECK(server.stop() == 0);
        const auto journal = std::regex_replace(books
                                                    .tessera({"report", "financials.journal", "--from", "2020-01-01",
                                                              "--to", "2020-12-31", "--format", "csv"})
                                                    .output,
                                                std::regex("[0-9-]+T[0-9:.]+Z"), "recorded");
        CHECK(journal.size() > 1'000);
        if (first.empty()) first = journal;
        CHECK_MESSAGE(journal == first, zone);
    }
}

}  // namespace faults
