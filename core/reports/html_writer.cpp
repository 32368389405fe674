#include "reports/drawn_table.h"
#include "reports/format_writers.h"
#include "reports/readable_text.h"

#include <algorithm>

namespace tessera::reports {
namespace html_writer {

constexpr std::string_view style = R"css(
:root { color-scheme: light dark; --paper: #fff; --ink: #1a1d21; --soft: #5b636d; --line: #dfe3e8; --band: #f4f6f8; }
@media (prefers-color-scheme: dark) {
  :root { --paper: #15181c; --ink: #e6e9ed; --soft: #9aa4af; --line: #2d333b; --band: #1d2127; }
}
* { box-sizing: border-box; }
body { margin: 0; padding: 2rem; background: var(--paper); color: var(--ink);
       font: 15px/1.45 system-ui, "Segoe UI", "DejaVu Sans", sans-serif; }
main { width: fit-content; max-width: 100%; min-width: min(100%, 42rem); margin: 0 auto; }
header { margin-bottom: 1.25rem; }
h1 { margin: 0; font-size: 1.7em; line-height: 1.2; font-weight: 650; }
.company, .as_of { margin: 0 0 .15rem; color: var(--soft); }
dl { display: flex; flex-wrap: wrap; gap: .25rem 1.5rem; margin: .6rem 0 0; }
dl div { display: flex; gap: .4rem; }
dt { color: var(--soft); }
dt::after { content: ":"; }
dd { margin: 0; font-weight: 550; }
table { width: 100%; border-collapse: collapse; font-size: .95em; font-variant-numeric: tabular-nums lining-nums; }
th, td { padding: .36em .75em; text-align: left; vertical-align: top; white-space: pre-line; overflow-wrap: break-word; }
td { max-width: 32em; }
thead th { position: sticky; top: 0; background: var(--band); border-bottom: 1px solid var(--soft); vertical-align: bottom; font-weight: 600; }
tbody td { border-bottom: 1px solid var(--line); }
tbody tr:hover td { background: var(--band); }
tfoot td { border-top: 2px solid var(--ink); font-weight: 650; }
.figure { text-align: right; white-space: nowrap; }
.fixed { white-space: nowrap; }
.long { min-width: 16em; }
thead .figure { white-space: normal; }
.nothing { padding: 1.5em .75em; color: var(--soft); }
footer { margin-top: .9rem; color: var(--soft); font-size: .88em; }
@page { size: A4 ORIENTATION; margin: 12mm; }
@media print {
  :root { --paper: #fff; --ink: #000; --soft: #555; --line: #ccc; --band: #f0f0f0; }
  body { padding: 0; font-size: 8pt; }
  main { width: 100%; min-width: 0; }
  td { max-width: none; }
  .long { min-width: 0; }
  thead { display: table-header-group; }
  thead th { position: static; }
  tfoot { display: table-row-group; }
  tr { break-inside: avoid; }
}
)css";

constexpr std::size_t portrait_columns_max = 6;
constexpr std::size_t width_sample_rows    = 1'000;
constexpr int         unbroken_width       = 24;  // a column of shorter texts is never broken into lines

void append_escaped(std::string& out, std::string_view text) {
    for (const char c : text) {
        switch (c) {
            case '&':
                out += "&amp;";
                break;
            case '<':
                out += "&lt;";
                break;
            case '>':
                out += "&gt;";
                break;
            case '"':
                out += "&quot;";
                break;
            case '\'':
                out += "&#39;";
                break;
            default:
                out += c;
        }
    }
}

class Document {
public:
    explicit Document(const ReportResult& result) : result_(result), table_(result) {}

    std::string write() && {
        head();
        heading();
        table();
        footer();
        out_ += "</main>\n</body>\n</html>\n";
        return std::move(out_);
    }

private:
    void element(std::string_view tag, std::string_view text, std::string_view attributes = {}) {
        out_.append("<").append(tag).append(attributes).append(">");
        append_escaped(out_, text);
        out_.append("</").append(tag).append(">");
    }

    void head() {
        const bool  wide  = table_.columns().size() > portrait_columns_max;
        std::string rules = std::string(style);
        rules.replace(rules.find("ORIENTATION"), std::string_view("ORIENTATION").size(),
                      wide ? "landscape" : "portrait");
        out_ +=
            "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
            "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
            "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n";
        element("title", readable(result_.company.empty() ? result_.title : result_.title + " · " + result_.company));
        out_ += "\n<style>" + rules + "</style>\n</head>\n<body>\n<main>\n";
    }

    void heading() {
        out_ += "<header>\n";
        if (!result_.company.empty()) element("p", readable(result_.company), " class=\"company\"");
        element("h1", readable(result_.title));
        out_ += '\n';
        parameters();
        if (const auto as_of = table_.as_of(); !as_of.empty()) element("p", as_of, " class=\"as_of\"");
        out_ += "</header>\n";
    }

    void parameters() {
        const auto parameters = table_.parameters();
        if (parameters.empty()) return;
        out_ += "<dl>\n";
        for (const auto& parameter : parameters) {
            out_ += "<div>";
            element("dt", parameter.label);
            element("dd", parameter.value);
            out_ += "</div>\n";
        }
        out_ += "</dl>\n";
    }

    std::string_view class_of(const DrawnColumn& column) const {
        if (column.right) return " class=\"figure\"";
        return column.type == CellType::text && is_long(column) ? " class=\"long\"" : " class=\"fixed\"";
    }

    bool is_long(const DrawnColumn& column) const {
        const auto sample = std::min(result_.rows.size(), width_sample_rows);
        for (std::size_t row = 0; row < sample; ++row)
            if (display_width(table_.cell(result_.rows[row], column)) > unbroken_width) return true;
        return false;
    }

    void table() {
        out_ += "<table>\n<thead>\n<tr>";
        for (const auto& column : table_.columns()) {
            const std::string_view scope = column.right ? " scope=\"col\" class=\"figure\"" : " scope=\"col\"";
            element("th", column.label, help_of(column).append(scope));
        }
        out_ += "</tr>\n</thead>\n<tbody>\n";
        for (const auto& column : table_.columns()) classes_.push_back(class_of(column));
        for (const auto& row : result_.rows) {
            out_ += "<tr>";
            for (std::size_t i = 0; i < classes_.size(); ++i)
                element("td", table_.cell(row, table_.columns()[i]), classes_[i]);
            out_ += "</tr>\n";
        }
        if (result_.rows.empty()) nothing();
        out_ += "</tbody>\n";
        if (table_.has_totals()) totals();
        out_ += "</table>\n";
    }

    std::string help_of(const DrawnColumn& column) const {
        const std::string& help = result_.columns[column.index].help;
        if (help.empty()) return {};
        std::string attribute = " title=\"";
        append_escaped(attribute, readable(help));
        return attribute + '"';
    }

    void nothing() {
        out_ += "<tr><td class=\"nothing\" colspan=\"" + std::to_string(table_.columns().size()) +
                "\">Nothing to show.</td></tr>\n";
    }

    void totals() {
        out_ += "<tfoot>\n<tr>";
        for (std::size_t i = 0; i < classes_.size(); ++i) element("td", table_.total(table_.columns()[i]), classes_[i]);
        out_ += "</tr>\n</tfoot>\n";
    }

    void footer() {
        const std::string made_at = table_.made_at();
        element("footer", made_at.empty() ? table_.row_count() : table_.row_count() + ", made " + made_at);
        out_ += '\n';
    }

    const ReportResult&           result_;
    DrawnTable                    table_;
    std::vector<std::string_view> classes_{};  // of the columns as drawn
    std::string                   out_{};
};

}  // namespace html_writer

std::string write_html(const ReportResult& result) { return html_writer::Document(result).write(); }

}  // namespace tessera::reports
