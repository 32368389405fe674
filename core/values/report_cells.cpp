#include <tessera/report_result.h>

#include <array>

namespace tessera {
namespace values::report_cells {

struct Text {
    std::string operator()(std::monostate) const { return {}; }
    std::string operator()(bool flag) const { return flag ? "true" : "false"; }
    std::string operator()(std::int64_t number) const { return format_decimal(number, 0); }
    std::string operator()(const Decimal& number) const { return number.str(); }
    std::string operator()(Date day) const { return day.str(); }
    std::string operator()(Instant moment) const { return moment.str(); }
    std::string operator()(const std::string& text) const { return text; }
};

constexpr std::array<std::string_view, 10> type_names{"text", "integer", "money", "quantity", "price",
                                                      "rate", "percent", "date",  "instant",  "flag"};
static_assert(type_names.size() == static_cast<std::size_t>(CellType::flag) + 1);

}  // namespace values::report_cells

std::string text_of(const Cell& cell) { return std::visit(values::report_cells::Text{}, cell); }

std::string_view name_of(CellType type) { return values::report_cells::type_names.at(static_cast<std::size_t>(type)); }

ReportSink::~ReportSink() = default;

}  // namespace tessera
