// The shipped profile on the open part of AdventureWorks: what the reports say after the replay is what the source says.
// The figures are those of reference.md beside the data, sections 2.1 to 2.7.
#include "imports/import_run.h"

#include <tessera/testing/company.h>

#include <doctest/doctest.h>

namespace tessera::imports {
namespace adventureworks_test {

std::filesystem::path data() { return std::filesystem::path(TESSERA_SHARED_DIR) / "data" / "adventureworks"; }

ImportProfile profile() {
    return read_profile(std::filesystem::path(TESSERA_SOURCE_DIR) / "apps/tessera/profiles/adventureworks.toml");
}

std::int64_t made(const ProfileOutcome& outcome, std::string_view step) {
    for (const auto& one : outcome.steps)
        if (one.title == step) return one.created + one.moved;
    return -1;
}

std::string first_lines(const std::string& text, int lines) {
    std::size_t end = 0;
    for (; lines > 0 && end != std::string::npos; --lines) end = text.find('\n', end == 0 ? 0 : end + 1);
    return text.substr(0, end);
}

}  // namespace adventureworks_test

TEST_CASE("adventureworks: the replayed orders give the source's own totals, and the books are sound") {
    using namespace adventureworks_test;
    if (!std::filesystem::exists(data())) {
        MESSAGE("left out: the sample data is not at ", data().string());
        return;
    }
    testing::Company company(testing::CompanyOptions{.modules = {"purchasing"}, .decimals = 4});
    const auto       outcome = run_profile(company.suite(), Actor{}, profile(), data(), {});

    CHECK(made(outcome, "Suppliers") == 104);
    CHECK(made(outcome, "People") == 19972);
    CHECK(made(outcome, "Employees") == 290);
    CHECK(made(outcome, "Products") == 504);
    CHECK(made(outcome, "Supplier prices") == 460);
    CHECK(made(outcome, "Purchase orders") == 1587);
    CHECK(made(outcome, "Rejected orders") == 64);

    CHECK(company.report("purchasing.order_summary") ==
          "2011 | complete | 24 | 398330.5900 | 31866.4470 | 9958.2650 | 440155.3020\n"
          "2011 | pending | 1 | 272.1015 | 21.7681 | 6.8025 | 300.6721\n"
          "2011 | rejected | 3 | 4533.1125 | 362.6490 | 113.3279 | 5009.0894\n"
          "2012 | complete | 227 | 3547702.1790 | 283816.1736 | 88692.5574 | 3920210.9100\n"
          "2012 | rejected | 25 | 379190.8680 | 30335.2693 | 9479.7718 | 419005.9091\n"
          "2013 | approved | 3 | 99058.0000 | 7924.6400 | 1981.1600 | 108963.8000\n"
          "2013 | complete | 1268 | 19485801.4470 | 1558864.1120 | 487145.0525 | 21531810.6115\n"
          "2013 | rejected | 36 | 479938.2315 | 38395.0581 | 11998.4565 | 530331.7461\n"
          "=  |  | 1587 | 24394826.5295 | 1951586.1171 | 609375.3936 | 26955788.0402\n");
    CHECK(company.report("purchasing.receipt_summary") ==
          "2011 | 68 | 15977 | 15866 | 1295 | 14571 | 4 | 11658.4335\n"
          "2012 | 576 | 140890 | 139485 | 15636 | 123849 | 30 | 418318.6350\n"
          "2013 | 2923 | 763758 | 757044 | 25983 | 731061 | 113 | 735224.9100\n"
          "=  | 3567 | 920625 | 912395 | 42914 | 869481 | 147 | 1165201.9785\n");
    CHECK(company.report("purchasing.match_summary") ==
          "3452 | 23431834.2160 | 22920118.7460 | 511715.4700 | 318 | 318\n");
    CHECK(first_lines(company.report("purchasing.supplier_performance"), 2) ==
          "Superior Bicycles | 19 | 1731241.0500 | 20682 | 1347 | 6.5129 | 100\n"
          "Professional Athletic Consultants | 19 | 1207090.5000 | 30609 | 301 | 0.9834 | 100");
    CHECK(company.verify() == "");

    const auto again = run_profile(company.suite(), Actor{}, profile(), data(), {});
    CHECK(made(again, "Purchase orders") == 0);
    CHECK(made(again, "Payments") == 0);
    CHECK(made(again, "Rejected orders") == 0);
}

}  // namespace tessera::imports
