#include "record_text.h"

#include <tessera/text.h>

#include "reports/report_writer.h"

#include <boost/json.hpp>

#include <algorithm>

namespace tessera::program {

namespace record_text_of {

namespace json = boost::json;

std::string_view view(const json::string& text) { return {text.data(), text.size()}; }

std::string text_of(const json::value& value) {
    switch (value.kind()) {
        case json::kind::null:
            return {};
        case json::kind::string:
            return std::string(view(value.get_string()));
        case json::kind::bool_:
            return value.get_bool() ? "yes" : "no";
        case json::kind::object:
            for (const char* name : {"label", "number"})
                if (const auto* called = value.get_object().if_contains(name)) return text_of(*called);
            [[fallthrough]];
        default:
            return json::serialize(value);
    }
}

CellType cell_type(FieldKind kind) {
    switch (kind) {
        case FieldKind::integer:
            return CellType::integer;
        case FieldKind::money:
            return CellType::money;
        case FieldKind::quantity:
            return CellType::quantity;
        case FieldKind::price:
            return CellType::price;
        case FieldKind::rate:
            return CellType::rate;
        case FieldKind::percent:
            return CellType::percent;
        case FieldKind::date:
            return CellType::date;
        default:
            return CellType::text;
    }
}

// "12.50" back to an exact decimal, with the decimals it was sent with.
Cell decimal_of(std::string_view text) {
    const auto point    = text.find('.');
    const int  decimals = point == std::string_view::npos ? 0 : static_cast<int>(text.size() - point - 1);
    return Decimal{parse_decimal(text, decimals), static_cast<std::uint8_t>(decimals),
                   static_cast<std::uint8_t>(decimals)};
}

Cell cell_of(const json::value& value, CellType type) {
    if (value.is_null()) return {};
    if (type == CellType::integer && value.is_int64()) return value.get_int64();
    if (type == CellType::date) return Date::parse(text_of(value));
    if (type == CellType::text || !value.is_string()) return text_of(value);
    return decimal_of(view(value.get_string()));
}

ReportResult table(const EntityDescription& entity, const json::array& rows,
                   const std::vector<const FieldDescription*>& fields) {
    ReportResult result{.report = entity.name, .title = entity.plural, .made_at = Instant::now()};
    result.columns.push_back({.name = "id", .label = "Id", .type = CellType::integer});
    for (const auto* field : fields)
        result.columns.push_back({.name = field->name, .label = field->label, .type = cell_type(field->kind)});
    for (const auto& row : rows) {
        auto& cells = result.rows.emplace_back();
        cells.push_back(row.as_object().at("id").as_int64());
        for (const auto* field : fields) {
            const auto* value = row.as_object().if_contains(field->name);
            cells.push_back(value ? cell_of(*value, cell_type(field->kind)) : Cell{});
        }
    }
    return result;
}

// The fields that the rows have, in the order of declaration.
std::vector<const FieldDescription*> fields_in(const EntityDescription& entity, const json::array& rows) {
    std::vector<const FieldDescription*> fields;
    for (const auto& field : entity.fields) {
        const auto has = [&](const json::value& row) { return row.as_object().contains(field.name); };
        if (std::ranges::any_of(rows, has)) fields.push_back(&field);
    }
    return fields;
}

// Of lines: what at least one of them has a value for.
std::vector<const FieldDescription*> fields_filled(const EntityDescription& entity, const json::array& rows) {
    auto fields = fields_in(entity, rows);
    std::erase_if(fields, [&](const auto* field) {
        return field->name == entity.parent_field || std::ranges::all_of(rows, [&](const json::value& row) {
                   const auto* value = row.as_object().if_contains(field->name);
                   return !value || value->is_null();
               });
    });
    return fields;
}

}  // namespace record_text_of

std::string record_text(const EntityDescription& entity, const boost::json::object& record) {
    std::size_t width = 2;
    for (const auto& field : entity.fields) width = std::max(width, field.label.size());
    std::string text = fmt::format("{:<{}}  {}\n", "Id", width, record_text_of::text_of(record.at("id")));
    for (const auto& field : entity.fields) {
        const auto* value = record.if_contains(field.name);
        if (value && !value->is_null())
            text += fmt::format("{:<{}}  {}\n", field.label, width, record_text_of::text_of(*value));
    }
    for (const auto& lines : entity.lines) {
        const auto* rows = record.if_contains(lines.name);
        if (!rows || !rows->is_array() || rows->get_array().empty()) continue;
        text += "\n" + reports::write_report(
                           record_text_of::table(*lines.entity, rows->get_array(),
                                                 record_text_of::fields_filled(*lines.entity, rows->get_array())),
                           reports::ReportFormat::text);
    }
    return text;
}

namespace view_text_of {

namespace json = boost::json;
using record_text_of::text_of;

constexpr std::size_t text_length_max = 40;

bool is_decimal(const json::value& value) {
    if (!value.is_string()) return false;
    const auto text = record_text_of::view(value.get_string());
    return text.find_first_of("0123456789") != text.npos && text.find_first_not_of("-0123456789.") == text.npos &&
           text.rfind('-') + 1 <= 1;
}

json::value member_of(const json::value& row, std::string_view name) {
    const auto* member = row.as_object().if_contains(name);
    return member ? *member : json::value();
}

// A list whose elements hold lists of their own is written element by element.
bool is_table(const json::value& list) {
    return std::ranges::none_of(list.as_array(), [](const json::value& element) {
        return !element.is_object() ||
               std::ranges::any_of(element.get_object(), [](const auto& member) { return member.value().is_array(); });
    });
}

CellType column_type(const json::array& rows, std::string_view name) {
    const auto all = [&](const auto& is) {
        return std::ranges::all_of(rows, [&](const json::value& row) { return member_of(row, name).is_null() || is(member_of(row, name)); });
    };
    if (all([](const json::value& value) { return value.is_int64(); })) return CellType::integer;
    return all(is_decimal) ? CellType::quantity : CellType::text;
}

bool is_long(const json::array& rows, std::string_view name) {
    return std::ranges::any_of(rows, [&](const json::value& row) { return text_of(member_of(row, name)).size() > text_length_max; });
}

bool is_filled(const json::array& rows, std::string_view name) {
    return std::ranges::any_of(rows, [&](const json::value& row) { return !text_of(member_of(row, name)).empty(); });
}

std::string table_text(std::string_view name, const json::array& rows) {
    ReportResult result{.title = humanise(name)};
    std::string  below;
    for (const auto& [key, _] : rows.front().as_object()) {
        const std::string column(key);
        if (!is_filled(rows, column)) continue;
        if (!is_long(rows, column)) {
            result.columns.push_back({.name = column, .label = humanise(column), .type = column_type(rows, column)});
            continue;
        }
        below += "\n" + humanise(column) + "\n";
        for (std::size_t i = 0; i < rows.size(); ++i) below += fmt::format("{:>3}  {}\n", i + 1, text_of(member_of(rows[i], column)));
    }
    for (const auto& row : rows) {
        auto& cells = result.rows.emplace_back();
        for (const auto& column : result.columns) cells.push_back(record_text_of::cell_of(member_of(row, column.name), column.type));
    }
    return reports::write_report(result, reports::ReportFormat::text) + below;
}

}  // namespace view_text_of

std::string view_text(const boost::json::object& view) {
    using namespace view_text_of;
    std::size_t width = 0;
    for (const auto& [name, value] : view)
        if (!value.is_array()) width = std::max(width, humanise(name).size());
    std::string text, lists;
    for (const auto& [name, value] : view) {
        if (!value.is_array())
            text += fmt::format("{:<{}}  {}\n", humanise(name), width, text_of(value));
        else if (value.get_array().empty())
            lists += fmt::format("\n{}\nNone.\n", humanise(name));
        else if (is_table(value))
            lists += "\n" + table_text(name, value.get_array());
        else
            for (const auto& element : value.get_array())
                lists += "\n" + (element.is_object() ? view_text(element.get_object()) : text_of(element) + "\n");
    }
    return text.empty() && !lists.empty() ? lists.substr(1) : text + lists;
}

std::string history_text(const boost::json::object& history) {
    using record_text_of::text_of;
    std::string text;
    for (const auto& one : history.at("entries").as_array()) {
        const auto& entry  = one.as_object();
        const auto  reason = text_of(entry.at("reason"));
        const auto  via    = text_of(entry.at("via"));
        text += fmt::format("{}  {}{}  {}{}\n", text_of(entry.at("at")), text_of(entry.at("user")),
                            via.empty() ? "" : " [" + via + "]", text_of(entry.at("command")), reason.empty() ? "" : " (" + reason + ")");
        for (const auto& changed : entry.at("changes").as_array()) {
            const auto& change = changed.as_object();
            text += fmt::format("    {}: {} -> {}\n", text_of(change.at("field")), text_of(change.at("before")),
                                text_of(change.at("after")));
        }
    }
    return text;
}

ReportResult list_result(const EntityDescription& entity, const boost::json::object& list, const std::string& company) {
    const auto& rows   = list.at("rows").as_array();
    auto        result = record_text_of::table(entity, rows, record_text_of::fields_in(entity, rows));
    result.company     = company;
    if (const auto* total = list.if_contains("total"); total && total->is_int64())
        result.parameters.push_back({"rows", "Rows", fmt::format("{} of {}", rows.size(), total->get_int64())});
    return result;
}

std::string outcome_text(const EntityDescription& entity, const boost::json::object& record) {
    const auto* label = entity.display.empty() ? nullptr : record.if_contains(entity.display);
    const auto  name =
        label && !label->is_null() ? record_text_of::text_of(*label) : record_text_of::text_of(record.at("id"));
    const auto* state = entity.workflow.field.empty() ? nullptr : record.if_contains(entity.workflow.field);
    return fmt::format("{} {}{}\n", entity.title, name,
                       state ? ": " + lower_ascii(humanise(record_text_of::text_of(*state))) : "");
}

}  // namespace tessera::program
