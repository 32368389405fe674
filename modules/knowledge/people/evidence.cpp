// What in this house shows that somebody knows something. Points: 5 for an article written, 4 for an answer that was accepted, 3 for a
// complaint resolved or an article verified, 1 for a line sold or bought. A complaint counts by its product and by its reason.
#include <knowledge/people.h>

#include "people/declare.h"

namespace knowledge {

void declare_evidence(tessera::Kernel& kernel) {
    kernel.contribute(Evidence{"knowledge.assets_written", "Articles written",
                               "SELECT owner, 'knowledge.asset', id, verified_on, 5 FROM knowledge_asset WHERE state IN ('verified', 'needs_review') AND audience <> 'private' ORDER BY id"});
    kernel.contribute(Evidence{"knowledge.assets_verified", "Articles verified",
                               "SELECT verifier, 'knowledge.asset', id, verified_on, 3 FROM knowledge_asset WHERE state IN ('verified', 'needs_review') AND audience <> 'private' ORDER BY id"});
    kernel.contribute(Evidence{"knowledge.answers_accepted", "Answers accepted", "SELECT expert, 'knowledge.question', id, answered_on, 4 FROM knowledge_question WHERE state = 'accepted' ORDER BY id"});
    kernel.contribute(Evidence{"crm.complaints_by_product", "Complaints resolved",
                               "SELECT owner, 'catalog.product', product, resolved_on, 3 FROM crm_complaint WHERE state IN ('resolved', 'closed') AND product IS NOT NULL ORDER BY id"});
    kernel.contribute(Evidence{"crm.complaints_by_reason", "Complaints resolved, by their reason",
                               "SELECT owner, 'crm.complaint_reason', reason, resolved_on, 3 FROM crm_complaint WHERE state IN ('resolved', 'closed') AND reason IS NOT NULL ORDER BY id"});
    kernel.contribute(Evidence{"sales.lines_sold", "Sold", R"sql(
        SELECT o.sales_person, 'catalog.product', l.product, o.date, 1
          FROM sales_order o JOIN sales_order_line l ON l.document = o.id
         WHERE o.state NOT IN ('draft', 'held', 'cancelled') ORDER BY l.id)sql"});
    kernel.contribute(Evidence{"purchasing.lines_bought", "Bought", R"sql(
        SELECT o.buyer, 'catalog.product', l.product, o.date, 1
          FROM purchasing_order o JOIN purchasing_order_line l ON l.document = o.id
         WHERE o.state NOT IN ('draft', 'cancelled') ORDER BY l.id)sql"});
}

}  // namespace knowledge
