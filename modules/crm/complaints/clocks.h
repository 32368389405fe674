#pragma once
// By when a complaint is answered and resolved: working days from a day on, as the customer's tier promises; two and ten without one.

#include <crm/complaints.h>

namespace crm {

// Sets answer_due, resolution_due and the text that says how they came about.
void start_clocks(const Snapshot& tx, Complaint& complaint, Date from);

}  // namespace crm
