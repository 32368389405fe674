#include "complaints/on_timeline.h"

namespace crm {

void put_on_timeline(Transaction& tx, const Complaint& complaint, Direction direction, const std::string& subject, const std::string& body, Date day) {
    if (!complaint.party) return;
    tx.service<Timeline>().add(tx, {.party         = complaint.party,
                                    .day           = day,
                                    .kind          = "complaint",
                                    .direction     = direction,
                                    .subject       = subject,
                                    .body          = body,
                                    .source_entity = "crm.complaint",
                                    .source_id     = complaint.id.value});
}

}  // namespace crm
