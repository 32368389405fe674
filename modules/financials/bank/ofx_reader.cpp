// OFX 1.x (SGML, where values need no closing tag) and 2.x (XML): both are tags with a value or with more tags in them.

#include "bank/statement_text.h"

#include <tessera/text.h>

namespace financials::bank {
namespace ofx {

struct Tag {
    std::int64_t line = 0;
    std::string  name{};  // "STMTTRN", "/STMTTRN"
    std::string  value{};
};

std::string plain(std::string_view text) {
    std::string result;
    for (std::size_t i = 0; i < text.size(); ++i) {
        bool known = false;
        for (const auto& [entity, character] : std::initializer_list<std::pair<std::string_view, char>>{
                 {"&amp;", '&'}, {"&lt;", '<'}, {"&gt;", '>'}, {"&quot;", '"'}, {"&apos;", '\''}, {"&nbsp;", ' '}}) {
            if (!text.substr(i).starts_with(entity)) continue;
            result += character;
            i += entity.size() - 1;
            known = true;
            break;
        }
        if (!known) result += text[i];
    }
    return clean(result);
}

std::vector<Tag> tags_of(std::string_view text) {
    std::vector<Tag> tags;
    std::int64_t     line = 1;
    const auto       pass = [&](std::size_t count) {
        line += std::count(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(count), '\n');
        text.remove_prefix(count);
    };
    const auto start = text.find("<OFX>");
    if (start == text.npos) refuse(1, "there is no <OFX> in it");
    pass(start);
    while (!text.empty()) {
        const auto end = text.find('>');
        if (text.front() != '<' || end == text.npos) refuse(line, "\"{}\" is no tag", tessera::excerpt(text.substr(0, 40)));
        Tag tag{line, tessera::lower_ascii(text.substr(1, end - 1)), {}};
        pass(end + 1);
        const auto next = std::min(text.find('<'), text.size());
        tag.value       = plain(text.substr(0, next));
        pass(next);
        tags.push_back(std::move(tag));
    }
    return tags;
}

class Reader {
public:
    std::vector<Statement> read(std::string_view text) {
        for (const auto& tag : tags_of(text)) take(tag);
        if (in_statement_ || in_entry_) refuse(line_at(text, text.size()), "the file ends within a statement");
        return std::move(statements_);
    }

private:
    void take(const Tag& tag) {
        if (tag.name == "stmtrs" || tag.name == "ccstmtrs") {
            statements_.emplace_back();
            in_statement_ = true;
        }
        if (!in_statement_) return;
        if (tag.name == "/stmtrs" || tag.name == "/ccstmtrs") in_statement_ = false;
        if (tag.name == "stmttrn")
            begin_entry(tag);
        else if (tag.name == "/stmttrn")
            end_entry(tag);
        else if (in_entry_)
            take_of_entry(tag);
        else
            take_of_statement(tag);
    }
    void begin_entry(const Tag& tag) {
        if (in_entry_) refuse(tag.line, "a transaction begins within another");
        in_entry_ = true;
        statements_.back().entries.push_back({.line = tag.line});
    }
    void end_entry(const Tag& tag) {
        if (!in_entry_ || statements_.back().entries.back().date.empty()) refuse(tag.line, "a transaction without a day");
        in_entry_ = false;
    }
    void take_of_entry(const Tag& tag) {
        auto& entry = statements_.back().entries.back();
        if (tag.name == "trnamt") entry.amount = plain_amount_of(tag.value, tag.line);
        if (tag.name == "dtposted") entry.date = day_of(tag.value, tag.line);
        if (tag.name == "dtavail") entry.value_date = day_of(tag.value, tag.line);
        if (tag.name == "fitid") entry.bank_id = tag.value;
        if (tag.name == "name" || tag.name == "payee") entry.counterparty = tag.value;
        if (tag.name == "acctid") entry.account = tag.value;
        if (tag.name == "refnum" || tag.name == "checknum") append(entry.reference, tag.value);
        if (tag.name == "memo") append(entry.text, tag.value);
    }
    void take_of_statement(const Tag& tag) {
        auto& statement = statements_.back();
        if (tag.name == "curdef") statement.currency = tag.value;
        if (tag.name == "acctid" && statement.account.empty()) statement.account = tag.value;
        if (tag.name == "dtstart") statement.from = day_of(tag.value, tag.line);
        if (tag.name == "dtend") statement.to = day_of(tag.value, tag.line);
        if (tag.name == "ledgerbal") in_ledger_balance_ = true;
        if (tag.name == "/ledgerbal" || tag.name == "availbal") in_ledger_balance_ = false;
        if (tag.name == "balamt" && in_ledger_balance_) statement.closing = plain_amount_of(tag.value, tag.line);
    }

    std::vector<Statement> statements_{};
    bool                   in_statement_ = false, in_entry_ = false, in_ledger_balance_ = false;
};

}  // namespace ofx

std::vector<Statement> read_ofx(std::string_view bytes) { return ofx::Reader().read(bytes); }

}  // namespace financials::bank
