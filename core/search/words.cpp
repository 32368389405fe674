#include "search/words.h"

#include <libstemmer.h>
#include <utf8proc.h>

#include <algorithm>
#include <cstdlib>
#include <map>
#include <memory>
#include <unordered_map>

namespace tessera::search {

namespace words {

constexpr std::size_t word_bytes_max = 100;

struct Character {
    std::int32_t point = 0;
    std::size_t  bytes = 1;
};

Character next(std::string_view text, std::size_t at) {
    const auto byte = static_cast<unsigned char>(text[at]);
    if (byte < 0x80) return {byte, 1};
    utf8proc_int32_t point = 0;
    const auto       bytes = utf8proc_iterate(reinterpret_cast<const utf8proc_uint8_t*>(text.data() + at), static_cast<utf8proc_ssize_t>(text.size() - at), &point);
    return bytes < 1 ? Character{0, 1} : Character{point, static_cast<std::size_t>(bytes)};
}

bool is_of_word(std::int32_t point) {
    if (point < 0x80) return (point >= '0' && point <= '9') || (point >= 'a' && point <= 'z') || (point >= 'A' && point <= 'Z');
    switch (utf8proc_category(point)) {
        case UTF8PROC_CATEGORY_LU: case UTF8PROC_CATEGORY_LL: case UTF8PROC_CATEGORY_LT: case UTF8PROC_CATEGORY_LM: case UTF8PROC_CATEGORY_LO:
        case UTF8PROC_CATEGORY_MN: case UTF8PROC_CATEGORY_MC: case UTF8PROC_CATEGORY_ND: return true;
        default: return false;
    }
}

// Written without spaces: every character is a word.
bool stands_alone(std::int32_t point) { return (point >= 0x3040 && point <= 0x30FF) || (point >= 0x3400 && point <= 0x9FFF) || (point >= 0xF900 && point <= 0xFAFF) || (point >= 0x20000 && point <= 0x3FFFF); }

bool is_of_letters_and_digits(std::string_view text) {
    for (std::size_t at = 0; at < text.size();) {
        const auto one = next(text, at);
        if (!is_of_word(one.point)) return false;
        at += one.bytes;
    }
    return !text.empty();
}

std::string folded(std::string_view word) {
    std::string small(word);
    if (std::ranges::all_of(word, [](unsigned char c) { return c < 0x80; })) {
        for (auto& c : small)
            if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
        return small;
    }
    utf8proc_uint8_t* made  = nullptr;
    const auto        bytes = utf8proc_map(reinterpret_cast<const utf8proc_uint8_t*>(word.data()), static_cast<utf8proc_ssize_t>(word.size()), &made,
                                           static_cast<utf8proc_option_t>(UTF8PROC_DECOMPOSE | UTF8PROC_COMPAT | UTF8PROC_CASEFOLD | UTF8PROC_STRIPMARK | UTF8PROC_STABLE));
    const std::unique_ptr<utf8proc_uint8_t, decltype(&std::free)> freed(made, std::free);
    if (bytes < 0) return {};
    small.assign(reinterpret_cast<const char*>(made), static_cast<std::size_t>(bytes));
    return is_of_letters_and_digits(small) ? small : std::string();
}

const char* stemmer_of(std::string_view language) {
    static const std::map<std::string_view, const char*> known{{"da", "danish"}, {"de", "german"},     {"en", "english"},  {"es", "spanish"}, {"fi", "finnish"},
                                                               {"fr", "french"}, {"hu", "hungarian"},  {"it", "italian"},  {"nl", "dutch"},   {"no", "norwegian"},
                                                               {"nb", "norwegian"}, {"pt", "portuguese"}, {"ro", "romanian"}, {"ru", "russian"}, {"sv", "swedish"},
                                                               {"tr", "turkish"}};
    const auto found = known.find(language);
    return found == known.end() ? nullptr : found->second;
}

using Stemmer = std::unique_ptr<sb_stemmer, decltype(&sb_stemmer_delete)>;

sb_stemmer* stemmer(std::string_view language) {
    thread_local std::map<std::string, Stemmer, std::less<>> made;
    const auto                                               found = made.find(language);
    if (found != made.end()) return found->second.get();
    const auto* name = stemmer_of(language);
    return made.emplace(language, Stemmer(name ? sb_stemmer_new(name, "UTF_8") : nullptr, sb_stemmer_delete)).first->second.get();
}

class Splitter {
public:
    explicit Splitter(std::string_view text) : text_(text) {}

    std::vector<Word> all() {
        for (std::size_t at = 0; at < text_.size();) {
            const auto one = next(text_, at);
            if (!is_of_word(one.point) || stands_alone(one.point)) end(at);
            if (stands_alone(one.point)) add(at, at + one.bytes);
            else if (is_of_word(one.point) && begin_ == none) begin_ = at;
            else if (one.point != '-' || begin_of_joined_ == none) {
                if (!is_of_word(one.point)) end_joined();
            }
            at += one.bytes;
        }
        end(text_.size());
        end_joined();
        return std::move(words_);
    }

private:
    static constexpr auto none = std::string_view::npos;

    void end(std::size_t at) {
        if (begin_ == none) return;
        add(begin_, at);
        if (begin_of_joined_ == none) begin_of_joined_ = begin_;
        joined_ += words_.empty() ? "" : words_.back().folded;
        ++parts_;
        end_of_joined_ = at;
        begin_         = none;
    }
    void end_joined() {
        if (parts_ > 1 && joined_.size() <= word_bytes_max) words_.push_back({joined_, begin_of_joined_, end_of_joined_, true});
        joined_.clear();
        parts_           = 0;
        begin_of_joined_ = none;
    }
    void add(std::size_t from, std::size_t to) {
        if (auto word = folded(text_.substr(from, std::min(to - from, word_bytes_max))); !word.empty()) words_.push_back({std::move(word), from, to});
    }

    std::string_view  text_;
    std::vector<Word> words_{};
    std::size_t       begin_ = none, begin_of_joined_ = none, end_of_joined_ = 0;
    std::string       joined_{};
    int               parts_ = 0;
};

}  // namespace words

std::vector<Word> words_of(std::string_view text) { return words::Splitter(text).all(); }

namespace words {

// Few forms make up most of what is written.
std::string& known_stem(std::string_view language, const std::string& folded) {
    constexpr std::size_t kept_max = 20'000;
    thread_local std::map<std::string, std::unordered_map<std::string, std::string>, std::less<>> known;
    auto found = known.find(language);
    if (found == known.end()) found = known.emplace(language, std::unordered_map<std::string, std::string>()).first;
    if (found->second.size() >= kept_max) found->second.clear();
    return found->second[folded];
}

}  // namespace words

std::string stem_of(const std::string& folded, std::string_view language) {
    if (folded.size() < 3 || std::ranges::any_of(folded, [](char c) { return c >= '0' && c <= '9'; })) return folded;
    auto* stemmer = words::stemmer(language);
    if (!stemmer) return folded;
    auto& known = words::known_stem(language, folded);
    if (!known.empty()) return known;
    const auto* stem = sb_stemmer_stem(stemmer, reinterpret_cast<const sb_symbol*>(folded.data()), static_cast<int>(folded.size()));
    known            = stem ? std::string(reinterpret_cast<const char*>(stem), static_cast<std::size_t>(sb_stemmer_length(stemmer))) : folded;
    return known;
}

std::string stems_of(std::string_view text, std::string_view language) {
    std::string stems;
    for (const auto& word : words_of(text)) (stems += stems.empty() ? "" : " ") += stem_of(word.folded, language);
    return stems;
}

}  // namespace tessera::search
