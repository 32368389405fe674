#include <tessera/csv.h>

#include <tessera/text.h>

#include "values/csv_formula.h"

#include <algorithm>
#include <istream>
#include <unordered_set>

namespace tessera {
namespace values::csv_reader {

constexpr std::size_t      longest_cell    = 1 << 20;
constexpr std::size_t      longest_record  = 1 << 24;
constexpr std::size_t      most_columns    = 10'000;
constexpr std::size_t      chunk           = 1 << 16;
constexpr int              end_of_input    = -1;
constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";

// The delimiter the first line that is not empty has most of outside quotes.
char guess_delimiter(std::string_view text) {
    text.remove_prefix(std::min(text.find_first_not_of("\r\n"), text.size()));
    constexpr std::string_view candidates = ",;\t";
    std::size_t                counts[candidates.size()]{};
    bool                       quoted = false;
    for (const char c : text) {
        if (c == '"') quoted = !quoted;
        if (quoted) continue;
        if (c == '\n' || c == '\r') break;
        if (const auto i = candidates.find(c); i != std::string_view::npos) ++counts[i];
    }
    return candidates[static_cast<std::size_t>(std::ranges::max_element(counts) - counts)];
}

// The line breaks in `text`, which follows the byte `before`; CR LF is one of them.
std::int64_t line_breaks(std::string_view text, char before) {
    std::int64_t count = 0;
    for (const char c : text) {
        if (c == '\r' || (c == '\n' && before != '\r')) ++count;
        before = c;
    }
    return count;
}

// Nothing but ASCII without NUL: most records, which then need no look at each cell.
bool is_plain(std::string_view text) {
    bool plain = true;
    for (const char c : text) plain &= static_cast<signed char>(c) > 0;
    return plain;
}

}  // namespace values::csv_reader

// The bytes of the input: all of a text at once, or a stream chunk by chunk.
class CsvReader::Source {
public:
    explicit Source(std::string_view text) : at_(text.data()), end_(text.data() + text.size()) { skip_mark(); }
    explicit Source(std::istream& stream) : stream_(&stream), buffer_(values::csv_reader::chunk, '\0') {
        refill();
        skip_mark();
    }

    std::string_view ahead() const { return {at_, end_}; }
    void             advance(std::size_t bytes) { at_ += bytes; }

    int peek() {
        if (at_ == end_ && !refill()) return values::csv_reader::end_of_input;
        return static_cast<unsigned char>(*at_);
    }

private:
    bool refill() {
        if (stream_ == nullptr) return false;
        stream_->read(buffer_.data(), static_cast<std::streamsize>(buffer_.size()));
        at_  = buffer_.data();
        end_ = at_ + stream_->gcount();
        if (stream_->bad())
            throw Refused("kernel.unreadable_file", "To read this file, check that its disk can be read to the end.");
        return at_ != end_;
    }
    void skip_mark() {
        if (ahead().starts_with(values::csv_reader::byte_order_mark)) advance(3);
    }

