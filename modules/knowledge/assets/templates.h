#pragma once
// What an asset of a kind begins with, and which sections it needs.

#include <knowledge/revision.h>

namespace knowledge {

// The active template of the kind in that language, else in English, else the one that is shipped.
Template template_for(const Snapshot& tx, AssetKind kind, const std::string& language);

// The headings that the template asks for and that the text lacks, or has with nothing below them; in the template's order.
std::vector<std::string> missing_sections(const Template& wanted, std::string_view text);
// A text that is the template still, or nothing.
bool is_unwritten(const Template& begun, std::string_view text);

}  // namespace knowledge
