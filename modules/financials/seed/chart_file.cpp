#include "seed/chart_file.h"

#include <tessera/csv.h>
#include <tessera/text.h>

#include <algorithm>
#include <map>
#include <set>

namespace financials {
namespace chart_file {

using tessera::CsvReader;
using tessera::lower_ascii;
using tessera::Refused;

struct Meaning {
    std::string_view word;
    Kind             kind;
    std::string_view tag{};
    Control          control = Control::none;
};
constexpr Meaning kinds[] = {
    {"asset", Kind::asset},
    {"assets", Kind::asset},
    {"bank", Kind::asset, "bank"},
    {"cash", Kind::asset},
    {"receivable", Kind::asset, "receivables", Control::receivables},
    {"accounts receivable", Kind::asset, "receivables", Control::receivables},
    {"stock", Kind::asset, "stock", Control::stock},
    {"inventory", Kind::asset, "stock", Control::stock},
    {"fixed asset", Kind::asset},
    {"liability", Kind::liability},
    {"liabilities", Kind::liability},
    {"credit", Kind::liability},
    {"payable", Kind::liability, "payables", Control::payables},
    {"accounts payable", Kind::liability, "payables", Control::payables},
    {"stock received but not billed", Kind::liability, "received_not_invoiced", Control::received_not_invoiced},
    {"equity", Kind::equity},
    {"capital", Kind::equity},
    {"income", Kind::income},
    {"revenue", Kind::income},
    {"sales", Kind::income},
    {"expense", Kind::expense},
    {"expenses", Kind::expense},
    {"cost of sales", Kind::expense, "cost_of_sales"},
    {"cost of goods sold", Kind::expense, "cost_of_sales"},
    {"stock adjustment", Kind::expense, "count_difference"},
    {"round off", Kind::expense, "rounding"},
};

struct Link {
    std::string_view word;
    std::string_view tag;
    Control          control = Control::none;
};
constexpr Link links[] = {
    {"AP", "payables", Control::payables},
    {"AR", "receivables", Control::receivables},
    {"IC", "stock", Control::stock},
    {"AP_paid", "bank"},
    {"AP_tax", "input_tax"},
    {"AR_tax", "output_tax"},
    {"IC_cogs", "cost_of_sales"},
    {"IC_sale", "revenue"},
    {"AP_amount", "expense"},
};

class Reader {
public:
    explicit Reader(std::string_view csv) : csv_(csv) {}

    std::vector<ChartLine> read() {
        code_     = column({"code", "number", "account number", "account_number", "account"});
        name_     = column({"name", "account name", "account_name", "title"});
        kind_     = column({"kind", "type", "account type", "account_type"});
        category_ = column({"category", "class"});
        parent_   = column({"parent", "parent_code", "parent account", "parent number"});
        tag_      = column({"tag"});
        control_  = column({"control"});
        postable_ = column({"postable"});
        links_    = column({"links"});
        if (!name_ || (!kind_ && !category_)) refuse(1, "name its columns code, name and kind");
        while (csv_.next()) add_line();
        for (auto at : unkinded_) lines_[at].kind = at + 1 < lines_.size() ? lines_[at + 1].kind : Kind::asset;
        resolve_parents();
        return std::move(lines_);
    }

private:
    [[noreturn]] static void refuse(std::int64_t line, std::string_view what) {
        throw Refused("financials.chart_malformed", "To read the chart of accounts, {} (line {}).", what, line)
            .with_status(422);
    }

    std::optional<std::size_t> column(std::initializer_list<std::string_view> names) const {
        const auto& header = csv_.header();
        for (auto name : names)
            for (std::size_t i = 0; i < header.size(); ++i)
                if (lower_ascii(tessera::trim(header[i])) == name) return i;
        return std::nullopt;
    }
    std::string cell(const std::optional<std::size_t>& column) const {
        return column ? std::string(tessera::trim(csv_[*column])) : std::string{};
    }