    std::istream* stream_ = nullptr;
    std::string   buffer_{};
    const char*   at_  = nullptr;
    const char*   end_ = nullptr;
};

CsvReader::CsvReader(std::istream& input, CsvHeader header, char delimiter)
    : source_(std::make_unique<Source>(input)),
      delimiter_(delimiter != guessed ? delimiter : values::csv_reader::guess_delimiter(source_->ahead())) {
    if (header == CsvHeader::first_record) read_header();
}

CsvReader::CsvReader(std::string_view input, CsvHeader header, char delimiter)
    : source_(std::make_unique<Source>(input)),
      delimiter_(delimiter != guessed ? delimiter : values::csv_reader::guess_delimiter(source_->ahead())) {
    if (header == CsvHeader::first_record) read_header();
}

CsvReader::~CsvReader() = default;

void CsvReader::read_header() {
    if (!read_record()) return;
    std::vector<std::string>        names;
    std::unordered_set<std::string> seen;
    for (std::size_t i = 0; i < cells_.size(); ++i) {
        names.emplace_back(trim((*this)[i]));
        if (names.back().empty()) refuse(record_line_, i, "give the column a name");
        if (!seen.insert(names.back()).second)
            refuse(record_line_, i,
                   fmt::format("give the column another name than \"{}\", which is taken", excerpt(names.back())));
    }
    header_ = std::move(names);
    cells_.clear();
}

std::optional<std::size_t> CsvReader::column(std::string_view name) const {
    const auto found = std::ranges::find(header_, name);
    if (found == header_.end()) return std::nullopt;
    return static_cast<std::size_t>(found - header_.begin());
}

std::string_view CsvReader::operator[](std::size_t column) const {
    const auto& cell = cells_.at(column);
    return std::string_view(record_).substr(cell.start, cell.size);
}

std::string_view CsvReader::operator[](std::string_view name) const {
    const auto found = column(name);
    return found ? (*this)[*found] : std::string_view{};
}

std::string_view CsvReader::text(std::size_t column) const {
    const auto cell = (*this)[column];
    return cell.starts_with('\'') && values::csv_formula::runs(cell) ? cell.substr(1) : cell;
}

bool CsvReader::next() { return read_record(); }

bool CsvReader::read_record() {
    cells_.clear();
    record_.clear();
    for (int c = source_->peek(); c == '\n' || c == '\r'; c = source_->peek()) {
        source_->advance(1);
        if (c == '\r' && source_->peek() == '\n') source_->advance(1);
        ++line_;
    }
    record_line_ = line_;
    if (source_->peek() == values::csv_reader::end_of_input) return false;
    for (;;) {
        read_cell();
        const int c = source_->peek();
        if (c != static_cast<unsigned char>(delimiter_)) break;
        source_->advance(1);
    }
    if (expected_ == 0) expected_ = cells_.size();
    if (cells_.size() != expected_)
        refuse(record_line_, cells_.size() - 1,
               fmt::format("give {} cells as in the first line; here are {}", expected_, cells_.size()));
    check_encoding();
    return true;
}

void CsvReader::read_cell() {
    const auto most = expected_ != 0 ? expected_ : values::csv_reader::most_columns;
    if (cells_.size() == most) refuse(line_, most, fmt::format("give no more than {} cells", most));
    if (source_->peek() == '"')
        read_quoted_cell();
    else
        read_plain_cell();
}

void CsvReader::end_cell(std::size_t start) {
    if (record_.size() > values::csv_reader::longest_record) refuse(line_, cells_.size(), "shorten the line to 16 MiB");
    cells_.push_back({start, record_.size() - start});
}

void CsvReader::read_plain_cell() {
    const auto start = record_.size();
    while (source_->peek() != values::csv_reader::end_of_input) {
        const auto  ahead = source_->ahead();
        std::size_t plain = 0;
        while (plain < ahead.size() && ahead[plain] != delimiter_ && ahead[plain] != '\n' && ahead[plain] != '\r' &&
               ahead[plain] != '"')
            ++plain;
        record_.append(ahead.substr(0, plain));
        source_->advance(plain);
        if (record_.size() - start > values::csv_reader::longest_cell)
            refuse(line_, cells_.size(), "shorten the cell to 1 MiB");
        if (plain == ahead.size()) continue;
        if (ahead[plain] == '"')
            refuse(line_, cells_.size(), "put the whole cell in quotes and double the quotes within it");
        break;
    }
    end_cell(start);
}

void CsvReader::read_quoted_cell() {
    const auto start = record_.size();
    const auto line  = line_;
    source_->advance(1);
    for (;;) {
        if (source_->peek() == values::csv_reader::end_of_input)
            refuse(line, cells_.size(), "close the quote that opens here");
        const auto ahead = source_->ahead();
        const auto plain = std::min(ahead.find('"'), ahead.size());
        const auto taken = ahead.substr(0, plain);
        line_ += values::csv_reader::line_breaks(taken, record_.size() > start ? record_.back() : '\0');
        record_.append(taken);
        source_->advance(plain);
        if (record_.size() - start > values::csv_reader::longest_cell)
            refuse(line, cells_.size(), "shorten the cell to 1 MiB");
        if (plain == ahead.size()) continue;
        source_->advance(1);
        if (source_->peek() != '"') break;
        source_->advance(1);
        record_ += '"';
    }
    const int c = source_->peek();
    if (c != values::csv_reader::end_of_input && c != '\n' && c != '\r' && c != static_cast<unsigned char>(delimiter_))
        refuse(line_, cells_.size(), "end the cell after its closing quote, or double the quotes within it");
    end_cell(start);
}

void CsvReader::check_encoding() const {
    if (values::csv_reader::is_plain(record_)) return;
    for (std::size_t i = 0; i < cells_.size(); ++i) {
        if ((*this)[i].find('\0') != std::string_view::npos) refuse(record_line_, i, "remove the NUL byte");
        if (!valid_utf8((*this)[i])) refuse(record_line_, i, "save the file as UTF-8; this cell is not");
    }
}

void CsvReader::refuse(std::int64_t line, std::size_t cell, std::string_view what) const {
    const auto name = cell < header_.size() ? fmt::format(" ({})", excerpt(header_[cell])) : std::string();
    throw Refused("kernel.malformed_csv", "To read line {}, column {}{}, {}.", line, cell + 1, name, what)
        .with_status(400);
}

}  // namespace tessera
