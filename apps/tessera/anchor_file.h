#pragma once
// Files of anchors and of keys, and what they prove about books.

#include "audit/anchors.h"
#include "open_books.h"

namespace tessera::program {

std::string read_file(const std::string& file);  // Refused "kernel.cannot_read"

// Refused "kernel.cannot_read", "kernel.malformed_anchor".
std::vector<audit::Anchor> anchors_in(const std::string& file);
// What --anchors and --public-key say of the books, as a check like the others of tessera verify.
Suite::Verified            verified_anchors(Suite& suite, const Options& options);

}  // namespace tessera::program
