#include "read/plain_reader.h"

#include "text/escapes.h"

#include "read/posting_amounts.h"

#include <algorithm>

namespace journal_export {
namespace plain_reader {

using tessera::excerpt;
using tessera::trim;

// What says something about accounts, commodities and programs, and nothing about transactions.
constexpr std::string_view passed_over[] = {"account", "payee", "tag", "P", "N"};

bool is_digit(char c) { return c >= '0' && c <= '9'; }

// The end of an account's name: two spaces, a tab, or the end.
std::size_t end_of_name(std::string_view text) {
    for (std::size_t i = 0; i < text.size(); ++i)
        if (text[i] == '\t' || (text[i] == ' ' && i + 1 < text.size() && (text[i + 1] == ' ' || text[i + 1] == '\t'))) return i;
    return text.size();
}

// Where the comment of a first line begins: at a semicolon, in ledger at one behind two spaces or a tab.
std::size_t comment_of_header(Syntax syntax, std::string_view text) {
    auto at = text.find(';');
    if (syntax == Syntax::hledger) return at;
    while (at != std::string_view::npos && at > 0 && text[at - 1] != '\t' && (at < 2 || text.substr(at - 2, 2) != "  "))
        at = text.find(';', at + 1);
    return at;
}

bool take_status(std::string_view& rest) {
    if (rest.empty() || (rest[0] != '*' && rest[0] != '!')) return false;
    rest = trim(rest.substr(1));
    return true;
}

// "memo: two words": the tag's name is the word before the first colon that has one.
std::optional<Tag> tag_in(std::string_view text) {
    const auto colon = text.find(':');
    if (colon == std::string_view::npos || colon == 0) return std::nullopt;
    const auto before = text.find_last_of(" \t", colon);
    const auto start  = before == std::string_view::npos ? 0 : before + 1;
    if (start == colon) return std::nullopt;
    return Tag{std::string(text.substr(start, colon - start)), std::string(trim(text.substr(colon + 1)))};
}

// An escape may stand for any byte; texts of the books are UTF-8 without control characters but line breaks and tabs.
bool is_text(std::string_view text) {
    const auto control = [](unsigned char c) { return (c < 0x20 && c != '\t' && c != '\n' && c != '\r') || c == 0x7f; };
    return tessera::valid_utf8(text) && std::ranges::none_of(text, control);
}

bool unescape(std::vector<Tag>& tags) {
    for (auto& tag : tags) tag.value = unescaped(tag.value);
    return std::ranges::all_of(tags, [](const Tag& tag) { return is_text(tag.value); });
}

bool unescape(Entry& entry) {
    entry.code = unescaped(entry.code);
    entry.memo = unescaped(entry.memo);
    bool sound = is_text(entry.code) && is_text(entry.memo) && unescape(entry.tags);
    for (auto& posting : entry.postings) sound = unescape(posting.tags) && sound;
    return sound;
}

}  // namespace plain_reader

std::vector<Entry> PlainReader::read() {
    while (lines_.next()) read_line();
    end_transaction();
    return std::move(entries_);
}

void PlainReader::read_line() {
    const auto line = lines_.line();
    if (lines_.damaged()) {
        entry_.whole = false;
        return;
    }
    if (block_ == Block::comment) {
        if (tessera::trim(line) == "end comment") block_ = Block::none;
        return;
    }
    if (tessera::trim(line).empty()) return end_transaction();
    if (lines_.indented()) return read_indented(tessera::trim(line));
    end_transaction();
    read_unindented(line);
}

void PlainReader::read_unindented(std::string_view line) {
    constexpr std::string_view comments = ";#*%|";
    if (comments.find(line[0]) != std::string_view::npos) return;
    if (plain_reader::is_digit(line[0])) return read_header(line);
    read_directive(line);
}

void PlainReader::read_indented(std::string_view line) {
    switch (block_) {
        case Block::transaction:
            if (line[0] == ';' || line[0] == '#')
                read_comment(line.substr(1), tags());
            else
                read_posting(line);
            return;
        case Block::commodity:
            if (line.starts_with("format ") && !amounts_.declare(line.substr(7)))
                problems_.add(lines_.number(), "journal_export.unreadable_line", "To read this format, write it as 1,000.00 USD.");
            return;
        case Block::none:
            if (line[0] != ';' && line[0] != '#')
                problems_.add(lines_.number(), "journal_export.unreadable_line",
                              "To read this line, write it below the first line of a transaction.");
            return;
        default: return;
    }
}

void PlainReader::read_directive(std::string_view line) {
    using namespace plain_reader;
    const auto whole = line;
    if (line[0] == '!' || line[0] == '@') line.remove_prefix(1);
    auto       rest = line;
    const auto word = take_word(rest);
    rest            = trim(rest.substr(0, rest.find(';')));
    block_          = Block::directive;
    if (std::ranges::find(passed_over, word) != std::end(passed_over)) return;
    if (word == "comment") {
        block_ = Block::comment;
    } else if (word == "commodity" || word == "D") {
        block_ = Block::commodity;
        amounts_.declare(rest);
    } else if (word == "decimal-mark" && (rest == "." || rest == ",")) {
        amounts_.decimal_mark(rest[0]);
    } else {
        problems_.add(
            lines_.number(), "journal_export.unreadable_line",
            "To read this line, take it out or write what it stands for: \"{}\" is no transaction and no declaration that is understood.",
            excerpt(whole));
    }
}

void PlainReader::read_header(std::string_view line) {
    using namespace plain_reader;
    auto       rest = line;
    const auto day  = take_word(rest);
    const auto date = read_date(day);
    if (!date)
        problems_.add(lines_.number(), "journal_export.unreadable_date",
                      "To read this transaction, write its day as 2026-01-31; \"{}\" is none.", excerpt(day));
    block_               = Block::transaction;
    entry_               = {.date = date.value_or(Date{}), .line = lines_.number(), .whole = date.has_value()};
    const auto semicolon = comment_of_header(syntax_, rest);
    if (semicolon != std::string_view::npos) read_comment(rest.substr(semicolon + 1), entry_.tags);
    rest = trim(rest.substr(0, semicolon));
    take_status(rest);
    if (const auto close = rest.find(')'); rest.starts_with('(') && close != std::string_view::npos) {
        entry_.code = trim(rest.substr(1, close - 1));
        rest        = trim(rest.substr(close + 1));
    }
    entry_.memo = rest;
}

void PlainReader::read_posting(std::string_view line) {
    using namespace plain_reader;
    take_status(line);
    const auto end  = end_of_name(line);
    const auto name = line.substr(0, std::min(end, line.find(';')));
    Posting    posting{.account = std::string(trim(name)), .line = lines_.number()};
    auto       rest      = line.substr(name.size());
    const auto semicolon = rest.find(';');
    if (semicolon != std::string_view::npos) read_comment(rest.substr(semicolon + 1), posting.tags);
    const bool is_virtual = posting.account.starts_with('(') || posting.account.starts_with('[');
    if (posting.account.empty() || is_virtual) {
        problems_.add(lines_.number(), "journal_export.unreadable_line",
                      "To read this posting, name its account, without parentheses and brackets.");
        entry_.whole = false;
        return;
    }
    if (!read_posting_amounts(rest.substr(0, semicolon), amounts_, posting, problems_)) entry_.whole = false;
    entry_.postings.push_back(std::move(posting));
}

// hledger has several tags in a comment, separated by commas; ledger one.
void PlainReader::read_comment(std::string_view comment, std::vector<Tag>& tags) const {
    while (!comment.empty()) {
        const auto end = syntax_ == Syntax::hledger ? std::min(comment.find(','), comment.size()) : comment.size();
        if (auto tag = plain_reader::tag_in(tessera::trim(comment.substr(0, end)))) tags.push_back(*std::move(tag));
        comment.remove_prefix(std::min(end + 1, comment.size()));
    }
}

void PlainReader::end_transaction() {
    if (block_ == Block::transaction) {
        if (!tag_of(entry_.tags, journal_tag).empty() && !plain_reader::unescape(entry_)) {
            problems_.add(entry_.line, "journal_export.unreadable_text",
                          "To read this transaction, take out the escapes (% and two digits) that stand for no text.");
            entry_       = {.date = entry_.date, .line = entry_.line};
            entry_.whole = false;
        }
        entries_.push_back(std::move(entry_));
    }
    entry_ = {};
    block_ = Block::none;
}

}  // namespace journal_export
