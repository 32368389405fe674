#include "seed/chart_file.h"
#include "seed/shipped_charts.h"
#include "services/role_mapping.h"

#include "tests/office.h"

#include <filesystem>
#include <fstream>
#include <sstream>

using namespace financials;
using namespace tessera;
using financials::testing::Office;

namespace {

std::string shown(const std::vector<ChartLine>& lines) {
    std::string text;
    for (const auto& line : lines)
        text += fmt::format("{} {} {} <{}> [{}] {}{}\n", line.code, line.name, tessera::name_of(line.kind), line.parent,
                            line.tag, tessera::name_of(line.control), line.postable ? "" : " heading");
    return text;
}
std::string refusal_of(std::string_view csv) {
    try {
        read_chart(csv);
    } catch (const tessera::Refused& refused) {
        return refused.code();
    }
    return {};
}
std::string text_of(const std::filesystem::path& file) {
    std::ifstream     in(file, std::ios::binary);
    std::stringstream text;
    text << in.rdbuf();
    return text.str();
}

}  // namespace

TEST_CASE("chart file: our own format") {
    CHECK(shown(read_chart("code,name,kind,parent,tag,control,postable\n20,Debts,liability,,,,no\n21,Payables,"
                           "liability,20,payables,payables,yes\n")) ==
          "20 Debts liability <> [] none heading\n21 Payables liability <20> [payables] payables\n");
}

TEST_CASE("chart file: number, name, type as other systems write them") {
    CHECK(shown(read_chart("Account Number;Account Name;Type\n100;Checking;Bank\n200;Suppliers;Accounts "
                           "payable\n300;Sales;Income\n")) ==
          "100 Checking asset <> [bank] none\n200 Suppliers liability <> [payables] payables\n300 Sales income <> [] "
          "none\n");
}

TEST_CASE("chart file: accounts without a number are numbered by kind, parents are found by name") {
    CHECK(shown(read_chart("code,name,kind,category,parent_code,links\n,Assets,account,ASSET,,\n,Till,account,CASH,"
                           "Assets,\n,Costs,account,EXPENSE,,\n")) ==
          "10010 Assets asset <> [] none\n10020 Till asset <10010> [] none\n50010 Costs expense <> [] none\n");
}

TEST_CASE("chart file: what cannot be understood is refused") {
    CHECK(refusal_of("a,b\n1,2\n") == "financials.chart_malformed");
    CHECK(refusal_of("code,name,kind\n1,A,asset\n1,B,asset\n") == "financials.chart_malformed");
    CHECK(refusal_of("code,name,kind\n1,A,thing\n") == "financials.chart_malformed");
    CHECK(refusal_of("code,name,kind,parent\n1,A,asset,9\n") == "financials.chart_malformed");
}

TEST_CASE("shipped charts: every tag that a module may ask for is there once, with its control") {
    for (const auto& chart : shipped_charts()) {
        CAPTURE(chart.name);
        const auto lines = read_chart(chart.csv);
        for (const std::string_view tag : {"bank",
                                           "payables",
                                           "receivables",
                                           "stock",
                                           "received_not_invoiced",
                                           "input_tax",
                                           "output_tax",
                                           "discount",
                                           "write_off",
                                           "exchange_difference",
                                           "rounding",
                                           "retained_earnings",
                                           "opening_balance",
                                           "inventory.price_variance",
                                           "inventory.count_difference",
                                           "inventory.consumption",
                                           "inventory.revaluation",
                                           "purchasing.price_variance",
                                           "purchasing.freight",
                                           "purchasing.expense",
                                           "purchasing.discount",
                                           "landed_cost_clearing",
                                           "revenue",
                                           "cost_of_sales",
                                           "wip",
                                           "warranty.expense",
                                           "warranty.provision"}) {
            CAPTURE(tag);
            int found = 0;
            for (const auto& line : lines) {
                if (!has_tag(line.tag, tag)) continue;
                ++found;
                CHECK(line.postable);
                for (const auto control : names_of(Control{}))
                    if (control == tag) CHECK(tessera::name_of(line.control) == tag);
            }
            CHECK(found == 1);
        }
    }
}

TEST_CASE("a new company: every shipped chart maps every role of this module") {
    for (const auto& chart : shipped_charts()) {
        Office office{std::string(chart.name)};
        CHECK(office.company.report("financials.account_roles").find("not mapped") == std::string::npos);
        CHECK(office.company.verify() == "");
    }
}

TEST_CASE("a new company: charts of other systems are taken from a file") {
    const std::filesystem::path folder = std::filesystem::path(TESSERA_SHARED_DIR) / "data/coa";
    if (!std::filesystem::exists(folder)) return;
    for (const auto* name :
         {"us-general.csv", "us-manufacturing.csv", "gb-general.csv", "fr-general.csv", "de-skr03-gnucash.csv",
          "standard-erp-tree.csv", "generic-business-gnucash.csv", "ca-english.csv"}) {
        CAPTURE(name);
        const auto lines = read_chart(text_of(folder / name));
        CHECK(lines.size() > 50);
    }
    Office office{(folder / "us-manufacturing.csv").string()};
    CHECK(office.row("financials.account_roles", "financials.payable") ==
          "financials.payable | Trade payables | liability | 2100 | Accounts Payable");
    CHECK(office.row("financials.account_roles", "financials.rounding") ==
          "financials.rounding | Rounding differences | expense |  | not mapped");
    CHECK(office.refusal("2026-01-05"_date, {{"financials.rounding", "1.00"}, {"1060", "", "1.00"}}) ==
          "financials.role_not_mapped");
}

TEST_CASE("a new company: an unknown chart is refused") {
    CHECK_THROWS_WITH_AS(Office{"no-such-chart"}, doctest::Contains("general, european"), tessera::Refused);
}
