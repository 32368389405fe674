#pragma once
// Reads amounts as people write them: 1,234.50 USD, $-5, EUR 1.234,50, -12. What a comma means is said by the file
// ("decimal-mark ,", "commodity 1.000,00 EUR") or follows from the amount itself; "1,234" alone is refused.
//
//     AmountReader reader;
//     reader.declare("EUR", "1.000,00");
//     reader.read("EUR 1.234,50");          // {123450, 2, "EUR"}

#include "text/journal.h"

#include <map>

namespace journal_export {

enum class Fault { unreadable, ambiguous };

struct ReadAmount {
    std::optional<Amount> amount{};
    Fault                 fault = Fault::unreadable;
};

class AmountReader {
public:
    void decimal_mark(char mark) { mark_ = mark; }
    // Takes the decimal mark of a commodity from a sample; one without any mark says nothing.
    void declare(const std::string& commodity, std::string_view number);
    // A declaration as a whole: "1.000,00 EUR". False when it is no amount.
    bool       declare(std::string_view sample);
    ReadAmount read(std::string_view text) const;

private:
    char                        mark_ = '\0';
    std::map<std::string, char> marks_{};
};

}  // namespace journal_export
