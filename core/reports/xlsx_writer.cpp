#include "reports/drawn_table.h"
#include "reports/format_writers.h"
#include "reports/readable_text.h"

#include <unistd.h>
#include <xlsxwriter.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <map>
#include <optional>

namespace tessera::reports {
namespace xlsx_writer {

constexpr std::size_t  lines_max          = LXW_ROW_MAX;
constexpr std::size_t  constant_memory_at = 10'000;  // rows from which memory matters more than shared strings
constexpr std::size_t  width_sample_rows  = 1'000;
constexpr int          characters_max     = 32'000;  // of one cell; a worksheet takes 32,767 UTF-16 units
constexpr std::int64_t fifteen_digits     = 1'000'000'000'000'000;
constexpr std::int32_t serial_of_1970     = 25'569;  // days since 1899-12-30
constexpr std::int32_t first_true_serial  = 61;      // 1900-03-01: before, spreadsheets count a 29 February 1900

// The library writes to a file and nowhere else.
class TemporaryFile {
public:
    TemporaryFile() {
        path_                = (std::filesystem::temp_directory_path() / "tessera-report-XXXXXX").string();
        const int descriptor = ::mkstemp(path_.data());
        if (descriptor < 0) fail("created");
        ::close(descriptor);
    }
    ~TemporaryFile() {
        std::error_code ignored;
        std::filesystem::remove(path_, ignored);
    }
    TemporaryFile(const TemporaryFile&)            = delete;
    TemporaryFile& operator=(const TemporaryFile&) = delete;

    const std::string& path() const { return path_; }
    std::string        contents() const {
               std::ifstream file(path_, std::ios::binary);
               std::string   bytes(std::filesystem::file_size(path_), '\0');
               if (!file.read(bytes.data(), static_cast<std::streamsize>(bytes.size()))) fail("read");
        return bytes;
    }
    [[noreturn]] static void fail(std::string_view what) {
        throw Refused("kernel.temporary_file", "To write a worksheet, make room in {}: a temporary file cannot be {}.",
                      std::filesystem::temp_directory_path().string(), what);
    }

private:
    std::string path_{};
};

// A figure as the number a spreadsheet keeps, or nothing when it has more digits than that. Both operands of the
// division are exact, so the number is the nearest there is.
std::optional<double> number_of(const Decimal& value) {
    std::int64_t units    = value.units;
    int          decimals = value.decimals;
    while (decimals > 0 && units % 10 == 0) {
        units /= 10;
        --decimals;
    }
    if (units <= -fifteen_digits || units >= fifteen_digits) return std::nullopt;
    return static_cast<double>(units) / static_cast<double>(power_of_ten(decimals));
}

std::optional<double> number_of(const Cell& cell) {
    if (const auto* decimal = std::get_if<Decimal>(&cell)) return number_of(*decimal);
    if (const auto* integer = std::get_if<std::int64_t>(&cell)) return number_of(Decimal{*integer, 0, 0});
    return std::nullopt;
}

// Do the rows sum to this total, and all as numbers? Only then may a formula stand in its place.
bool is_sum_of_column(const ReportResult& result, std::size_t index) {
    Wide sum      = 0;
    auto units_of = [](const Cell& cell, int decimals) -> std::optional<Wide> {
        if (const auto* integer = std::get_if<std::int64_t>(&cell)) return Wide{*integer} * power_of_ten(decimals);
        const auto* decimal = std::get_if<Decimal>(&cell);
        if (decimal == nullptr || decimal->decimals > decimals) return std::nullopt;
        return Wide{decimal->units} * power_of_ten(decimals - decimal->decimals);
    };
    constexpr int decimals = 10;
    for (const auto& row : result.rows) {
        if (std::holds_alternative<std::monostate>(row[index])) continue;
        const auto units = units_of(row[index], decimals);
        if (!units || !number_of(row[index])) return false;
        sum += *units;
    }
    const auto total = units_of(result.totals[index], decimals);
    return total && number_of(result.totals[index]) && *total == sum;
}

std::string number_format(const DrawnColumn& column) {
    switch (column.type) {
        case CellType::text:
        case CellType::flag:
            return "General";
        case CellType::date:
            return "yyyy-mm-dd";
        case CellType::instant:
            return "yyyy-mm-dd hh:mm:ss";
        case CellType::integer:
            return column.grouped ? "#,##0" : "0";
        default:
            break;
    }
    std::string format = "#,##0";
    if (column.decimals > 0) format += "." + std::string(static_cast<std::size_t>(column.decimals), '0');
    return column.type == CellType::percent ? format + "\"%\"" : format;
}

std::string sheet_name(const std::string& title) {
    std::string name = readable(title);
    std::erase_if(name, [](char c) { return std::string_view("[]:*?/\\'").find(c) != std::string_view::npos; });
    name = shortened(name, 31);
    if (name.find_first_not_of(' ') == std::string::npos) return "Report";
    return name == "History" ? "History report" : name;  // the one name spreadsheets keep for themselves
}

std::string fitting_text(const std::string& text) {
    return shortened(readable(text, LineBreaks::keep), characters_max);
}

class Worksheet {
public:
    explicit Worksheet(const ReportResult& result) : result_(result), table_(result) {}

