#include "reports/drawn_table.h"
#include "reports/format_writers.h"
#include "reports/pdf_canvas.h"
#include "reports/pdf_layout.h"
#include "reports/readable_text.h"

namespace tessera::reports {
namespace pdf_writer {

constexpr std::size_t rows_max = 100'000;

const PdfFont company_font{8.5, false, 0.4};
const PdfFont title_font{15, true, 0.05};
const PdfFont parameter_font{8.5, false, 0.25};
const PdfFont footing_font{7, false, 0.45};

constexpr double company_height   = 13;
constexpr double title_height     = 21;
constexpr double parameter_height = 12;
constexpr double after_heading    = 8;
constexpr double footing_height   = 16;

PdfCanvas::Properties properties_of(const ReportResult& result, const std::string& parameters) {
    return {.title   = readable(result.title),
            .author  = readable(result.company),
            .subject = parameters,
            .made_at = result.made_at};
}

std::string joined(const DrawnTable& table) {
    std::string line;
    const auto  add = [&](const std::string& text) { line += (line.empty() || text.empty() ? "" : "   ·   ") + text; };
    for (const auto& parameter : table.parameters()) add(parameter.text());
    add(table.as_of());
    return line;
}

PdfAlign align_of(const DrawnColumn& column) { return column.right ? PdfAlign::right : PdfAlign::left; }

class Print {
public:
    explicit Print(const ReportResult& result)
        : result_(result),
          table_(result),
          parameters_(joined(table_)),
          canvas_(properties_of(result, parameters_)),
          layout_(pdf_layout(canvas_, result, table_, heading_height(), footing_height)) {}

    std::string write() && {
        for (std::size_t page = 0; page < layout_.pages.size(); ++page) draw_page(page);
        return canvas_.finish();
    }

private:
    // The line is given two lines' room, on every sheet it may come to.
    double heading_height() {
        const bool   long_line = canvas_.width(parameters_, parameter_font) > 520;
        const double lines     = parameters_.empty() ? 0 : long_line ? 2 : 1;
        return company_height + title_height + lines * parameter_height + after_heading;
    }

    void draw_page(std::size_t number) {
        canvas_.begin_page(layout_.sheet_width, layout_.sheet_height);
        y_ = PdfLayout::margin;
        draw_heading();
        draw_column_heads();
        const PdfPage& page = layout_.pages[number];
        for (std::size_t row = page.first_row; row < page.last_row; ++row) draw_row(row);
        if (number + 1 == layout_.pages.size()) draw_end();
        draw_footing(number);
        canvas_.end_page();
    }

    void draw_heading() {
        const double width = layout_.table_width();
        canvas_.draw(readable(result_.company), company_font, left, y_, width / 2, PdfAlign::left, 1);
        const std::string made_at = table_.made_at();
        if (!made_at.empty())
            canvas_.draw("made " + made_at, company_font, left + width / 2, y_, width / 2, PdfAlign::right, 1);
        canvas_.draw(readable(result_.title), title_font, left, y_ + company_height, width, PdfAlign::left, 1);
        canvas_.draw(parameters_, parameter_font, left, y_ + company_height + title_height, width, PdfAlign::left, 2);
        y_ += heading_height();
    }

    template <class TextOf>
    void draw_cells(const PdfFont& font, double y, int lines_max, TextOf text_of) {
        double x = left + PdfLayout::column_gap / 2;
        for (std::size_t i = 0; i < table_.columns().size(); ++i) {
            const DrawnColumn& column = table_.columns()[i];
            canvas_.draw(text_of(column), font, x, y, layout_.widths[i], align_of(column), lines_max);
            x += layout_.widths[i] + PdfLayout::column_gap;
        }
    }

    void draw_column_heads() {
        canvas_.band(left, y_, layout_.table_width(), layout_.head_height, 0.94);
        double x = left + PdfLayout::column_gap / 2;
        for (std::size_t i = 0; i < table_.columns().size(); ++i) {
            const DrawnColumn& column = table_.columns()[i];
            const int lines = canvas_.lines(column.label, layout_.bold, layout_.widths[i], PdfLayout::head_lines_max);
            const double top =
                y_ + layout_.head_height - 1 - PdfLayout::row_padding - lines * canvas_.line_height(layout_.bold);
            canvas_.draw(column.label, layout_.bold, x, top, layout_.widths[i], align_of(column),
                         PdfLayout::head_lines_max);
            x += layout_.widths[i] + PdfLayout::column_gap;
        }
        y_ += layout_.head_height;
        canvas_.rule(left, y_, layout_.table_width(), 0.8, 0.35);
    }

    void draw_row(std::size_t index) {
        const auto& row = result_.rows[index];
        draw_cells(layout_.font, y_ + PdfLayout::row_padding, PdfLayout::text_lines_max,
                   [&](const DrawnColumn& column) { return table_.cell(row, column); });
        y_ += layout_.row_heights[index];
        canvas_.rule(left, y_, layout_.table_width(), 0.3, 0.82);
    }

    void draw_end() {
        if (result_.rows.empty()) {
            canvas_.draw("Nothing to show.", layout_.font, left + PdfLayout::column_gap / 2, y_ + 6,
                         layout_.table_width(), PdfAlign::left, 1);
            y_ += 6 + 2 * canvas_.line_height(layout_.font);
        }
        if (!table_.has_totals()) return;
        canvas_.rule(left, y_, layout_.table_width(), 1, 0.1);
        draw_cells(layout_.bold, y_ + PdfLayout::row_padding + 1, 1,
                   [&](const DrawnColumn& column) { return table_.total(column); });
        y_ += layout_.totals_height;
        canvas_.rule(left, y_, layout_.table_width(), 1, 0.1);
    }

    void draw_footing(std::size_t number) {
        const double      y     = layout_.sheet_height - PdfLayout::margin - canvas_.line_height(footing_font);
        const double      width = layout_.table_width();
        const std::string page  = fmt::format("Page {} of {}", number + 1, layout_.pages.size());
        const std::string origin =
            readable(result_.report) + (result_.report.empty() ? "" : "   ·   ") + table_.row_count();
        canvas_.draw(origin, footing_font, left, y, width / 2, PdfAlign::left, 1);
        canvas_.draw(page, footing_font, left + width / 2, y, width / 2, PdfAlign::right, 1);
    }

    static constexpr double left = PdfLayout::margin;

    const ReportResult& result_;
    DrawnTable          table_;
    std::string         parameters_;
    PdfCanvas           canvas_;
    PdfLayout           layout_;
    double              y_ = 0;
};

}  // namespace pdf_writer

std::string write_pdf(const ReportResult& result) {
    if (result.rows.size() > pdf_writer::rows_max)
        throw Refused("kernel.report_too_long",
                      "To print this report, narrow its parameters to {} rows or choose XLSX or CSV.",
                      pdf_writer::rows_max);
    return pdf_writer::Print(result).write();
}

}  // namespace tessera::reports
