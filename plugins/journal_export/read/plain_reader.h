#pragma once
// Reads what hledger and ledger share: see journal_reader.h for what is read and what is refused.

#include "read/amount_reader.h"
#include "read/journal_reader.h"
#include "read/text_lines.h"

namespace journal_export {

class PlainReader {
public:
    PlainReader(Syntax syntax, std::string_view text, Problems& problems) : syntax_(syntax), lines_(text, problems), problems_(problems) {}
    std::vector<Entry> read();

private:
    enum class Block { none, transaction, commodity, directive, comment };

    void              read_line();
    void              read_unindented(std::string_view line);
    void              read_indented(std::string_view line);
    void              read_directive(std::string_view line);
    void              read_header(std::string_view line);
    void              read_posting(std::string_view line);
    void              read_comment(std::string_view comment, std::vector<Tag>& tags) const;
    void              end_transaction();
    std::vector<Tag>& tags() { return entry_.postings.empty() ? entry_.tags : entry_.postings.back().tags; }

    Syntax             syntax_;
    TextLines          lines_;
    Problems&          problems_;
    AmountReader       amounts_{};
    Block              block_ = Block::none;
    std::string        commodity_{};  // whose format may follow
    Entry              entry_{};
    std::vector<Entry> entries_{};
};

}  // namespace journal_export
