#include "read/journal_reader.h"

#include "read/beancount_reader.h"
#include "read/plain_reader.h"

#include <algorithm>

namespace journal_export {

std::vector<Entry> read_journal(Syntax syntax, std::string_view text, Problems& problems) {
    if (text.size() > bytes_max) {
        problems.add(1, "journal_export.too_large", "To read this file, divide it: it has more than {} MiB.", bytes_max >> 20);
        return {};
    }
    auto entries = syntax == Syntax::beancount ? BeancountReader(text, problems).read() : PlainReader(syntax, text, problems).read();
    if (entries.size() > transactions_max) {
        problems.add(entries[transactions_max].line, "journal_export.too_large",
                     "To read this file, divide it: from here on it has more than {} transactions.", transactions_max);
        return {};
    }
    return entries;
}

}  // namespace journal_export
