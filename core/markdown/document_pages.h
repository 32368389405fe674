#pragma once
// Sheets of A4 on which blocks of text are set one below another, by Pango in DejaVu Sans, broken over pages between two lines. Sizes
// are points. What is between begin() and finish() belongs to one thread.

#include <tessera/document.h>

#include <cairo.h>

#include <memory>

namespace tessera::markdown {

struct BlockStyle {
    int    size_tenths = 100;     // of a point
    bool   bold        = false;
    bool   fixed_width = false;
    bool   banded      = false;   // a grey band behind it
    int    indent      = 0;
    int    quote_depth = 0;       // bars at its left
    int    space_after = 6;
};

class DocumentPages {
public:
    explicit DocumentPages(const Document& document);
    ~DocumentPages();

    // `markup` is Pango's, well-formed. `sign` stands left of the first line: a bullet, a number.
    void        block(const std::string& markup, const BlockStyle& style, const std::string& sign = {});
    // A row of cells; each a text in Pango's markup. One that is higher than a page is set cell below cell.
    void        row(const std::vector<std::string>& cells, bool heading, int indent);
    // As large as it is at 96 dots per inch, or as the sheet permits; a line below it stays on its page.
    void        picture(cairo_surface_t* picture, const BlockStyle& style);
    void        rule(int indent);
    void        space(int points);
    std::string finish();

private:
    struct State;
    std::unique_ptr<State> state_;
};

}  // namespace tessera::markdown
