#pragma once
// The JSON Schemas of the match views, for the description of the API. They name every member the views write; a test
// compares the two.

#include <string>

namespace purchasing {

std::string schema_of_order_match();
std::string schema_of_invoice_match();
std::string schema_of_explanation();

}  // namespace purchasing
