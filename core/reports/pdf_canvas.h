#pragma once
// A canvas of pages that becomes a PDF: text set by Pango in DejaVu Sans (any script the machine has a font for), rules
// and bands drawn by cairo. Positions are points, 72 to the inch, from the upper left corner of the page.
//
// A canvas belongs to one thread; several may draw at once, each on its own.

#include <tessera/date.h>

#include <memory>
#include <string>
#include <string_view>

namespace tessera::reports {

struct PdfFont {
    double size = 8.5;
    bool   bold = false;
    double grey = 0.1;  // 0 black, 1 white
};

enum class PdfAlign { left, right };

class PdfCanvas {
public:
    struct Properties {
        std::string title{}, author{}, subject{};
        Instant     made_at{};
    };

    explicit PdfCanvas(const Properties& properties);
    ~PdfCanvas();

    // A text as wide as its column still fits it: measuring at one size and drawing at another differs by a hair.
    static constexpr double tolerance = 1;

    double width(std::string_view text, const PdfFont& font);
    double line_height(const PdfFont& font);
    // How many lines the text takes in a column of this width; never more than lines_max.
    int lines(std::string_view text, const PdfFont& font, double width, int lines_max);

    void begin_page(double width, double height);
    // `y` is the upper edge. What does not fit into lines_max lines ends in "…".
    void draw(std::string_view text, const PdfFont& font, double x, double y, double width, PdfAlign align,
              int lines_max);
    void rule(double x, double y, double width, double thickness, double grey);
    void band(double x, double y, double width, double height, double grey);
    void end_page();

    std::string finish();  // the whole document; the canvas is spent

private:
    struct State;
    std::unique_ptr<State> state_;
};

}  // namespace tessera::reports