    std::string write() {
        refuse_what_does_not_fit();
        open();
        heading();
        heads();
        for (const auto& row : result_.rows) body_row(row);
        if (table_.has_totals()) totals();
        arrange();
        if (workbook_close(workbook_.release()) != LXW_NO_ERROR) TemporaryFile::fail("written");
        return file_.contents();
    }

private:
    struct Formats {
        lxw_format* head  = nullptr;
        lxw_format* body  = nullptr;
        lxw_format* total = nullptr;
    };

    void refuse_what_does_not_fit() const {
        constexpr std::size_t heading_lines = 6;
        if (result_.rows.size() + heading_lines <= lines_max) return;
        throw Refused("kernel.report_too_long",
                      "To export {}, choose CSV or narrow the parameters: a worksheet holds {} lines.",
                      table_.row_count(), lines_max);
    }

    void open() {
        lxw_workbook_options options{};
        options.constant_memory = result_.rows.size() >= constant_memory_at;
        workbook_.reset(workbook_new_opt(file_.path().c_str(), &options));
        if (!workbook_) TemporaryFile::fail("opened");
        sheet_ = workbook_add_worksheet(workbook_.get(), sheet_name(result_.title).c_str());

        std::string            title = readable(result_.title), company = readable(result_.company);
        lxw_doc_properties     properties{};
        constexpr std::int64_t microseconds = 1'000'000;
        properties.title                    = title.data();
        properties.company                  = company.data();
        // The library takes a zero for "now", and now differs from run to run.
        properties.created = std::max<std::int64_t>(result_.made_at.microseconds() / microseconds, 1);
        workbook_set_properties(workbook_.get(), &properties);

        for (const auto& column : table_.columns()) formats_.push_back(formats_of(column));
        column_widths();
    }

    lxw_format* format(bool bold) {
        lxw_format* made = workbook_add_format(workbook_.get());
        if (bold) format_set_bold(made);
        return made;
    }

    Formats formats_of(const DrawnColumn& column) {
        const std::uint8_t side = column.right ? LXW_ALIGN_RIGHT : LXW_ALIGN_LEFT;
        Formats            made{format(true), format(false), format(true)};
        format_set_bg_color(made.head, 0xE8ECF1);
        format_set_bottom(made.head, LXW_BORDER_THIN);
        format_set_text_wrap(made.head);
        format_set_align(made.head, LXW_ALIGN_VERTICAL_BOTTOM);
        format_set_align(made.head, side);
        format_set_top(made.total, LXW_BORDER_THIN);
        format_set_bottom(made.total, LXW_BORDER_DOUBLE);
        for (lxw_format* one : {made.body, made.total}) {
            format_set_num_format(one, number_format(column).c_str());
            format_set_align(one, side);
        }
        format_set_align(made.body, LXW_ALIGN_VERTICAL_TOP);
        return made;
    }

    // Rows leave the memory as they are written, so the widths must be known before the first.
    void column_widths() {
        constexpr int width_min = 7, width_max = 60, filter_button = 3, margin = 2;
        for (std::size_t i = 0; i < table_.columns().size(); ++i) {
            const DrawnColumn& column = table_.columns()[i];
            int                width  = display_width(column.label) + filter_button;
            for (std::size_t r = 0; r < std::min(result_.rows.size(), width_sample_rows); ++r)
                width = std::max(width, display_width(table_.cell(result_.rows[r], column)));
            if (table_.has_totals()) width = std::max(width, display_width(table_.total(column)));
            const auto at = static_cast<lxw_col_t>(i);
            worksheet_set_column(sheet_, at, at, std::clamp(width + margin, width_min, width_max), nullptr);
        }
    }

    void heading() {
        lxw_format* title = format(true);
        format_set_font_size(title, 14);
        lxw_format* soft = format(false);
        format_set_font_color(soft, 0x5B636D);
        worksheet_write_string(sheet_, line_++, 0, fitting_text(result_.title).c_str(), title);
        const std::string made_at = table_.made_at();
        std::string       origin  = readable(result_.company);
        if (!made_at.empty()) origin += (origin.empty() ? "made " : ", made ") + made_at;
        if (!origin.empty()) worksheet_write_string(sheet_, line_++, 0, origin.c_str(), soft);
        std::string parameters;
        for (const auto& one : table_.parameters()) parameters += (parameters.empty() ? "" : "   ") + one.text();
        if (!parameters.empty()) worksheet_write_string(sheet_, line_++, 0, fitting_text(parameters).c_str(), soft);
        ++line_;
    }

