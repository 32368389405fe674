#pragma once
// What happens with a complaint is part of the customer's timeline, where there is a customer.

#include <crm/complaints.h>

namespace crm {

void put_on_timeline(Transaction& tx, const Complaint& complaint, Direction direction, const std::string& subject, const std::string& body, Date day);

}  // namespace crm
