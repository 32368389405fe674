#include "read/beancount_reader.h"

#include "read/posting_amounts.h"

#include <algorithm>

namespace journal_export {
namespace beancount_reader {

using tessera::excerpt;
using tessera::trim;

// What says something about accounts, commodities and programs, and nothing about transactions.
constexpr std::string_view passed_over[] = {"open", "close", "balance", "commodity", "price", "note", "event"};

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_small(char c) { return c >= 'a' && c <= 'z'; }

// The text of a string that begins with a quote; it is taken from the rest. Nothing when it is not closed.
std::optional<std::string> take_string(std::string_view& rest) {
    std::string out;
    for (std::size_t i = 1; i < rest.size(); ++i) {
        if (rest[i] == '"') {
            rest = trim(rest.substr(i + 1));
            return out;
        }
        if (rest[i] != '\\' || i + 1 == rest.size()) {
            out += rest[i];
            continue;
        }
        switch (const char c = rest[++i]) {
            case 'n': out += '\n'; break;
            case 't': out += '\t'; break;
            case 'r': out += '\r'; break;
            default: out += c;
        }
    }
    return std::nullopt;
}

// Without the comment at its end: a semicolon that does not stand in a string.
std::string_view without_comment(std::string_view line) {
    bool within = false;
    for (std::size_t i = 0; i < line.size(); ++i) {
        if (within && line[i] == '\\')
            ++i;
        else if (line[i] == '"')
            within = !within;
        else if (!within && line[i] == ';')
            return trim(line.substr(0, i));
    }
    return trim(line);
}

bool is_flag(std::string_view word) {
    return word == "txn" || (word.size() == 1 && std::string_view("*!&#?%PSTCURM").find(word[0]) != std::string_view::npos);
}

}  // namespace beancount_reader

std::vector<Entry> BeancountReader::read() {
    while (lines_.next()) read_line();
    end_transaction();
    return std::move(entries_);
}

void BeancountReader::refuse_line(std::string_view line) {
    problems_.add(
        lines_.number(), "journal_export.unreadable_line",
        "To read this line, take it out or write what it stands for: \"{}\" is no transaction and no declaration that is understood.",
        tessera::excerpt(line));
}

// Of a transaction, of which nothing is made then.
void BeancountReader::refuse_part(std::string_view line) {
    refuse_line(line);
    entry_.whole = false;
}

void BeancountReader::read_line() {
    using namespace beancount_reader;
    if (lines_.damaged()) {
        entry_.whole = false;
        return;
    }
    const auto line = without_comment(lines_.line());
    if (line.empty()) {
        if (trim(lines_.line()).empty()) end_transaction();
        return;
    }
    if (lines_.indented()) return read_indented(line);
    end_transaction();
    if (is_digit(line[0])) return read_dated(line);
    block_ = Block::skipped;
    if (std::string_view("*#:!&?%").find(line[0]) != std::string_view::npos) return;  // headings of an outline
    auto       rest = line;
    const auto word = take_word(rest);
    if (word != "option") refuse_line(line);
}

void BeancountReader::read_dated(std::string_view line) {
    using namespace beancount_reader;
    auto       rest = line;
    const auto day  = take_word(rest);
    const auto date = read_date(day);
    block_          = Block::skipped;
    if (!date) {
        problems_.add(lines_.number(), "journal_export.unreadable_date",
                      "To read this transaction, write its day as 2026-01-31; \"{}\" is none.", excerpt(day));
        return;
    }
    const auto word = take_word(rest);
    if (is_flag(word)) return read_header(*date, rest);
    if (std::ranges::find(passed_over, word) == std::end(passed_over)) refuse_line(line);
}

// "Payee" "Narration", or the narration alone.
void BeancountReader::read_header(Date date, std::string_view rest) {
    using namespace beancount_reader;
    entry_ = {.date = date, .line = lines_.number()};
    for (int strings = 0; rest.starts_with('"'); ++strings) {
        const auto text = take_string(rest);
        if (!text || strings == 2) {
            problems_.add(lines_.number(), "journal_export.unreadable_line",
                          "To read this transaction, close its strings on the line: a payee and a narration.");
            entry_.whole = false;
            rest         = {};
            break;
        }
        entry_.memo += (entry_.memo.empty() || text->empty() ? "" : " | ") + *text;
    }
    while (rest.starts_with('#') || rest.starts_with('^')) take_word(rest);
    if (!rest.empty()) refuse_part(rest);
    block_ = Block::transaction;
}

void BeancountReader::read_indented(std::string_view line) {
    if (block_ == Block::none) return refuse_line(line);
    if (block_ == Block::skipped) return;
    if (line[0] == '#' || line[0] == '^') return;
    if (!read_tag(line)) read_posting(line);
}

bool BeancountReader::read_tag(std::string_view line) {
    using namespace beancount_reader;
    const auto colon = line.find(':');
    if (colon == std::string_view::npos || !is_small(line[0]) || line.substr(0, colon).find_first_of(" \t\"") != std::string_view::npos)
        return false;
    auto rest  = trim(line.substr(colon + 1));
    auto value = rest.starts_with('"') ? take_string(rest) : std::optional<std::string>(rest);
    if (!value) {
        problems_.add(lines_.number(), "journal_export.unreadable_line", "To read this line, close its string.");
        entry_.whole = false;
        return true;
    }
    Tag tag{std::string(line.substr(0, colon)), *std::move(value)};
    if (tag.name == number_tag && entry_.postings.empty())
        entry_.code = tag.value;
    else
        tags().push_back(std::move(tag));
    return true;
}

void BeancountReader::read_posting(std::string_view line) {
    using namespace beancount_reader;
    auto rest = line;
    auto word = take_word(rest);
    if (is_flag(word)) word = take_word(rest);
    Posting posting{.account = std::string(word), .line = lines_.number()};
    if (word.find(':') == std::string_view::npos) {
        refuse_part(line);
        return;
    }
    if (!read_posting_amounts(rest, amounts_, posting, problems_)) entry_.whole = false;
    entry_.postings.push_back(std::move(posting));
}

void BeancountReader::end_transaction() {
    if (block_ == Block::transaction) entries_.push_back(std::move(entry_));
    entry_ = {};
    block_ = Block::none;
}

}  // namespace journal_export
