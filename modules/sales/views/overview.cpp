#include <tessera/kernel.h>

#include "declare.h"

namespace sales {

void declare_overview(tessera::Kernel& kernel) {
    using namespace tessera;
    kernel.page("sales/overview", "Sales at a glance",
                {chart_view("sales.by_period", ChartShape::bar, "period", {"revenue"}, {{"territories", "false"}}).titled("Ordered by month"),
                 report_view("sales.order_tracking", {{"blocked", "true"}}).titled("What is blocked"), report_view("sales.to_be_invoiced").titled("To be invoiced")});
}

}  // namespace sales
