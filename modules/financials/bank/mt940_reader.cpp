// SWIFT MT940 and MT942, as strict as the banks are not: fields may be wrapped, entry days missing, decimals cut.

#include "bank/statement_text.h"

#include <tessera/text.h>

#include <algorithm>

namespace financials::bank {
namespace mt940 {

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_capital(char c) { return c >= 'A' && c <= 'Z'; }

struct Field {
    std::int64_t line = 0;
    std::string  tag{};
    std::string  value{};  // lines divided by \n
};

// The tag at the start of a line, ":61:" or ":28C:"; none gives "".
std::string_view tag_of(std::string_view line) {
    if (!line.starts_with(':')) return {};
    const auto end = line.find(':', 1);
    if (end == line.npos || end < 3 || end > 4) return {};
    const auto tag = line.substr(1, end - 1);
    if (tag == "NS") return tag;
    const bool numbered = is_digit(tag[0]) && is_digit(tag[1]) && (tag.size() == 2 || is_capital(tag[2]));
    return numbered ? tag : std::string_view{};
}

bool ends_message(std::string_view line) { return line == "-" || line.starts_with("-}") || line.starts_with("{1:"); }

std::vector<Field> fields_of(std::string_view text) {
    std::vector<Field> fields;
    std::int64_t       number = 0;
    bool               inside = false, broken = false;
    while (!text.empty()) {
        const auto end  = text.find('\n');
        auto       line = text.substr(0, end);
        text.remove_prefix(end == text.npos ? text.size() : end + 1);
        if (line.ends_with('\r')) line.remove_suffix(1);
        ++number;
        const auto joined = broken ? ":" + std::string(line) : std::string(line);
        if ((broken = line == ":")) continue;
        if (ends_message(joined)) {
            inside = false;
        } else if (const auto tag = tag_of(joined); !tag.empty()) {
            fields.push_back({number, std::string(tag), joined.substr(tag.size() + 2)});
            inside = true;
        } else if (inside) {
            fields.back().value.append("\n").append(joined);
        }
    }
    return fields;
}

Amount balance_of(const Field& field, Statement& statement, Date* day) {
    std::string_view value = field.value;
    if (value.size() < 8 || (value[0] != 'C' && value[0] != 'D'))
        refuse(field.line, "the balance \"{}\" cannot be read", tessera::excerpt(value));
    const auto on = short_day_of(value.substr(1, 6), field.line);
    if (day && day->empty()) *day = on;
    auto rest = value.substr(7);
    if (rest.size() >= 3 && std::all_of(rest.begin(), rest.begin() + 3, is_capital)) {
        if (statement.currency.empty()) statement.currency = rest.substr(0, 3);
        rest.remove_prefix(3);
    }
    const auto amount = plain_amount_of(rest.substr(0, rest.find('\n')), field.line);
    return value[0] == 'C' ? amount : -amount;
}

// The day of booking beside the value day, whose year may be the one before or after.
Date entry_day(std::string_view digits, Date value, std::int64_t line) {
    for (const int year : {value.year(), value.year() + 1, value.year() - 1}) {
        const auto day = short_day_of(fmt::format("{:02}{}", year % 100, digits), line);
        if (std::abs(day - value) <= 183) return day;
    }
    return value;
}

// "2001010101D65,00NTRFcustomer//bank\nsupplement": the value day, the day of booking, the mark, the amount, who calls it what.
Entry entry_of(const Field& field) {
    std::string_view value = field.value;
    Entry            entry{.line = field.line};
    entry.value_date = entry.date = short_day_of(value.substr(0, std::min<std::size_t>(6, value.size())), field.line);
    value.remove_prefix(6);
    if (value.size() >= 4 && std::all_of(value.begin(), value.begin() + 4, is_digit)) {
        entry.date = entry_day(value.substr(0, 4), entry.value_date, field.line);
        value.remove_prefix(4);
    }
    const bool reversal = value.starts_with('R') && value.size() > 1 && (value[1] == 'C' || value[1] == 'D');
    if (reversal) value.remove_prefix(1);
    if (!value.starts_with('C') && !value.starts_with('D'))
        refuse(field.line, "the entry \"{}\" is neither credit nor debit", tessera::excerpt(field.value));
    const bool credit = value.starts_with('C') != reversal;
    value.remove_prefix(1);
    if (!value.empty() && is_capital(value[0])) value.remove_prefix(1);
    if (!value.empty() && (value[0] == '\n' || value[0] == ' ')) value.remove_prefix(1);
    const auto end = std::min(value.find_first_not_of("0123456789,"), value.size());
    entry.amount   = plain_amount_of(value.substr(0, end), field.line);
    if (!credit) entry.amount = -entry.amount;
    value.remove_prefix(end);
    if (!value.empty() && is_capital(value[0])) value.remove_prefix(std::min<std::size_t>(4, value.size()));
    const auto first = value.substr(0, value.find('\n')), slashes = first.substr(0, first.find("//"));
    entry.reference = clean(slashes);
    if (slashes.size() < first.size()) entry.bank_id = clean(first.substr(slashes.size() + 2));
    if (first.size() < value.size()) entry.text = clean(value.substr(first.size() + 1));
    if (entry.reference == "NONREF") entry.reference.clear();
    if (entry.bank_id == "NONREF") entry.bank_id.clear();
    return entry;
}

// German purposes: "EREF+4711SVWZ+Invoice 12".
void take_purpose(std::string_view purpose, Entry& entry) {
    const auto                                            at = [&](std::string_view key) { return purpose.find(key); };
    std::vector<std::pair<std::size_t, std::string_view>> marks;
    for (const std::string_view key : {"EREF+", "KREF+", "MREF+", "CRED+", "DEBT+", "SVWZ+", "ABWA+", "ABWE+", "IBAN+", "BIC+"})
        if (at(key) != purpose.npos) marks.emplace_back(at(key), key);
    std::ranges::sort(marks);
    if (marks.empty()) return append(entry.text, clean(purpose));
    append(entry.text, clean(purpose.substr(0, marks.front().first)));
    for (std::size_t i = 0; i < marks.size(); ++i) {
        const auto start = marks[i].first + marks[i].second.size();
        const auto end   = i + 1 < marks.size() ? marks[i + 1].first : purpose.size();
        const auto value = clean(purpose.substr(start, end - start));
        if (marks[i].second == "EREF+" && value != "NOTPROVIDED") append(entry.reference, value);
        if (marks[i].second == "SVWZ+") append(entry.text, value);
        if (marks[i].second == "IBAN+" && entry.account.empty()) entry.account = value;
    }
}

// "166?00TRANSFER?20SVWZ+Invoice?21 12?31DE…?32NAME": a code, then parts, each after the mark and two digits.
bool take_parts(std::string_view text, Entry& entry) {
    if (text.size() < 6 || !std::all_of(text.begin(), text.begin() + 3, is_digit) || std::isalnum(static_cast<unsigned char>(text[3])) ||
        text[3] == ' ' || !is_digit(text[4]) || !is_digit(text[5]))
        return false;
    const char  mark = text[3];
    std::string posting, purpose, name, account, iban;
    for (auto rest = text.substr(3); !rest.empty();) {
        rest.remove_prefix(1);
        const auto end  = std::min(rest.find(mark), rest.size());
        const auto part = rest.substr(0, end);
        rest.remove_prefix(end);
        if (part.size() < 2 || !is_digit(part[0]) || !is_digit(part[1])) {
            purpose.append(1, mark).append(part);
            continue;
        }
        const int  number = (part[0] - '0') * 10 + (part[1] - '0');
        const auto value  = part.substr(2);
        if (number == 0)
            posting += value;
        else if ((number >= 20 && number <= 29) || (number >= 60 && number <= 63))
            purpose += value;
        else if (number == 31)
            account += value;
        else if (number == 32 || number == 33)
            append(name, tessera::trim(value));
        else if (number == 38)
            iban += value;
    }
    entry.counterparty = clean(name);
    entry.account      = clean(iban.empty() ? account : iban);
    take_purpose(purpose, entry);
    if (entry.text.empty()) entry.text = clean(posting);
    return true;
}

// Dutch parts: "/NAME/J. Smit/IBAN/NL…/REMI/Invoice 12/EREF/4711".
bool take_named_parts(std::string_view text, Entry& entry) {
    const auto part = [&](std::string_view key) -> std::string {
        const auto start = text.find(key);
        if (start == text.npos) return {};
        const auto value = text.substr(start + key.size());
        auto       end   = value.size();
        for (const std::string_view next :
             {"/NAME/", "/IBAN/", "/REMI/", "/EREF/", "/BIC/", "/TRTP/", "/CSID/", "/MARF/", "/ADDR/", "/ORDP/", "/BENM/", "/ISDT/"})
            end = std::min(end, value.find(next));
        return clean(value.substr(0, end));
    };
    if (text.find("/NAME/") == text.npos && text.find("/REMI/") == text.npos) return false;
    entry.counterparty = part("/NAME/");
    entry.account      = part("/IBAN/");
    append(entry.text, part("/REMI/"));
    if (const auto own = part("/EREF/"); own != "NOTPROVIDED") append(entry.reference, own);
    return true;
}

void tell(const Field& field, Entry& entry) {
    std::string joined;
    for (const char c : field.value)
        if (c != '\n') joined += c;
    if (take_parts(tessera::trim(joined), entry) || take_named_parts(joined, entry)) return;
    append(entry.text, clean(field.value));
}

class Reader {
public:
    std::vector<Statement> read(std::string_view text) {
        for (const auto& field : fields_of(text)) take(field);
        std::erase_if(statements_, [](const Statement& s) { return s.account.empty() && !s.opening && !s.closing && s.entries.empty(); });
        return std::move(statements_);
    }

private:
    Statement& current() {
        if (statements_.empty()) statements_.emplace_back();
        return statements_.back();
    }
    void take(const Field& field) {
        const auto& tag = field.tag;
        if (tag == "20") statements_.emplace_back();
        if (tag == "25" && current().account.empty()) current().account = clean(field.value);
        if (tag == "28" || tag == "28C") current().number = clean(field.value);
        if (tag == "60F" || tag == "60M") {
            if (current().opening) statements_.push_back({.account = current().account, .currency = current().currency});
            current().opening = balance_of(field, current(), &current().from);
        }
        if (tag == "62F" || tag == "62M") {
            current().to      = {};
            current().closing = balance_of(field, current(), &current().to);
            told_             = true;
        }
        if (tag == "61") {
            current().entries.push_back(entry_of(field));
            told_ = false;
        }
        if (tag == "86" && !current().entries.empty() && !std::exchange(told_, true)) tell(field, current().entries.back());
    }

    std::vector<Statement> statements_{};
    bool                   told_ = true;  // the last entry has its text, or a balance came after it
};

}  // namespace mt940

std::vector<Statement> read_mt940(std::string_view bytes) { return mt940::Reader().read(bytes); }

}  // namespace financials::bank
