#pragma once
// Reads what beancount reads, line by line: see journal_reader.h for what is read and what is refused.

#include "read/amount_reader.h"
#include "read/journal_reader.h"
#include "read/text_lines.h"

namespace journal_export {

class BeancountReader {
public:
    BeancountReader(std::string_view text, Problems& problems) : lines_(text, problems), problems_(problems) { amounts_.decimal_mark('.'); }
    std::vector<Entry> read();

private:
    enum class Block { none, transaction, skipped };

    void              read_line();
    void              read_dated(std::string_view line);
    void              read_header(Date date, std::string_view rest);
    void              read_indented(std::string_view line);
    void              read_posting(std::string_view line);
    bool              read_tag(std::string_view line);
    void              end_transaction();
    void              refuse_line(std::string_view line);
    void              refuse_part(std::string_view line);
    std::vector<Tag>& tags() { return entry_.postings.empty() ? entry_.tags : entry_.postings.back().tags; }

    TextLines          lines_;
    Problems&          problems_;
    AmountReader       amounts_{};
    Block              block_ = Block::none;
    Entry              entry_{};
    std::vector<Entry> entries_{};
};

}  // namespace journal_export
