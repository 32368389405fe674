#include "audit/seal.h"

#include "audit/digest.h"

namespace tessera::audit {

namespace seal {

std::string first_form(std::string_view before, const Entry& e) {
    std::string text(before);
    const auto  add = [&](std::string_view part) { text.append("\x1f").append(part); };
    add(std::to_string(e.id));
    add(std::to_string(e.company));
    add(std::to_string(e.at.microseconds()));
    add(e.user);
    add(e.command);
    add(e.reason);
    add(e.changes);
    return text;
}

std::string second_form(std::string_view before, const Entry& e) {
    std::string text = "tessera-audit-2";
    text.reserve(400 + e.changes.size());
    const auto add = [&](std::string_view part) { text.append(std::to_string(part.size())).append(":").append(part); };
    add(before);
    add(std::to_string(e.id));
    add(std::to_string(e.company));
    add(std::to_string(e.at.microseconds()));
    add(e.user);
    add(e.via);
    add(e.request);
    add(e.command);
    add(e.reason);
    add(e.changes);
    return text;
}

}  // namespace seal

std::optional<std::string> seal_of(std::string_view hash_before, const Entry& entry) {
    if (entry.format == 2) return sha256_hex(seal::second_form(hash_before, entry));
    // Of the first form via and request are no part: where they hold something, it was not written by the program.
    if (entry.format == 1 && entry.via.empty() && entry.request.empty()) return sha256_hex(seal::first_form(hash_before, entry));
    return {};
}

}  // namespace tessera::audit