    void heads() {
        head_line_ = line_++;
        for (std::size_t i = 0; i < table_.columns().size(); ++i)
            worksheet_write_string(sheet_, head_line_, static_cast<lxw_col_t>(i), table_.columns()[i].label.c_str(),
                                   formats_[i].head);
    }

    void body_row(const std::vector<Cell>& row) {
        for (std::size_t i = 0; i < table_.columns().size(); ++i)
            write_cell(static_cast<lxw_col_t>(i), row[table_.columns()[i].index], formats_[i].body);
        ++line_;
    }

    void write_cell(lxw_col_t at, const Cell& cell, lxw_format* format) {
        if (std::holds_alternative<std::monostate>(cell)) {
            worksheet_write_blank(sheet_, line_, at, format);
        } else if (const auto* flag = std::get_if<bool>(&cell)) {
            worksheet_write_boolean(sheet_, line_, at, *flag, format);
        } else if (const auto* date = std::get_if<Date>(&cell)) {
            write_moment(at, cell, date->empty() ? 0 : date->days() + serial_of_1970, format);
        } else if (const auto* instant = std::get_if<Instant>(&cell)) {
            constexpr double microseconds_of_a_day = 86'400e6;
            const auto       seconds               = instant->microseconds() / 1'000'000 * 1'000'000;
            write_moment(at, cell, static_cast<double>(seconds) / microseconds_of_a_day + serial_of_1970, format);
        } else if (const auto number = number_of(cell)) {
            worksheet_write_number(sheet_, line_, at, *number, format);
        } else {
            worksheet_write_string(sheet_, line_, at, fitting_text(text_of(cell)).c_str(), format);
        }
    }

    void write_moment(lxw_col_t at, const Cell& cell, double serial, lxw_format* format) {
        if (serial >= first_true_serial)
            worksheet_write_number(sheet_, line_, at, serial, format);
        else
            worksheet_write_string(sheet_, line_, at, text_of(cell).c_str(), format);
    }

    void totals() {
        for (std::size_t i = 0; i < table_.columns().size(); ++i) {
            const DrawnColumn& column = table_.columns()[i];
            const Cell&        total  = result_.totals[column.index];
            const auto         at     = static_cast<lxw_col_t>(i);
            if (std::holds_alternative<std::monostate>(total)) {
                worksheet_write_string(sheet_, line_, at, table_.total(column).c_str(), formats_[i].total);
            } else if (!result_.rows.empty() && is_sum_of_column(result_, column.index)) {
                worksheet_write_formula_num(sheet_, line_, at, sum_formula(at).c_str(), formats_[i].total,
                                            *number_of(total));
            } else {
                write_cell(at, total, formats_[i].total);
            }
        }
    }

    // 109 adds what the filter leaves visible.
    std::string sum_formula(lxw_col_t at) const {
        char range[LXW_MAX_CELL_RANGE_LENGTH];
        lxw_rowcol_to_range(range, head_line_ + 1, at, line_ - 1, at);
        return "=SUBTOTAL(109," + std::string(range) + ")";
    }

    void arrange() {
        const auto columns = static_cast<lxw_col_t>(table_.columns().size());
        if (columns > 0) {
            const lxw_row_t last = head_line_ + static_cast<lxw_row_t>(result_.rows.size());
            worksheet_autofilter(sheet_, head_line_, 0, last, static_cast<lxw_col_t>(columns - 1));
        }
        worksheet_freeze_panes(sheet_, head_line_ + 1, 0);
        worksheet_repeat_rows(sheet_, head_line_, head_line_);
        worksheet_set_paper(sheet_, 9);  // A4
        if (columns > 6) worksheet_set_landscape(sheet_);
        worksheet_fit_to_pages(sheet_, 1, 0);
        worksheet_set_footer(sheet_, "&L&A&RPage &P of &N");
        worksheet_ignore_errors(sheet_, LXW_IGNORE_NUMBER_STORED_AS_TEXT, "A1:XFD1048576");
    }

    struct FreeWorkbook {
        void operator()(lxw_workbook* workbook) const { lxw_workbook_free(workbook); }
    };

    const ReportResult&                         result_;
    DrawnTable                                  table_;
    TemporaryFile                               file_{};
    std::unique_ptr<lxw_workbook, FreeWorkbook> workbook_{};
    lxw_worksheet*                              sheet_ = nullptr;
    std::vector<Formats>                        formats_{};
    lxw_row_t                                   line_      = 0;
    lxw_row_t                                   head_line_ = 0;
};

}  // namespace xlsx_writer

std::string write_xlsx(const ReportResult& result) { return xlsx_writer::Worksheet(result).write(); }

}  // namespace tessera::reports
