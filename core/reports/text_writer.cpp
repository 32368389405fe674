#include "reports/drawn_table.h"
#include "reports/format_writers.h"
#include "reports/readable_text.h"

#include <algorithm>

namespace tessera::reports {
namespace text_writer {

// A terminal line must stay readable: a text longer than this is cut here and whole in every other format.
constexpr int text_width_max = 60;

using Line = std::vector<std::string>;

std::string one_line(std::string text, const DrawnColumn& column) {
    if (column.right) return text;
    return shortened(readable(text, LineBreaks::to_spaces), text_width_max);
}

template <class TextOf>
Line line_of(const DrawnTable& table, TextOf text_of) {
    Line line;
    for (const auto& column : table.columns()) line.push_back(one_line(text_of(column), column));
    return line;
}

void widen(std::vector<int>& widths, const Line& line) {
    for (std::size_t i = 0; i < line.size(); ++i) widths[i] = std::max(widths[i], display_width(line[i]));
}

class Page {
public:
    Page(const DrawnTable& table, const std::vector<int>& widths) : table_(table), widths_(widths) {}

    void line(const std::string& text) { text_ += text + '\n'; }
    void cells(const Line& cells) {
        for (std::size_t i = 0; i < cells.size(); ++i) {
            const auto blanks = static_cast<std::size_t>(widths_[i] - display_width(cells[i]));
            const bool right  = table_.columns()[i].right;
            if (i > 0) text_ += "  ";
            if (right) text_.append(blanks, ' ');
            text_ += cells[i];
            if (!right) text_.append(blanks, ' ');
        }
        text_.erase(text_.find_last_not_of(' ') + 1);
        text_ += '\n';
    }
    void rule() {
        Line dashes;
        for (const int width : widths_) dashes.emplace_back(static_cast<std::size_t>(width), '-');
        cells(dashes);
    }
    std::string text() && { return std::move(text_); }

private:
    const DrawnTable&       table_;
    const std::vector<int>& widths_;
    std::string             text_{};
};

std::string closing_line(const DrawnTable& table) {
    const std::string made_at = table.made_at();
    return made_at.empty() ? table.row_count() : table.row_count() + ", made " + made_at;
}

}  // namespace text_writer

std::string write_text(const ReportResult& result) {
    using namespace text_writer;
    const DrawnTable  table(result);
    const Line        heads = line_of(table, [](const DrawnColumn& column) { return column.label; });
    std::vector<Line> lines;
    lines.reserve(result.rows.size());
    for (const auto& row : result.rows)
        lines.push_back(line_of(table, [&](const DrawnColumn& column) { return table.cell(row, column); }));
    const Line totals =
        table.has_totals() ? line_of(table, [&](const DrawnColumn& column) { return table.total(column); }) : Line{};

    std::vector<int> widths(heads.size(), 1);
    widen(widths, heads);
    for (const auto& line : lines) widen(widths, line);
    widen(widths, totals);

    Page page(table, widths);
    page.line(readable(result.title));
    if (!result.company.empty()) page.line(readable(result.company));
    for (const auto& parameter : table.parameters()) page.line(parameter.text());
    if (const auto as_of = table.as_of(); !as_of.empty()) page.line(as_of);
    page.line("");
    page.cells(heads);
    page.rule();
    for (const auto& line : lines) page.cells(line);
    if (lines.empty()) page.line("Nothing to show.");
    if (table.has_totals()) {
        page.rule();
        page.cells(totals);
    }
    page.line("");
    page.line(closing_line(table));
    return std::move(page).text();
}

}  // namespace tessera::reports
