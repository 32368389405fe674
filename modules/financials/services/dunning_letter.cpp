#include "services/dunning_letter.h"

namespace financials {

directory::LetterPurpose dunning_letters() { return {std::string(dunning_purpose), "Dunning letter", {"number", "items", "open", "fee"}}; }

void tell(directory::LetterValues& values, const DunningLetter& letter, const std::vector<AskedItem>& items) {
    std::string lines;
    for (const auto& item : items)
        lines += fmt::format("{}{} of {}, due {}: {}", lines.empty() ? "" : "\n", item.document, item.date, item.due_on, item.open);
    values["number"] = letter.number;
    values["items"]  = lines;
    values["open"]   = fmt::format("{} {}", letter.asked, letter.currency.code());
    values["fee"]    = fmt::format("{} {}", letter.fee, letter.currency.code());
}

}  // namespace financials
