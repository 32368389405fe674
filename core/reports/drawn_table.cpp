#include "reports/drawn_table.h"

#include "reports/readable_text.h"

#include <algorithm>

namespace tessera::reports {
namespace drawn_table {

std::string grouped_digits(std::string_view figure) {
    const std::size_t sign  = !figure.empty() && figure.front() == '-' ? 1 : 0;
    const std::size_t whole = std::min(figure.find('.'), figure.size());
    std::string       text(figure.substr(0, sign));
    for (std::size_t i = sign; i < whole; ++i) {
        if (i > sign && (whole - i) % 3 == 0) text += ',';
        text += figure[i];
    }
    text += figure.substr(whole);
    return text;
}

// "2026-01-31T10:15:30.123456Z" without its fraction of a second, or without its seconds.
std::string moment(const Instant& instant, std::size_t characters) {
    std::string text = instant.str().substr(0, characters);
    if (text.size() > 10) text[10] = ' ';
    return text + " UTC";
}

int decimals_of(const Cell& cell) {
    const auto* decimal = std::get_if<Decimal>(&cell);
    return decimal == nullptr ? 0 : needed_decimals(*decimal);
}

int decimals_of_column(const ReportResult& result, std::size_t index) {
    int decimals = 0;
    for (const auto& row : result.rows) decimals = std::max(decimals, decimals_of(row[index]));
    if (!result.totals.empty()) decimals = std::max(decimals, decimals_of(result.totals[index]));
    return decimals;
}

struct Text {
    const DrawnColumn& column;

    std::string operator()(std::monostate) const { return {}; }
    std::string operator()(bool value) const { return value ? "yes" : "no"; }
    std::string operator()(std::int64_t value) const {
        return column.grouped ? grouped_digits(std::to_string(value)) : std::to_string(value);
    }
    std::string operator()(const Decimal& value) const {
        std::string figure = grouped(value, column.decimals);
        return column.type == CellType::percent ? figure + "%" : figure;
    }
    std::string operator()(const Date& value) const { return value.str(); }
    std::string operator()(const Instant& value) const { return value.empty() ? "" : moment(value, 19); }
    std::string operator()(const std::string& value) const { return readable(value, LineBreaks::keep); }
};

}  // namespace drawn_table

bool is_figure(CellType type) {
    switch (type) {
        case CellType::integer:
        case CellType::money:
        case CellType::quantity:
        case CellType::price:
        case CellType::rate:
        case CellType::percent:
            return true;
        default:
            return false;
    }
}

int needed_decimals(const Decimal& value) {
    int          decimals = value.decimals;
    std::int64_t units    = value.units;
    while (decimals > value.minimum_decimals && units % 10 == 0) {
        units /= 10;
        --decimals;
    }
    return decimals;
}

std::string grouped(const Decimal& value, int decimals) {
    const int   shown = std::max(needed_decimals(value), decimals);
    std::string figure =
        drawn_table::grouped_digits(format_decimal(value.units, value.decimals, std::min<int>(shown, value.decimals)));
    const int missing = shown - std::min<int>(shown, value.decimals);
    if (missing > 0 && figure.find('.') == std::string::npos) figure += '.';
    return figure.append(static_cast<std::size_t>(missing), '0');
}

DrawnTable::DrawnTable(const ReportResult& result) : result_(result) {
    for (std::size_t i = 0; i < result.columns.size(); ++i) {
        const ReportColumn& column = result.columns[i];
        if (column.hidden) continue;
        columns_.push_back({.index    = i,
                            .label    = readable(column.label.empty() ? column.name : column.label),
                            .type     = column.type,
                            .right    = is_figure(column.type),
                            .grouped  = column.total,
                            .decimals = drawn_table::decimals_of_column(result, i)});
    }
}

std::string DrawnTable::text(const Cell& cell, const DrawnColumn& column) const {
    return std::visit(drawn_table::Text{column}, cell);
}

std::string DrawnTable::cell(const std::vector<Cell>& row, const DrawnColumn& column) const {
    return text(row[column.index], column);
}

std::string DrawnTable::total(const DrawnColumn& column) const {
    const bool  first  = !columns_.empty() && &column == &columns_.front();
    std::string figure = text(result_.totals[column.index], column);
    return first && figure.empty() ? "Total" : figure;
}

std::vector<DrawnParameter> DrawnTable::parameters() const {
    const auto value_of = [&](std::string_view name) {
        const auto found = std::ranges::find(result_.parameters, name, &ReportParameterValue::name);
        return found == result_.parameters.end() ? std::string() : found->value;
    };
    const std::string_view last    = value_of("to").empty() ? "as_of" : "to";
    const bool             is_span = !value_of("from").empty() && !value_of(last).empty();
    std::vector<DrawnParameter> drawn;
    for (const auto& parameter : result_.parameters) {
        if (parameter.value.empty() || (is_span && parameter.name == last)) continue;
        const auto& label = parameter.label.empty() ? parameter.name : parameter.label;
        if (is_span && parameter.name == "from")
            drawn.push_back({readable(label), readable(parameter.value + " to " + value_of(last)), true});
        else if (parameter.name == "from")
            drawn.push_back({readable(label), readable(parameter.value + " on"), true});
        else if (parameter.name == "to")
            drawn.push_back({"Up to", readable(parameter.value), true});
        else
            drawn.push_back({readable(label), readable(parameter.value)});
    }
    return drawn;
}

std::string DrawnTable::made_at() const {
    return result_.made_at.empty() ? std::string{} : drawn_table::moment(result_.made_at, 16);
}

std::string DrawnTable::as_of() const {
    if (result_.as_of.empty()) return {};
    const auto behind = result_.seconds_behind > 0 ? ", " + std::to_string(result_.seconds_behind) + " s behind" : "";
    return "As of " + drawn_table::moment(result_.as_of, 19) + ", from the replica" + behind;
}

std::string DrawnTable::row_count() const {
    const std::string count = drawn_table::grouped_digits(std::to_string(result_.rows.size()));
    return count + (result_.rows.size() == 1 ? " row" : " rows");
}

}  // namespace tessera::reports
