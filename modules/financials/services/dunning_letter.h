#pragma once
// What a dunning letter tells, for the templates of the purpose "financials.dunning":
//
//     {{number}}   DL-2026-00001
//     {{items}}    SI-2026-00007 of 2026-01-05, due 2026-02-04: 1000.00     one line each
//     {{open}}     1000.00 USD
//     {{fee}}      15.00 USD

#include <directory/letters.h>
#include <financials/dunning.h>

namespace financials {

struct AskedItem {
    std::string document{};
    Date        date{};
    Date        due_on{};
    Money       open{};
};

inline constexpr std::string_view dunning_purpose = "financials.dunning";

directory::LetterPurpose dunning_letters();
void                     tell(directory::LetterValues& values, const DunningLetter& letter, const std::vector<AskedItem>& items);

}  // namespace financials
