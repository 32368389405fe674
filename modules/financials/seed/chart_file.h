#pragma once
// Reads a chart of accounts from CSV. Ours has the columns code, name, kind, parent, tag, control, postable:
//
//     code,name,kind,parent,tag,control,postable
//     2000,Current liabilities,liability,,,,no
//     2010,Trade payables,liability,2000,payables,payables,yes
//
// Charts of other systems are understood as far as their columns say the same under other names: number or account
// number for the code, type or category for the kind ("Asset/Stock", "EXPENSE", "Payable"), parent_code for the parent,
// kind "heading" for what takes no entries, and links (AP, AR, IC, AP_paid, AP_tax) for what an account serves.
// A row without a code is numbered by its kind; a heading without a kind takes that of the next account.
//
// Refused "financials.chart_malformed", naming the line.

#include <financials/ledger.h>

namespace financials {

struct ChartLine {
    std::string code{};
    std::string name{};
    Kind        kind = Kind::asset;
    std::string parent{};  // code of another line, or empty
    std::string tag{};
    Control     control  = Control::none;
    bool        postable = true;
};

std::vector<ChartLine> read_chart(std::string_view csv);

}  // namespace financials
