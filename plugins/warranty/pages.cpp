// What the plugin puts into pages: a panel beside every product, a card on the dashboard, a page of its own. They are declared and
// never patch a page, so they survive every change of it; what they show are reports and lists that are there anyway.

#include <warranty/claim.h>

namespace warranty {

void declare_pages(tessera::Kernel& kernel) {
    using tessera::ChartShape, tessera::chart_view, tessera::list_view, tessera::report_view;
    // "=id" is the product whose page it stands on.
    kernel.panel("warranty.product_cost", "catalog.product", "Warranty cost", report_view("warranty.cost_by_product", {{"product", "=id"}}));
    kernel.card("warranty.open_claims", "Claims to decide on", list_view("warranty.claim", {{"state", "open"}}));
    kernel.page("warranty/overview", "Warranty overview",
                {chart_view("warranty.cost_by_product", ChartShape::bar, "product", {"cost"}).titled("Cost by product this year"),
                 report_view("warranty.cost_by_product")});
}

}  // namespace warranty
