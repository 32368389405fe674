#include "read/posting_amounts.h"

namespace journal_export {
namespace posting_amounts {

using tessera::excerpt;
using tessera::trim;

std::optional<Amount> read(std::string_view text, const AmountReader& reader, std::int64_t line, Problems& problems) {
    auto found = reader.read(text);
    if (found.amount) return found.amount;
    if (found.fault == Fault::ambiguous)
        problems.add(
            line, "journal_export.ambiguous_amount",
            "To read the amount \"{}\", declare above it what the mark means, such as \"decimal-mark .\" or \"commodity 1,000.00 USD\".",
            excerpt(trim(text)));
    else
        problems.add(line, "journal_export.unreadable_amount",
                     "To read the amount \"{}\", write a number with its currency, such as -1,234.50 USD.", excerpt(trim(text)));
    return std::nullopt;
}

// The first of these characters that does not stand in quotes.
std::size_t find_outside_quotes(std::string_view text, std::string_view wanted) {
    bool within = false;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == '"')
            within = !within;
        else if (!within && wanted.find(text[i]) != std::string_view::npos)
            return i;
    }
    return std::string_view::npos;
}

// A price per unit is kept as 0: what is in another currency is told by the amount itself.
std::optional<Amount> cost_of(std::string_view text, const AmountReader& reader, std::int64_t line, Problems& problems) {
    const bool total = text.starts_with("@@");
    auto       price = read(text.substr(total ? 2 : 1), reader, line, problems);
    if (price && !total) price->units = 0;
    return price;
}

}  // namespace posting_amounts

bool read_posting_amounts(std::string_view text, const AmountReader& reader, Posting& posting, Problems& problems) {
    using namespace posting_amounts;
    if (const auto lot = find_outside_quotes(text, "{"); lot != std::string_view::npos) {
        problems.add(posting.line, "journal_export.unreadable_amount", "To read the amount \"{}\", leave out the lot in braces.",
                     excerpt(trim(text)));
        return false;
    }
    if (const auto equals = find_outside_quotes(text, "="); equals != std::string_view::npos) {
        auto asserted = text.substr(equals + 1);
        while (!asserted.empty() && (asserted[0] == '=' || asserted[0] == '*')) asserted.remove_prefix(1);
        asserted = asserted.substr(0, find_outside_quotes(asserted, "@"));
        if (!read(asserted, reader, posting.line, problems)) return false;
        posting.asserted = true;
        text             = text.substr(0, equals);
        if (trim(text).empty()) {
            problems.add(posting.line, "journal_export.unreadable_amount", "To read this posting, write its amount before the assertion.");
            return false;
        }
    }
    if (const auto at = find_outside_quotes(text, "@"); at != std::string_view::npos) {
        posting.cost = cost_of(text.substr(at), reader, posting.line, problems);
        if (!posting.cost) return false;
        text = text.substr(0, at);
    }
    if (trim(text).empty()) {
        if (!posting.cost) return true;
        problems.add(posting.line, "journal_export.unreadable_amount", "To read this posting, write its amount before the cost.");
        return false;
    }
    posting.amount = read(text, reader, posting.line, problems);
    return posting.amount.has_value();
}

}  // namespace journal_export
