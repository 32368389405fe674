#include "reports/pdf_layout.h"

#include <algorithm>
#include <array>
#include <numeric>

namespace tessera::reports {
namespace pdf_layout_steps {

constexpr double a4_short = 595.276, a4_long = 841.89;
constexpr double text_width_wanted = 17;  // in type sizes: how narrow a text may become by wrapping

struct Sheet {
    double width, height, type_size;
};
constexpr std::array<Sheet, 6> sheets{{{a4_short, a4_long, 8.5},
                                       {a4_short, a4_long, 7.5},
                                       {a4_long, a4_short, 8.5},
                                       {a4_long, a4_short, 7.5},
                                       {a4_long, a4_short, 6.5},
                                       {a4_long, a4_short, 5.5}}};

// Widths at type size 1: DejaVu is not hinted here, so all sizes are in proportion.
struct Demand {
    std::vector<double> natural{};
    std::vector<double> least{};
};

constexpr double unit_size = 10;

double longest_word(PdfCanvas& canvas, std::string_view text, const PdfFont& font) {
    double longest = 0;
    while (!text.empty()) {
        const std::size_t end = std::min(text.find(' '), text.size());
        longest               = std::max(longest, canvas.width(text.substr(0, end), font));
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return longest;
}

Demand demand_of(PdfCanvas& canvas, const ReportResult& result, const DrawnTable& table) {
    const PdfFont font{unit_size, false}, bold{unit_size, true};
    Demand        demand;
    for (const auto& column : table.columns()) {
        double body = 0;
        for (const auto& row : result.rows) body = std::max(body, canvas.width(table.cell(row, column), font));
        if (table.has_totals()) body = std::max(body, canvas.width(table.total(column), bold));
        const double head  = longest_word(canvas, column.label, bold);
        const bool   wraps = column.type == CellType::text;
        const double least = wraps ? std::min(body, text_width_wanted * unit_size) : body;
        demand.natural.push_back(std::max({body, head, std::min(canvas.width(column.label, bold), body * 1.3)}) /
                                 unit_size);
        demand.least.push_back(std::max(least, head) / unit_size);
    }
    return demand;
}

double sum(const std::vector<double>& values) { return std::accumulate(values.begin(), values.end(), 0.0); }

double gaps(std::size_t columns) { return columns == 0 ? 0 : PdfLayout::column_gap * static_cast<double>(columns); }

Sheet sheet_for(const Demand& demand) {
    const double between = gaps(demand.least.size()) + 2 * PdfLayout::margin;
    for (const Sheet& sheet : sheets)
        if (sum(demand.least) * sheet.type_size + between <= sheet.width) return sheet;
    const double type_size = sheets.back().type_size;
    return {sum(demand.least) * type_size + between + 1, a4_short, type_size};
}

// Each column has what it needs at least; what is left goes first to those that would wrap, then to the texts, most of it
// to the long ones, so that the table is as wide as the page.
std::vector<double> widths_for(const Demand& demand, const DrawnTable& table, double type_size, double width) {
    const std::size_t   columns = demand.least.size();
    std::vector<double> widths(columns), wishes(columns), texts(columns);
    for (std::size_t i = 0; i < columns; ++i) {
        widths[i] = demand.least[i] * type_size;
        wishes[i] = (demand.natural[i] - demand.least[i]) * type_size;
        texts[i]  = table.columns()[i].type == CellType::text ? demand.natural[i] * demand.natural[i] : 0;
    }
    double left = std::max(0.0, width - gaps(columns) - sum(widths));
    if (sum(wishes) > 0) {
        const double part = std::min(1.0, left / sum(wishes));
        for (std::size_t i = 0; i < columns; ++i) widths[i] += wishes[i] * part;
        left -= sum(wishes) * part;
    }
    const double shares = sum(texts);
    for (std::size_t i = 0; i < columns; ++i)
        widths[i] += shares > 0 ? left * texts[i] / shares : left / static_cast<double>(columns);
    return widths;
}

double height_of(PdfCanvas& canvas, const PdfFont& font, int lines) {
    return canvas.line_height(font) * lines + 2 * PdfLayout::row_padding;
}

template <class TextOf>
int lines_of(PdfCanvas& canvas, const PdfLayout& layout, const DrawnTable& table, const PdfFont& font, int lines_max,
             TextOf text_of) {
    int lines = 1;
    for (std::size_t i = 0; i < table.columns().size(); ++i)
        lines = std::max(lines, canvas.lines(text_of(table.columns()[i]), font, layout.widths[i], lines_max));
    return lines;
}

void measure_heights(PdfCanvas& canvas, PdfLayout& layout, const ReportResult& result, const DrawnTable& table) {
    const int head_lines = lines_of(canvas, layout, table, layout.bold, PdfLayout::head_lines_max,
                                    [](const DrawnColumn& column) { return column.label; });
    layout.head_height   = height_of(canvas, layout.bold, head_lines) + 2;
    layout.totals_height = table.has_totals() ? height_of(canvas, layout.bold, 1) + 2 : 0;
    layout.row_heights.reserve(result.rows.size());
    for (const auto& row : result.rows) {
        const int lines = lines_of(canvas, layout, table, layout.font, PdfLayout::text_lines_max,
                                   [&](const DrawnColumn& column) { return table.cell(row, column); });
        layout.row_heights.push_back(height_of(canvas, layout.font, lines));
    }
}

// The totals never stand on a page alone: the last row goes with them.
void paginate(PdfLayout& layout, double room) {
    layout.pages.emplace_back();
    double used = 0;
    for (std::size_t row = 0; row < layout.row_heights.size(); ++row) {
        const bool   last   = row + 1 == layout.row_heights.size();
        const double height = layout.row_heights[row] + (last ? layout.totals_height : 0);
        if (used + height > room && layout.pages.back().last_row > layout.pages.back().first_row) {
            layout.pages.push_back({row, row});
            used = 0;
        }
        used += layout.row_heights[row];
        layout.pages.back().last_row = row + 1;
    }
}

}  // namespace pdf_layout_steps

PdfLayout pdf_layout(PdfCanvas& canvas, const ReportResult& result, const DrawnTable& table, double heading_height,
                     double footing_height) {
    using namespace pdf_layout_steps;
    const Demand demand = demand_of(canvas, result, table);
    const Sheet  sheet  = sheet_for(demand);
    PdfLayout    layout;
    layout.sheet_width  = sheet.width;
    layout.sheet_height = sheet.height;
    layout.font         = {sheet.type_size, false};
    layout.bold         = {sheet.type_size, true};
    layout.widths       = widths_for(demand, table, sheet.type_size, layout.table_width());
    measure_heights(canvas, layout, result, table);
    paginate(layout, sheet.height - 2 * PdfLayout::margin - heading_height - footing_height - layout.head_height);
    return layout;
}

}  // namespace tessera::reports
