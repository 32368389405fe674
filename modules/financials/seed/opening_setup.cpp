// What a new company starts with: its chart, the roles that find an account in it, three fiscal years.

#include <tessera/text.h>

#include "seed/chart_file.h"
#include "seed/shipped_charts.h"
#include "services/role_mapping.h"

#include <financials/periods.h>

#include <fstream>
#include <iterator>
#include <map>

namespace financials {
namespace opening_setup {

using tessera::Refused;

std::string chart_text(const std::string& name_or_file) {
    const std::string_view name = name_or_file.empty() ? "general" : std::string_view(name_or_file);
    std::string            known;
    for (const auto& chart : shipped_charts()) {
        if (chart.name == name) return std::string(chart.csv);
        known += (known.empty() ? "" : ", ") + std::string(chart.name);
    }
    std::ifstream file(name_or_file, std::ios::binary);
    if (!file)
        throw Refused("financials.no_such_chart",
                      "To choose a chart of accounts, give one of {} or a readable CSV file; \"{}\" is neither.", known,
                      tessera::excerpt(name_or_file))
            .with_status(422);
    return {std::istreambuf_iterator<char>(file), {}};
}

class ChartWriter {
public:
    ChartWriter(Transaction& tx, std::vector<ChartLine> lines) : tx_(tx), lines_(std::move(lines)) {
        for (std::size_t i = 0; i < lines_.size(); ++i) places_[lines_[i].code] = i;
    }
    void write() {
        for (const auto& line : lines_) account(line, 0);
    }

private:
    Id<Account> account(const ChartLine& line, std::size_t depth) {
        if (const auto known = made_.find(line.code); known != made_.end()) return known->second;
        if (depth > lines_.size())
            throw Refused("financials.chart_malformed",
                          "To read the chart of accounts, name parents without a circle: {} is below itself.",
                          line.code);
        Account account{.code     = line.code,
                        .name     = line.name,
                        .kind     = line.kind,
                        .postable = line.postable,
                        .control  = line.control,
                        .tag      = line.tag};
        if (!line.parent.empty()) account.parent = this->account(lines_[places_.at(line.parent)], depth + 1);
        return made_[line.code] = tx_.insert(account);
    }

    Transaction&                       tx_;
    std::vector<ChartLine>             lines_;
    std::map<std::string, std::size_t> places_;
    std::map<std::string, Id<Account>> made_;
};

void map_roles(Transaction& tx) {
    const auto accounts = tx.select<Account>("postable = 1 AND active = 1 ORDER BY code");
    for (const auto& role : tx.contributions<AccountRole>())
        if (const auto account = account_for(role, accounts))
            tx.insert(AccountRoleMapping{.role = role.name, .account = account});
}

void seed(Transaction& tx, const tessera::SeedOptions& options) {
    ChartWriter(tx, read_chart(chart_text(options.chart))).write();
    map_roles(tx);
    const int year = tx.today().year();
    for (int y = year - 1; y <= year + 1; ++y) tx.insert(FiscalYear{.starts_on = Date(y, 1, 1)});
}

}  // namespace opening_setup

void declare_opening_setup(tessera::Kernel& kernel) { kernel.seed(opening_setup::seed); }

}  // namespace financials
