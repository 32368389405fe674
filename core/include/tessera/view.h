#pragma once
// What a plugin puts into pages: declared, never patched in. A panel stands on the page of a record, a card on the dashboard, a page
// in the navigation; each shows a view, which is a report, a chart of it, one figure of it, or a list of records.
//
//     kernel.panel("warranty.product_cost", "catalog.product", "What it costs us", report_view("warranty.cost_by_product", {{"product", "=id"}}));
//     kernel.card("warranty.waiting", "Claims that wait", list_view("warranty.claim", {{"state", "open"}}));
//     kernel.page("warranty/overview", "Warranty", {chart_view("warranty.cost_by_product", ChartShape::bar, "product", {"cost"}),
//                                                   report_view("warranty.cost_by_product")});
//
// Parameters are given as people type them; in a panel one that begins with "=" is filled from the record: "=id", or "=supplier"
// for a field (of a reference, its id). Whoever may not see the report or the entity does not get the view.
//
// Refused while registering (kernel.bad_declaration): a report, column, parameter, entity or field that is not there.

#include <string>
#include <utility>
#include <vector>

namespace tessera {

enum class ViewKind { report, chart, figure, list };
enum class ChartShape { bar, line };

struct View {
    using Parameters = std::vector<std::pair<std::string, std::string>>;

    ViewKind                 kind = ViewKind::report;
    std::string              title{};
    std::string              report{};      // of all but a list
    std::string              entity{};      // of a list
    Parameters               parameters{};  // of the report; of a list, fields and their values
    std::string              column{};      // of a figure: its total, or its value in the only row
    ChartShape               shape = ChartShape::bar;
    std::string              x{};           // of a chart: columns of the report
    std::vector<std::string> y{};

    View&& titled(std::string text) && { title = std::move(text); return std::move(*this); }
};

inline View report_view(std::string report, View::Parameters parameters = {}) { return {.kind = ViewKind::report, .report = std::move(report), .parameters = std::move(parameters)}; }
inline View chart_view(std::string report, ChartShape shape, std::string x, std::vector<std::string> y, View::Parameters parameters = {}) {
    return {.kind = ViewKind::chart, .report = std::move(report), .parameters = std::move(parameters), .shape = shape, .x = std::move(x), .y = std::move(y)};
}
inline View figure_view(std::string report, std::string column, View::Parameters parameters = {}) {
    return {.kind = ViewKind::figure, .report = std::move(report), .parameters = std::move(parameters), .column = std::move(column)};
}
inline View list_view(std::string entity, View::Parameters fields = {}) { return {.kind = ViewKind::list, .entity = std::move(entity), .parameters = std::move(fields)}; }

struct PanelDescription {
    std::string name{}, title{}, entity{}, module{};
    View        view{};
};
struct CardDescription {
    std::string name{}, title{}, module{};
    View        view{};
};

}  // namespace tessera
