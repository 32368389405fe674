#pragma once
// Where everything of a printed report goes: the sheet, the widths of the columns, which rows stand on which page. A
// figure is never cut, so its column is as wide as its widest figure; texts share what is left and wrap. The first of
// these that fits is taken: A4 upright, A4 landscape, the same in smaller type, and at last a sheet as wide as it takes.

#include "reports/drawn_table.h"
#include "reports/pdf_canvas.h"

#include <vector>

namespace tessera::reports {

struct PdfPage {
    std::size_t first_row = 0;
    std::size_t last_row  = 0;  // one past
};

struct PdfLayout {
    static constexpr int    text_lines_max = 4;
    static constexpr int    head_lines_max = 3;
    static constexpr double margin         = 36;
    static constexpr double column_gap     = 10;
    static constexpr double row_padding    = 2.2;  // above and below the text of a row

    double               sheet_width  = 0;
    double               sheet_height = 0;
    PdfFont              font{};
    PdfFont              bold{};
    std::vector<double>  widths{};  // of the columns as drawn
    std::vector<double>  row_heights{};
    double               head_height   = 0;
    double               totals_height = 0;
    std::vector<PdfPage> pages{};  // at least one

    double table_width() const { return sheet_width - 2 * margin; }
};

// `heading_height` and `footing_height` are what each page needs above the column heads and below the last row.
PdfLayout pdf_layout(PdfCanvas& canvas, const ReportResult& result, const DrawnTable& table, double heading_height,
                     double footing_height);

}  // namespace tessera::reports