    void add_line() {
        ChartLine line{.code = cell(code_), .name = cell(name_), .parent = cell(parent_), .tag = cell(tag_)};
        if (line.code.empty() && line.name.empty()) refuse(csv_.line(), "give each account a code and a name");
        if (line.name.empty()) line.name = line.code;
        const auto form = lower_ascii(cell(kind_));
        const bool told = read_kind(line, category_ ? cell(category_) : cell(kind_));
        line.postable   = form != "heading" && lower_ascii(cell(postable_)) != "no" && told;
        read_control(line);
        read_links(line);
        if (line.code.empty()) line.code = next_code(line.kind);
        if (!codes_.emplace(line.code, lines_.size()).second)
            refuse(csv_.line(), "give each account a code of its own: " + line.code + " is there twice");
        if (!told) unkinded_.push_back(lines_.size());
        lines_.push_back(std::move(line));
        line_numbers_.push_back(csv_.line());
    }

    // "Asset/Stock": a kind, and after the slash what the account serves.
    bool read_kind(ChartLine& line, std::string_view text) {
        if (text.empty() || lower_ascii(text) == "heading") return false;
        bool known = false;
        for (std::size_t start = 0; start <= text.size();) {
            const auto end  = std::min(text.find('/', start), text.size());
            const auto word = lower_ascii(tessera::trim(text.substr(start, end - start)));
            const auto it   = std::ranges::find(kinds, word, &Meaning::word);
            if (it != std::end(kinds)) {
                if (!known) line.kind = it->kind;
                serve(line, it->tag, it->control);
                known = true;
            }
            start = end + 1;
        }
        if (!known) refuse(csv_.line(), "give each account a kind: asset, liability, equity, income or expense");
        return true;
    }

    void read_control(ChartLine& line) {
        if (const auto text = cell(control_); !text.empty()) line.control = tessera::value_named<Control>(text);
    }
    void read_links(ChartLine& line) {
        const auto text = cell(links_);
        for (std::size_t start = 0; start < text.size();) {
            const auto end  = std::min(text.find(' ', start), text.size());
            const auto word = std::string_view(text).substr(start, end - start);
            for (const auto& link : links)
                if (link.word == word) serve(line, link.tag, link.control);
            start = end + 1;
        }
        if (!links_) return;
        if (lower_ascii(line.name).find("retained earnings") != std::string::npos)
            serve(line, "retained_earnings", Control::none);
        if (lower_ascii(line.name).find("exchange") != std::string::npos)
            serve(line, "exchange_difference", Control::none);
    }
    // Of the accounts of a foreign chart that could serve something the first does.
    void serve(ChartLine& line, std::string_view tag, Control control) {
        if (tag.empty() || !served_.emplace(tag).second) return;
        line.tag += (line.tag.empty() ? "" : " ") + std::string(tag);
        if (line.control == Control::none) line.control = control;
    }

    std::string next_code(Kind kind) {
        const auto  group = static_cast<int>(kind) + 1;
        std::string code;
        do code = std::to_string(group * 10000 + 10 * ++numbered_[kind]);
        while (codes_.contains(code));
        return code;
    }

    // A parent is named by its code, or in charts without codes by its name.
    void resolve_parents() {
        std::map<std::string, std::string> by_name;
        for (const auto& line : lines_) by_name.emplace(line.name, line.code);
        for (std::size_t i = 0; i < lines_.size(); ++i) {
            auto& line = lines_[i];
            if (line.parent.empty() || codes_.contains(line.parent)) continue;
            const auto it = by_name.find(line.parent);
            if (it == by_name.end())
                refuse(line_numbers_[i], "name a parent that is in it: " + line.parent + " is not");
            line.parent = it->second == line.code ? std::string{} : it->second;
        }
    }

    CsvReader                          csv_;
    std::optional<std::size_t>         code_, name_, kind_, category_, parent_, tag_, control_, postable_, links_;
    std::vector<ChartLine>             lines_;
    std::vector<std::int64_t>          line_numbers_;
    std::map<std::string, std::size_t> codes_;
    std::set<std::string, std::less<>> served_;
    std::map<Kind, int>                numbered_;
    std::vector<std::size_t>           unkinded_;
};

}  // namespace chart_file

std::vector<ChartLine> read_chart(std::string_view csv) { return chart_file::Reader(csv).read(); }

}  // namespace financials
